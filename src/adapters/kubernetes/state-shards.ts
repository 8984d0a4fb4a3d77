/**
 * The records of an installation, divided among ConfigMaps: which record goes where, and how each is written.
 *
 * A record stays where it is while there is room, and moves on to a later ConfigMap when it has grown too large for its
 * own. The later one is written first: whatever ends the write in between leaves a record twice, and the last is right.
 */
import { isRecord, type Fields } from '../../core/model/fields.ts';
import type { StoreStatus } from '../../core/model/condition.ts';
import { compareText } from '../../core/model/object-ref.ts';
import { joined, partsOf } from './record-parts.ts';
import { recordsVersion, type StateRecords, type SyncRecord } from '../../core/model/sync-record.ts';

/** A ConfigMap takes 1 MiB with everything; metadata and managed fields want some of it. */
export const ROOM_BYTES = 900_000;

/** One record, by kind of record and object: `undefined` removes it. */
export type RecordChange =
  | { readonly part: 'objects'; readonly key: string; readonly value: SyncRecord | undefined }
  | { readonly part: 'stores'; readonly key: string; readonly value: StoreStatus | undefined }
  | Naming;

/** The name of the installation, which stays once there is one. */
interface Naming {
  readonly part: 'installation';
  readonly value: string;
}

export interface Shard {
  /** Absent = the ConfigMap does not exist yet. */
  readonly resourceVersion: string | undefined;
  readonly content: StateRecords;
  /** How many ConfigMaps there are; told by the first one only. */
  readonly count: number;
}

export const NO_SHARD: Shard = { resourceVersion: undefined, content: { objects: {}, stores: {} }, count: 1 };

type Placed = Map<number, RecordChange[]>;

/** Which changes each ConfigMap needs; numbers past the last are new ones. */
export function place(
  changes: readonly RecordChange[],
  shards: readonly Shard[],
): ReadonlyMap<number, readonly RecordChange[]> {
  const placed: Placed = new Map();
  const used = shards.map((shard) => Buffer.byteLength(print(shard)));
  for (const change of lastOfEach(changes).flatMap((one) => inParts(one, shards))) {
    if (change.part === 'installation') put(placed, 0, change);
    else placeRecord(change, shards, used, placed);
  }
  return placed;
}

/** A record in its parts; those of before that are no more go. */
function inParts(change: RecordChange, shards: readonly Shard[]): readonly RecordChange[] {
  if (change.part !== 'objects') return [change];
  const { part, key, value } = change;
  const parts = value === undefined ? [] : partsOf(key, value);
  const kept = new Set(parts.map(([name]) => name));
  const gone = partKeys(key, shards).filter((name) => !kept.has(name));
  return [...parts.map(([name, one]) => ({ part, key: name, value: one })), ...gone.map((name) => removal(name))];
}

function removal(key: string): RecordChange {
  return { part: 'objects', key, value: undefined };
}

/** What is stored of a record: its own key, and those of its parts, in their order. */
function partKeys(key: string, shards: readonly Shard[]): readonly string[] {
  const keys: string[] = [];
  const isThere = (name: string): boolean => shards.some(({ content }) => Object.hasOwn(content.objects, name));
  for (let index = 0, name = key; isThere(name); index += 1, name = `${key} part ${index}`) keys.push(name);
  return keys;
}

/** `undefined` = nothing is stored of it. The last of two that an interrupted move left is right. */
export function findRecord(key: string, shards: readonly Shard[]): SyncRecord | undefined {
  const found = partKeys(key, shards).flatMap(
    (name) => shards.findLast(({ content }) => Object.hasOwn(content.objects, name))?.content.objects[name] ?? [],
  );
  return joined(found);
}

/** A record that is changed twice is written once. */
function lastOfEach(changes: readonly RecordChange[]): readonly RecordChange[] {
  const names = changes.filter(({ part }) => part === 'installation').slice(0, 1);
  const records = changes.flatMap((change) =>
    change.part === 'installation' ? [] : [[`${change.part} ${change.key}`, change] as const],
  );
  return [...names, ...new Map(records).values()];
}

/** Takes the room as well: `used` holds the bytes of each ConfigMap. */
function placeRecord(
  change: Exclude<RecordChange, Naming>,
  shards: readonly Shard[],
  used: number[],
  placed: Placed,
): void {
  const { part, key, value } = change;
  const homes = shards.flatMap(({ content }, index) => (Object.hasOwn(content[part], key) ? [index] : []));
  const home = homes.at(-1);
  const held = home === undefined ? 0 : sizeOf(key, shards[home]?.content[part][key]);
  const size = value === undefined ? 0 : sizeOf(key, value);
  const stays = home !== undefined && (size <= held || (used[home] ?? 0) + size - held < ROOM_BYTES);
  const index = stays ? home : value === undefined ? undefined : roomFor(size, used, home);
  if (index !== undefined) {
    used[index] = (used[index] ?? 0) + size - (stays ? held : 0);
    put(placed, index, change);
  }
  for (const other of homes) {
    if (other !== index) put(placed, other, { part, key, value: undefined });
  }
}

/** The first with room, after the one that it is in; else a new one. */
function roomFor(size: number, used: readonly number[], home: number | undefined): number {
  const free = used.findIndex((bytes, index) => (home === undefined || index > home) && bytes + size < ROOM_BYTES);
  return free >= 0 ? free : used.length;
}

function put(placed: Placed, index: number, change: RecordChange): void {
  const own = placed.get(index);
  if (own === undefined) placed.set(index, [change]);
  else own.push(change);
}

/** Of its line. */
export function sizeOf(key: string, value: unknown): number {
  return Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value)) + 8;
}

export function changed(content: StateRecords, changes: readonly RecordChange[]): StateRecords {
  const next = {
    ...content,
    objects: { ...content.objects } as Record<string, unknown>,
    stores: { ...content.stores } as Record<string, unknown>,
  };
  for (const change of changes) {
    if (change.part === 'installation') {
      if (next.installation === undefined) next.installation = change.value;
    } else if (change.value === undefined) Reflect.deleteProperty(next[change.part], change.key);
    else next[change.part][change.key] = change.value;
  }
  return next as StateRecords;
}

/** One record a line, sorted: the same state is the same text. */
export function print({ content, count }: Omit<Shard, 'resourceVersion'>): string {
  const part = (records: Readonly<Record<string, unknown>>): string => {
    const lines = Object.keys(records)
      .sort(compareText)
      .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(records[key])}`);
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
  };
  const { installation } = content;
  const more = count === 1 ? '' : `"count": ${count},\n`;
  const named = installation === undefined ? '' : `"installation": ${JSON.stringify(installation)},\n`;
  return `{"schemaVersion": ${recordsVersion(content)},\n${more}${named}"objects": ${part(content.objects)},\n"stores": ${part(content.stores)}}\n`;
}

/** What a ConfigMap of a known version holds; records that are none count as absent. */
export function contentOf(value: Fields): Omit<Shard, 'resourceVersion'> {
  const { objects, stores, count } = value;
  const content: StateRecords = {
    objects: records(objects),
    stores: records(stores) as Fields as StateRecords['stores'],
    ...('installation' in value ? { installation: value['installation'] } : {}),
  };
  return { content, count: typeof count === 'number' ? count : 1 };
}

function records(value: unknown): Readonly<Record<string, Fields>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, Fields] => isRecord(entry[1])));
}
