/** Key Vault's transaction limits: so many requests of a kind in each window of ten seconds. */
import type { Operation } from './key-vault-route.ts';

export interface RateLimits {
  readonly windowMs: number;
  /** Secret set, certificate import and key import together. */
  readonly writes: number;
  /** Every other request. */
  readonly others: number;
}

/** What the service documents for one vault. */
export const SERVICE_LIMITS: RateLimits = { windowMs: 10_000, writes: 300, others: 4000 };

export class RateWindow {
  #startMs = Number.NEGATIVE_INFINITY;
  #counts = { writes: 0, others: 0 };

  /** Counts a request; false when it is over the limit. Refused requests do not count. */
  admits(operation: Operation, limits: RateLimits, nowMs: number): boolean {
    if (nowMs - this.#startMs >= limits.windowMs) {
      this.#startMs = nowMs;
      this.#counts = { writes: 0, others: 0 };
    }
    const kind = operation === 'set' || operation === 'import' ? 'writes' : 'others';
    if (this.#counts[kind] >= limits[kind]) return false;
    this.#counts[kind] += 1;
    return true;
  }
}
