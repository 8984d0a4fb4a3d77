/** Finalizers of custom resources, patched on the version that was read: nobody else's is lost. */
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Finalizers } from '../../ports/finalizers.ts';
import type { Connection } from './connection.ts';
import type { CustomResources } from './custom-resources.ts';
import { metadataOf } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

const MANAGER = 'keyferry';
/** A conflict is somebody else's change of something else; what is there then is looked at again. */
const ATTEMPTS = 4;

export class ResourceFinalizers implements Finalizers {
  readonly #connection: Connection;
  readonly #resources: CustomResources;

  constructor(connection: Connection, resources: CustomResources) {
    this.#connection = connection;
    this.#resources = resources;
  }

  async hold(ref: ObjectRef, finalizer: string): Promise<void> {
    await this.#change(ref, (all) => (all.includes(finalizer) ? undefined : [...all, finalizer]));
  }

  async release(ref: ObjectRef, finalizer: string): Promise<void> {
    await this.#change(ref, (all) => (all.includes(finalizer) ? all.filter((one) => one !== finalizer) : undefined));
  }

  async #change(ref: ObjectRef, wanted: (all: readonly string[]) => readonly string[] | undefined): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#changeOnce(ref, wanted);
        return;
      } catch (error) {
        const { description: cluster, server } = this.#connection;
        const failure = toPortError(error, { cluster, server, object: refText(ref) });
        if (failure.kind === 'NotFound') return;
        if (failure.kind !== 'Conflict' || attempt === ATTEMPTS) throw failure;
      }
    }
  }

  async #changeOnce(ref: ObjectRef, wanted: (all: readonly string[]) => readonly string[] | undefined): Promise<void> {
    const target = await this.#resources.target(ref);
    if (target === undefined) return;
    const { api } = this.#connection;
    const { finalizers: all = [], resourceVersion } = metadataOf(await api.read(target));
    const finalizers = wanted(all);
    if (finalizers === undefined) return;
    const patched = await api.mergePatch(target, { metadata: { finalizers, resourceVersion } }, MANAGER);
    this.#resources.remember({ ...patched, apiVersion: target.apiVersion, kind: target.kind });
  }
}
