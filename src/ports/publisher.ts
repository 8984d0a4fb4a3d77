/** Where outcomes are announced beside the report: Events on the objects. */
import type { ObjectEvent } from '../core/model/condition.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';

export interface Publisher {
  event(ref: ObjectRef, event: ObjectEvent): Promise<void>;
}
