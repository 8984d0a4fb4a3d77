/** State in the status of custom resources, in ESO's shape; and state of installations that have none. */
import type { Condition, StoreStatus, SyncedPushSecrets, SyncState } from '../../src/core/model/condition.ts';
import { roleOf, type IntentRole } from '../../src/core/model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import type { State } from '../../src/ports/state.ts';
import type { InMemoryCluster } from './in-memory-cluster.ts';
import { isFields, without, type Fields } from './kubernetes-object.ts';

/** What is kept beside the custom resource: ESO's schema has no fields for it. */
type Beside = Pick<SyncState, 'lastTarget' | 'sourceMarks' | 'pushed'>;

export class InMemoryState implements State {
  readonly #cluster: InMemoryCluster;
  readonly #beside = new Map<string, { readonly ref: ObjectRef; readonly kept: Beside }>();
  #installation: string | undefined;

  constructor(cluster: InMemoryCluster) {
    this.#cluster = cluster;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const status = this.#status(ref);
    const kept = this.#beside.get(refText(ref))?.kept;
    if (Object.keys(status).length === 0 && kept === undefined) return undefined;
    return { ...syncStateOf(status), ...kept };
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.#cluster.before({ verb: 'writeStatus', ref });
    const others = without(this.#status(ref), 'refreshTime', 'syncedResourceVersion', 'syncedPushSecrets');
    this.#cluster.setStatus(ref, { ...others, ...statusOf(ref, state) });
    await this.writeBeside(ref, state);
  }

  async writeBeside(ref: ObjectRef, state: SyncState): Promise<void> {
    const kept = besideOf(state);
    if (Object.keys(kept).length === 0) this.#beside.delete(refText(ref));
    else this.#beside.set(refText(ref), { ref, kept });
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const synced = this.#cluster
      .objects()
      .filter(({ kind }) => roleOf(kind) === role)
      .filter((object) => isFields(object.status) && Object.keys(object.status).length > 0)
      .map(({ kind, metadata }): ObjectRef => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name }));
    const all = [...synced, ...[...this.#beside.values()].map(({ ref }) => ref)];
    const ofRole = all.filter(({ kind }) => roleOf(kind) === role);
    return [...new Map(ofRole.map((ref) => [refText(ref), ref])).values()].sort(compareRefs);
  }

  async forget(ref: ObjectRef): Promise<void> {
    this.#beside.delete(refText(ref));
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

  async installation(): Promise<string | undefined> {
    return this.#installation;
  }

  async nameInstallation(name: string): Promise<string> {
    this.#installation ??= name;
    return this.#installation;
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
  #installation: string | undefined;

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    return this.#records.get(refText(ref))?.state;
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    const { syncedPushSecrets, pushed, ...rest } = state;
    const time = rest.refreshTime === undefined ? {} : { refreshTime: new Date(rfc3339(rest.refreshTime)) };
    this.#records.set(refText(ref), {
      ref,
      state: { ...rest, ...time, ...syncedOf(syncedPushSecrets), ...pushedOf(pushed) },
    });
  }

  async writeBeside(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.write(ref, state);
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

  async installation(): Promise<string | undefined> {
    return this.#installation;
  }

  async nameInstallation(name: string): Promise<string> {
    this.#installation ??= name;
    return this.#installation;
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
    ...syncedOf(isFields(status['syncedPushSecrets']) ? (status['syncedPushSecrets'] as SyncedPushSecrets) : undefined),
  };
}

/** ESO 2.9: only an ExternalSecret has a binding, only a PushSecret what was pushed. */
function statusOf({ kind }: ObjectRef, state: SyncState): Fields {
  return {
    ...(state.refreshTime === undefined ? {} : { refreshTime: rfc3339(state.refreshTime) }),
    ...(state.syncedResourceVersion === undefined ? {} : { syncedResourceVersion: state.syncedResourceVersion }),
    ...(roleOf(kind) === 'push' ? syncedOf(state.syncedPushSecrets) : { binding: { name: state.binding } }),
    conditions: state.conditions,
  };
}

/** Whole seconds, as Kubernetes writes times. */
function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}

function besideOf({ lastTarget, sourceMarks, pushed }: SyncState): Beside {
  return {
    ...(lastTarget === undefined ? {} : { lastTarget }),
    ...(sourceMarks === undefined ? {} : { sourceMarks }),
    ...pushedOf(pushed),
  };
}

/** ESO 2.9 leaves out an empty map. */
function syncedOf(synced: SyncedPushSecrets | undefined): Pick<SyncState, 'syncedPushSecrets'> {
  return Object.keys(synced ?? {}).length === 0 ? {} : { syncedPushSecrets: structuredClone(synced ?? {}) };
}

function pushedOf(pushed: SyncState['pushed'] = []): Pick<SyncState, 'pushed'> {
  return pushed.length === 0 ? {} : { pushed: structuredClone(pushed) };
}
