/** State in the status of custom resources, in ESO's shape; and state of installations that have none. */
import type { Condition, StoreStatus, SyncState } from '../../src/core/model/condition.ts';
import { roleOf, type IntentRole } from '../../src/core/model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import type { State } from '../../src/ports/state.ts';
import type { InMemoryCluster } from './in-memory-cluster.ts';
import { isFields, without, type Fields } from './kubernetes-object.ts';

/** Only `lastTarget` is kept beside the custom resource: ESO's schema has no field for it. */
export class InMemoryState implements State {
  readonly #cluster: InMemoryCluster;
  readonly #lastTargets = new Map<string, { readonly ref: ObjectRef; readonly target: string }>();

  constructor(cluster: InMemoryCluster) {
    this.#cluster = cluster;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const status = this.#status(ref);
    const lastTarget = this.#lastTargets.get(refText(ref))?.target;
    if (Object.keys(status).length === 0 && lastTarget === undefined) return undefined;
    return { ...syncStateOf(status), ...(lastTarget === undefined ? {} : { lastTarget }) };
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.#cluster.before({ verb: 'writeStatus', ref });
    const others = without(this.#status(ref), 'refreshTime', 'syncedResourceVersion');
    this.#cluster.setStatus(ref, { ...others, ...statusOf(state) });
    if (state.lastTarget === undefined) this.#lastTargets.delete(refText(ref));
    else this.#lastTargets.set(refText(ref), { ref, target: state.lastTarget });
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const synced = this.#cluster
      .list('ExternalSecret')
      .filter((object) => isFields(object.status) && Object.keys(object.status).length > 0)
      .map(({ kind, metadata }): ObjectRef => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name }));
    const all = [...synced, ...[...this.#lastTargets.values()].map(({ ref }) => ref)];
    const ofRole = all.filter(({ kind }) => roleOf(kind) === role);
    return [...new Map(ofRole.map((ref) => [refText(ref), ref])).values()].sort(compareRefs);
  }

  async forget(ref: ObjectRef): Promise<void> {
    this.#lastTargets.delete(refText(ref));
    if (this.#cluster.get(ref.kind, ref.namespace, ref.name) === undefined) return;
    await this.#cluster.before({ verb: 'writeStatus', ref });
    this.#cluster.setStatus(ref, {});
  }

  async readStore(ref: ObjectRef): Promise<StoreStatus | undefined> {
    const { conditions, capabilities } = this.#status(ref);
    if (!Array.isArray(conditions)) return undefined;
    return {
      conditions: conditions as readonly Condition[],
      ...(typeof capabilities === 'string' ? { capabilities: capabilities as 'ReadOnly' } : {}),
    };
  }

  async writeStore(ref: ObjectRef, status: StoreStatus): Promise<void> {
    await this.#cluster.before({ verb: 'writeStatus', ref });
    this.#cluster.setStatus(ref, { ...without(this.#status(ref), 'capabilities'), ...status });
  }

  #status(ref: ObjectRef): Fields {
    const status = this.#cluster.get(ref.kind, ref.namespace, ref.name)?.status;
    return isFields(status) ? status : {};
  }
}

/** For installations whose intents are files: everything is in the record. */
export class RecordedState implements State {
  readonly #records = new Map<string, { readonly ref: ObjectRef; readonly state: SyncState }>();
  readonly #stores = new Map<string, StoreStatus>();

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    return this.#records.get(refText(ref))?.state;
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    const { refreshTime } = state;
    this.#records.set(refText(ref), {
      ref,
      state: refreshTime === undefined ? state : { ...state, refreshTime: new Date(rfc3339(refreshTime)) },
    });
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const refs = [...this.#records.values()].map(({ ref }) => ref);
    return refs.filter(({ kind }) => roleOf(kind) === role).sort(compareRefs);
  }

  async forget(ref: ObjectRef): Promise<void> {
    this.#records.delete(refText(ref));
  }

  async readStore(ref: ObjectRef): Promise<StoreStatus | undefined> {
    return this.#stores.get(refText(ref));
  }

  async writeStore(ref: ObjectRef, status: StoreStatus): Promise<void> {
    this.#stores.set(refText(ref), status);
  }
}

function syncStateOf(status: Fields): SyncState {
  const { refreshTime, syncedResourceVersion, binding, conditions } = status;
  const time = typeof refreshTime === 'string' ? new Date(refreshTime) : undefined;
  const name = isFields(binding) ? binding['name'] : undefined;
  return {
    ...(time === undefined || Number.isNaN(time.getTime()) ? {} : { refreshTime: time }),
    ...(typeof syncedResourceVersion === 'string' && syncedResourceVersion !== '' ? { syncedResourceVersion } : {}),
    binding: typeof name === 'string' ? name : '',
    conditions: Array.isArray(conditions) ? (conditions as readonly Condition[]) : [],
  };
}

function statusOf(state: SyncState): Fields {
  return {
    ...(state.refreshTime === undefined ? {} : { refreshTime: rfc3339(state.refreshTime) }),
    ...(state.syncedResourceVersion === undefined ? {} : { syncedResourceVersion: state.syncedResourceVersion }),
    binding: { name: state.binding },
    conditions: state.conditions,
  };
}

/** Whole seconds, as Kubernetes writes times. */
function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}
