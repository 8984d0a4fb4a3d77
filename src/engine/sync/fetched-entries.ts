/** What one intent's entries found in their stores: reads them, and answers `assemble` from memory. */
import { hashText } from '../../core/go/go-hash.ts';
import type { SourceMarks } from '../../core/model/condition.ts';
import type { FindEntry, GenerateEntry, SourceEntry, StoreRef } from '../../core/model/intent.ts';
import { compareText } from '../../core/model/object-ref.ts';
import type { KeySyntax } from '../../core/model/store.ts';
import { vaultMark } from '../../core/plan/vault-mark.ts';
import { remoteObjectKey, type RemoteObject, type RemoteType } from '../../core/model/vault.ts';
import {
  fittingNames,
  isAllVanished,
  matchFind,
  neededObjects,
  type Fetched,
  type FetchResult,
  type GeneratedResult,
  type FittingNames,
  type ListResult,
  type LooseProblem,
  type NeededList,
  type NeededObject,
} from '../../core/transform/assemble.ts';
import { findType } from '../../core/transform/remote-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderReader } from '../../ports/provider.ts';
import type { Pieces } from './pieces.ts';
import type { VaultReads } from './reads.ts';
import type { Opened } from './stores.ts';

/** Hex digits; what is compared is one ExternalSecret with itself. */
const MARK_LENGTH = 16;

/** One text for a store reference, within one namespace. */
export function storeKey(ref: StoreRef): string {
  return `${ref.kind}/${ref.name}`;
}

/** Through which everything is read, and where long work has its turns. */
interface Means {
  readonly reads: VaultReads;
  readonly pieces: Pieces;
  /** What generators gave; absent = none is asked. */
  readonly generated?: ReadonlyMap<GenerateEntry, GeneratedResult>;
  readonly ports: { readonly clock: Clock };
}

export class FetchedEntries implements Fetched {
  readonly nowSeconds: number;
  readonly #opened: ReadonlyMap<string, Opened>;
  readonly #reads: VaultReads;
  readonly #pieces: Pieces;
  readonly #generated: ReadonlyMap<GenerateEntry, GeneratedResult>;
  readonly #lists = new Map<string, ListResult>();
  readonly #fitting = new Map<FindEntry, FittingNames>();
  readonly #objects = new Map<string, FetchResult>();
  /** The same by vault, whichever store they were read through. */
  readonly #vaults = new Map<string, Map<string, FetchResult>>();
  readonly #entries: SourceEntry[] = [];

  constructor(opened: ReadonlyMap<string, Opened>, { reads, pieces, ports, generated = new Map() }: Means) {
    this.nowSeconds = Math.floor(ports.clock.now().getTime() / 1000);
    this.#opened = opened;
    this.#reads = reads;
    this.#pieces = pieces;
    this.#generated = generated;
  }

  /** Reads what these entries need: their lists first, then every object they name or match. */
  async read(entries: readonly SourceEntry[]): Promise<void> {
    this.#entries.push(...entries);
    await this.#readLists(entries, this.#reads);
    await this.#searchLists(entries);
    await this.#readObjects(entries, this.#reads);
    await this.#decide(entries);
  }

  /** Where nothing is left of what a find matched, list and reads are asked once more. */
  async #decide(entries: readonly SourceEntry[]): Promise<void> {
    const isListed = (entry: FindEntry) => this.#lists.has(listKey(entry.store, findType(entry)));
    const doubtful = entries.filter((entry) => entry.kind === 'find' && isListed(entry) && isAllVanished(entry, this));
    if (doubtful.length === 0) return;
    await this.#readLists(doubtful, this.#reads.again);
    await this.#searchLists(this.#entries);
    await this.#readObjects(this.#entries, this.#reads.again);
  }

  /** Those that were found already are not read again. */
  async #readObjects(entries: readonly SourceEntry[], reads: VaultReads): Promise<void> {
    const matchesOf = (entry: FindEntry) => this.#matchesOf(entry);
    const { objects } = neededObjects(entries, matchesOf, (ref) => this.keySyntax(ref));
    const isOpen = ({ store, object }: NeededObject) => this.#objects.get(objectKey(store, object))?.kind !== 'found';
    await Promise.all(objects.filter(isOpen).map((needed) => this.#readObject(needed, reads)));
  }

  generated(entry: GenerateEntry): GeneratedResult {
    return this.#generated.get(entry) ?? neverRead();
  }

  get(store: StoreRef, object: RemoteObject): FetchResult {
    return this.#objects.get(objectKey(store, object)) ?? neverRead();
  }

  list(store: StoreRef, type: RemoteType = 'secret'): ListResult {
    return this.#lists.get(listKey(store, type)) ?? neverRead();
  }

  fittingNames(entry: FindEntry): FittingNames {
    return this.#fitting.get(entry) ?? neverRead();
  }

  /** Of the versions that were read, in whatever order; absent where an object has none, as those of the fake provider. */
  versionsMark(): string | undefined {
    const lines = [...this.#objects].map(([key, result]) => versionLine(key, result));
    if (lines.length === 0 || lines.includes(undefined)) return undefined;
    return hashText(lines.sort().join('\n')).slice(0, MARK_LENGTH);
  }

  /** The same by vault, in a form that tells changes of one object from others. Vaults without versions are left out. */
  vaultMarks(): SourceMarks['vaults'] {
    const vaults = [...this.#vaults].sort(([a], [b]) => compareText(a, b));
    return Object.fromEntries(
      vaults.flatMap(([vault, results]) => {
        const versions = [...results].map(([object, result]) => [object, versionOf(result)] as const);
        const known = versions.flatMap(([object, version]) =>
          version === undefined ? [] : [[object, version] as const],
        );
        return known.length < versions.length ? [] : [[vault, vaultMark(known)] as const];
      }),
    );
  }

  storeProblem(store: StoreRef): LooseProblem | undefined {
    const opened = this.#opened.get(storeKey(store));
    return opened !== undefined && 'finding' in opened ? { severity: 'error', ...opened.finding } : undefined;
  }

  keySyntax(store: StoreRef): KeySyntax {
    const opened = this.#opened.get(storeKey(store));
    return opened !== undefined && 'store' in opened ? opened.store.keySyntax : 'azurekv';
  }

  describe(store: StoreRef): string {
    return this.#provider(store)?.description ?? `store ${store.name}`;
  }

  async #readLists(entries: readonly SourceEntry[], reads: VaultReads): Promise<void> {
    const { lists } = neededObjects(entries);
    await Promise.all(lists.map((list) => this.#readList(list, reads)));
  }

  /** What the patterns of finds fit among all that is listed: worked out once, since it may take a while. */
  async #searchLists(entries: readonly SourceEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.kind !== 'find') continue;
      const list = this.#lists.get(listKey(entry.store, findType(entry)));
      if (list?.kind !== 'listed') continue;
      this.#fitting.set(entry, await this.#pieces.run(fittingNames(list.items, entry.find.nameRegexp)));
    }
  }

  #matchesOf(entry: FindEntry): readonly string[] {
    const list = this.#lists.get(listKey(entry.store, findType(entry)));
    if (list?.kind !== 'listed') return [];
    return matchFind(list.items, entry.find, this.fittingNames(entry), this.nowSeconds);
  }

  async #readList({ store, type }: NeededList, reads: VaultReads): Promise<void> {
    const provider = this.#provider(store);
    if (provider !== undefined) this.#lists.set(listKey(store, type), await reads.list(provider, type));
  }

  async #readObject({ store, object }: NeededObject, reads: VaultReads): Promise<void> {
    const provider = this.#provider(store);
    if (provider === undefined) return;
    const result = await reads.get(provider, object);
    this.#objects.set(objectKey(store, object), result);
    const inVault = this.#vaults.get(provider.description) ?? new Map<string, FetchResult>();
    this.#vaults.set(provider.description, inVault.set(remoteObjectKey(object), result));
  }

  #provider(ref: StoreRef): ProviderReader | undefined {
    const opened = this.#opened.get(storeKey(ref));
    return opened !== undefined && 'provider' in opened ? opened.provider : undefined;
  }
}

function versionLine(key: string, result: FetchResult): string | undefined {
  const version = versionOf(result);
  return version === undefined ? undefined : `${key} ${version}`;
}

/** Where there is none to be found, that is what can be told of it. */
function versionOf(result: FetchResult): string | undefined {
  return result.kind === 'found' ? result.object.version : result.kind;
}

function listKey(store: StoreRef, type: RemoteType): string {
  return `${storeKey(store)} ${type}`;
}

function objectKey(store: StoreRef, object: RemoteObject): string {
  return `${storeKey(store)} ${remoteObjectKey(object)}`;
}

function neverRead(): never {
  throw new Error('Bug: assemble asked for an object that neededObjects did not name. Please report this.');
}
