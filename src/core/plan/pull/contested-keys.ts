/**
 * Two ExternalSecrets that merge different values into one key of one Secret would take it back from each other for
 * ever. Which value is meant cannot be known, so neither is written.
 *
 * Only where both are read in this plan: what one of them left there earlier may be an older value of the same object.
 */
import { compareText, refText } from '../../model/object-ref.ts';
import type { IntentPlan } from '../../model/plan.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import { shortList } from '../../model/short-list.ts';
import { targetOf } from '../../model/target.ts';
import { blocked } from './item.ts';
import { planPull, wantedData } from './pull.ts';
import type { PullInput } from './pull-input.ts';

export interface Contest {
  readonly keys: readonly string[];
  readonly other: PullInput;
}

/** Of inputs that write parts of a Secret: with whom each is at odds, and over which keys. */
export function contestsAmong(pulls: readonly PullInput[]): ReadonlyMap<PullInput, Contest> {
  const byTarget = new Map<string, readonly PullInput[]>();
  for (const pull of pulls) {
    const target = refText(targetOf(pull.intent));
    byTarget.set(target, [...(byTarget.get(target) ?? []), pull]);
  }
  const shared = [...byTarget.values()].filter((group) => group.length > 1).map((group) => group.filter(mayWrite));
  return new Map(shared.flatMap(contestsIn));
}

/** What is refused for a reason of its own contests nothing, nor does what is made once and for all. */
function mayWrite(pull: PullInput): boolean {
  const { target } = pull.intent;
  if (target.creationPolicy === 'None' || (target.immutable && pull.live !== undefined)) return false;
  const { verdict } = planPull(pull);
  return verdict === 'change' || verdict === 'unchanged';
}

function contestsIn(pulls: readonly PullInput[]): readonly (readonly [PullInput, Contest])[] {
  const wanted = pulls.map((pull) => ({ pull, data: wantedData(pull) }));
  return wanted.flatMap(({ pull, data }) => {
    const contest = wanted
      .filter((other) => other.pull !== pull)
      .map((other) => ({ other: other.pull, keys: keysAtOdds(data, other.data) }))
      .find(({ keys }) => keys.length > 0);
    return contest === undefined ? [] : [[pull, contest] as const];
  });
}

type Data = ReadonlyMap<string, SecretValue>;

/** Values that nobody knows are not compared. */
function keysAtOdds(mine: Data, others: Data): readonly string[] {
  const differs = (a: SecretValue, b: SecretValue | undefined) =>
    b !== undefined && !a.isOpaque && !b.isOpaque && !a.equals(b);
  return [...mine]
    .filter(([key, value]) => differs(value, others.get(key)))
    .map(([key]) => key)
    .sort(compareText);
}

export function blockedByContest({ intent, live }: PullInput, { keys, other }: Contest): IntentPlan {
  const what = keys.length === 1 ? `key ${shortList(keys)} another value` : `keys ${shortList(keys)} other values`;
  return blocked({ intent, live }, 'key-contested', {
    field: ['spec', 'target', 'name'],
    what: `is ${refText(targetOf(intent))}, where ${refText(other.intent.ref)} gives ${what}`,
    fix: 'Neither was written. Take it out of one of them, or read both from the same object.',
  });
}
