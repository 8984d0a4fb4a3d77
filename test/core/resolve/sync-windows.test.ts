/** Vectors measured with the operator's formula over robfig/cron 3.0.1. */
import { describe, expect, it } from '@jest/globals';
import { nextOpening, windowsLetThrough } from '../../../src/core/resolve/sync-windows.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function windows(kind: string, schedule: string, durationMs: number) {
  return { kind, windows: [{ schedule, durationMs }] };
}

describe('windowsLetThrough', () => {
  it.each([
    ['0 22 * * *', 2 * HOUR, '2024-01-01T21:59:59.999Z', false],
    ['0 22 * * *', 2 * HOUR, '2024-01-01T22:00:00Z', true],
    ['0 22 * * *', 2 * HOUR, '2024-01-02T00:00:00Z', true],
    ['0 22 * * *', 2 * HOUR, '2024-01-02T00:00:00.001Z', false],
    ['0 22 * * *', 2 * HOUR, '2024-01-02T00:00:01Z', false],
    ['@every 1h', 30 * MINUTE, '2024-01-01T09:10:00Z', false],
    ['@every 10m', 30 * MINUTE, '2024-01-01T09:10:00Z', true],
    ['* * * * *', HOUR, '2024-01-01T09:10:00.500Z', false],
    ['* * * * *', HOUR, '2024-01-01T09:10:01Z', true],
    ['0 9 * * 7', HOUR, '2024-01-07T09:10:00Z', false],
    ['0 9 1 * 1', HOUR, '2024-01-08T09:10:00Z', true],
    ['0 9 * * 1', HOUR, '2024-01-09T09:10:00Z', false],
    ['0 0 31 2 *', HOUR, '2024-01-01T00:00:00Z', false],
  ])('finds %s for %d ms at %s active: %s', (schedule, durationMs, now, active) => {
    expect(windowsLetThrough(windows('allow', schedule, durationMs), new Date(now))).toBe(active);
    expect(windowsLetThrough(windows('deny', schedule, durationMs), new Date(now))).toBe(!active);
  });

  it('lets everything through for a kind that is neither allow nor deny', () => {
    expect(windowsLetThrough(windows('Allow', '0 0 31 2 *', HOUR), new Date(0))).toBe(true);
  });

  it('opens when any window of allow is active and closes when any of deny is', () => {
    const list = [
      { schedule: '0 9 * * 7', durationMs: HOUR },
      { schedule: '0 9 * * *', durationMs: HOUR },
    ];
    const now = new Date('2024-01-01T09:30:00Z');
    expect(windowsLetThrough({ kind: 'allow', windows: list }, now)).toBe(true);
    expect(windowsLetThrough({ kind: 'deny', windows: list }, now)).toBe(false);
  });
});

describe('nextOpening', () => {
  it.each([
    ['allow', '0 22 * * *', 2 * HOUR, '2024-01-01T09:00:00Z', '2024-01-01T22:00:00.000Z'],
    ['allow', '0 22 * * *', 2 * HOUR, '2024-01-01T23:00:00Z', '2024-01-01T23:00:00.000Z'],
    ['allow', '0 0 31 2 *', HOUR, '2024-01-01T00:00:00Z', undefined],
    ['allow', '@every 1h', 30 * MINUTE, '2024-01-01T00:00:00Z', undefined],
    ['allow', '0 9 * * 7', HOUR, '2024-01-01T00:00:00Z', undefined],
    ['deny', '0 22 * * *', 2 * HOUR, '2024-01-01T23:00:00Z', '2024-01-02T00:00:00.001Z'],
    ['deny', '0 22 * * *', 2 * HOUR, '2024-01-01T09:00:00Z', '2024-01-01T09:00:00.000Z'],
    ['deny', '@every 10m', 30 * MINUTE, '2024-01-01T09:00:00Z', undefined],
  ])('of %s %s for %d ms from %s is %s', (kind, schedule, durationMs, from, expected) => {
    expect(nextOpening(windows(kind, schedule, durationMs), new Date(from))?.toISOString()).toBe(expected);
  });
});
