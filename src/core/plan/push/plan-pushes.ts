/** All PushSecrets of a run → their plans, with the guards on the whole: rivals for one object, too many deletions. */
import type { PushedObject } from '../../model/condition.ts';
import { groupBy } from '../../model/group-by.ts';
import { compareRefs, refText } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushPlan, VaultChange } from '../../model/push-plan.ts';
import { vaultRefKey } from '../../model/vault-object.ts';
import { overLimits, type DeletionLimits } from '../guards.ts';
import { claimsOf, isDone, noteDone, releasedTo, unclaimed, type Claims } from './claims.ts';
import { contestedPushes } from './contested.ts';
import { loopOfPush, type Loop } from './loops.ts';
import type { PushInput } from './push-input.ts';
import { planPush } from './push.ts';

export interface PlannedPushes {
  readonly pushes: readonly PushPlan[];
  readonly stopped?: Problem;
  /** Plans one of them once more, on newer reads of it alone. */
  readonly planAgain: PlanAgain;
}

export type PlanAgain = (input: PushInput) => PushPlan;

export interface PushesInput {
  readonly inputs: readonly PushInput[];
  /** Loops with ExternalSecrets. */
  readonly loops: readonly Loop[];
  readonly limits: DeletionLimits | undefined;
}

export function planPushes({ inputs, loops, limits }: PushesInput): PlannedPushes {
  const claims = claimsOf(inputs);
  const families = rememberedByFamily(inputs);
  const amongOthers = (input: PushInput): PushInput => withFamily(withClaims(input, claims), families);
  const sorted = inputs.map(amongOthers).toSorted((a, b) => compareRefs(a.intent.ref, b.intent.ref));
  const contested = contestedPushes(sorted);
  const loopsByPush = groupBy(loops, ({ push }) => refText(push.intent.ref));
  const refused = new Map(
    sorted.map((input) => {
      const looping = (loopsByPush.get(refText(input.intent.ref)) ?? []).map(
        (loop) => [vaultRefKey(loop.written.target), loopOfPush(loop)] as const,
      );
      return [refText(input.intent.ref), new Map([...(contested.get(input) ?? []), ...looping])];
    }),
  );
  const written = new Set<string>();
  const plan = (input: PushInput): PushPlan => planPush(input, refused.get(refText(input.intent.ref)));
  const pushes = sorted.map((input) => once(plan(input), written));
  const stopped = tooMuchRemoved(pushes, sorted, limits);
  return { pushes, planAgain: (input) => plan(amongOthers(input)), ...(stopped === undefined ? {} : { stopped }) };
}

/** A member of a JSON object counts as an object does: somebody reads it, too. */
function tooMuchRemoved(
  pushes: readonly PushPlan[],
  inputs: readonly PushInput[],
  limits: DeletionLimits | undefined,
): Problem | undefined {
  const changes = pushes.flatMap((push) => push.changes);
  const objects = changes.filter(({ action }) => action === 'remove').length;
  const members = changes.map(removedMembers).reduce((all, one) => all + one, 0);
  const owned = inputs.map(({ recorded, state }) => Math.max(recorded.length, partsIn(state?.pushed ?? [])));
  return overLimits(
    objects + members,
    owned.reduce((all, one) => all + one, 0),
    limits,
    members === 0 ? 'vault objects' : 'vault objects and members of them',
  );
}

function removedMembers(change: VaultChange): number {
  if (change.action === 'remove' || change.pushed.properties === undefined) return 0;
  return change.keys.removed.length;
}

function partsIn(records: readonly PushedObject[]): number {
  return records.reduce((all, { properties = [] }) => all + Math.max(1, properties.length), 0);
}

function withClaims(input: PushInput, claims: Claims): PushInput {
  const released = releasedTo(input, claims);
  return { ...input, recorded: unclaimed(input, claims), ...(released.size === 0 ? {} : { released }) };
}

function rememberedByFamily(inputs: readonly PushInput[]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = groupBy(inputs, ({ intent: { parent } }) => (parent === undefined ? '' : refText(parent)));
  return new Map(
    [...children].map(([parent, all]) => [
      parent,
      new Set(all.flatMap(({ state }) => state?.pushed ?? []).map((record) => vaultRefKey(record))),
    ]),
  );
}

function withFamily(input: PushInput, families: ReadonlyMap<string, ReadonlySet<string>>): PushInput {
  const { parent } = input.intent;
  const ofFamily = parent === undefined ? undefined : families.get(refText(parent));
  return ofFamily === undefined ? input : { ...input, ofFamily };
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
