/** Children as custom resources of the cluster in memory. */
import { fanOutStatusFields, readFanOutStatus, type FanOutStatus } from '../../src/core/model/fan-out.ts';
import { typedRefOf, type KubernetesObject } from '../../src/core/model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { FanOuts } from '../../src/ports/fan-outs.ts';
import type { InMemoryCluster } from './in-memory-cluster.ts';
import { copyOf } from './kubernetes-object.ts';

export class InMemoryFanOuts implements FanOuts {
  readonly #cluster: InMemoryCluster;

  constructor(cluster: InMemoryCluster) {
    this.#cluster = cluster;
  }

  async findChild(ref: ObjectRef): Promise<KubernetesObject | undefined> {
    return this.#find(ref);
  }

  async readFanOut(ref: ObjectRef): Promise<FanOutStatus | undefined> {
    return readFanOutStatus(ref, this.#find(ref)?.['status']);
  }

  async createChild(child: KubernetesObject): Promise<KubernetesObject> {
    const ref = typedRefOf(child);
    await this.#cluster.before({ verb: 'createChild', ref });
    if (this.#find(ref) !== undefined) throw conflict(ref);
    return this.#apply(child);
  }

  async replaceChild(child: KubernetesObject): Promise<KubernetesObject> {
    const ref = typedRefOf(child);
    await this.#cluster.before({ verb: 'replaceChild', ref });
    if (this.#find(ref)?.metadata.resourceVersion !== child.metadata.resourceVersion) throw conflict(ref);
    return this.#apply(child);
  }

  async deleteChild(live: KubernetesObject): Promise<void> {
    const ref = typedRefOf(live);
    await this.#cluster.before({ verb: 'deleteChild', ref });
    const found = this.#find(ref);
    if (found === undefined) return;
    if (found.metadata.resourceVersion !== live.metadata.resourceVersion) throw conflict(ref);
    this.#cluster.delete(ref.kind, ref.namespace, ref.name);
  }

  async writeFanOut(ref: ObjectRef, status: FanOutStatus): Promise<void> {
    await this.#cluster.before({ verb: 'writeStatus', ref });
    this.#cluster.setStatus(ref, fanOutStatusFields(ref, status));
  }

  #find({ kind, namespace, name }: ObjectRef): KubernetesObject | undefined {
    const found = this.#cluster.get(kind, namespace, name);
    return found === undefined ? undefined : (copyOf(found) as KubernetesObject);
  }

  #apply(child: KubernetesObject): KubernetesObject {
    return copyOf(this.#cluster.apply(child)) as KubernetesObject;
  }
}

function conflict(ref: ObjectRef): PortError {
  const what = `${refText(ref)} has been modified since it was read`;
  return new PortError({ kind: 'Conflict', what, fix: 'Read it again.' });
}
