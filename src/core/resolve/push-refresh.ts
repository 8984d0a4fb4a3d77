/**
 * Decides whether a PushSecret looks at its vaults in this pass. ESO 2.9, 6.2: the first line that applies.
 *
 * | | due |
 * | --- | --- |
 * | spec, labels or annotations changed since the last pass that went well | yes |
 * | interval 0, and it went well before | no |
 * | it never went well, its time lies in the future, or the interval has elapsed | yes |
 *
 * Mode `always` is ours: whoever starts a run by hand asks for all.
 */
import { formatDuration } from '../go/duration.ts';
import type { RefreshDecision, RefreshInput } from './refresh.ts';

export function decidePush({
  refresh,
  state,
  resourceVersion,
  now,
  mode,
}: Omit<RefreshInput, 'targetValid'>): RefreshDecision {
  const due = (reason: string): RefreshDecision => ({ due: true, reason });
  const hold = (reason: string): RefreshDecision => ({ due: false, reason });
  const { syncedResourceVersion: synced = '', refreshTime: last } = state ?? {};
  if (mode === 'always') return due('asked to sync now');
  if (synced === '') return due('it was never pushed');
  if (synced !== resourceVersion) return due('it changed since the last push');
  if (refresh.intervalMs <= 0) return hold('refreshInterval is 0');
  if (last === undefined || last > now) return due('it was never pushed');
  const interval = formatDuration(refresh.intervalMs);
  const isElapsed = last.getTime() + refresh.intervalMs < now.getTime();
  return isElapsed ? due(`its refreshInterval of ${interval} elapsed`) : hold(`pushed less than ${interval} ago`);
}
