/**
 * Says whether the sync windows of an ExternalSecret let a periodic refresh through.
 *
 * ESO 2.9: a window is active at t when p = next firing after (t - duration - 1 s) holds p <= t <= p + duration. What
 * follows from that, and is kept:
 *
 * | Window | is active |
 * |---|---|
 * | `0 22 * * *` for 2h | from 22:00:00 to 00:00:00, both included |
 * | `@every 10m` for 30m | always: `@every` has no fixed start |
 * | `@every 1h` for 30m | never |
 * | `* * * * *` for 1h | but not between (firing + duration) and the next full second |
 * | one that does not parse | never, without an error |
 *
 * Times are UTC. Windows do not gate a first sync, a changed spec or the repair of a target.
 */
import type { SyncWindow, SyncWindows } from '../model/intent.ts';
import { nextMsAfter, parseSchedule } from '../go/cron.ts';

const SECOND = 1000;
/** A bound for overlapping windows of which one always takes over from another. */
const MOST_STEPS = 10_000;

/** `allow`: any window is active; `deny`: none is; any other kind: always. */
export function windowsLetThrough(windows: SyncWindows, now: Date): boolean {
  const nowMs = now.getTime();
  if (windows.kind === 'allow') return windows.windows.some((window) => firingOf(window, nowMs) !== undefined);
  if (windows.kind === 'deny') return windows.windows.every((window) => firingOf(window, nowMs) === undefined);
  return true;
}

/** The first time from `from` on at which the windows let a refresh through; `undefined` when there is none. */
export function nextOpening(windows: SyncWindows, from: Date): Date | undefined {
  let time = from.getTime();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (windowsLetThrough(windows, new Date(time))) return new Date(time);
    const candidates = windows.windows.flatMap((window) => changeAfter(windows.kind, window, time) ?? []);
    if (candidates.length === 0) return undefined;
    time = Math.min(...candidates);
  }
  return undefined;
}

/** When a window may next open (`allow`: its next firing) or, being active, close (`deny`). */
function changeAfter(kind: string, window: SyncWindow, time: number): number | undefined {
  const schedule = parseSchedule(window.schedule);
  if (schedule === undefined) return undefined;
  if (kind === 'allow') return schedule.kind === 'interval' ? undefined : nextMsAfter(schedule, time);
  const firing = firingOf(window, time);
  if (firing === undefined || schedule.kind === 'interval') return undefined;
  return Math.floor(firing + window.durationMs) + 1;
}

/** The firing that makes a window active at a time. */
function firingOf(window: SyncWindow, time: number): number | undefined {
  const schedule = parseSchedule(window.schedule);
  if (schedule === undefined) return undefined;
  const firing = nextMsAfter(schedule, time - window.durationMs - SECOND);
  return firing !== undefined && firing <= time && time <= firing + window.durationMs ? firing : undefined;
}
