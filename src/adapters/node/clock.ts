/** The system's clock: the only place of the program that reads the time or waits. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';

/** Longest delay of a Node timer; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms) => {
    for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) await wait(Math.min(left, LONGEST_TIMER_MS));
  },
  every: (ms, act) => {
    const timer = setInterval(act, ms).unref();
    return () => clearInterval(timer);
  },
};
