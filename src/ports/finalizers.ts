/** Custom resources that wait for what is left of them. Throws only PortError. */
import type { ObjectRef } from '../core/model/object-ref.ts';

export interface Finalizers {
  /** From now on the resource stays, marked as deleting, until it is released. */
  hold(ref: ObjectRef, finalizer: string): Promise<void>;
  /** Nothing of ours holds it any more. Absent already = done. */
  release(ref: ObjectRef, finalizer: string): Promise<void>;
}
