/**
 * Custom resources that cluster-wide ones make, and what is told of them in the status of those. Throws only PortError.
 *
 * Only where the intents are custom resources: elsewhere children exist for the length of a run.
 */
import type { FanOutStatus } from '../core/model/fan-out.ts';
import type { KubernetesObject } from '../core/model/kubernetes-object.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';

export interface FanOutReader {
  /** The child as it is now; `undefined` = there surely is none. */
  findChild(ref: ObjectRef): Promise<KubernetesObject | undefined>;
  readFanOut(ref: ObjectRef): Promise<FanOutStatus | undefined>;
}

/** Every write insists on what was read, and gives what is there then. */
export interface FanOutWriter {
  /** Conflict when an object of that name appeared in between. */
  createChild(child: KubernetesObject): Promise<KubernetesObject>;
  /** With the resourceVersion that was read. Conflict when it changed in between. */
  replaceChild(child: KubernetesObject): Promise<KubernetesObject>;
  /** The very object that was read. Absent already = done. */
  deleteChild(live: KubernetesObject): Promise<void>;
  /** Patched: nobody else's field of the status is lost. */
  writeFanOut(ref: ObjectRef, status: FanOutStatus): Promise<void>;
}

export interface FanOuts extends FanOutReader, FanOutWriter {}
