/** The State port where the intents are files: everything is in the installation's ConfigMaps. */
import type { StoreStatus, SyncState } from '../../core/model/condition.ts';
import type { IntentRole } from '../../core/model/kinds.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { fromRecord, refsOf, toRecord } from '../../core/model/sync-record.ts';
import type { State } from '../../ports/state.ts';
import type { StateConfigMaps } from './state-config-maps.ts';

export class RecordedState implements State {
  readonly #maps: StateConfigMaps;

  constructor(maps: StateConfigMaps) {
    this.#maps = maps;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const record = await this.#maps.findObject(refText(ref));
    return record === undefined ? undefined : fromRecord(record);
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.#maps.change({ part: 'objects', key: refText(ref), value: toRecord(state) });
  }

  /** There is no status. */
  async writeBeside(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.write(ref, state);
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const { objects } = await this.#maps.read();
    return refsOf(role, Object.keys(objects));
  }

  async forget(ref: ObjectRef): Promise<void> {
    await this.#maps.change({ part: 'objects', key: refText(ref), value: undefined });
  }

  async readStore(ref: ObjectRef): Promise<StoreStatus | undefined> {
    return await this.#maps.findStore(refText(ref));
  }

  async writeStore(ref: ObjectRef, status: StoreStatus): Promise<void> {
    await this.#maps.change({ part: 'stores', key: refText(ref), value: structuredClone(status) });
  }

  async installation(): Promise<string | undefined> {
    return await this.#maps.installation();
  }

  async nameInstallation(name: string): Promise<string> {
    return await this.#maps.nameInstallation(name);
  }
}
