/** What is remembered of a PushSecret after a pass. */
import { EMPTY_STATE, type SyncState } from '../../model/condition.ts';
import type { PushPlan } from '../../model/push-plan.ts';
import { syncedResourceVersion } from '../../go/go-hash.ts';
import { setCondition, type PassTimes } from '../status.ts';

/** `undefined` = nothing to write. */
export function nextPushState(
  item: PushPlan,
  before: SyncState | undefined,
  { now, began }: PassTimes,
): SyncState | undefined {
  const { condition, refreshed, synced, pushed } = item.result;
  if (condition === undefined) return undefined;
  const base = before ?? EMPTY_STATE;
  const { generation, annotations, labels } = item.intent;
  return {
    ...base,
    conditions: setCondition(base.conditions, { type: 'Ready', ...condition }, now),
    ...(synced === undefined ? {} : { syncedPushSecrets: synced }),
    ...(pushed === undefined ? {} : { pushed }),
    ...(refreshed
      ? { refreshTime: began, syncedResourceVersion: syncedResourceVersion(generation, annotations, labels) }
      : {}),
  };
}
