/**
 * When a value that ends is asked for again: before its end, by thirty seconds or a tenth of its life, whichever is more.
 *
 * That counts beside a refreshInterval and not instead of it: whichever comes first. Where the manifest says that time
 * changes nothing (CreatedOnce, OnChange, an interval of 0), it does not count at all.
 */
import type { Marks } from '../model/condition.ts';
import type { RefreshSpec } from '../model/intent.ts';
import { wholeSeconds } from '../model/sync-record.ts';

const LEAST_MARGIN_MS = 30_000;
const MARGIN_OF_LIFE = 0.1;

/** RFC 3339; `expires` in milliseconds since 1970. */
export function renewalOf(expires: number, now: Date): string {
  const life = expires - now.getTime();
  const margin = Math.max(LEAST_MARGIN_MS, life * MARGIN_OF_LIFE);
  return wholeSeconds(new Date(Math.max(now.getTime(), expires - margin)));
}

interface RenewalInput {
  readonly refresh: RefreshSpec;
  readonly state: Marks | undefined;
}

/** Milliseconds since 1970; `undefined` = it never has to. A time that somebody made unreadable has come. */
export function renewalTime({ refresh, state }: RenewalInput): number | undefined {
  if (state?.renewBy === undefined || refresh.policy !== 'Periodic' || refresh.intervalMs <= 0) return undefined;
  const time = Date.parse(state.renewBy);
  return Number.isNaN(time) ? 0 : time;
}
