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
    [7, '*/6 * * * *'],
    [10, '*/10 * * * *'],
    [45, '*/30 * * * *'],
    [60, '5 * * * *'],
    [90, '5 * * * *'],
    [120, '5 */2 * * *'],
    [7 * 60, '5 */6 * * *'],
    [24 * 60, '5 2 * * *'],
    [30 * 24 * 60, '5 2 * * *'],
  ])('runs often enough for an interval of %s minutes', (minutes, cron) => {
    expect(scheduleFor({ intervalMs: minutes * MINUTE })).toEqual({ cron, windowMinutes: 0 });
  });

  it('stays for a window where an interval is below five minutes', () => {
    expect(scheduleFor({ intervalMs: MINUTE / 2 }, {})).toEqual({ cron: '*/15 * * * *', windowMinutes: 14 });
  });

  it('counts only what time refreshes', () => {
    const others = [
      { policy: 'OnChange', intervalMs: 1_000 } as const,
      { policy: 'CreatedOnce', intervalMs: 1_000 } as const,
    ];
    expect(scheduleFor(...others, { intervalMs: 0 })).toEqual({ cron: '5 * * * *', windowMinutes: 0 });
  });
});
