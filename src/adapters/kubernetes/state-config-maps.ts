/**
 * What an installation remembers, in ConfigMaps `NAME-state-0`, `NAME-state-1`, …: JSON, sorted, never a value.
 *
 * A record stays in the ConfigMap where it is; a new one goes into the first with room, and a further ConfigMap is made
 * when all are full. The first says how many there are, so that no right is needed on any that is not there. Changes that arrive while a write is under way go together into the next. Where another process
 * wrote in between, the changes are made again on what it wrote: they are records, so the last writer of a record wins.
 */
import { say, setting, type Message } from '../../core/model/message.ts';
import type { StoreStatus } from '../../core/model/condition.ts';
import type { ObjectRef } from '../../core/model/object-ref.ts';
import { compareText, refText } from '../../core/model/object-ref.ts';
import { RECORDS_VERSION, type StateRecords, type SyncRecord } from '../../core/model/sync-record.ts';
import { PortError } from '../../ports/errors.ts';
import { Batches } from '../transport/batches.ts';
import type { Connection } from './connection.ts';
import type { Json, Target } from './object-api.ts';
import { metadataOf } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

/** A ConfigMap takes 1 MiB with everything; metadata and managed fields want some of it. */
const ROOM_BYTES = 900_000;
const ATTEMPTS = 8;
const KEY = 'state.json';
/** No object ever has it, so that an apply with it can only create. */
const NO_RESOURCE_VERSION = '1';

/** One record, by kind of record and object: `undefined` removes it. */
export type RecordChange =
  | { readonly part: 'objects'; readonly key: string; readonly value: SyncRecord | undefined }
  | { readonly part: 'stores'; readonly key: string; readonly value: StoreStatus | undefined };

interface Shard {
  /** Absent = the ConfigMap does not exist yet. */
  readonly resourceVersion: string | undefined;
  readonly content: StateRecords;
  /** How many ConfigMaps there are; told by the first one only. */
  readonly count: number;
}

const NO_SHARD: Shard = { resourceVersion: undefined, content: { objects: {}, stores: {} }, count: 1 };

export class StateConfigMaps {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #name: string;
  #shards: Promise<Shard[]> | undefined;
  readonly #batches = new Batches<RecordChange>((changes) => this.#write(changes));

  /** `name` is the installation's; its ConfigMaps are in `namespace`. */
  constructor(connection: Connection, installation: { readonly namespace: string; readonly name: string }) {
    this.#connection = connection;
    this.#namespace = installation.namespace;
    this.#name = installation.name;
  }

  async read(): Promise<StateRecords> {
    const shards = await this.#load();
    return {
      objects: Object.assign({}, ...shards.map(({ content }) => content.objects)) as StateRecords['objects'],
      stores: Object.assign({}, ...shards.map(({ content }) => content.stores)) as StateRecords['stores'],
    };
  }

  /** How many ConfigMaps there are. */
  async count(): Promise<number> {
    return (await this.#load()).length;
  }

  async findObject(key: string): Promise<SyncRecord | undefined> {
    return (await this.#load()).find(({ content }) => Object.hasOwn(content.objects, key))?.content.objects[key];
  }

  async findStore(key: string): Promise<StoreStatus | undefined> {
    return (await this.#load()).find(({ content }) => Object.hasOwn(content.stores, key))?.content.stores[key];
  }

  /** Resolves once the change is stored. */
  async change(change: RecordChange): Promise<void> {
    await this.#batches.add(change);
  }

  async #write(changes: readonly RecordChange[]): Promise<void> {
    const shards = await this.#load();
    const placed = place(changes, shards);
    for (const [index, own] of placed) await this.#writeShard(shards, index, own);
    if (shards.length > (shards[0]?.count ?? 1)) await this.#writeShard(shards, 0, []);
  }

  async #writeShard(shards: Shard[], index: number, changes: readonly RecordChange[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const shard = shards[index] ?? NO_SHARD;
      const content = changed(shard.content, changes);
      const count = index === 0 ? Math.max(shard.count, shards.length) : 1;
      const next = { content, count };
      if (shard.resourceVersion !== undefined && print(next) === print(shard)) return;
      try {
        shards[index] = { ...next, resourceVersion: await this.#store(index, shard.resourceVersion, print(next)) };
        return;
      } catch (error) {
        const isMoved = error instanceof PortError && (error.kind === 'Conflict' || error.code === 'NotFound');
        if (!isMoved || attempt === ATTEMPTS) throw error;
        shards[index] = (await this.#readShard(index)) ?? NO_SHARD;
      }
    }
  }

  async #store(index: number, resourceVersion: string | undefined, text: string): Promise<string> {
    const { api } = this.#connection;
    const labels = {
      'app.kubernetes.io/name': 'keyferry',
      'app.kubernetes.io/instance': this.#name,
      'app.kubernetes.io/component': 'state',
      'app.kubernetes.io/managed-by': 'keyferry',
    };
    const metadata = { labels, resourceVersion: resourceVersion ?? NO_RESOURCE_VERSION };
    const object = { metadata, data: { [KEY]: text } };
    const manager = `keyferry-${this.#name}`;
    const stored = await this.#ask(index, () =>
      resourceVersion === undefined
        ? api.apply(this.#target(index), object, manager)
        : api.replace(this.#target(index), object, manager),
    );
    return metadataOf(stored).resourceVersion ?? '';
  }

  async #load(): Promise<Shard[]> {
    this.#shards ??= this.#readAll();
    return await this.#shards;
  }

  async #readAll(): Promise<Shard[]> {
    const first = await this.#readShard(0);
    if (first === undefined) return [];
    const others = Array.from({ length: first.count - 1 }, (_, index) => this.#readShard(index + 1));
    return [first, ...(await Promise.all(others)).map((shard) => shard ?? NO_SHARD)];
  }

  async #readShard(index: number): Promise<Shard | undefined> {
    try {
      const object = await this.#ask(index, () => this.#connection.api.read(this.#target(index)));
      return { ...this.#parse(index, object), resourceVersion: metadataOf(object).resourceVersion };
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  #parse(index: number, object: Json): Omit<Shard, 'resourceVersion'> {
    const text = (object['data'] as Readonly<Record<string, string>> | undefined)?.[KEY] ?? '{}';
    const value = parsedJson(text);
    const version = value?.['schemaVersion'];
    if (typeof version === 'number' && version > RECORDS_VERSION) {
      throw this.#unreadable(
        index,
        `has schemaVersion ${version}, this program knows versions up to ${RECORDS_VERSION}`,
        'A newer Keyferry wrote it. Use that version, or a newer one.',
      );
    }
    if (value === undefined || version !== RECORDS_VERSION) {
      const fix = 'Restore it, or delete it; then everything is synced once more.';
      throw this.#unreadable(index, 'is not what Keyferry writes there', fix);
    }
    const { objects = {}, stores = {}, count = 1 } = value as Partial<StateRecords> & { readonly count?: number };
    return { content: { objects, stores }, count };
  }

  #unreadable(index: number, what: Message, fix: Message): PortError {
    return new PortError({ kind: 'Invalid', whole: true, what: say`${refText(this.#ref(index))} ${what}`, fix });
  }

  #ref(index: number): ObjectRef {
    return { kind: 'ConfigMap', namespace: this.#namespace, name: `${this.#name}-state-${index}` };
  }

  #target(index: number): Target {
    return { apiVersion: 'v1', ...this.#ref(index) };
  }

  async #ask(index: number, ask: () => Promise<Json>): Promise<Json> {
    try {
      return await ask();
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      throw this.#orElsewhere(toPortError(error, { cluster, server, object: refText(this.#ref(index)) }));
    }
  }

  /** The namespace of a context, or `default`, is seldom chosen: it need not be one where there are rights. */
  #orElsewhere(error: PortError): PortError {
    if (error.kind !== 'Forbidden') return error;
    const { kind, what, whole, code } = error;
    const fix = say`${error.fix} Or keep the state in another namespace: ${setting('installation-namespace')}.`;
    return new PortError({ kind, what, whole, fix, cause: error.cause, ...(code === undefined ? {} : { code }) });
  }
}

/** Each change where its record is, else in the first ConfigMap with room for it, else in a new one. */
function place(
  changes: readonly RecordChange[],
  shards: readonly Shard[],
): ReadonlyMap<number, readonly RecordChange[]> {
  const placed = new Map<number, RecordChange[]>();
  const waiting = new Map<string, number>();
  const used = shards.map((shard) => Buffer.byteLength(print(shard)));
  for (const change of changes) {
    const name = `${change.part} ${change.key}`;
    const known = shards.findIndex(({ content }) => Object.hasOwn(content[change.part], change.key));
    const index = known >= 0 ? known : (waiting.get(name) ?? roomFor(change, used));
    if (known < 0) waiting.set(name, index);
    const own = placed.get(index);
    if (own === undefined) placed.set(index, [change]);
    else own.push(change);
  }
  return placed;
}

/** Takes the room as well: `used` holds the bytes of each ConfigMap. */
function roomFor({ key, value }: RecordChange, used: number[]): number {
  const size = key.length + (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value))) + 8;
  const free = used.findIndex((bytes) => bytes + size < ROOM_BYTES);
  const index = free >= 0 ? free : used.length;
  used[index] = (used[index] ?? 0) + size;
  return index;
}

function changed(content: StateRecords, changes: readonly RecordChange[]): StateRecords {
  const parts: Record<RecordChange['part'], Record<string, unknown>> = {
    objects: { ...content.objects },
    stores: { ...content.stores },
  };
  for (const { part, key, value } of changes) {
    if (value === undefined) Reflect.deleteProperty(parts[part], key);
    else parts[part][key] = value;
  }
  return parts as unknown as StateRecords;
}

/** One record a line, sorted: the same state is the same text. */
function print({ content, count }: Omit<Shard, 'resourceVersion'>): string {
  const part = (records: Readonly<Record<string, unknown>>): string => {
    const lines = Object.keys(records)
      .sort(compareText)
      .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(records[key])}`);
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
  };
  const more = count === 1 ? '' : `"count": ${count},\n`;
  return `{"schemaVersion": ${RECORDS_VERSION},\n${more}"objects": ${part(content.objects)},\n"stores": ${part(content.stores)}}\n`;
}

function parsedJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
