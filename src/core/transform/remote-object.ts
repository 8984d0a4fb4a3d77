/** Turns `remoteRef`s into the objects that must be read. */
import {
  namesStore,
  type FindEntry,
  type ParsedKey,
  type RemoteRef,
  type SourceEntry,
  type StoreEntry,
  type StoreRef,
} from '../model/intent.ts';
import type { KeySyntax } from '../model/store.ts';
import { remoteObjectKey, type RemoteObject, type RemoteType } from '../model/vault.ts';
import { parseKey } from './parse-key.ts';

/** The object that a key names by the syntax of its store. */
export function parseStoreKey(key: string, syntax: KeySyntax): ParsedKey | { readonly unknownType: string } {
  return syntax === 'literal' ? { type: 'secret', name: key } : parseKey(key);
}

/** The object of a `remoteRef`; an empty version means the latest. */
export function remoteObject(parsed: ParsedKey, remoteRef: Pick<RemoteRef, 'version'>): RemoteObject {
  return remoteRef.version === '' ? parsed : { ...parsed, version: remoteRef.version };
}

export interface NeededObject {
  readonly store: StoreRef;
  readonly object: RemoteObject;
}

export interface NeededList {
  readonly store: StoreRef;
  readonly type: RemoteType;
}

export interface Needed {
  /** Each object once, in the order of the entries. */
  readonly objects: readonly NeededObject[];
  /** Each list of a store that is needed, once. */
  readonly lists: readonly NeededList[];
}

/**
 * Which objects and lists entries need. Asked twice: first without lists, then once they are read, when what the finds match
 * is added. Keys that name nothing, and extracts of certificates and keys, need nothing: they fail without a request.
 */
export function neededObjects(
  entries: readonly SourceEntry[],
  matchesOf: (entry: FindEntry) => readonly string[] = () => [],
  keySyntax: (store: StoreRef) => KeySyntax = () => 'azurekv',
): Needed {
  const objects = new Map<string, NeededObject>();
  const lists = new Map<string, NeededList>();
  for (const entry of entries) {
    if (!namesStore(entry)) continue;
    if (entry.kind === 'find') {
      const needed = { store: entry.store, type: findType(entry) };
      lists.set(`${storeKey(needed.store)} ${needed.type}`, needed);
    }
    for (const object of objectsOf(entry, matchesOf, keySyntax)) {
      objects.set(`${storeKey(entry.store)} ${remoteObjectKey(object)}`, { store: entry.store, object });
    }
  }
  return { objects: [...objects.values()], lists: [...lists.values()] };
}

function storeKey(store: StoreRef): string {
  return `${store.kind}/${store.name}`;
}

function objectsOf(
  entry: StoreEntry,
  matchesOf: (entry: FindEntry) => readonly string[],
  keySyntax: (store: StoreRef) => KeySyntax,
): readonly RemoteObject[] {
  switch (entry.kind) {
    case 'empty':
      return [];
    case 'find':
      return matchesOf(entry).map((name) => ({ type: findType(entry), name }));
    case 'data':
    case 'extract': {
      const parsed = parseStoreKey(entry.remoteRef.key, keySyntax(entry.store));
      if ('unknownType' in parsed || (entry.kind === 'extract' && parsed.type !== 'secret')) return [];
      return [remoteObject(parsed, entry.remoteRef)];
    }
    default:
      return entry satisfies never;
  }
}

/** What a find lists and reads, always in the latest version. */
export function findType({ find }: Pick<FindEntry, 'find'>): RemoteType {
  return find.type ?? 'secret';
}
