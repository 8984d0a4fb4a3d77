/** Time that only moves when it is told to: `sleep` moves it at once and is remembered. */
import type { Clock } from '../../src/ports/clock.ts';

export class FakeClock implements Clock {
  /** How long each sleep was, in order. */
  readonly sleeps: number[] = [];
  /** What was asked to be done every so often, and not ended yet; a test calls it itself. */
  readonly repeated: { readonly ms: number; readonly act: () => void }[] = [];
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

  every(ms: number, act: () => void): () => void {
    const entry = { ms, act };
    this.repeated.push(entry);
    return () => void this.repeated.splice(this.repeated.indexOf(entry), 1);
  }

  set(now: Date | string): void {
    this.#nowMs = new Date(now).getTime();
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
