/** The State port over `.keyferry/state.yaml` of a folder. Never a value. */
import type { StoreStatus, SyncState } from '../../core/model/condition.ts';
import type { IntentRole } from '../../core/model/kinds.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { fromRecord, refsOf, toRecord } from '../../core/model/sync-record.ts';
import type { State } from '../../ports/state.ts';
import type { StateFile } from './state-file.ts';

export class DirectoryState implements State {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  async read(ref: ObjectRef): Promise<SyncState | undefined> {
    const { objects } = await this.#file.read();
    const record = objects[refText(ref)];
    return record === undefined ? undefined : fromRecord(record);
  }

  async write(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.#file.update(({ objects }) => {
      objects[refText(ref)] = toRecord(state);
    });
  }

  /** There is no status. */
  async writeBeside(ref: ObjectRef, state: SyncState): Promise<void> {
    await this.write(ref, state);
  }

  async remembered(role: IntentRole): Promise<readonly ObjectRef[]> {
    const { objects } = await this.#file.read();
    return refsOf(role, Object.keys(objects));
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

  async installation(): Promise<string | undefined> {
    return await this.#file.installation();
  }

  async nameInstallation(name: string): Promise<string> {
    const known = await this.#file.installation();
    if (known !== undefined) return known;
    await this.#file.update((content) => {
      if (content.installation === undefined) content.installation = name;
    });
    return (await this.#file.installation()) ?? name;
  }
}
