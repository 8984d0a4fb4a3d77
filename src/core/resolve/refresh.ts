/**
 * Decides whether an ExternalSecret asks the vault in this pass.
 *
 * ESO 2.9, `rv` = the resource version now, `last` = the time of the last refresh:
 *
 * | Policy | due when |
 * |---|---|
 * | any | the target is invalid: missing, or its data was changed by others |
 * | CreatedOnce | it never synced |
 * | OnChange | it never synced, or `rv` changed |
 * | Periodic | the first line that applies: interval <= 0 and synced before: no; `rv` changed: yes; `last` unset or in the future: yes; the interval has not elapsed: no; else the sync windows decide |
| Periodic, ours | a value that ends is to be renewed (`renewal.ts`): as if the interval had elapsed |
 *
 * Mode `always` is ours, for runs that a person or a pipeline starts: for Periodic the interval counts as elapsed,
 * whatever it is. Sync windows hold in both modes, for they are what the user wrote against refreshes at that time.
 */
import type { SyncState } from '../model/condition.ts';
import type { CreationPolicy, RefreshSpec } from '../model/intent.ts';
import { DATA_HASH_ANNOTATION } from '../model/names.ts';
import type { LiveSecret } from '../model/secret.ts';
import { formatDuration } from '../go/duration.ts';
import { hashOf } from '../go/go-hash.ts';
import { renewalTime } from './renewal.ts';
import { nextOpening, windowsLetThrough } from './sync-windows.ts';

export interface RefreshInput {
  readonly refresh: RefreshSpec;
  readonly state: SyncState | undefined;
  /** What `syncedResourceVersion` would be now. */
  readonly resourceVersion: string;
  readonly now: Date;
  readonly targetValid: boolean;
  readonly mode: 'due' | 'always';
  /** How much earlier than it has to be a value that ends is renewed, as nobody looks for so long; absent = not at all. */
  readonly renewAheadMs?: number;
}

export interface RefreshDecision {
  readonly due: boolean;
  /** Half a sentence for reports: `synced less than 1h0m0s ago`. */
  readonly reason: string;
}

/** Says whether to refresh, and why. An invalid target is always refreshed in full, also with interval 0. */
export function decideRefresh(input: RefreshInput): RefreshDecision {
  if (!input.targetValid) return due('the target Secret is missing or was changed');
  switch (input.refresh.policy) {
    case 'CreatedOnce':
      return neverSynced(input.state) ? due('it never synced') : hold('refreshPolicy is CreatedOnce');
    case 'OnChange':
      return decideOnChange(input);
    case 'Periodic':
      return decidePeriodic(input);
    default:
      return input.refresh.policy satisfies never;
  }
}

function due(reason: string): RefreshDecision {
  return { due: true, reason };
}

function hold(reason: string): RefreshDecision {
  return { due: false, reason };
}

function syncedVersion(state: SyncState | undefined): string {
  return state?.syncedResourceVersion ?? '';
}

function neverSynced(state: SyncState | undefined): boolean {
  return syncedVersion(state) === '' || state?.refreshTime === undefined;
}

function decideOnChange({ state, resourceVersion }: RefreshInput): RefreshDecision {
  if (neverSynced(state)) return due('it never synced');
  if (syncedVersion(state) !== resourceVersion) return due('it changed since the last sync');
  return hold('refreshPolicy is OnChange and nothing changed');
}

function decidePeriodic({
  refresh,
  state,
  resourceVersion,
  now,
  mode,
  renewAheadMs = 0,
}: RefreshInput): RefreshDecision {
  const synced = syncedVersion(state);
  if (mode === 'due' && refresh.intervalMs <= 0 && synced !== '') return hold('refreshInterval is 0');
  if (synced === '') return due('it never synced');
  if (synced !== resourceVersion) return due('it changed since the last sync');
  const last = state?.refreshTime;
  if (last === undefined) return due('it never synced');
  if (last > now) return due('its last sync lies in the future');
  const interval = formatDuration(refresh.intervalMs);
  const isElapsed = last.getTime() + refresh.intervalMs < now.getTime();
  const isEnding = (renewalTime({ refresh, state }) ?? Infinity) <= now.getTime() + renewAheadMs;
  if (mode === 'due' && !isElapsed && !isEnding) return hold(`synced less than ${interval} ago`);
  if (refresh.syncWindows !== undefined && !windowsLetThrough(refresh.syncWindows, now)) {
    return hold('its sync windows are closed');
  }
  if (mode === 'always') return due('asked to sync now');
  return due(isElapsed ? `its refreshInterval of ${interval} elapsed` : 'a value of it ends soon');
}

export interface NextDueInput {
  readonly refresh: RefreshSpec;
  readonly state: SyncState | undefined;
  readonly now: Date;
}

/** When time alone will make it due, never before `now`; `undefined` when time never will. For status only. */
export function nextDue({ refresh, state, now }: NextDueInput): Date | undefined {
  const last = state?.refreshTime;
  if (syncedVersion(state) === '') return now;
  if (refresh.policy !== 'Periodic') return last === undefined ? now : undefined;
  if (refresh.intervalMs <= 0) return undefined;
  if (last === undefined || last > now) return now;
  // ESO 2.9: due strictly after the interval, hence the millisecond.
  const byInterval = Math.floor(last.getTime() + refresh.intervalMs) + 1;
  const elapsed = new Date(
    Math.max(now.getTime(), Math.min(byInterval, renewalTime({ refresh, state }) ?? byInterval)),
  );
  return refresh.syncWindows === undefined ? elapsed : nextOpening(refresh.syncWindows, elapsed);
}

export interface TargetCheck {
  readonly creationPolicy: CreationPolicy;
  readonly target: LiveSecret | undefined;
}

/**
 * Says whether the target Secret still holds what was last written.
 *
 * ESO 2.9: Orphan is always valid, even without a Secret; otherwise the data-hash annotation must equal the hash of
 * all data. Type, labels and owners are not looked at, and a lost managed label is put back without a refresh. Data
 * that is not known here (a folder that keeps no values) cannot be hashed: there any annotation will do.
 */
export function isTargetValid({ creationPolicy, target }: TargetCheck): boolean {
  if (creationPolicy === 'Orphan') return true;
  if (target === undefined) return false;
  const hash = target.annotations.get(DATA_HASH_ANNOTATION);
  if ([...target.data.values()].some((value) => value.isOpaque)) return hash !== undefined;
  return hash === hashOf(target.ref.kind)(new Map([...target.data].map(([key, value]) => [key, value.reveal()])));
}
