/**
 * Vault reads of one run: each object and each list at most once per identity, whoever asks.
 *
 * A failure that concerns a whole connection (bad credentials, a firewall) is not provoked again for every object.
 */
import type { RemoteObject, RemoteType } from '../../core/model/vault.ts';
import { remoteObjectKey } from '../../core/model/vault.ts';
import type { FetchResult, ListResult } from '../../core/transform/assemble.ts';
import { asPortError, type PortError } from '../../ports/errors.ts';
import type { ProviderReader } from '../../ports/provider.ts';
import { findingOf } from './findings.ts';

export class VaultReads {
  readonly #objects = new Map<string, Promise<FetchResult>>();
  readonly #lists = new Map<string, Promise<ListResult>>();
  readonly #broken = new Map<string, PortError>();
  readonly #counts: { objects: number; lists: number };
  #again: VaultReads | undefined;

  constructor(counts = { objects: 0, lists: 0 }) {
    this.#counts = counts;
  }

  /** Remembers nothing that was read so far, and counts on. */
  afresh(): VaultReads {
    return new VaultReads(this.#counts);
  }

  /** A second memory, for what the first answer leaves open: it too asks for everything once at most. */
  get again(): VaultReads {
    this.#again ??= this.afresh();
    return this.#again;
  }

  /** Never rejects for anything a provider does: the outcome is data. */
  get(provider: ProviderReader, object: RemoteObject): Promise<FetchResult> {
    const key = `${provider.key} ${remoteObjectKey(object)}`;
    return remember(this.#objects, key, () =>
      this.#guarded(provider, async (): Promise<FetchResult> => {
        this.#counts.objects += 1;
        const found = await provider.get(object);
        return found === undefined ? { kind: 'absent' } : { kind: 'found', object: found };
      }),
    );
  }

  list(provider: ProviderReader, type: RemoteType): Promise<ListResult> {
    return remember(this.#lists, `${provider.key} ${type}`, () =>
      this.#guarded(provider, async (): Promise<ListResult> => {
        this.#counts.lists += 1;
        return { kind: 'listed', items: await provider.list(type) };
      }),
    );
  }

  /** Numbers for the report. */
  get counts(): { readonly objects: number; readonly lists: number } {
    return { ...this.#counts };
  }

  async #guarded<T>(
    provider: ProviderReader,
    read: () => Promise<T>,
  ): Promise<T | Extract<FetchResult, { kind: 'failed' }>> {
    try {
      const broken = this.#broken.get(provider.key);
      if (broken !== undefined) throw broken;
      return await read();
    } catch (error) {
      const portError = asPortError(error);
      if (portError.whole) this.#broken.set(provider.key, portError);
      const failed = { kind: 'failed', problem: findingOf(portError) } as const;
      return portError.disabled ? { ...failed, isDisabled: true } : failed;
    }
  }
}

function remember<T>(memory: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const fresh = read();
  memory.set(key, fresh);
  return fresh;
}
