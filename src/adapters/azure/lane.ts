/**
 * One lane per vault, shared by every identity that reads it: so many reads at a time, and never as many requests in
 * ten seconds as Key Vault refuses (4,000 per vault and region, other clients included).
 */
import pLimit from 'p-limit';
import type { Clock } from '../../ports/clock.ts';

const WINDOW_MS = 10_000;
/** Ninety per cent of the service's limit. */
const REQUESTS_PER_WINDOW = 3_600;

export interface Lane {
  /** Runs a read when one of the places is free. */
  readonly limit: <Result>(read: () => Promise<Result>) => Promise<Result>;
  /** Resolves when one more request may be sent. */
  readonly pace: () => Promise<void>;
}

export function createLane(clock: Clock, concurrency: number, perWindow: number = REQUESTS_PER_WINDOW): Lane {
  const limit = pLimit(concurrency);
  return { limit: (read) => limit(read), pace: createPacer(clock, perWindow) };
}

/** A sliding window over a ring of the last so many sending times. */
function createPacer(clock: Clock, perWindow: number): () => Promise<void> {
  const sentAt = new Array<number>(perWindow).fill(-Infinity);
  let next = 0;
  return async () => {
    const slot = next;
    next = (next + 1) % perWindow;
    const now = clock.now().getTime();
    const sendAt = Math.max(now, (sentAt[slot] ?? -Infinity) + WINDOW_MS);
    sentAt[slot] = sendAt;
    if (sendAt > now) await clock.sleep(sendAt - now);
  };
}
