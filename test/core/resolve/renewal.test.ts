import { describe, expect, it } from '@jest/globals';
import type { SyncState } from '../../../src/core/model/condition.ts';
import type { RefreshPolicy } from '../../../src/core/model/intent.ts';
import { fromRecord, toRecord } from '../../../src/core/model/sync-record.ts';
import { decideRefresh, nextDue } from '../../../src/core/resolve/refresh.ts';
import { renewalOf } from '../../../src/core/resolve/renewal.ts';

const MINUTE = 60_000;
const NOW = new Date('2024-06-01T12:00:00Z');

const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * MINUTE);

function synced(minutesAgo: number, renewBy?: string): SyncState {
  const refreshTime = inMinutes(-minutesAgo);
  return {
    binding: 'pull',
    conditions: [],
    syncedResourceVersion: 'rv',
    refreshTime,
    ...(renewBy === undefined ? {} : { renewBy }),
  };
}

function decide(
  state: SyncState,
  policy: RefreshPolicy = 'Periodic',
  more: { renewAheadMs?: number; ms?: number } = {},
) {
  const { ms: intervalMs = 60 * MINUTE, ...ahead } = more;
  const refresh = { policy, intervalMs };
  const input = { refresh, state, resourceVersion: 'rv', now: NOW, targetValid: true, mode: 'due', ...ahead } as const;
  return [decideRefresh(input), nextDue({ refresh, state, now: NOW })];
}

describe('renewalOf', () => {
  it.each([
    ['three hours', 180, '2024-06-01T14:42:00Z'],
    ['75 minutes', 75, '2024-06-01T13:07:30Z'],
    ['15 minutes', 15, '2024-06-01T12:13:30Z'],
    ['five minutes', 5, '2024-06-01T12:04:30Z'],
    ['one minute', 1, '2024-06-01T12:00:30Z'],
    ['20 seconds', 1 / 3, '2024-06-01T12:00:00Z'],
    ['no time', 0, '2024-06-01T12:00:00Z'],
  ])('is a tenth of its life before the end, and half a minute at least: %s', (_life, minutes, renewal) => {
    expect(renewalOf(inMinutes(minutes).getTime(), NOW)).toBe(renewal);
  });
});

describe('an ExternalSecret with a value that ends', () => {
  const hold = { due: false, reason: 'synced less than 1h0m0s ago' };
  const due = { due: true, reason: 'a value of it ends soon' };

  it('is not due before that, and says when it is', () => {
    expect(decide(synced(10, '2024-06-01T12:00:01Z'))).toEqual([hold, new Date('2024-06-01T12:00:01Z')]);
  });

  it('is due from then on, whatever its interval', () => {
    expect(decide(synced(10, '2024-06-01T12:00:00Z'))).toEqual([due, NOW]);
    expect(decide(synced(20, '2024-06-01T11:52:00Z'))).toEqual([due, NOW]);
  });

  it('is due by its interval where that is shorter', () => {
    expect(decide(synced(2, '2024-06-01T12:30:00Z'), 'Periodic', { ms: MINUTE })[0]).toEqual({
      due: true,
      reason: 'its refreshInterval of 1m0s elapsed',
    });
  });

  it('is due earlier where nobody will look for a while', () => {
    const state = synced(10, '2024-06-01T12:02:00Z');
    expect(decide(state, 'Periodic', { renewAheadMs: 3 * MINUTE })[0]).toEqual(due);
    expect(decide(state, 'Periodic', { renewAheadMs: MINUTE })[0]).toEqual(hold);
  });

  it('is due where the remembered time cannot be read', () => {
    expect(decide(synced(10, 'soon'))).toEqual([due, NOW]);
  });

  it.each<[RefreshPolicy, number, string]>([
    ['CreatedOnce', 60, 'refreshPolicy is CreatedOnce'],
    ['OnChange', 60, 'refreshPolicy is OnChange and nothing changed'],
    ['Periodic', 0, 'refreshInterval is 0'],
  ])('is left alone where its manifest wants that: %s, interval of %s minutes', (policy, minutes, reason) => {
    const state = synced(10, '2024-06-01T11:00:00Z');
    expect(decide(state, policy, { ms: minutes * MINUTE })).toEqual([{ due: false, reason }, undefined]);
  });

  it('is remembered from pass to pass', () => {
    const state = synced(10, '2024-06-01T12:00:01Z');
    expect(fromRecord(toRecord(state))).toEqual(state);
  });
});
