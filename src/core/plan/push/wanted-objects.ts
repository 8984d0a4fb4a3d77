/**
 * Entries → objects: what is to be written to each, whatever references led there.
 *
 * Entries with a property share one object; anything else about one object twice is a mistake of the manifest.
 */
import { groupBy } from '../../model/group-by.ts';
import { isFault, type PushFault, type PushMetadata } from '../../model/push-intent.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import { vaultRefKey, vaultRefText, type VaultRef } from '../../model/vault-object.ts';
import type { WantedEntry, WantedValue } from './push-input.ts';

export interface WantedObject {
  readonly target: VaultRef;
  readonly entries: readonly [WantedEntry, ...WantedEntry[]];
  readonly metadata: PushMetadata;
  readonly value: WantedValue;
}

/** Entries of one object that cannot be written, and why. */
export interface RefusedObject {
  readonly target: VaultRef;
  readonly entries: readonly [WantedEntry, ...WantedEntry[]];
  readonly fault: PushFault;
}

export type WantedOrRefused = WantedObject | RefusedObject;

export function isRefused(one: WantedOrRefused): one is RefusedObject {
  return 'fault' in one;
}

/** In the order of their first entries. */
export function wantedObjects(entries: readonly WantedEntry[]): readonly WantedOrRefused[] {
  return [...groupBy(entries, ({ target }) => vaultRefKey(target)).values()].map((group) =>
    wantedObject(group as unknown as WantedObject['entries']),
  );
}

function wantedObject(entries: WantedObject['entries']): WantedOrRefused {
  const [first] = entries;
  const { target } = first;
  const refused = (fault: PushFault): RefusedObject => ({ target, entries, fault });
  const twice = repeated(entries);
  if (twice !== undefined) return refused(twice);
  const metadata = metadataOf(entries);
  if (isFault(metadata)) return refused(metadata);
  const fault = entries.map(({ value }) => value).find((value) => 'code' in value);
  if (fault !== undefined && 'code' in fault) return refused(fault);
  const own = first.value as WantedValue;
  const value = first.property === '' || own.type === 'untold' ? own : membersOf(entries);
  return { target, entries, metadata, value };
}

/** What names one object more than once without being parts of it. The same value of the same key twice is once. */
function repeated(entries: WantedObject['entries']): PushFault | undefined {
  const [first, ...others] = entries;
  const text = vaultRefText(first.target);
  for (const [index, entry] of others.entries()) {
    const earlier = entries[index] ?? first;
    if ((entry.property === '') !== (first.property === '')) {
      return fault(
        entry,
        `names ${text} as a whole beside a part of it`,
        'Give every entry of it a property, or none.',
      );
    }
    if (entry.property === '' && !isSame(entry, earlier)) {
      return fault(
        entry,
        `names ${text}, as another entry does: both would write it at every pass`,
        'Write each object from one entry; names are the same in small and capital letters.',
      );
    }
    const twin = entries.slice(0, index + 1).find(({ property }) => property === entry.property);
    if (entry.property !== '' && twin !== undefined && !isSame(entry, twin)) {
      return fault(entry, `names ${text} and property ${entry.property}, as another entry does`, 'Keep one of them.');
    }
  }
  return undefined;
}

/** One entry that reaches one object by two stores of one vault. */
function isSame(one: WantedEntry, other: WantedEntry): boolean {
  return one.reference === other.reference && one.store !== other.store && one.source === other.source;
}

function fault(entry: WantedEntry, what: string, fix: string): PushFault {
  return { code: 'push-contested', path: entry.field, what, fix };
}

function metadataOf(entries: WantedObject['entries']): PushMetadata | PushFault {
  let merged: PushMetadata = {};
  for (const { metadata, target, field } of entries) {
    if (isFault(metadata)) return metadata;
    const odd = disagreement(merged, metadata);
    if (odd !== undefined) {
      return {
        code: 'push-contested',
        path: [...field, 'metadata'],
        what: `gives ${vaultRefText(target)} another ${odd} than an entry before it`,
        fix: 'Give all entries of one object the same metadata.',
      };
    }
    merged = { ...merged, ...metadata, ...tagsOf(merged, metadata) };
  }
  return merged;
}

function tagsOf(a: PushMetadata, b: PushMetadata): Pick<PushMetadata, 'tags'> {
  return a.tags === undefined && b.tags === undefined ? {} : { tags: { ...a.tags, ...b.tags } };
}

function disagreement(a: PushMetadata, b: PushMetadata): string | undefined {
  if (differs(a.contentType, b.contentType)) return 'content type';
  if (differs(a.expires, b.expires)) return 'expiry';
  const tag = Object.keys(b.tags ?? {}).find((name) => differs(a.tags?.[name], b.tags?.[name]));
  return tag === undefined ? undefined : `tag ${tag}`;
}

function differs<Value>(one: Value | undefined, other: Value | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function membersOf(entries: WantedObject['entries']): WantedValue {
  const members = new Map<string, SecretValue>();
  for (const { property, value } of entries) {
    if ('type' in value && value.type === 'secret') members.set(property, value.value);
  }
  return { type: 'members', members };
}
