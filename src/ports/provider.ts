/** Where secrets come from: one opened store. */
import type { Store } from '../core/model/store.ts';
import type { FetchedObject, ListedObject, RemoteObject } from '../core/model/vault.ts';

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
  /** All secrets (never keys or certificates), read to the end of the list; a failure on any page throws. */
  list(): Promise<readonly ListedObject[]>;
}

/**
 * Opens stores. `namespace` is that of the ExternalSecret, which matters for a ClusterSecretStore whose references
 * name no namespace. Throws PortError of kind Invalid or NotFound when the store cannot work as it is written.
 * Opening resolves the identity (ServiceAccount, Secrets) and asks neither Entra nor the vault.
 */
export interface ProviderFactory {
  open(store: Store, namespace: string): Promise<ProviderReader>;
  /** Requests that were sent to vaults so far: pages, challenges and repetitions included. Absent = nobody counts. */
  readonly requestCount?: number;
}
