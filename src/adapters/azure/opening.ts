/** A store that is being opened, and what its references hold. The only file of this folder that reads Secrets. */
import { say, type Message } from '../../core/model/message.ts';
import { isClusterWide } from '../../core/model/kinds.ts';
import { refText } from '../../core/model/object-ref.ts';
import { secretRef } from '../../core/model/secret.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { AzureKeyVaultProvider, SecretKeySelector, Store } from '../../core/model/store.ts';
import { PortError } from '../../ports/errors.ts';
import type { Cloud } from './cloud.ts';
import type { AzureContext } from './settings.ts';

export interface Opening {
  readonly context: AzureContext;
  readonly store: Store;
  readonly provider: AzureKeyVaultProvider;
  readonly cloud: Cloud;
  /** That of the ExternalSecret. */
  readonly namespace: string;
}

export function invalid({ store }: Opening, what: Message, fix: Message): PortError {
  return new PortError({ kind: 'Invalid', what: say`${refText(store.ref)} ${what}`, fix, whole: true });
}

export async function readText(opening: Opening, field: string, selector: SecretKeySelector): Promise<string> {
  const value = await readKey(opening, field, selector);
  return new TextDecoder().decode(value.reveal());
}

export async function readKey(opening: Opening, field: string, selector: SecretKeySelector): Promise<SecretValue> {
  const ref = secretRef(selectorNamespace(opening, selector), selector.name);
  const secret = await opening.context.cluster.getSecret(ref);
  const named = `which ${refText(opening.store.ref)} names in authSecretRef.${field}`;
  if (secret === undefined) {
    const what = `${refText(ref)}, ${named}, does not exist`;
    throw new PortError({ kind: 'NotFound', what, fix: 'Create it, or correct the name.', whole: true });
  }
  const value = secret.data.get(selector.key);
  if (value === undefined) {
    const what = `${refText(ref)}, ${named}, has no key "${selector.key}"`;
    throw new PortError({
      kind: 'NotFound',
      what,
      fix: `Add the key, or correct authSecretRef.${field}.key.`,
      whole: true,
    });
  }
  if (value.isOpaque) {
    const what = `${refText(ref)}, ${named}, can be compared but not read here`;
    throw new PortError({ kind: 'Invalid', what, fix: 'Use authType WorkloadIdentity for this store.', whole: true });
  }
  if (field === 'clientSecret' || field === 'clientCertificate') opening.context.masker.mask(value);
  return value;
}

/** A namespaced store looks in its own namespace, whatever the selector says; only a ClusterSecretStore obeys it. */
export function selectorNamespace({ store, namespace }: Opening, selector: { readonly namespace?: string }): string {
  if (isClusterWide(store.ref.kind)) return selector.namespace ?? namespace;
  return store.ref.namespace ?? namespace;
}
