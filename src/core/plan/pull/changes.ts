/** What is done to one Secret: the three kinds of change, each with the names of what differs. */
import type { ObjectRef } from '../../model/object-ref.ts';
import { NO_KEYS, type CreateChange, type DeleteChange, type UpdateChange } from '../../model/plan.ts';
import type { DesiredSecret, LiveSecret } from '../../model/secret.ts';
import { diffKeys, diffMetadata } from './diff.ts';

export function creation(owner: ObjectRef, desired: DesiredSecret): CreateChange {
  const keys = diffKeys(new Map(), desired.data);
  return { action: 'create', owner, target: desired.ref, keys, precondition: 'absent', desired };
}

/** Everything is written that `desired` says, and nothing else of it: it may be a live Secret. */
export function updateOf(owner: ObjectRef, live: LiveSecret, desired: DesiredSecret): UpdateChange {
  return {
    action: 'update',
    owner,
    target: live.ref,
    keys: diffKeys(live.data, desired.data),
    precondition: { resourceVersion: live.resourceVersion },
    metadata: diffMetadata(live, desired),
    desired: {
      ref: live.ref,
      ...(desired.type === undefined ? {} : { type: desired.type }),
      ...(desired.binaryKeys === undefined ? {} : { binaryKeys: desired.binaryKeys }),
      ...(desired.immutable === undefined ? {} : { immutable: desired.immutable }),
      data: desired.data,
      labels: desired.labels,
      annotations: desired.annotations,
      ownerReferences: desired.ownerReferences,
      finalizers: desired.finalizers,
    },
    live,
  };
}

/** With all its keys named as removed. */
export function deletion(owner: ObjectRef, live: LiveSecret, reason: DeleteChange['reason']): DeleteChange {
  const removed = diffKeys(live.data, new Map()).removed;
  const precondition = { resourceVersion: live.resourceVersion };
  return { action: 'delete', owner, target: live.ref, keys: { ...NO_KEYS, removed }, precondition, reason, live };
}
