/** A folder refuses what an API server refuses, in the words of the plan. */
import type { ObjectRef } from '../../core/model/object-ref.ts';
import type { DesiredSecret, LiveSecret } from '../../core/model/secret.ts';
import {
  creationProblems,
  nameProblems,
  refusalOf,
  replacementProblems,
} from '../../core/plan/pull/kubernetes-rules.ts';
import { PortError } from '../../ports/errors.ts';

/** The Secret as it may be created, or Invalid with every reason. */
export function assertCreatable(desired: DesiredSecret): void {
  refuse(desired, creationProblems(desired));
}

/** The Secret as it may replace `live`, or Invalid with every reason. */
export function assertReplaceable(live: LiveSecret, desired: DesiredSecret): void {
  refuse(desired, replacementProblems(live, desired));
}

/** Also the guard against path traversal: nothing that passes holds a slash or begins with a dot. */
export function assertObjectName(ref: ObjectRef): void {
  refuse({ ref }, nameProblems(ref));
}

function refuse(secret: Pick<DesiredSecret, 'ref' | 'type'>, problems: readonly string[]): void {
  if (problems.length > 0) throw new PortError({ kind: 'Invalid', ...refusalOf(secret, problems) });
}
