/** ESO's status after a pass: which condition, since when, and what is remembered for the next one. */
import { EMPTY_STATE, marksOf, type Condition, type SyncState } from '../model/condition.ts';
import type { IntentPlan } from '../model/plan.ts';
import { isSecret, recordedTarget } from '../model/target.ts';
import { wholeSeconds } from '../model/sync-record.ts';
import { syncedResourceVersion } from '../go/go-hash.ts';

/**
 * ESO 2.9, 4.1: an identical condition is left untouched; the same status with another text keeps its time;
 * a replaced one moves to the end.
 */
export function setCondition(
  conditions: readonly Condition[],
  next: Omit<Condition, 'lastTransitionTime'>,
  now: Date,
): readonly Condition[] {
  const current = conditions.find((condition) => condition.type === next.type);
  if (current?.status === next.status && current.reason === next.reason && current.message === next.message) {
    return conditions;
  }
  const lastTransitionTime = current?.status === next.status ? current.lastTransitionTime : wholeSeconds(now);
  return [...conditions.filter((condition) => condition.type !== next.type), { ...next, lastTransitionTime }];
}

/** Moves on only when all was done: until then the Secret of the earlier name is still to be cleaned up. */
function lastTargetAfter({ result }: IntentPlan, before: SyncState): Pick<SyncState, 'lastTarget'> {
  const earlier = before.lastTarget ?? before.binding;
  const target = result.refreshed ? (result.binding ?? earlier) : earlier;
  return target === '' ? {} : { lastTarget: target };
}

export interface PassTimes {
  readonly now: Date;
  /** Of the pass. Intervals are counted from here, so that one of 30 s is due every 30 s, however long a pass takes. */
  readonly began: Date;
}

/** The state to remember after this plan item was carried out; `undefined` = nothing to write. */
export function nextState(
  item: IntentPlan,
  before: SyncState | undefined,
  { now, began }: PassTimes,
): SyncState | undefined {
  const { condition, refreshed, binding } = item.result;
  if (condition === undefined) return undefined;
  const base = before ?? EMPTY_STATE;
  return {
    ...(refreshed ? {} : base),
    conditions: setCondition(base.conditions, { type: 'Ready', ...condition }, now),
    binding: boundSecret(binding) ?? base.binding,
    ...lastTargetAfter(item, base),
    ...(refreshed ? refreshOf(item, began) : {}),
  };
}

/** ESO 2.9: what is no Secret binds nothing. */
function boundSecret(binding: string | undefined): string | undefined {
  return binding === undefined || !isSecret(recordedTarget('', binding)) ? undefined : binding;
}

function refreshOf({ intent, result }: IntentPlan, refreshTime: Date): Partial<SyncState> {
  const { generation, annotations, labels } = intent;
  return {
    refreshTime,
    syncedResourceVersion: syncedResourceVersion(generation, annotations, labels),
    ...marksOf(result),
  };
}
