/**
 * Names that people bring from other tools and that are not taken, with the reason: what they held must not be stored,
 * or is said in another way here. The value is never looked at.
 */
import { say, setting, type Message } from '../model/message.ts';

const NO_SECRET = say`No stored credential is needed: give ${setting('azure-client-id')} and ${setting('azure-tenant-id')} of an identity that trusts this workflow (a federated credential), and delete the secret.`;
const IN_THE_ID = say`The resource id of the cluster says it: give ${setting('aks-cluster')}.`;

const REFUSED: Readonly<Record<string, Message>> = {
  creds: NO_SECRET,
  'azure-credentials': NO_SECRET,
  'azure-client-secret': NO_SECRET,
  'client-secret': NO_SECRET,
  'azure-client-certificate': NO_SECRET,
  'azure-password': NO_SECRET,
  'client-id': say`It is called ${setting('azure-client-id')} here.`,
  'tenant-id': say`It is called ${setting('azure-tenant-id')} here.`,
  audience: say`It is called ${setting('token-audience')} here.`,
  environment: say`It is called ${setting('azure-environment')} here; stores have their own environmentType.`,
  'subscription-id': IN_THE_ID,
  'resource-group': IN_THE_ID,
  'cluster-name': IN_THE_ID,
};

/** Why a setting or input of this name, in dashes or underscores, is not taken; undefined for names that nobody is known to bring. */
export function whyRefused(name: string): Message | undefined {
  const dashed = name.replaceAll('_', '-');
  return Object.hasOwn(REFUSED, dashed) ? REFUSED[dashed] : undefined;
}
