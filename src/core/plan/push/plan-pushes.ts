/** All PushSecrets of a run → their plans, with the guards on the whole: rivals for one object, too many deletions. */
import { compareRefs } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushPlan } from '../../model/push-plan.ts';
import { overLimits, type DeletionLimits } from '../guards.ts';
import { contestedPushes } from './contested.ts';
import type { PushInput } from './push-input.ts';
import { planPush } from './push.ts';

export interface PlannedPushes {
  readonly pushes: readonly PushPlan[];
  readonly stopped?: Problem;
}

export function planPushes(inputs: readonly PushInput[], limits: DeletionLimits | undefined): PlannedPushes {
  const sorted = inputs.toSorted((a, b) => compareRefs(a.intent.ref, b.intent.ref));
  const contested = contestedPushes(sorted);
  const pushes = sorted.map((input) => planPush(input, contested.get(input)));
  const removed = pushes.flatMap(({ changes }) => changes).filter(({ action }) => action === 'remove').length;
  const owned = new Set(sorted.flatMap(({ recorded }) => recorded)).size;
  const stopped = overLimits(removed, owned, limits, 'vault objects');
  return { pushes, ...(stopped === undefined ? {} : { stopped }) };
}
