/**
 * One lane per vault, shared by every identity that reaches it: so many requests at a time, and never as many in ten
 * seconds as Key Vault refuses. It counts new versions (set and import: 300 per vault and region, other clients
 * included) apart from everything else (4,000).
 */
import pLimit from 'p-limit';
import type { Clock } from '../../ports/clock.ts';

const WINDOW_MS = 10_000;
/** Ninety per cent of the service's limits. */
const REQUESTS_PER_WINDOW = 3_600;
const NEW_VERSIONS_PER_WINDOW = 270;

export interface Lane {
  /** Runs a read or a write when one of the places is free. */
  readonly limit: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Resolves when one more request may be sent that makes no new version. */
  readonly pace: () => Promise<void>;
  /** Resolves when one more new version may be made. */
  readonly paceNewVersion: () => Promise<void>;
}

export function createLane(clock: Clock, concurrency: number, perWindow: number = REQUESTS_PER_WINDOW): Lane {
  const limit = pLimit(concurrency);
  return {
    limit: (act) => limit(act),
    pace: createPacer(clock, perWindow),
    paceNewVersion: createPacer(clock, NEW_VERSIONS_PER_WINDOW),
  };
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
