import { describe, expect, it } from '@jest/globals';
import { scheduleOf } from '../../../src/core/deploy/schedule.ts';
import type { RefreshSpec } from '../../../src/core/model/intent.ts';
import { intent } from '../../builders/index.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const MINUTE = 60_000;

function scheduleFor(...specs: readonly Partial<RefreshSpec>[]) {
  const intents = specs.map((refresh, index) => intent(`es-${index}`, { refresh }));
  return scheduleOf(intents, INSTALLATION);
}

describe('scheduleOf', () => {
  it.each([
    [5, '*/5 * * * *'],
    [7, '5-59/6 * * * *'],
    [10, '5-59/10 * * * *'],
    [45, '5-59/30 * * * *'],
  ])('runs often enough for an interval of %s minutes, from a minute and second of its own', (minutes, cron) => {
    expect(scheduleFor({ intervalMs: minutes * MINUTE })).toEqual({ cron, windowMinutes: 0, startDelaySeconds: 19 });
  });

  it.each([
    [60, '5 * * * *'],
    [90, '5 * * * *'],
    [120, '5 */2 * * *'],
    [7 * 60, '5 2-23/6 * * *'],
    [24 * 60, '5 2 * * *'],
    [30 * 24 * 60, '5 2 * * *'],
  ])('runs often enough for an interval of %s minutes', (minutes, cron) => {
    expect(scheduleFor({ intervalMs: minutes * MINUTE })).toEqual({ cron, windowMinutes: 0 });
  });

  it('stays for a window where an interval is below five minutes', () => {
    const short = { cron: '5-59/15 * * * *', windowMinutes: 14, startDelaySeconds: 19 };
    expect(scheduleFor({ intervalMs: MINUTE / 2 }, {})).toEqual(short);
  });

  it('stays for a window where a value ends by itself, whatever the interval', () => {
    const timed = { ...intent('pull-secret', { refresh: { intervalMs: 60 * MINUTE } }), isShortLived: true };
    expect(scheduleOf([timed], INSTALLATION)).toEqual({
      cron: '5-59/15 * * * *',
      windowMinutes: 14,
      startDelaySeconds: 19,
    });
    const once = { ...intent('pull-secret', { refresh: { policy: 'CreatedOnce' } }), isShortLived: true };
    expect(scheduleOf([once], INSTALLATION)).toEqual({ cron: '5 * * * *', windowMinutes: 0 });
  });

  it.each([1, 5, 15, 30, 6 * 60, 24 * 60])(
    'does not start 500 installations together (interval of %s minutes)',
    (minutes) => {
      const intents = [intent('db', { refresh: { intervalMs: minutes * MINUTE } })];
      const starts = Array.from({ length: 500 }, (_, number) => {
        const { cron, startDelaySeconds = 0 } = scheduleOf(intents, { name: 'keyferry', namespace: `team-${number}` });
        return `${cron} ${startDelaySeconds}`;
      });
      const counts = [...new Set(starts)].map((start) => starts.filter((one) => one === start).length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(20);
    },
  );

  it.each([1, 5, 6, 7, 12, 25, 59, 180, 500, 1000])(
    'has runs at even distances that Kubernetes reads, for an interval of %s minutes',
    (minutes) => {
      for (let number = 0; number < 60; number += 1) {
        const intents = [intent('db', { refresh: { intervalMs: minutes * MINUTE } })];
        const { cron } = scheduleOf(intents, { name: 'keyferry', namespace: `team-${number}` });
        const [minute = '', hour = ''] = cron.split(' ');
        const distances = minutes < 60 ? distancesOf(minute, 60) : distancesOf(hour, 24);
        expect(distances.size).toBeLessThanOrEqual(1);
      }
    },
  );

  it('counts only what time refreshes', () => {
    const others = [
      { policy: 'OnChange', intervalMs: 1_000 } as const,
      { policy: 'CreatedOnce', intervalMs: 1_000 } as const,
    ];
    expect(scheduleFor(...others, { intervalMs: 0 })).toEqual({ cron: '5 * * * *', windowMinutes: 0 });
  });
});

/** Between the runs that a field of cron names, round the clock. */
function distancesOf(field: string, all: number): ReadonlySet<number> {
  const {
    first = '0',
    last = String(all - 1),
    step = '1',
  } = /^(?:\*|(?<first>\d+)(?:-(?<last>\d+))?)(?:\/(?<step>\d+))?$/u.exec(field)?.groups ?? {};
  const isOne = /^\d+$/u.test(field);
  const runs = isOne ? [Number(first)] : [];
  for (let at = Number(first); !isOne && at <= Number(last); at += Number(step)) runs.push(at);
  return new Set(runs.map((at, place) => ((runs[place + 1] ?? (runs[0] ?? 0) + all) - at) % all));
}
