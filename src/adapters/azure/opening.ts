/** A login that is being prepared, and what its references hold. The only file of this folder that reads Secrets. */
import { say, type Message } from '../../core/model/message.ts';
import { isClusterWide } from '../../core/model/kinds.ts';
import { refText } from '../../core/model/object-ref.ts';
import { secretRef } from '../../core/model/secret.ts';
import type { ObjectRef } from '../../core/model/object-ref.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { AzureKeyVaultProvider, SecretKeySelector } from '../../core/model/store.ts';
import { PortError } from '../../ports/errors.ts';
import type { Cloud } from './cloud.ts';
import type { AzureContext } from './settings.ts';

/** What stores and generators say of who logs in. */
export type LoginSpec = Pick<
  AzureKeyVaultProvider,
  'authType' | 'tenantId' | 'authSecretRef' | 'serviceAccountRef' | 'identityId'
>;

/** How an object of this kind is read, and what its fields are called in messages. */
export interface LoginRules {
  readonly tenantId: string;
  readonly serviceAccountRef: string;
  readonly secretRef: string;
  /** What else proves who a ServicePrincipal is. */
  readonly instead: string;
  /** May a cluster-wide object name another namespace? */
  readonly obeysNamespaces: boolean;
  /** ESO 2.9: space around texts of Secrets does not count. */
  readonly trims: boolean;
  /** Does the setting store-identities mean it? */
  readonly isAssignable: boolean;
}

export const STORE_LOGIN: LoginRules = {
  tenantId: 'spec.provider.azurekv.tenantId',
  serviceAccountRef: 'spec.provider.azurekv.serviceAccountRef',
  secretRef: 'authSecretRef',
  instead: 'authType WorkloadIdentity',
  obeysNamespaces: true,
  trims: false,
  isAssignable: true,
};

export interface Opening {
  readonly context: AzureContext;
  /** The store or generator. */
  readonly ref: ObjectRef;
  readonly login: LoginSpec;
  readonly rules: LoginRules;
  readonly cloud: Cloud;
  /** That of the ExternalSecret. */
  readonly namespace: string;
}

export function invalid({ ref }: Opening, what: Message, fix: Message): PortError {
  return new PortError({ kind: 'Invalid', what: say`${refText(ref)} ${what}`, fix, whole: true });
}

export async function readText(opening: Opening, field: string, selector: SecretKeySelector): Promise<string> {
  const value = await readKey(opening, field, selector);
  return new TextDecoder().decode(value.reveal());
}

function trimmed(value: SecretValue): SecretValue {
  return SecretValue.ofText(new TextDecoder().decode(value.reveal()).trim());
}

export async function readKey(opening: Opening, field: string, selector: SecretKeySelector): Promise<SecretValue> {
  const ref = secretRef(selectorNamespace(opening, selector), selector.name);
  const secret = await opening.context.cluster.getSecret(ref);
  const { secretRef: at, instead } = opening.rules;
  const named = `which ${refText(opening.ref)} names in ${at}.${field}`;
  if (secret === undefined) {
    const what = `${refText(ref)}, ${named}, does not exist`;
    throw new PortError({ kind: 'NotFound', what, fix: 'Create it, or correct the name.', whole: true });
  }
  const found = secret.data.get(selector.key);
  if (found === undefined) {
    const what = `${refText(ref)}, ${named}, has no key "${selector.key}"`;
    throw new PortError({
      kind: 'NotFound',
      what,
      fix: `Add the key, or correct ${at}.${field}.key.`,
      whole: true,
    });
  }
  if (found.isOpaque) {
    const what = `${refText(ref)}, ${named}, can be compared but not read here`;
    throw new PortError({ kind: 'Invalid', what, fix: `Use ${instead} here.`, whole: true });
  }
  const value = opening.rules.trims ? trimmed(found) : found;
  if (field === 'clientSecret' || field === 'clientCertificate') opening.context.masker.mask(value);
  return value;
}

/** A namespaced store looks in its own namespace, whatever the selector says; only a ClusterSecretStore obeys it. */
export function selectorNamespace(
  { ref, rules, namespace }: Opening,
  selector: { readonly namespace?: string },
): string {
  if (!rules.obeysNamespaces) return namespace;
  if (isClusterWide(ref.kind)) return selector.namespace ?? namespace;
  return ref.namespace ?? namespace;
}
