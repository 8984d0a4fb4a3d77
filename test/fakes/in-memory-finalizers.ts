/** Finalizers of custom resources of an in-memory cluster. */
import { refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import type { Finalizers } from '../../src/ports/finalizers.ts';
import type { InMemoryCluster } from './in-memory-cluster.ts';

export class InMemoryFinalizers implements Finalizers {
  readonly #cluster: InMemoryCluster;

  constructor(cluster: InMemoryCluster) {
    this.#cluster = cluster;
  }

  async hold(ref: ObjectRef, finalizer: string): Promise<void> {
    await this.#change(ref, (all) => [...all.filter((one) => one !== finalizer), finalizer]);
  }

  async release(ref: ObjectRef, finalizer: string): Promise<void> {
    await this.#change(ref, (all) => all.filter((one) => one !== finalizer));
  }

  async #change(ref: ObjectRef, wanted: (all: readonly string[]) => readonly string[]): Promise<void> {
    await this.#cluster.before({ verb: 'writeFinalizers', ref });
    const object = this.#cluster.get(ref.kind, ref.namespace, ref.name);
    if (object === undefined) return;
    const finalizers = wanted(object.metadata.finalizers ?? []);
    this.#cluster.apply({ ...object, metadata: { ...object.metadata, finalizers } }, `keyferry ${refText(ref)}`);
  }
}
