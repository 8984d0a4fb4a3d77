/**
 * When the CronJob runs, from the refresh intervals of its intents.
 *
 * | smallest interval | schedule | run window |
 * | --- | --- | --- |
 * | none: nothing is refreshed by time | once an hour | none |
 * | below 5 minutes | every 15 minutes | 14 minutes, in which one process makes a pass whenever something is due |
 * | 5 minutes to an hour | every so many minutes | none |
 * | an hour to a day | every so many hours, at a minute of the installation's own | none |
 * | a day and more | once a day, at a minute and hour of its own | none |
 *
 * Intervals that divide no hour or day are rounded down, so that nothing is late.
 */
import type { PullIntent } from '../model/intent.ts';
import { digestOf, type Installation } from './installation.ts';

export interface Schedule {
  /** Kubernetes' cron notation. */
  readonly cron: string;
  /** Minutes that one run stays; 0 = one pass. */
  readonly windowMinutes: number;
}

const MINUTE_MS = 60_000;
const SHORTEST_MINUTES = 5;
const SHORT: Schedule = { cron: '*/15 * * * *', windowMinutes: 14 };
const MINUTES = [30, 20, 15, 12, 10, 6, 5];
const HOURS = [12, 8, 6, 4, 3, 2, 1];

export function scheduleOf(intents: readonly PullIntent[], installation: Installation): Schedule {
  const intervals = intents
    .filter(({ refresh }) => refresh.policy === 'Periodic' && refresh.intervalMs > 0)
    .map(({ refresh }) => refresh.intervalMs / MINUTE_MS);
  const smallest = intervals.length === 0 ? 60 : Math.min(...intervals);
  if (smallest < SHORTEST_MINUTES) return SHORT;
  return { cron: cronOf(smallest, spreadOf(installation)), windowMinutes: 0 };
}

function cronOf(minutes: number, { minute, hour }: ReturnType<typeof spreadOf>): string {
  if (minutes < 60) return `*/${MINUTES.find((step) => step <= minutes) ?? SHORTEST_MINUTES} * * * *`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${minute} ${hour} * * *`;
  const step = HOURS.find((one) => one <= hours) ?? 1;
  return step === 1 ? `${minute} * * * *` : `${minute} */${step} * * *`;
}

/** Installations of one cluster do not all start in the same minute; one always starts in its own. */
function spreadOf({ name, namespace }: Installation): { readonly minute: number; readonly hour: number } {
  const spread = Number.parseInt(digestOf(`${namespace}/${name}`).slice(0, 8), 16);
  return { minute: spread % 60, hour: Math.floor(spread / 60) % 24 };
}
