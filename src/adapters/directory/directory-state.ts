/** The State port over `.keyferry/state.yaml` of a folder. Never a value. */
import type { StoreStatus, SyncState } from '../../core/model/condition.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { State } from '../../ports/state.ts';
import type { StateFile, SyncRecord } from './state-file.ts';

export class DirectoryState implements State {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const { objects } = await this.#file.read();
    const record = objects[refText(ref)];
    return record === undefined ? undefined : toSyncState(record);
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.#file.update(({ objects }) => {
      objects[refText(ref)] = toRecord(state);
    });
  }

  async remembered(): Promise<readonly ObjectRef[]> {
    const { objects } = await this.#file.read();
    return Object.keys(objects)
      .flatMap((text) => toRef(text))
      .filter((ref) => ref.kind === 'ExternalSecret')
      .sort(compareRefs);
  }

  async forget(ref: ObjectRef): Promise<void> {
    await this.#file.update(({ objects }) => Reflect.deleteProperty(objects, refText(ref)));
  }

  async readStore(ref: ObjectRef): Promise<StoreStatus | undefined> {
    return (await this.#file.read()).stores[refText(ref)];
  }

  async writeStore(ref: ObjectRef, status: StoreStatus): Promise<void> {
    await this.#file.update(({ stores }) => {
      stores[refText(ref)] = structuredClone(status);
    });
  }
}

function toRecord(state: SyncState): SyncRecord {
  const { refreshTime, syncedResourceVersion, binding, conditions, lastTarget, templateMark } = state;
  return {
    ...(binding === '' ? {} : { binding }),
    ...(conditions.length === 0 ? {} : { conditions: structuredClone(conditions) }),
    ...(lastTarget === undefined ? {} : { lastTarget }),
    ...(refreshTime === undefined ? {} : { refreshTime: refreshTime.toISOString().replace(/\.\d+Z$/u, 'Z') }),
    ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
    ...(templateMark === undefined ? {} : { templateMark }),
  };
}

function toSyncState(record: SyncRecord): SyncState {
  const { refreshTime, binding = '', conditions = [], ...others } = record;
  const time = new Date(refreshTime ?? Number.NaN);
  return { ...others, binding, conditions, ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }) };
}

/** `ExternalSecret shop/orders-db` back to its parts. */
function toRef(text: string): readonly ObjectRef[] {
  const parts = /^(\S+) ([^/\s]+)\/([^/\s]+)$/u.exec(text);
  if (parts === null) return [];
  const [, kind = '', namespace = '', name = ''] = parts;
  return [{ kind, namespace, name }];
}
