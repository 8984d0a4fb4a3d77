/** Vectors measured with robfig/cron 3.0.1. */
import { describe, expect, it } from '@jest/globals';
import { next, parseSchedule } from '../../../src/core/go/cron.ts';

function firings(text: string, after: string, count = 3): string[] {
  const schedule = parseSchedule(text);
  if (schedule === undefined) return ['refused'];
  const times: string[] = [];
  let time = next(schedule, new Date(after));
  while (time !== undefined && times.length < count) {
    times.push(time.toISOString().replace('.000Z', 'Z'));
    time = next(schedule, time);
  }
  return times;
}

describe('next', () => {
  it.each([
    ['0 9 * * *', '2024-02-28T09:00:00Z', ['2024-02-29T09:00:00Z', '2024-03-01T09:00:00Z', '2024-03-02T09:00:00Z']],
    ['0 9 * * *', '2024-02-28T08:59:59.999Z', ['2024-02-28T09:00:00Z', '2024-02-29T09:00:00Z', '2024-03-01T09:00:00Z']],
    ['*/20 22 * * *', '2024-01-01T22:05:00Z', ['2024-01-01T22:20:00Z', '2024-01-01T22:40:00Z', '2024-01-02T22:00:00Z']],
    ['5/15 0 1 * *', '2024-01-01T00:06:00Z', ['2024-01-01T00:20:00Z', '2024-01-01T00:35:00Z', '2024-01-01T00:50:00Z']],
    ['0 9 1 * 1', '2024-01-02T00:00:00Z', ['2024-01-08T09:00:00Z', '2024-01-15T09:00:00Z', '2024-01-22T09:00:00Z']],
    [
      '0 9 * * MON-wed',
      '2024-01-03T10:00:00Z',
      ['2024-01-08T09:00:00Z', '2024-01-09T09:00:00Z', '2024-01-10T09:00:00Z'],
    ],
    ['0 0 29 feb ?', '2024-03-01T00:00:00Z', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z', '2036-02-29T00:00:00Z']],
    ['0 0 31 2 *', '2024-01-01T00:00:00Z', []],
    [', * * * *', '2024-01-01T00:00:00Z', []],
    ['@monthly', '2024-01-31T00:00:00Z', ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z', '2024-04-01T00:00:00Z']],
    ['@weekly', '2024-01-01T00:00:00Z', ['2024-01-07T00:00:00Z', '2024-01-14T00:00:00Z', '2024-01-21T00:00:00Z']],
    [
      '@every 90m',
      '2024-01-01T00:00:00.500Z',
      ['2024-01-01T01:30:00Z', '2024-01-01T03:00:00Z', '2024-01-01T04:30:00Z'],
    ],
    ['@every 10ms', '2024-01-01T00:00:00Z', ['2024-01-01T00:00:01Z', '2024-01-01T00:00:02Z', '2024-01-01T00:00:03Z']],
  ])('fires %s after %s', (text, after, times) => {
    expect(firings(text, after)).toEqual(times);
  });

  it('needs both day fields to match when one is a star, also one with a step above 1 that is none', () => {
    expect(firings('0 0 */2 * 1', '2024-01-01T00:00:00Z', 2)).toEqual(['2024-01-03T00:00:00Z', '2024-01-05T00:00:00Z']);
    expect(firings('0 0 */1 * 1', '2024-01-01T00:00:00Z', 2)).toEqual(['2024-01-08T00:00:00Z', '2024-01-15T00:00:00Z']);
  });
});

describe('parseSchedule', () => {
  it.each([
    ['0 9 * * 7'],
    ['0 9 L * *'],
    ['60 * * * *'],
    ['* 24 * * *'],
    ['* * 0 * *'],
    ['* * * 13 *'],
    ['5-1 * * * *'],
    ['*/0 * * * *'],
    ['1-2-3 * * * *'],
    ['*/2/3 * * * *'],
    ['-1 * * * *'],
    ['0 9 * *'],
    ['0 0 9 * * *'],
    ['@Daily'],
    ['@reboot'],
    ['@every'],
    ['@every  1h'],
    ['@every 1d'],
    [''],
  ])('refuses %j', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});
