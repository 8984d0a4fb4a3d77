/**
 * What an installation remembers, in ConfigMaps `NAME-state-0`, `NAME-state-1`, …: JSON, sorted, never a value.
 *
 * Which record is where: state-shards.ts. The first says how many there are, so that no right is needed on any that is
 * not there. Changes that arrive while a write is under way go together into the next. Where another process wrote in
 * between, the changes are made again on what it wrote: they are records, so the last writer of a record wins; the name
 * of the installation is the first writer's.
 */
import { say, setting, type Message } from '../../core/model/message.ts';
import type { StoreStatus } from '../../core/model/condition.ts';
import type { ObjectRef } from '../../core/model/object-ref.ts';
import { refText } from '../../core/model/object-ref.ts';
import {
  installationIn,
  isKnownVersion,
  RECORDS_VERSION,
  type StateRecords,
  type SyncRecord,
} from '../../core/model/sync-record.ts';
import { PortError } from '../../ports/errors.ts';
import { Batches } from '../transport/batches.ts';
import type { Connection } from './connection.ts';
import type { Json, Target } from './object-api.ts';
import { metadataOf } from './secret-object.ts';
import { isPart, partsOf } from './record-parts.ts';
import {
  changed,
  contentOf,
  findRecord,
  NO_SHARD,
  place,
  print,
  ROOM_BYTES,
  sizeOf,
  type RecordChange,
  type Shard,
} from './state-shards.ts';
import { toPortError } from './to-port-error.ts';

const ATTEMPTS = 8;
const KEY = 'state.json';
/** No object ever has it, so that an apply with it can only create. */
const NO_RESOURCE_VERSION = '1';

/** Whose records these are: two repositories with one name would each delete the Secrets of the other. */
export interface StateOwner {
  /** Written on the first ConfigMap, beside what stands there. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Why these records are not to be used; `undefined` = they are this run's own, or nobody can know. */
  refusal(recorded: Readonly<Record<string, string>>): { readonly what: Message; readonly fix: Message } | undefined;
}

export class StateConfigMaps {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #name: string;
  readonly #owner: StateOwner | undefined;
  /** Of the first ConfigMap. */
  #annotations: Readonly<Record<string, string>> = {};
  #shards: Promise<Shard[]> | undefined;
  readonly #batches = new Batches<RecordChange>((changes) => this.#write(changes));

  /** `name` is the installation's; its ConfigMaps are in `namespace`. */
  constructor(
    connection: Connection,
    installation: { readonly namespace: string; readonly name: string },
    owner?: StateOwner,
  ) {
    this.#owner = owner;
    this.#connection = connection;
    this.#namespace = installation.namespace;
    this.#name = installation.name;
  }

  async read(): Promise<StateRecords> {
    const shards = await this.#load();
    const keys = new Set(shards.flatMap(({ content }) => Object.keys(content.objects)).filter((key) => !isPart(key)));
    return {
      objects: Object.fromEntries([...keys].map((key) => [key, findRecord(key, shards) ?? {}])),
      stores: Object.assign({}, ...shards.map(({ content }) => content.stores)) as StateRecords['stores'],
    };
  }

  /** How many ConfigMaps there are. */
  async count(): Promise<number> {
    return (await this.#load()).length;
  }

  async findObject(key: string): Promise<SyncRecord | undefined> {
    return findRecord(key, await this.#load());
  }

  async findStore(key: string): Promise<StoreStatus | undefined> {
    return (await this.#load()).findLast(({ content }) => Object.hasOwn(content.stores, key))?.content.stores[key];
  }

  /** Rejects with Invalid where it is damaged. */
  async installation(): Promise<string | undefined> {
    const [first] = await this.#load();
    const found = first === undefined ? undefined : installationIn(first.content);
    if (typeof found === 'object') throw this.#unreadable(0, found.what, found.fix);
    return found;
  }

  /** Gives the name that stands then: the first that was stored. */
  async nameInstallation(name: string): Promise<string> {
    const known = await this.installation();
    if (known !== undefined) return known;
    await this.#batches.add({ part: 'installation', value: name });
    return (await this.installation()) ?? name;
  }

  /** Resolves once the change is stored. */
  async change(change: RecordChange): Promise<void> {
    if (change.part === 'stores') assertSize(change.key, change.value);
    if (change.part === 'objects') {
      for (const [key, part] of change.value === undefined ? [] : partsOf(change.key, change.value)) {
        assertSize(key, part);
      }
    }
    await this.#batches.add(change);
  }

  /** Where somebody else wrote in between, everything is looked at anew: records may be elsewhere by now. */
  async #write(changes: readonly RecordChange[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const shards = await this.#load();
      const placed = place(changes, shards);
      while (shards.length <= Math.max(...placed.keys())) shards.push(NO_SHARD);
      try {
        await this.#writeShards(shards, placed);
        return;
      } catch (error) {
        const isMoved = error instanceof PortError && (error.kind === 'Conflict' || error.code === 'NotFound');
        if (!isMoved || attempt === ATTEMPTS) throw error;
        this.#shards = Promise.resolve(await this.#readAll(shards.length));
      }
    }
  }

  /** The last first: what moves is written before it is taken away, and the first counts what is there. */
  async #writeShards(shards: Shard[], placed: ReadonlyMap<number, readonly RecordChange[]>): Promise<void> {
    const indexes = [...new Set([...placed.keys(), ...(shards.length > (shards[0]?.count ?? 1) ? [0] : [])])];
    for (const index of indexes.sort((a, b) => b - a)) {
      const shard = shards[index] ?? NO_SHARD;
      const content = changed(shard.content, placed.get(index) ?? []);
      const next = { content, count: index === 0 ? Math.max(shard.count, shards.length) : 1 };
      if (shard.resourceVersion !== undefined && print(next) === print(shard)) continue;
      shards[index] = { ...next, resourceVersion: await this.#store(index, shard.resourceVersion, print(next)) };
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
    const annotations = index === 0 ? { ...this.#annotations, ...this.#owner?.annotations } : {};
    const metadata = {
      labels,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      resourceVersion: resourceVersion ?? NO_RESOURCE_VERSION,
    };
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

  /** At least so many as are known to have been begun, whatever the first counts. */
  async #readAll(atLeast = 1): Promise<Shard[]> {
    const first = await this.#readShard(0);
    if (first === undefined && atLeast === 1) return [];
    const others = Math.max(first?.count ?? 1, atLeast) - 1;
    const rest = await Promise.all(Array.from({ length: others }, (_, index) => this.#readShard(index + 1)));
    return [first, ...rest].map((shard) => shard ?? NO_SHARD);
  }

  async #readShard(index: number): Promise<Shard | undefined> {
    try {
      const object = await this.#ask(index, () => this.#connection.api.read(this.#target(index)));
      if (index === 0) this.#assertOwn(metadataOf(object).annotations ?? {});
      return { ...this.#parse(index, object), resourceVersion: metadataOf(object).resourceVersion };
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  #assertOwn(recorded: Readonly<Record<string, string>>): void {
    const refusal = this.#owner?.refusal(recorded);
    if (refusal !== undefined) throw new PortError({ kind: 'Invalid', whole: true, ...refusal });
    this.#annotations = recorded;
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
    if (value === undefined || !isKnownVersion(version)) {
      const fix = 'Restore it, or delete it; then everything is synced once more.';
      throw this.#unreadable(index, 'is not what Keyferry writes there', fix);
    }
    return contentOf(value);
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

/** Refused before it goes together with others, which it would take down. */
function assertSize(key: string, value: unknown): void {
  const bytes = value === undefined ? 0 : sizeOf(key, value);
  if (bytes < ROOM_BYTES) return;
  throw new PortError({
    kind: 'Invalid',
    what: `${key} leaves more to be remembered than a ConfigMap takes: ${bytes} bytes, of ${ROOM_BYTES}`,
    fix: 'Split it into several.',
  });
}

function parsedJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
