/**
 * When the CronJob runs, from the refresh intervals of its intents.
 *
 * | smallest interval | schedule | run window |
 * | --- | --- | --- |
 * | none: nothing is refreshed by time | once an hour | none |
 * | below 5 minutes, or values that end | every 15 minutes | 14 minutes, in which one process makes a pass whenever something is due |
 * | 5 minutes to an hour | every so many minutes | none |
 * | an hour to a day | every so many hours | none |
 * | a day and more | once a day | none |
 *
 * Minute and hour are the installation's own, from its name and namespace, so that hundreds of them do not start
 * together; below an hour, where few minutes are left to choose from, its runs begin some seconds later too. Nothing in
 * it is random: the same installation always gets the same.
 *
 * A registry's token that is asked for in time at one pass is not asked for at the next if its registry does not answer:
 * a process that stays tries again each minute, for as long as the earlier token lives.
 *
 * Intervals that divide no hour or day are rounded down, so that nothing is late.
 */
import type { IntentHead } from '../model/intent.ts';
import { digestOf, type Installation } from './installation.ts';

export interface PassSchedule {
  /** Kubernetes' cron notation. */
  readonly cron: string;
  /** Minutes that one run stays; 0 = one pass. */
  readonly windowMinutes: number;
  /** How long a run waits before its first pass; absent = not at all. */
  readonly startDelaySeconds?: number;
}

const MINUTE_MS = 60_000;
const SHORTEST_MINUTES = 5;
/** Of a run window: one comes after the other, and a minute in between is for the pass that is under way at its end. */
const WINDOW = { everyMinutes: 15, windowMinutes: 14 };
const LONGEST_DELAY_SECONDS = 29;
const MINUTES = [30, 20, 15, 12, 10, 6, 5];
const HOURS = [12, 8, 6, 4, 3, 2, 1];

export interface TimedIntent extends Pick<IntentHead, 'refresh'> {
  /** Some of its values end, and not at times that anybody knows now. */
  readonly isShortLived?: boolean;
}

export function scheduleOf(intents: readonly TimedIntent[], installation: Installation): PassSchedule {
  const intervals = intents
    .filter(({ refresh }) => refresh.policy === 'Periodic' && refresh.intervalMs > 0)
    .map(({ refresh, isShortLived = false }) => (isShortLived ? 1 : refresh.intervalMs / MINUTE_MS));
  const smallest = intervals.length === 0 ? 60 : Math.min(...intervals);
  const spread = spreadOf(installation);
  if (smallest >= 60) return { cron: hourly(Math.floor(smallest / 60), spread), windowMinutes: 0 };
  const isShort = smallest < SHORTEST_MINUTES;
  const step = isShort ? WINDOW.everyMinutes : (MINUTES.find((one) => one <= smallest) ?? SHORTEST_MINUTES);
  return {
    cron: `${every(step, spread.minute, 59)} * * * *`,
    windowMinutes: isShort ? WINDOW.windowMinutes : 0,
    startDelaySeconds: spread.second,
  };
}

function hourly(hours: number, { minute, hour }: Spread): string {
  if (hours >= 24) return `${minute} ${hour} * * *`;
  const step = HOURS.find((one) => one <= hours) ?? 1;
  return step === 1 ? `${minute} * * * *` : `${minute} ${every(step, hour, 23)} * * *`;
}

/** Each step of a field of cron, from the installation's own first one to the last of the field. */
function every(step: number, own: number, last: number): string {
  const first = own % step;
  return first === 0 ? `*/${step}` : `${first}-${last}/${step}`;
}

interface Spread {
  readonly second: number;
  readonly minute: number;
  readonly hour: number;
}

/** Of the name alone, and not of the cluster: the same manifests are rendered alike everywhere. */
function spreadOf({ name, namespace }: Installation): Spread {
  const digest = digestOf(`${namespace}/${name}`);
  const spread = Number.parseInt(digest.slice(0, 8), 16);
  const second = Number.parseInt(digest.slice(8, 16), 16) % (LONGEST_DELAY_SECONDS + 1);
  return { second, minute: spread % 60, hour: Math.floor(spread / 60) % 24 };
}
