/**
 * The FanOuts port over a real API server.
 *
 * A child is made as a Secret is: by a server-side apply with a resourceVersion that no object has, which can be allowed
 * for single names.
 */
import { fanOutStatusFields, readFanOutStatus, type FanOutStatus } from '../../core/model/fan-out.ts';
import { typedRefOf, type KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { PortError } from '../../ports/errors.ts';
import type { FanOuts } from '../../ports/fan-outs.ts';
import type { Connection } from './connection.ts';
import type { CustomResources } from './custom-resources.ts';
import { NO_RESOURCE_VERSION } from './kubernetes-cluster.ts';
import type { Json } from './object-api.ts';
import { toPortError } from './to-port-error.ts';

const MANAGER = 'keyferry';
/** What there is none of is taken off. */
const NO_NAMESPACES = { provisionedNamespaces: null, failedNamespaces: null };

export class KubernetesFanOuts implements FanOuts {
  readonly #connection: Connection;
  readonly #resources: CustomResources;

  constructor(connection: Connection, resources: CustomResources) {
    this.#connection = connection;
    this.#resources = resources;
  }

  async findChild(ref: ObjectRef): Promise<KubernetesObject | undefined> {
    return (await this.#resources.find(ref)) as KubernetesObject | undefined;
  }

  async readFanOut(ref: ObjectRef): Promise<FanOutStatus | undefined> {
    return readFanOutStatus(ref, (await this.#resources.find(ref))?.['status']);
  }

  async createChild(child: KubernetesObject): Promise<KubernetesObject> {
    const metadata = { ...child.metadata, resourceVersion: NO_RESOURCE_VERSION };
    const target = typedRefOf(child);
    return await this.#written(child, () => this.#connection.api.apply(target, { ...child, metadata }, MANAGER));
  }

  async replaceChild(child: KubernetesObject): Promise<KubernetesObject> {
    return await this.#written(child, () => this.#connection.api.replace(typedRefOf(child), child, MANAGER));
  }

  async deleteChild(live: KubernetesObject): Promise<void> {
    const ref = typedRefOf(live);
    const { uid = '', resourceVersion = '' } = live.metadata;
    try {
      await this.#ask(ref, () => this.#connection.api.delete(ref, { uid, resourceVersion }));
    } catch (error) {
      if (!(error instanceof PortError) || error.kind !== 'NotFound') throw error;
    }
    this.#resources.drop(ref);
  }

  async writeFanOut(ref: ObjectRef, status: FanOutStatus): Promise<void> {
    const target = await this.#resources.target(ref);
    if (target === undefined) return;
    const patch = { status: { ...NO_NAMESPACES, ...fanOutStatusFields(ref, status) } };
    const patched = await this.#ask(ref, () =>
      this.#connection.api.mergePatch({ ...target, subresource: 'status' }, patch, MANAGER),
    );
    this.#resources.remember(patched);
  }

  async #written(child: KubernetesObject, write: () => Promise<Json>): Promise<KubernetesObject> {
    const { apiVersion, kind } = child;
    const written = { ...(await this.#ask(typedRefOf(child), write)), apiVersion, kind };
    this.#resources.remember(written);
    return written as unknown as KubernetesObject;
  }

  async #ask<Result>(ref: ObjectRef, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      throw toPortError(error, { cluster, server, object: refText(ref), names: [ref.name] });
    }
  }
}
