/**
 * Names that people bring from other tools and that are not taken, with the reason: what they held must not be stored,
 * or is said in another way here. The value is never looked at.
 */
const NO_SECRET =
  'No stored credential is needed: give --azure-client-id and --azure-tenant-id of an identity that trusts this workflow (a federated credential), and delete the secret.';
const IN_THE_ID = 'The resource id of the cluster says it: give --aks-cluster.';

const REFUSED: Readonly<Record<string, string>> = {
  creds: NO_SECRET,
  'azure-credentials': NO_SECRET,
  'azure-client-secret': NO_SECRET,
  'client-secret': NO_SECRET,
  'azure-client-certificate': NO_SECRET,
  'azure-password': NO_SECRET,
  'client-id': 'It is called --azure-client-id here.',
  'tenant-id': 'It is called --azure-tenant-id here.',
  audience: 'It is called --token-audience here.',
  environment: 'It is called --azure-environment here; stores have their own environmentType.',
  'subscription-id': IN_THE_ID,
  'resource-group': IN_THE_ID,
  'cluster-name': IN_THE_ID,
};

/** Why a setting or input of this name, in dashes or underscores, is not taken; undefined for names that nobody is known to bring. */
export function whyRefused(name: string): string | undefined {
  const dashed = name.replaceAll('_', '-');
  return Object.hasOwn(REFUSED, dashed) ? REFUSED[dashed] : undefined;
}
