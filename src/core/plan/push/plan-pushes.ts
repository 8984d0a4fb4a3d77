/** All PushSecrets of a run → their plans, with the guards on the whole: rivals for one object, too many deletions. */
import { compareRefs } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushPlan } from '../../model/push-plan.ts';
import { vaultRefKey } from '../../model/vault-object.ts';
import { overLimits, type DeletionLimits } from '../guards.ts';
import { contestedPushes } from './contested.ts';
import { loopOfPush, type Loop } from './loops.ts';
import type { PushInput } from './push-input.ts';
import { planPush } from './push.ts';
import { isDone, noteDone, withoutSiblings } from './siblings.ts';

export interface PlannedPushes {
  readonly pushes: readonly PushPlan[];
  readonly stopped?: Problem;
}

export interface PushesInput {
  readonly inputs: readonly PushInput[];
  /** Loops with ExternalSecrets. */
  readonly loops: readonly Loop[];
  readonly limits: DeletionLimits | undefined;
}

export function planPushes({ inputs, loops, limits }: PushesInput): PlannedPushes {
  const sorted = withoutSiblings(inputs).toSorted((a, b) => compareRefs(a.intent.ref, b.intent.ref));
  const contested = contestedPushes(sorted);
  const written = new Set<string>();
  const pushes = sorted.map((input) => {
    const refused = new Map([...(contested.get(input) ?? []), ...loopsOf(input, loops)]);
    return once(planPush(input, refused), written);
  });
  const removed = pushes.flatMap(({ changes }) => changes).filter(({ action }) => action === 'remove').length;
  const owned = new Set(sorted.flatMap(({ recorded }) => recorded)).size;
  const stopped = overLimits(removed, owned, limits, 'vault objects');
  return { pushes, ...(stopped === undefined ? {} : { stopped }) };
}

function loopsOf(input: PushInput, loops: readonly Loop[]): readonly (readonly [string, Problem])[] {
  const own = loops.filter(({ push }) => push === input);
  return own.map((loop) => [vaultRefKey(loop.written.target), loopOfPush(loop)] as const);
}

/** What several children of one ClusterPushSecret want alike is done by the first of them. */
function once(plan: PushPlan, done: Set<string>): PushPlan {
  if (plan.intent.parent === undefined) return plan;
  const others = plan.changes.filter((change) => isDone(change, done));
  for (const change of plan.changes) noteDone(change, done);
  if (others.length === 0) return plan;
  const written = others.flatMap((change) => (change.action === 'remove' ? [] : [change]));
  const changes = plan.changes.filter((change) => !others.includes(change));
  const verdict = plan.verdict === 'change' && changes.length === 0 ? 'unchanged' : plan.verdict;
  const shared = written.map(({ target }) => target);
  return { ...plan, verdict, changes, kept: [...plan.kept, ...written.map(({ pushed }) => pushed)], shared };
}
