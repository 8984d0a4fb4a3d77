/**
 * The last look at a whole plan before anything is written. Each guard is named for what is wrong and gives a Problem
 * or nothing. `force` lifts thresholds only, never ownership: ownership is decided while planning.
 */
import { say, setting, type Message } from '../model/message.ts';
import type { PullIntent } from '../model/intent.ts';
import { refText } from '../model/object-ref.ts';
import { changesOf, type IntentPlan, type Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { LiveSecret } from '../model/secret.ts';
import { targetOf } from '../model/target.ts';
import { blocked } from './pull/item.ts';

export interface DeletionLimits {
  /** At most so many Secrets may go in one run. */
  readonly count: number;
  /** At most this share of the Secrets concerned, 0 to 1. Counts from `SHARE_FROM` deletions on. */
  readonly share: number;
}

/** Below so many deletions a share says nothing: one of two is half of everything. */
const SHARE_FROM = 4;

/** Stops a plan that deletes more than the limits allow; `undefined` limits = no such guard. */
export function tooManyDeletions(
  plan: Pick<Plan, 'items' | 'prunes'>,
  limits: DeletionLimits | undefined,
): Problem | undefined {
  const changes = changesOf(plan);
  const deletions = changes.filter((change) => change.action === 'delete').length;
  return overLimits(deletions, plan.items.length + plan.prunes.length, limits);
}

/** The same for numbers that come from elsewhere: so many of so many Secrets would go. */
export function overLimits(
  deletions: number,
  all: number,
  limits: DeletionLimits | undefined,
  objects = 'Secrets',
): Problem | undefined {
  if (limits === undefined) return undefined;
  const concerned = Math.max(1, all);
  const share = deletions / concerned;
  const percent = Math.round(share * 100);
  if (deletions > limits.count) return stop(`plan deletes ${deletions} ${objects}, over the limit of ${limits.count}`);
  if (deletions < SHARE_FROM || share <= limits.share) return undefined;
  return stop(
    `plan deletes ${deletions} of ${concerned} ${objects} (${percent}%), over the limit of ${Math.round(limits.share * 100)}%`,
  );
}

function stop(what: Message): Problem {
  return {
    severity: 'error',
    code: 'too-many-deletions',
    what,
    fix: say`Nothing was written. Check the manifests and the vault; run again with ${setting('force')} if this is meant.`,
  };
}

/** Who writes which Secret as a whole (Owner, Orphan), filled while a plan is made. */
export type WholeClaims = Map<string, PullIntent>;

/** Does the intent replace whatever else the Secret holds? */
export function claimsWhole(intent: PullIntent): boolean {
  return intent.target.creationPolicy === 'Owner' || intent.target.creationPolicy === 'Orphan';
}

/**
 * A Secret that one intent writes as a whole cannot have a second writer: they would undo each other's work for ever,
 * as they do under ESO 2.9 unless one of them is Owner. The first by name that may write it keeps it.
 * An item that would change nothing is left alone, and so is its status.
 */
export function refuseContended(item: IntentPlan, live: LiveSecret | undefined, claims: WholeClaims): IntentPlan {
  const { intent } = item;
  const target = refText(targetOf(intent));
  const holder = claims.get(target);
  const mayHold = item.verdict !== 'other-class' && item.verdict !== 'blocked';
  if (holder === undefined || holder === intent) {
    if (claimsWhole(intent) && mayHold) claims.set(target, intent);
    return item;
  }
  if (item.verdict !== 'change') return item;
  return blocked({ intent, live }, 'target-contended', {
    field: ['spec', 'target', 'name'],
    what: `is ${target}, which ${refText(holder.ref)} writes as a whole`,
    fix: 'Choose another target.name, or creationPolicy Merge or CreateOrMerge for both.',
  });
}
