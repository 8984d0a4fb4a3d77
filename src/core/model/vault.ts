/**
 * What an intent asks of a provider, and what a provider answers: the words of Key Vault and of ESO's `remoteRef`.
 */
import type { SecretValue } from './secret-value.ts';

/** The three kinds of Key Vault objects, by ESO's prefixes (`secret/`, `cert/`, `key/`). */
export type RemoteType = 'secret' | 'cert' | 'key';

/** One object of a provider. Without `version` the latest one is meant. */
export interface RemoteObject {
  readonly type: RemoteType;
  readonly name: string;
  readonly version?: string;
}

/** Times of a vault object, in whole seconds since 1970 (Key Vault REST: `attributes`). */
export interface RemoteAttributes {
  readonly created?: number;
  readonly updated?: number;
  readonly expires?: number;
  readonly notBefore?: number;
}

/** A tag may be `null` on the wire; it then counts as present without a value. */
export type RemoteTags = ReadonlyMap<string, string | null>;

/**
 * What one read of one object gave.
 *
 * `value` holds, per type: a secret's text as UTF-8; a certificate's DER (`undefined` while its creation is pending);
 * a key's public JWK as compact JSON.
 */
export interface FetchedObject {
  readonly value: SecretValue | undefined;
  readonly version?: string;
  readonly tags: RemoteTags;
  readonly attributes: RemoteAttributes;
  /** Secrets only; absent = none. */
  readonly contentType?: string;
  /** True = a certificate's own secret or key, which is written through the certificate alone. */
  readonly managed?: true;
  /** Of what can be read although it is disabled: certificates. */
  readonly enabled?: false;
}

/** One line of a list: never a value. `enabled` is `undefined` where the service left it out. */
export interface ListedObject {
  readonly name: string;
  readonly enabled: boolean | undefined;
  readonly tags: RemoteTags;
  readonly attributes: RemoteAttributes;
  /** True = a certificate's own secret or key. */
  readonly managed?: true;
}

/** `kv-shop/secret/db-password@version`: one text for one object, to read each of them once. */
export function remoteObjectKey(object: RemoteObject): string {
  return `${object.type}/${object.name}@${object.version ?? ''}`;
}
