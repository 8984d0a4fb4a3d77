/** Where secrets come from: one opened store. */
import type { Store } from '../core/model/store.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../core/model/vault.ts';
import type { DeletedVaultObject, VaultContent, VaultProperties } from '../core/model/vault-object.ts';

/**
 * One store, opened for one identity: its reading half.
 *
 * An implementation reads nothing twice on its own account, retries what may be retried, paces itself below the
 * service's limits, and throws only PortError.
 */
export interface ProviderReader {
  /** Equal for two providers that reach the same objects as the same identity; reads are shared by it. Not a secret. */
  readonly key: string;
  /** How messages call the place: `vault kv-shop`. */
  readonly description: string;
  /**
   * Reads one object. `undefined` = a positive 404: it does not exist, in that version or at all.
   * Every other failure throws, so that a failed read can never look like an absent object.
   */
  get(object: RemoteObject): Promise<FetchedObject | undefined>;
  /** All objects of a type, without it all secrets, read to the end of the list; a failure on any page throws. */
  list(type?: RemoteType): Promise<readonly ListedObject[]>;
}

/**
 * The writing half. Nothing here repeats a write whose answer was lost or was a 5xx: that is a PortError with
 * `uncertain`, and whoever writes reads back first. What was surely not carried out (429, an object that is still being
 * deleted or recovered) is waited for and sent again, within the deadline of one request.
 */
export interface ProviderWriter {
  /** One new version (Key Vault REST: set secret, import key, import certificate). Gives what is there then, without its value. */
  put(name: string, content: VaultContent, properties: VaultProperties): Promise<FetchedObject>;
  /** Properties of a version, without a new one. Gives what the answer shows. */
  patch(object: Required<RemoteObject>, properties: VaultProperties): Promise<FetchedObject>;
  /** Soft delete, never a purge. Absent already = done. */
  delete(object: Pick<RemoteObject, 'type' | 'name'>): Promise<void>;
  /** `undefined` = nothing of that name is deleted. Forbidden where that cannot be seen: never assumed. */
  deleted(object: Pick<RemoteObject, 'type' | 'name'>): Promise<DeletedVaultObject | undefined>;
  /** Resolves once the object can be read again. */
  recover(object: Pick<RemoteObject, 'type' | 'name'>): Promise<void>;
}

/** Whose name in messages and rights is that of what is done. */
export type VaultAction = 'get' | 'list' | 'set' | 'update' | 'import' | 'delete' | 'deleted-get' | 'recover';

/** For types that a provider cannot write, or all of them where it can only be read. */
export interface Provider extends ProviderReader {
  /** Absent = nothing can be written there (ESO's `fake`, a folder, a plan). */
  readonly writer?: ProviderWriter;
}

/**
 * Opens stores. `namespace` is that of the ExternalSecret, which matters for a ClusterSecretStore whose references
 * name no namespace. Throws PortError of kind Invalid or NotFound when the store cannot work as it is written.
 * Opening resolves the identity (ServiceAccount, Secrets) and asks neither Entra nor the vault.
 */
export interface ProviderFactory {
  open(store: Store, namespace: string): Promise<Provider>;
  /** Requests that were sent to vaults so far: pages, challenges and repetitions included. Absent = nobody counts. */
  readonly requestCount?: number;
}
