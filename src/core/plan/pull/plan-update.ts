/** What happens to a target that exists: a list of checks, each of which may leave it as it is, and then the update. */
import { UNTOLD_KEY, type IntentPlan, type UpdateChange } from '../../model/plan.ts';
import type { DesiredSecret, LiveSecret } from '../../model/secret.ts';
import { blockedByClaim, blockedByDeletion, blockedByImmutability, blockedByType } from './blocked-target.ts';
import { updateOf } from './changes.ts';
import { desiredSecret } from './desired-secret.ts';
import { isEmpty } from './diff.ts';
import { foreignWarnings } from './foreign-content.ts';
import { refused, synced, withChanges, withWarnings } from './item.ts';
import { refusalOf, replacementProblems } from './kubernetes-rules.ts';
import { openTargetWarnings } from './open-target.ts';
import { claimOn, isOwn } from './ownership.ts';
import type { PullInput } from './pull-input.ts';
import { blockedBySystem } from './system-secret.ts';
import { targetEvent } from './target-words.ts';
import type { TargetContent } from './target-content.ts';

/** What was found where the intent wants to write. */
interface Existing {
  readonly input: PullInput;
  readonly live: LiveSecret;
}

/** The update as it would be, for the checks to judge. */
interface Update extends Existing {
  readonly desired: DesiredSecret;
  readonly change: UpdateChange;
}

/** Why the target is left as it is; `undefined` = nothing against it. */
type Check<T = Update> = (judged: T) => IntentPlan | undefined;

/** Whose Secret it is comes before everything else that may be wrong. */
const OWNER_CHECKS: readonly Check<Existing>[] = [claimedByOther, ofTheSystem];

/** In the order in which they are asked: the first that answers is what is told. */
const CHECKS: readonly Check[] = [...OWNER_CHECKS, beingDeleted, ofAnotherType, frozen, refusedByServer];

export function planUpdate(input: PullInput, live: LiveSecret, content: TargetContent): IntentPlan {
  const update = updateTo(input, live, content);
  return (
    firstOf(CHECKS, update) ?? withWarnings(carriedOut(update), foreignWarnings(input.intent, content, update.change))
  );
}

/** May the Secret be written at all? `undefined` = it may. */
export function blockedByOthers(input: PullInput, live: LiveSecret): IntentPlan | undefined {
  return firstOf(OWNER_CHECKS, { input, live });
}

function updateTo(input: PullInput, live: LiveSecret, content: TargetContent): Update {
  const desired = desiredSecret(input.intent, content, live);
  return { input, live, desired, change: updateOf(input.intent.ref, live, desired) };
}

function firstOf<T>(checks: readonly Check<T>[], judged: T): IntentPlan | undefined {
  for (const check of checks) {
    const answer = check(judged);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function claimedByOther({ input, live }: Existing): IntentPlan | undefined {
  const claim = claimOn(live, input.intent, input);
  return claim.kind === 'free' ? undefined : blockedByClaim(input, live, claim);
}

function ofTheSystem({ input, live }: Existing): IntentPlan | undefined {
  return blockedBySystem(input, live);
}

function beingDeleted({ input, live }: Update): IntentPlan | undefined {
  return live.deleting ? blockedByDeletion(input, live) : undefined;
}

function ofAnotherType({ input, live, desired }: Update): IntentPlan | undefined {
  if (desired.type === undefined || desired.type === live.type) return undefined;
  return blockedByType(input, live, desired);
}

/**
 * The live Secret is immutable and its data would have to change.
 *
 * ESO 2.9 still writes labels, owner and hash, on anybody's Secret. Here only on one that is this intent's own:
 * adopting another's Secret whose data cannot be set would only get it garbage-collected.
 */
function frozen({ input, live, desired, change }: Update): IntentPlan | undefined {
  if (live.immutable !== true || isEmpty(change.keys)) return undefined;
  const item = blockedByImmutability(input, live);
  if (!isOwn(live, input.intent)) return item;
  const around = updateOf(input.intent.ref, live, { ...desired, data: live.data });
  return around.metadata.length === 0 ? item : { ...item, changes: [around] };
}

function refusedByServer({ input, live, desired, change }: Update): IntentPlan | undefined {
  if (isInStep(change) || !isTold(desired)) return undefined;
  const problems = replacementProblems(live, desired);
  return problems.length === 0 ? undefined : refused(input, refusalOf(desired, problems));
}

function carriedOut({ input, live, change }: Update): IntentPlan {
  if (isInStep(change)) return synced(input.intent, []);
  const event = targetEvent(live.ref, 'Updated', 'secret updated');
  const item = withChanges(synced(input.intent, live.immutable === true ? [] : [event]), [change]);
  return withWarnings(item, openTargetWarnings(input.intent, live));
}

function isInStep({ keys, metadata }: UpdateChange): boolean {
  return isEmpty(keys) && metadata.length === 0;
}

/** Are all keys known? Only then can be said what the API server makes of them. */
export function isTold({ data }: DesiredSecret): boolean {
  return !data.has(UNTOLD_KEY);
}
