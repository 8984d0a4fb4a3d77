/**
 * The State port where the intents are custom resources: their status, in the operator's shape, so that it can take over.
 *
 * The status is patched, not replaced: nobody else's field is lost, and no conflict can lose a refresh that took place.
 * The last target, the marks of what was read and the objects that were pushed, for which the operator's schema has no
 * field, are in the installation's ConfigMaps.
 */
import {
  marksOf,
  type Condition,
  type Marks,
  type StoreStatus,
  type SyncedPushSecrets,
  type SyncState,
} from '../../core/model/condition.ts';
import { readHead, refOfHead } from '../../core/model/document.ts';
import { fieldsOf, isRecord, type Fields } from '../../core/model/fields.ts';
import { roleOf, type IntentRole } from '../../core/model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { pushMemoryOf } from '../../core/model/push-record.ts';
import { fromRecord, refsOf, wholeSeconds, type SyncRecord } from '../../core/model/sync-record.ts';
import type { State } from '../../ports/state.ts';
import type { Connection } from './connection.ts';
import type { CustomResources } from './custom-resources.ts';
import type { Json } from './object-api.ts';
import type { StateConfigMaps } from './state-config-maps.ts';
import { toPortError } from './to-port-error.ts';

const MANAGER = 'keyferry';
/** Of patches until the status holds nothing that it should not. */
const ATTEMPTS = 3;

export interface StatusStateParts {
  readonly connection: Connection;
  readonly resources: CustomResources;
  readonly maps: StateConfigMaps;
}

export class StatusState implements State {
  readonly #parts: StatusStateParts;

  constructor(parts: StatusStateParts) {
    this.#parts = parts;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const [object, record] = await Promise.all([
      this.#parts.resources.find(ref),
      this.#parts.maps.findObject(refText(ref)),
    ]);
    const status = statusOf(object);
    if (Object.keys(status).length === 0 && record === undefined) return undefined;
    return { ...syncStateOf(status), ...besideStatus(record ?? {}) };
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.writeBeside(ref, state);
    if (roleOf(ref.kind) === 'push') await this.#patchPushStatus(ref, state);
    else await this.#patchStatus(ref, { ...statusPatch(state), binding: { name: state.binding } });
  }

  async writeBeside(ref: ObjectRef, state: SyncState): Promise<void> {
    const beside = besideStatus(state);
    const value = Object.keys(beside).length === 0 ? undefined : beside;
    await this.#parts.maps.change({ part: 'objects', key: refText(ref), value });
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const listed = (await this.#parts.resources.ofRole(role))
      .filter((object) => Object.keys(statusOf(object)).length > 0)
      .flatMap((object) => refOfHead(readHead(object)) ?? []);
    const recorded = refsOf(role, Object.keys((await this.#parts.maps.read()).objects));
    const all = [...listed, ...recorded];
    return [...new Map(all.map((ref) => [refText(ref), ref])).values()].sort(compareRefs);
  }

  async forget(ref: ObjectRef): Promise<void> {
    await this.#parts.maps.change({ part: 'objects', key: refText(ref), value: undefined });
    if ((await this.#parts.resources.find(ref)) !== undefined) await this.#patchStatus(ref, null);
  }

  async readStore(ref: ObjectRef): Promise<StoreStatus | undefined> {
    const { conditions, capabilities } = statusOf(await this.#parts.resources.find(ref));
    if (!Array.isArray(conditions)) return undefined;
    return {
      conditions: conditions as readonly Condition[],
      ...(typeof capabilities === 'string' ? { capabilities: capabilities as 'ReadOnly' } : {}),
    };
  }

  async writeStore(ref: ObjectRef, { conditions, capabilities }: StoreStatus): Promise<void> {
    await this.#patchStatus(ref, { conditions, capabilities: capabilities ?? null });
  }

  async installation(): Promise<string | undefined> {
    return await this.#parts.maps.installation();
  }

  async nameInstallation(name: string): Promise<string> {
    return await this.#parts.maps.nameInstallation(name);
  }

  /**
   * ESO 2.9 replaces the map of what was pushed. A patch merges it, so that what is gone is named; and what is gone but
   * was not known to be there shows in the answer.
   */
  async #patchPushStatus(ref: ObjectRef, state: SyncState): Promise<void> {
    const { syncedPushSecrets: synced } = pushMemoryOf(state);
    let live: unknown = statusOf(await this.#parts.resources.find(ref))['syncedPushSecrets'];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const map = synced === undefined ? null : replacingPatch(live, synced);
      const answer = await this.#patchStatus(ref, { ...statusPatch(state), syncedPushSecrets: map });
      live = statusOf(answer)['syncedPushSecrets'];
      if (hasOnly(live, synced ?? {})) return;
    }
  }

  /** Gives the object as it is then; `undefined` = its kind is not served. */
  async #patchStatus(ref: ObjectRef, status: Json | null): Promise<Json | undefined> {
    const { resources, connection } = this.#parts;
    const target = await resources.target(ref);
    if (target === undefined) return undefined;
    try {
      const patch = { ...target, subresource: 'status' } as const;
      const patched = await connection.api.mergePatch(patch, { status }, MANAGER);
      resources.remember(patched);
      return patched;
    } catch (error) {
      const { description: cluster, server } = connection;
      throw toPortError(error, { cluster, server, object: refText(ref) });
    }
  }
}

type BesideStatus = Marks & Pick<SyncRecord, 'lastTarget' | 'pushed'>;

function besideStatus({ lastTarget, pushed, ...record }: BesideStatus): BesideStatus {
  return { ...(lastTarget === undefined ? {} : { lastTarget }), ...marksOf(record), ...pushMemoryOf({ pushed }) };
}

function statusPatch({ refreshTime, syncedResourceVersion, conditions }: SyncState): Json {
  return {
    refreshTime: refreshTime === undefined ? null : wholeSeconds(refreshTime),
    syncedResourceVersion: syncedResourceVersion ?? null,
    conditions,
  };
}

/** RFC 7386: what makes `wanted` of `live`, whose other members are named as gone. */
function replacingPatch(live: unknown, wanted: Fields): Fields {
  const gone = Object.keys(fieldsOf(live)).filter((name) => !Object.hasOwn(wanted, name));
  const present = Object.entries(wanted).map(([name, value]) => {
    const before = fieldsOf(live)[name];
    return [name, isRecord(value) ? replacingPatch(before, value) : value] as const;
  });
  return Object.fromEntries([...gone.map((name) => [name, null] as const), ...present]);
}

/** Of stores and references. What stands in an entry is not looked at: the API server fills in defaults there. */
function hasOnly(live: unknown, wanted: SyncedPushSecrets): boolean {
  return Object.entries(fieldsOf(live)).every(([store, references]) =>
    Object.keys(fieldsOf(references)).every((reference) => Object.hasOwn(wanted[store] ?? {}, reference)),
  );
}

function statusOf(object: Json | undefined): Json {
  return (object?.['status'] ?? {}) as Json;
}

/** Written by the operator or by us. */
function syncStateOf(status: Json): SyncState {
  const { refreshTime, syncedResourceVersion, binding, conditions, syncedPushSecrets } = status;
  const { name } = fieldsOf(binding);
  return fromRecord({ refreshTime, syncedResourceVersion, binding: name, conditions, syncedPushSecrets });
}
