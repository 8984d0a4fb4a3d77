import { describe, expect, it } from '@jest/globals';
import type { SyncState } from '../../../src/core/model/condition.ts';
import type { CreationPolicy, RefreshPolicy, RefreshSpec, SyncWindows } from '../../../src/core/model/intent.ts';
import { secretRef, type LiveSecret } from '../../../src/core/model/secret.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { decideRefresh, isTargetValid, nextDue, type RefreshInput } from '../../../src/core/resolve/refresh.ts';

const HOUR = 3_600_000;
const NOW = new Date('2024-06-01T12:00:00Z');

function hoursAgo(hours: number): Date {
  return new Date(NOW.getTime() - hours * HOUR);
}

function state(version: string | undefined, refreshTime: Date | undefined): SyncState {
  return {
    binding: '',
    conditions: [],
    ...(version === undefined ? {} : { syncedResourceVersion: version }),
    ...(refreshTime === undefined ? {} : { refreshTime }),
  };
}

function refresh(policy: RefreshPolicy, intervalMs = HOUR, syncWindows?: SyncWindows): RefreshSpec {
  return { policy, intervalMs, ...(syncWindows === undefined ? {} : { syncWindows }) };
}

function input(overrides: Partial<RefreshInput>): RefreshInput {
  return {
    refresh: refresh('Periodic'),
    state: state('rv', hoursAgo(0.5)),
    resourceVersion: 'rv',
    now: NOW,
    targetValid: true,
    mode: 'due',
    ...overrides,
  };
}

const NEVER: SyncWindows = { kind: 'allow', windows: [{ schedule: '0 0 31 2 *', durationMs: HOUR }] };

describe('decideRefresh', () => {
  const fresh = state('rv', hoursAgo(0.5));
  const old = state('rv', hoursAgo(2));
  const changed = state('before', hoursAgo(0.5));
  const future = state('rv', hoursAgo(-24));

  it.each([
    ['CreatedOnce', HOUR, undefined, 'due', true, 'it never synced'],
    ['CreatedOnce', HOUR, state('rv', undefined), 'due', true, 'it never synced'],
    ['CreatedOnce', HOUR, changed, 'due', false, 'refreshPolicy is CreatedOnce'],
    ['CreatedOnce', HOUR, changed, 'always', false, 'refreshPolicy is CreatedOnce'],
    ['CreatedOnce', HOUR, undefined, 'always', true, 'it never synced'],
    ['OnChange', HOUR, undefined, 'due', true, 'it never synced'],
    ['OnChange', HOUR, changed, 'due', true, 'it changed since the last sync'],
    ['OnChange', HOUR, old, 'due', false, 'refreshPolicy is OnChange and nothing changed'],
    ['OnChange', HOUR, old, 'always', false, 'refreshPolicy is OnChange and nothing changed'],
    ['OnChange', HOUR, future, 'due', false, 'refreshPolicy is OnChange and nothing changed'],
    ['OnChange', 0, changed, 'due', true, 'it changed since the last sync'],
    ['Periodic', HOUR, undefined, 'due', true, 'it never synced'],
    ['Periodic', 0, undefined, 'due', true, 'it never synced'],
    ['Periodic', 0, changed, 'due', false, 'refreshInterval is 0'],
    ['Periodic', 0, old, 'always', true, 'asked to sync now'],
    ['Periodic', -HOUR, changed, 'due', false, 'refreshInterval is 0'],
    ['Periodic', HOUR, changed, 'due', true, 'it changed since the last sync'],
    ['Periodic', HOUR, state('rv', undefined), 'due', true, 'it never synced'],
    ['Periodic', HOUR, future, 'due', true, 'its last sync lies in the future'],
    ['Periodic', HOUR, fresh, 'due', false, 'synced less than 1h0m0s ago'],
    ['Periodic', HOUR, fresh, 'always', true, 'asked to sync now'],
    ['Periodic', HOUR, old, 'due', true, 'its refreshInterval of 1h0m0s elapsed'],
  ] as const)(
    '%s every %d ms with state %j in mode %s: %s, because %s',
    (policy, intervalMs, last, mode, due, reason) => {
      expect(decideRefresh(input({ refresh: refresh(policy, intervalMs), state: last, mode }))).toEqual({
        due,
        reason,
      });
    },
  );

  it('holds exactly at the end of the interval and is due a millisecond later', () => {
    const last = state('rv', hoursAgo(1));
    expect(decideRefresh(input({ state: last })).due).toBe(false);
    expect(decideRefresh(input({ state: last, now: new Date(NOW.getTime() + 1) })).due).toBe(true);
  });

  it.each(['Periodic', 'OnChange', 'CreatedOnce'] as const)('always refreshes an invalid target: %s', (policy) => {
    const decision = decideRefresh(input({ refresh: refresh(policy, 0), targetValid: false }));
    expect(decision).toEqual({ due: true, reason: 'the target Secret is missing or was changed' });
  });

  it.each(['due', 'always'] as const)('holds while its sync windows are closed, in mode %s', (mode) => {
    const decision = decideRefresh(input({ refresh: refresh('Periodic', HOUR, NEVER), state: old, mode }));
    expect(decision).toEqual({ due: false, reason: 'its sync windows are closed' });
  });

  it.each([
    ['a first sync', undefined],
    ['a changed spec', changed],
    ['a refresh time in the future', future],
  ])('does not let closed windows hold back %s', (_, last) => {
    expect(decideRefresh(input({ refresh: refresh('Periodic', HOUR, NEVER), state: last })).due).toBe(true);
  });
});

describe('nextDue', () => {
  it.each([
    ['Periodic', HOUR, state('rv', hoursAgo(0.5)), '2024-06-01T12:30:00.001Z'],
    ['Periodic', HOUR, state('rv', hoursAgo(5)), '2024-06-01T12:00:00.000Z'],
    ['Periodic', HOUR, undefined, '2024-06-01T12:00:00.000Z'],
    ['Periodic', 0, state('rv', hoursAgo(5)), undefined],
    ['OnChange', HOUR, state('rv', hoursAgo(5)), undefined],
    ['CreatedOnce', HOUR, state('rv', hoursAgo(5)), undefined],
    ['CreatedOnce', HOUR, undefined, '2024-06-01T12:00:00.000Z'],
  ] as const)('of %s every %d ms with state %j is %s', (policy, intervalMs, last, expected) => {
    expect(nextDue({ refresh: refresh(policy, intervalMs), state: last, now: NOW })?.toISOString()).toBe(expected);
  });

  it('waits for the next sync window', () => {
    const night: SyncWindows = { kind: 'allow', windows: [{ schedule: '0 22 * * *', durationMs: HOUR }] };
    const due = nextDue({ refresh: refresh('Periodic', HOUR, night), state: state('rv', hoursAgo(2)), now: NOW });
    expect(due).toEqual(new Date('2024-06-01T22:00:00Z'));
  });
});

describe('isTargetValid', () => {
  function live(values: Record<string, SecretValue>, hash: string | undefined): LiveSecret {
    return {
      ref: secretRef('app', 'db'),
      uid: 'u',
      resourceVersion: '1',
      deleting: false,
      ownedFields: [],
      data: new Map(Object.entries(values)),
      labels: new Map(),
      annotations: new Map(hash === undefined ? [] : [['reconcile.external-secrets.io/data-hash', hash]]),
      ownerReferences: [],
      finalizers: [],
    };
  }
  const HASH = '172aaaba178acb283d1af9c011b15e2b5e25414a9256e0cf40bb1a77';
  const password = SecretValue.ofText('hunter2');

  it.each<[string, CreationPolicy, LiveSecret | undefined, boolean]>([
    ['with the hash of its data', 'Owner', live({ password }, HASH), true],
    ['with an edited value', 'Owner', live({ password: SecretValue.ofText('by hand') }, HASH), false],
    ['with an added key', 'Merge', live({ password, extra: password }, HASH), false],
    ['without the annotation', 'Owner', live({ password }, undefined), false],
    ['that is missing', 'Merge', undefined, false],
    ['that is missing, for Orphan', 'Orphan', undefined, true],
    ['that was edited, for Orphan', 'Orphan', live({}, HASH), true],
    ['whose values are not known here', 'Owner', live({ password: SecretValue.fingerprint(() => false) }, 'x'), true],
  ])('of a Secret %s', (_, creationPolicy, target, valid) => {
    expect(isTargetValid({ creationPolicy, target })).toBe(valid);
  });
});
