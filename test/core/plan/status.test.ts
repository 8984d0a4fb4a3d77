import { describe, expect, it } from '@jest/globals';
import type { Condition } from '../../../src/core/model/condition.ts';
import { setCondition } from '../../../src/core/plan/status.ts';
import { wholeSeconds } from '../../../src/core/model/sync-record.ts';

const then: Condition = {
  type: 'Ready',
  status: 'True',
  reason: 'SecretSynced',
  message: 'secret synced',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};
const now = new Date('2026-02-02T02:02:02.500Z');

describe('setCondition', () => {
  it('leaves an identical condition untouched, as the very same list', () => {
    const conditions = [then];
    expect(
      setCondition(conditions, { type: 'Ready', status: 'True', reason: then.reason, message: then.message }, now),
    ).toBe(conditions);
  });

  it('keeps the time of transition when only the text changes', () => {
    const next = { type: 'Ready', status: 'True', reason: 'SecretDeleted', message: 'm' } as const;
    expect(setCondition([then], next, now)).toEqual([{ ...next, lastTransitionTime: then.lastTransitionTime }]);
  });

  it('takes a new time when the status changes', () => {
    const next = { type: 'Ready', status: 'False', reason: 'SecretSyncedError', message: 'm' } as const;
    expect(setCondition([then], next, now)).toEqual([{ ...next, lastTransitionTime: '2026-02-02T02:02:02Z' }]);
  });
});

describe('wholeSeconds', () => {
  it('is RFC 3339 in whole seconds', () => {
    expect(wholeSeconds(now)).toBe('2026-02-02T02:02:02Z');
  });
});
