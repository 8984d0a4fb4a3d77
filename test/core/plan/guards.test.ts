import { describe, expect, it } from '@jest/globals';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import type { IntentPlan } from '../../../src/core/model/plan.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { secretRef, type LiveSecret } from '../../../src/core/model/secret.ts';
import {
  claimsWhole,
  overLimits,
  refuseContended,
  tooManyDeletions,
  type WholeClaims,
} from '../../../src/core/plan/guards.ts';
import { NO_PULL_EXTRAS } from '../../builders/intent.ts';
import { deletion } from '../../../src/core/plan/pull/changes.ts';

function item(
  name: string,
  creationPolicy: PullIntent['target']['creationPolicy'] = 'Owner',
  deletes = false,
): IntentPlan {
  const ref = { kind: 'ExternalSecret', namespace: 'shop', name };
  const intent: PullIntent = {
    kind: 'pull',
    ref,
    locate: () => undefined,
    labels: {},
    annotations: {},
    generation: '1',
    refresh: { policy: 'Periodic', intervalMs: 1 },
    storeRefs: [],
    target: { name: deletes ? name : 'common', creationPolicy, deletionPolicy: 'Retain', immutable: false },
    entries: [],
    extras: NO_PULL_EXTRAS,
  };
  const live: LiveSecret = {
    ref: secretRef('shop', name),
    uid: 'u',
    resourceVersion: '1',
    deleting: false,
    data: new Map([['a', SecretValue.ofText('1')]]),
    labels: new Map(),
    annotations: new Map(),
    ownerReferences: [],
    finalizers: [],
    ownedFields: [],
  };
  const changes = deletes ? [deletion(ref, live, 'every source is absent')] : [];
  return {
    intent,
    verdict: deletes ? 'change' : 'unchanged',
    changes,
    result: { refreshed: true, events: [] },
    problems: [],
  };
}

const world = (total: number, deletions: number) => ({
  items: Array.from({ length: total }, (_, i) => item(`e${i}`, 'Owner', i < deletions)),
  prunes: [],
});

describe('tooManyDeletions', () => {
  const limits = { count: 20, share: 0.3 };

  it('stops a plan over the share and gives both numbers', () => {
    expect(tooManyDeletions(world(30, 12), limits)).toMatchObject({
      code: 'too-many-deletions',
      what: 'plan deletes 12 of 30 Secrets (40%), over the limit of 30%',
    });
  });

  it('stops a plan over the count', () => {
    expect(tooManyDeletions(world(300, 21), limits)?.what).toBe('plan deletes 21 Secrets, over the limit of 20');
  });

  it('begins to count the share at four deletions', () => {
    expect(tooManyDeletions(world(5, 4), limits)?.what).toBe(
      'plan deletes 4 of 5 Secrets (80%), over the limit of 30%',
    );
    expect(tooManyDeletions(world(4, 3), limits)).toBeUndefined();
  });

  it.each([
    [2, 1],
    [3, 3],
    [20, 6],
    [30, 9],
    [100, 20],
  ])('lets %i objects with %i deletions pass', (total, deletions) => {
    expect(tooManyDeletions(world(total, deletions), limits)).toBeUndefined();
  });

  it('counts what is pruned, among the deletions and among all', () => {
    const prunes = world(5, 5).items.flatMap(({ changes }) => changes) as never;
    expect(tooManyDeletions({ ...world(10, 0), prunes }, limits)?.what).toBe(
      'plan deletes 5 of 15 Secrets (33%), over the limit of 30%',
    );
  });

  it('counts nothing but deletions', () => {
    const { items } = world(30, 12);
    const updates = items.map((one) => ({
      ...one,
      changes: one.changes.map((change) => ({ ...change, action: 'update' as const })) as never,
    }));
    expect(tooManyDeletions({ items: updates, prunes: [] }, limits)).toBeUndefined();
  });

  it('lets exactly the count and exactly the share pass, also of none at all', () => {
    expect(overLimits(20, 1_000, limits)).toBeUndefined();
    expect(overLimits(4, 10, { count: 20, share: 0.4 })).toBeUndefined();
    expect(overLimits(0, 0, limits)).toBeUndefined();
  });

  it('says what to do', () => {
    expect(overLimits(21, 300, limits)).toEqual({
      severity: 'error',
      code: 'too-many-deletions',
      what: 'plan deletes 21 Secrets, over the limit of 20',
      fix: 'Nothing was written. Check the manifests and the vault; run again with --force if this is meant.',
    });
  });

  it('is lifted by --force', () => {
    expect(tooManyDeletions(world(30, 30), undefined)).toBeUndefined();
  });
});

describe('refuseContended', () => {
  const verdicts = (...items: IntentPlan[]) => {
    const claims: WholeClaims = new Map();
    return items.map((one) => refuseContended(one, undefined, claims).verdict);
  };
  const changing = (one: IntentPlan): IntentPlan => ({ ...one, verdict: 'change' });

  it('lets the first by name keep a Secret that two want as a whole', () => {
    expect(verdicts(item('a'), changing(item('b', 'Orphan')))).toEqual(['unchanged', 'blocked']);
  });

  it('refuses to merge into a Secret that another one replaces as a whole', () => {
    expect(verdicts(item('a', 'Orphan'), changing(item('b', 'Merge')))).toEqual(['unchanged', 'blocked']);
  });

  it('leaves the status of a second one alone in a pass that does not look at it', () => {
    expect(verdicts(item('a'), { ...item('b', 'Orphan'), verdict: 'not-due' })).toEqual(['unchanged', 'not-due']);
  });

  it('does not let one that may not write keep others away', () => {
    expect(verdicts({ ...item('a'), verdict: 'blocked' }, changing(item('b')))).toEqual(['blocked', 'change']);
  });

  it('lets any number of intents merge into one target', () => {
    expect(verdicts(changing(item('a', 'Merge')), changing(item('b', 'CreateOrMerge')))).toEqual(['change', 'change']);
  });

  it('does not let one of another controller class keep others away', () => {
    expect(verdicts({ ...item('a'), verdict: 'other-class' }, changing(item('b')))).toEqual(['other-class', 'change']);
  });

  it('does not let one that merges keep others away', () => {
    expect(verdicts(changing(item('a', 'Merge')), changing(item('b')))).toEqual(['change', 'change']);
  });

  it('lets the holder itself come again', () => {
    const again = changing(item('a'));
    expect(verdicts(again, again)).toEqual(['change', 'change']);
  });

  it('names the holder and what to do', () => {
    const claims: WholeClaims = new Map();
    refuseContended(item('a'), undefined, claims);
    const second = changing(item('b'));
    const intent = { ...second.intent, locate: (path: readonly unknown[]) => ({ file: path.join('.'), line: 1 }) };
    expect(refuseContended({ ...second, intent }, undefined, claims).problems).toMatchObject([
      {
        origin: { file: 'spec.target.name', line: 1 },
        code: 'target-contended',
        what: 'is Secret shop/common, which ExternalSecret shop/a writes as a whole',
        fix: 'Choose another target.name, or creationPolicy Merge or CreateOrMerge for both.',
      },
    ]);
  });
});

describe('claimsWhole', () => {
  it.each([
    ['Owner', true],
    ['Orphan', true],
    ['Merge', false],
    ['CreateOrMerge', false],
    ['None', false],
  ] as const)('an intent of creationPolicy %s: %s', (creationPolicy, expected) => {
    expect(claimsWhole(item('a', creationPolicy).intent)).toBe(expected);
  });
});
