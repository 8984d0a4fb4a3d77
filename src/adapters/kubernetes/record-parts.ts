/**
 * A record that tells of very many vault objects, in parts of which a ConfigMap takes each: `PushSecret shop/db`,
 * `PushSecret shop/db part 1`, … What a torn write leaves out is not remembered, and is recorded anew by its tags.
 */
import type { PushedObject, SyncedPushSecrets } from '../../core/model/condition.ts';
import type { SyncRecord } from '../../core/model/sync-record.ts';

/** Two fit into one ConfigMap. */
const PART_BYTES = 400_000;
/** No object is called so: it has spaces. */
const PART = / part \d+$/u;

type Item =
  | { readonly pushed: PushedObject }
  | { readonly store: string; readonly reference?: string; readonly written?: Readonly<Record<string, unknown>> };

export function isPart(key: string): boolean {
  return PART.test(key);
}

/** One, where it is as small as most are. */
export function partsOf(key: string, record: SyncRecord): readonly (readonly [string, SyncRecord])[] {
  if (bytesOf(record) <= PART_BYTES) return [[key, record]];
  const { pushed = [], syncedPushSecrets = {}, ...others } = record;
  const items = [...pushed.map((one): Item => ({ pushed: one })), ...syncedItems(syncedPushSecrets)];
  return inBatches(items).map((batch, index) => [
    index === 0 ? key : `${key} part ${index}`,
    index === 0 ? { ...others, ...contentOf(batch) } : contentOf(batch),
  ]);
}

/** The record of a key among all that are stored, `undefined` where there is none; in the order of its parts. */
export function joined(parts: readonly SyncRecord[]): SyncRecord | undefined {
  const [first, ...more] = parts;
  if (first === undefined || more.length === 0) return first;
  const synced = parts.flatMap(({ syncedPushSecrets }) => syncedItems(syncedPushSecrets ?? {}));
  const pushed = parts.flatMap((part) => part.pushed ?? []).map((one): Item => ({ pushed: one }));
  return { ...first, ...contentOf([...pushed, ...synced]) };
}

function syncedItems(synced: SyncedPushSecrets): readonly Item[] {
  return Object.entries(synced).flatMap(([store, entries]): readonly Item[] => [
    { store },
    ...Object.entries(entries).map(([reference, written]) => ({ store, reference, written })),
  ]);
}

function contentOf(items: readonly Item[]): Pick<SyncRecord, 'pushed' | 'syncedPushSecrets'> {
  const pushed: PushedObject[] = [];
  const synced: Record<string, Record<string, Readonly<Record<string, unknown>>>> = {};
  for (const item of items) {
    if ('pushed' in item) pushed.push(item.pushed);
    else {
      const entries = (synced[item.store] ??= {});
      if (item.reference !== undefined) entries[item.reference] = item.written ?? {};
    }
  }
  return {
    ...(pushed.length === 0 ? {} : { pushed }),
    ...(Object.keys(synced).length === 0 ? {} : { syncedPushSecrets: synced }),
  };
}

function inBatches(items: readonly Item[]): readonly (readonly Item[])[] {
  const batches: Item[][] = [[]];
  let used = 0;
  for (const item of items) {
    const bytes = bytesOf(item);
    if (used + bytes > PART_BYTES) {
      batches.push([]);
      used = 0;
    }
    batches.at(-1)?.push(item);
    used += bytes;
  }
  return batches;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
