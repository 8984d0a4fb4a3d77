/**
 * The State port where the intents are custom resources: their status, in the operator's shape, so that it can take over.
 *
 * The status is patched, not replaced: nobody else's field is lost, and no conflict can lose a refresh that took place.
 * The last target and the marks of what was read, for which the operator's schema has no field, are in the
 * installation's ConfigMaps.
 */
import {
  EMPTY_STATE,
  marksOf,
  type Condition,
  type Marks,
  type StoreStatus,
  type SyncState,
} from '../../core/model/condition.ts';
import { readHead, refOfHead } from '../../core/model/document.ts';
import { roleOf, type IntentRole } from '../../core/model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { refsOf, wholeSeconds, type SyncRecord } from '../../core/model/sync-record.ts';
import type { State } from '../../ports/state.ts';
import type { Connection } from './connection.ts';
import type { CustomResources } from './custom-resources.ts';
import type { Json } from './object-api.ts';
import type { StateConfigMaps } from './state-config-maps.ts';
import { toPortError } from './to-port-error.ts';

const MANAGER = 'keyferry';

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
    const { refreshTime, syncedResourceVersion, binding, conditions } = state;
    const beside = besideStatus(state);
    const value = Object.keys(beside).length === 0 ? undefined : beside;
    await this.#parts.maps.change({ part: 'objects', key: refText(ref), value });
    await this.#patchStatus(ref, {
      refreshTime: refreshTime === undefined ? null : wholeSeconds(refreshTime),
      syncedResourceVersion: syncedResourceVersion ?? null,
      binding: { name: binding },
      conditions,
    });
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const listed = (await this.#parts.resources.externalSecrets())
      .filter((object) => Object.keys(statusOf(object)).length > 0)
      .flatMap((object) => refOfHead(readHead(object)) ?? [])
      .filter(({ kind }) => roleOf(kind) === role);
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

  async #patchStatus(ref: ObjectRef, status: Json | null): Promise<void> {
    const { resources, connection } = this.#parts;
    const target = await resources.target(ref);
    if (target === undefined) return;
    try {
      const patch = { ...target, subresource: 'status' } as const;
      resources.remember(await connection.api.mergePatch(patch, { status }, MANAGER));
    } catch (error) {
      const { description: cluster, server } = connection;
      throw toPortError(error, { cluster, server, object: refText(ref) });
    }
  }
}

type BesideStatus = Marks & Pick<SyncRecord, 'lastTarget'>;

function besideStatus(record: BesideStatus): BesideStatus {
  return { ...(record.lastTarget === undefined ? {} : { lastTarget: record.lastTarget }), ...marksOf(record) };
}

function statusOf(object: Json | undefined): Json {
  return (object?.['status'] ?? {}) as Json;
}

/** Written by the operator or by us; what is not there, or not what it should be, counts as absent. */
function syncStateOf(status: Json): SyncState {
  const { refreshTime, syncedResourceVersion, binding, conditions } = status;
  const time = new Date(typeof refreshTime === 'string' ? refreshTime : Number.NaN);
  const name = (binding as { readonly name?: unknown } | undefined)?.name;
  return {
    ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }),
    ...(typeof syncedResourceVersion === 'string' && syncedResourceVersion !== '' ? { syncedResourceVersion } : {}),
    binding: typeof name === 'string' ? name : EMPTY_STATE.binding,
    conditions: Array.isArray(conditions) ? (conditions as readonly Condition[]) : [],
  };
}
