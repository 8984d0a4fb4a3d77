/**
 * A plan: everything that would be written, decided before anything is.
 *
 * Changes carry what was read (`live`), so that a write can insist on it. Values are inside `desired` and `live` only,
 * as SecretValue; whatever prints a plan uses `keys`.
 */
import type { Marks, ObjectEvent } from './condition.ts';
import type { PullIntent } from './intent.ts';
import type { ObjectRef } from './object-ref.ts';
import type { LeftOut } from './left-out.ts';
import type { Problem } from './problem.ts';
import type { PushPlan } from './push-plan.ts';
import type { DesiredSecret, LiveSecret } from './secret.ts';
import type { Target } from './target.ts';

/** Names of data keys, each list sorted. */
export interface KeyDiff {
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
}

/** What a write insists on: that nothing is there yet, or the very version that was read. */
export type Precondition = 'absent' | { readonly resourceVersion: string };

/** What every change has, whatever kind of target it is made to. */
interface ChangeHead {
  readonly owner: ObjectRef;
  readonly target: Target;
  /** Names of keys that differ; of everything that goes where the target is deleted. */
  readonly keys: KeyDiff;
  readonly precondition: Precondition;
}

export interface CreateChange extends ChangeHead {
  readonly action: 'create';
  readonly precondition: 'absent';
  readonly desired: DesiredSecret;
}

export interface UpdateChange extends ChangeHead {
  readonly action: 'update';
  readonly precondition: { readonly resourceVersion: string };
  /** What differs beside the data: `type`, `immutable`, `label team`, `annotation a`, `owner`, `finalizers`. */
  readonly metadata: readonly string[];
  readonly desired: DesiredSecret;
  readonly live: LiveSecret;
}

export interface DeleteChange extends ChangeHead {
  readonly action: 'delete';
  readonly precondition: { readonly resourceVersion: string };
  readonly reason: 'every source is absent' | 'target was renamed' | 'no longer in the manifests';
  readonly live: LiveSecret;
}

export type Change = CreateChange | UpdateChange | DeleteChange;

/**
 * How an intent stands:
 * `change` something is to be written · `unchanged` looked at, nothing to do · `not-due` not looked at yet ·
 * `other-class` another controller's · `blocked` a rule or a guard forbids the write · `failed` a read failed ·
 * `unknown` only values could tell, in a plan of metadata.
 */
export type Verdict = 'change' | 'unchanged' | 'not-due' | 'other-class' | 'blocked' | 'failed' | 'unknown';

/** What is told and remembered of an intent once its changes are made (or found unnecessary). */
export interface IntentResult extends Marks {
  /** ESO's Ready condition; absent = the status is left as it is. */
  readonly condition?: { readonly status: 'True' | 'False'; readonly reason: string; readonly message: string };
  /** True = `refreshTime` and `syncedResourceVersion` move on. */
  readonly refreshed: boolean;
  /** The target that was created or that an update was tried on, as it is recorded (`targetRecord`). */
  readonly binding?: string;
  readonly events: readonly ObjectEvent[];
}

export interface IntentPlan {
  readonly intent: PullIntent;
  readonly verdict: Verdict;
  /** Why, for `not-due` and `other-class`; in a plan of metadata also for changes. */
  readonly reason?: string;
  readonly changes: readonly Change[];
  readonly result: IntentResult;
  readonly problems: readonly Problem[];
  /** What was named or found and is not taken; absent where nothing is. */
  readonly leftOut?: readonly LeftOut[];
}

export interface Plan {
  readonly items: readonly IntentPlan[];
  /** Deletions of Secrets whose ExternalSecret is gone from the manifests. */
  readonly prunes: readonly DeleteChange[];
  /** In the order in which they are carried out: after all Secrets. */
  readonly pushes: readonly PushPlan[];
  /** Problems of no single intent: unreadable documents, refused objects, stores. */
  readonly problems: readonly Problem[];
  /** Set when a guard stopped the whole plan: nothing may be written. */
  readonly stopped?: Problem;
  /** Equal plans have equal fingerprints. Holds no value, not even hashed. */
  readonly fingerprint: string;
}

/**
 * Stands for keys that only values tell, in plans without values, so that a Secret of nothing else is still created. No
 * key can be named so.
 */
export const UNTOLD_KEY = '\u0000';

export const NO_KEYS: KeyDiff = { added: [], updated: [], removed: [] };

/** Every change of a plan to Secrets, in the order in which it is applied. */
export function changesOf(plan: Pick<Plan, 'items' | 'prunes'>): readonly Change[] {
  return [...plan.items.flatMap((item) => item.changes), ...plan.prunes];
}
