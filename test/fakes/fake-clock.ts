/** Time that only moves when it is told to: `sleep` moves it at once and is remembered. */
import type { Clock } from '../../src/ports/clock.ts';

export class FakeClock implements Clock {
  /** How long each sleep was, in order. */
  readonly sleeps: number[] = [];
  #nowMs: number;

  constructor(now: Date | string = '2026-01-01T00:00:00Z') {
    this.#nowMs = new Date(now).getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.advance(ms);
  }

  set(now: Date | string): void {
    this.#nowMs = new Date(now).getTime();
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
