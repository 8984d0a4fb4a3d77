/** A day with values that end: the passes of an installation as its CronJob would start them, on a clock of their own. */
import { describe, expect, it } from '@jest/globals';
import { scheduleOf } from '../../src/core/deploy/schedule.ts';
import type { SyncState } from '../../src/core/model/condition.ts';
import type { Report } from '../../src/core/model/report.ts';
import { decideRefresh, nextDue } from '../../src/core/resolve/refresh.ts';
import { renewalOf, renewalTime } from '../../src/core/resolve/renewal.ts';
import { runPasses, type PassEnd } from '../../src/engine/installation/passes.ts';
import { FakeClock } from '../fakes/index.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-01T00:00:00Z');
const refresh = { policy: 'Periodic', intervalMs: HOUR } as const;

interface Trouble {
  /** Of the registry, in milliseconds since the day began. */
  readonly from: number;
  readonly to: number;
}

/** A token in a Secret, and what is remembered of it. */
class Token {
  state: SyncState = { binding: '', conditions: [] };
  expires = 0;
  asked = 0;
  expiredMs = 0;
  readonly #lifeMs: number;
  readonly #trouble: Trouble | undefined;

  constructor(lifeMs: number, trouble: Trouble | undefined) {
    this.#lifeMs = lifeMs;
    this.#trouble = trouble;
  }

  pass(clock: FakeClock, renewAheadMs: number): PassEnd {
    const now = clock.now();
    const input = { refresh, state: this.state, resourceVersion: 'rv', now, targetValid: true } as const;
    if (!decideRefresh({ ...input, mode: 'due', renewAheadMs }).due) return this.#told(now, 'not-due');
    this.asked += 1;
    clock.advance(2 * SECOND);
    if (this.#isDown(now)) return this.#told(clock.now(), 'failed');
    if (this.expires > 0) this.expiredMs += Math.max(0, clock.now().getTime() - this.expires);
    this.expires = now.getTime() + this.#lifeMs;
    const renewBy = renewalOf(this.expires, clock.now());
    this.state = { ...this.state, syncedResourceVersion: 'rv', refreshTime: clock.now(), renewBy };
    return this.#told(clock.now(), 'change');
  }

  #isDown(now: Date): boolean {
    const at = now.getTime() - START;
    return this.#trouble !== undefined && at >= this.#trouble.from && at < this.#trouble.to;
  }

  #told(now: Date, verdict: 'change' | 'not-due' | 'failed'): PassEnd {
    const of = { refresh, state: this.state };
    const times = { nextDue: nextDue({ ...of, now }), renewal: new Date(renewalTime(of) ?? Number.NaN) };
    const report = { objects: [{ verdict, ...times }], pushes: [] } as unknown as Report;
    return { exitCode: verdict === 'failed' ? 1 : 0, report };
  }
}

/** `lateness` of the pod of each run: scheduling, pulling, starting. */
async function day(lifeMs: number, lateness: (run: number) => number, trouble?: Trouble): Promise<Token> {
  const token = new Token(lifeMs, trouble);
  const schedule = scheduleOf([{ refresh, isShortLived: true }], { name: 'keyferry', namespace: 'shop' });
  const { windowMinutes, startDelaySeconds = 0 } = schedule;
  const [, first = '0', step = '60'] = /^(?:(\d+)-59|\*)\/(\d+) /u.exec(schedule.cron) ?? [];
  const clock = new FakeClock(new Date(START));
  for (let at = START + Number(first) * MINUTE, run = 0; at < START + DAY; at += Number(step) * MINUTE, run += 1) {
    clock.set(new Date(Math.max(clock.now().getTime(), at + lateness(run))));
    await runPasses({
      clock,
      windowMs: windowMinutes * MINUTE,
      delayMs: startDelaySeconds * SECOND,
      hold: () => Promise.resolve({ release: () => Promise.resolve() }),
      pass: (renewAheadMs) => Promise.resolve(token.pass(clock, renewAheadMs)),
    });
  }
  return token;
}

describe('24 hours at an interval of one hour', () => {
  it.each([
    ['15 minutes', 15 * MINUTE],
    ['the five minutes of a token that does not say', 5 * MINUTE],
    ['75 minutes, as of a scope', 75 * MINUTE],
    ['three hours, as of a registry', 3 * HOUR],
  ])('have no second with an expired token that lives %s', async (_life, lifeMs) => {
    const token = await day(lifeMs, (run) => ((run * 7) % 45) * SECOND);
    expect(token.expiredMs).toBe(0);
    expect(token.expires).toBeGreaterThan(START + DAY - MINUTE);
    expect(token.asked).toBeLessThanOrEqual(Math.ceil(DAY / Math.min(lifeMs * 0.6, HOUR)) + 1);
  });

  it('have none either where the registry fails for as long as the token has left', async () => {
    const trouble = { from: 10 * HOUR, to: 10 * HOUR + MINUTE };
    expect((await day(15 * MINUTE, () => 5 * SECOND, trouble)).expiredMs).toBe(0);
    const longer = { from: 10 * HOUR, to: 10 * HOUR + 17 * MINUTE };
    expect((await day(3 * HOUR, () => 5 * SECOND, longer)).expiredMs).toBe(0);
  });

  it('have a new token two minutes after a registry that failed for an hour is back', async () => {
    const trouble = { from: 10 * HOUR, to: 11 * HOUR };
    const token = await day(15 * MINUTE, () => 5 * SECOND, trouble);
    expect(token.expiredMs).toBeGreaterThan(0);
    expect(token.expiredMs).toBeLessThanOrEqual(HOUR + 2 * MINUTE);
    expect(token.expires).toBeGreaterThan(START + DAY - MINUTE);
  });
});
