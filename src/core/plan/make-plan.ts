/**
 * All intents and all that was observed → one plan. Pure: same input, same plan, in whatever order the input comes.
 *
 * Where several intents write one Secret (Merge), each is planned on what the ones before it leave there. Those that
 * want a Secret as a whole come first, so that a refused one leaves nothing behind for the next.
 */
import { say } from '../model/message.ts';
import { compareRefs, refText } from '../model/object-ref.ts';
import type { Change, DeleteChange, IntentPlan, Plan } from '../model/plan.ts';
import type { PlanLevel } from '../model/plan-level.ts';
import type { Problem } from '../model/problem.ts';
import type { LiveSecret } from '../model/secret.ts';
import { compareTargets, isSecret, targetOf, targetText } from '../model/target.ts';
import { blockedByContest, contestsAmong, type Contest } from './pull/contested-keys.ts';
import { fingerprintOf } from './fingerprint.ts';
import { claimsWhole, refuseContended, tooManyDeletions, type DeletionLimits, type WholeClaims } from './guards.ts';
import { tooManyUpdates, type PlannedPull, type UpdateLimits } from './mass-updates.ts';
import { planPull } from './pull/pull.ts';
import type { PullInput } from './pull/pull-input.ts';
import { blocked } from './pull/item.ts';
import { loopOfPull, type Loop } from './push/loops.ts';
import type { PlannedPushes } from './push/plan-pushes.ts';

export interface PlanInput {
  readonly pulls: readonly PullInput[];
  readonly prunes: readonly DeleteChange[];
  readonly problems: readonly Problem[];
  /** `undefined` = the guard is off (`--force`). */
  readonly deletionLimits: DeletionLimits | undefined;
  /** Absent = the guard is off. */
  readonly updateLimits?: UpdateLimits | undefined;
}

export function makePlan(input: PlanInput): Plan {
  const pulls = [...input.pulls].sort((a, b) => compareRefs(a.intent.ref, b.intent.ref));
  const items = planAll(pulls).sort((a, b) => compareRefs(a.intent.ref, b.intent.ref));
  const prunes = [...input.prunes].sort((a, b) => compareTargets(a.target, b.target));
  const stopped = bothTold(
    tooManyDeletions({ items, prunes }, input.deletionLimits),
    tooManyUpdates(withPulls(items, pulls), input.updateLimits),
  );
  return {
    items,
    prunes,
    pushes: [],
    problems: input.problems,
    ...(stopped === undefined ? {} : { stopped }),
    fingerprint: fingerprintOf('full', items, prunes),
  };
}

/** One option lifts both guards: whoever gives it must know of both. */
function bothTold(deletions: Problem | undefined, updates: Problem | undefined): Problem | undefined {
  if (deletions === undefined || updates === undefined) return deletions ?? updates;
  return { ...deletions, what: say`${deletions.what}; ${updates.what}`, fix: updates.fix };
}

function withPulls(items: readonly IntentPlan[], pulls: readonly PullInput[]): readonly PlannedPull[] {
  const byIntent = new Map(pulls.map((pull) => [pull.intent, pull]));
  return items.flatMap((item) => {
    const pull = byIntent.get(item.intent);
    return pull === undefined ? [] : [{ item, pull }];
  });
}

function planAll(pulls: readonly PullInput[]): IntentPlan[] {
  const world: World = { secrets: new Map(), claims: new Map() };
  const whole = pulls.filter(({ intent }) => claimsWhole(intent)).map((pull) => planIn(world, pull));
  const parts = pulls.filter(({ intent }) => !claimsWhole(intent));
  const contests = contestsAmong(parts.filter(({ intent }) => !world.claims.has(targetText(targetOf(intent)))));
  return [...whole, ...parts.map((pull) => planIn(world, pull, contests.get(pull)))];
}

/** What earlier items of the plan leave behind. */
interface World {
  /** Secrets they change; `undefined` = deleted. */
  readonly secrets: Map<string, LiveSecret | undefined>;
  readonly claims: WholeClaims;
}

/** Plans one intent on the world that earlier items leave behind, and leaves its own changes in it. */
function planIn({ secrets, claims }: World, pull: PullInput, contest?: Contest): IntentPlan {
  if (contest !== undefined) return blockedByContest(pull, contest);
  const target = targetText(targetOf(pull.intent));
  const live = secrets.has(target) ? secrets.get(target) : pull.live;
  const stale = pull.stale.filter((secret) => !secrets.has(refText(secret.ref)));
  const item = refuseContended(planPull({ ...pull, live, stale }), live, claims);
  for (const change of item.changes) secrets.set(targetText(change.target), after(change));
  return item;
}

/** Secrets as a plan leaves them, by their text; `undefined` = it deletes them. Those it does not touch are not there. */
export function secretsAfter({
  items,
  prunes,
}: Pick<Plan, 'items' | 'prunes'>): ReadonlyMap<string, LiveSecret | undefined> {
  const changes = [...items.flatMap((item) => item.changes), ...prunes];
  return new Map(changes.map((change) => [targetText(change.target), after(change)]));
}

/** The plan with its second half: what is pushed of the Secrets that the first half leaves. */
export function withPushes(
  plan: Plan,
  { pushes, stopped }: PlannedPushes,
  {
    level,
    loops,
    pulls,
  }: { readonly level: PlanLevel; readonly loops: readonly Loop[]; readonly pulls: readonly PullInput[] },
): Plan {
  if (pushes.length === 0) return plan;
  const both = bothTold(plan.stopped, stopped);
  const items = plan.items.map((item) => withoutLoop(item, loops, pulls));
  return {
    ...plan,
    items,
    pushes,
    ...(both === undefined ? {} : { stopped: both }),
    fingerprint: fingerprintOf(level, items, plan.prunes, pushes),
  };
}

function withoutLoop(item: IntentPlan, loops: readonly Loop[], pulls: readonly PullInput[]): IntentPlan {
  const loop = loops.find(({ pull }) => pull === item.intent);
  if (loop === undefined || item.verdict === 'not-due' || item.verdict === 'other-class') return item;
  const live = pulls.find(({ intent }) => intent === item.intent)?.live;
  return blocked({ intent: item.intent, live }, 'push-pull-loop', loopOfPull(loop));
}

/** What stands there once a change is made. Its resourceVersion is not known yet: such targets are read again. */
function after(change: Change): LiveSecret | undefined {
  switch (change.action) {
    case 'create':
      return {
        ...change.desired,
        ...(isSecret(change.target) ? { type: change.desired.type ?? 'Opaque' } : {}),
        uid: '',
        resourceVersion: '',
        deleting: false,
        ownedFields: [],
      };
    case 'update':
      return { ...change.live, ...change.desired };
    case 'delete':
      return undefined;
  }
}
