import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../../src/core/plan/fingerprint.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { PullInput } from '../../../src/core/plan/pull/pull-input.ts';
import { intent, liveSecret, values } from '../../builders/index.ts';

function pull(name: string, parts: Partial<PullInput> = {}, versionsMark = 'v1'): PullInput {
  const source = { kind: 'data', data: values({ password: 'new' }), missing: [], warnings: [], versionsMark } as const;
  return {
    intent: intent(name),
    state: undefined,
    live: undefined,
    stale: [],
    gone: new Set(),
    known: new Map(),
    source,
    ...parts,
  };
}

const plan = (...pulls: readonly PullInput[]) =>
  makePlan({ pulls, prunes: [], problems: [], deletionLimits: undefined });

describe('the fingerprint of a plan', () => {
  it('says level and counts before its digits', () => {
    const live = liveSecret('orders', { password: 'old' });
    expect(plan(pull('db'), pull('orders', { live })).fingerprint).toMatch(/^full-1c1u0d-[0-9a-f]{56}$/u);
  });

  it('differs between levels where nothing else does', () => {
    const { items } = plan(pull('db'));
    expect(fingerprintOf('metadata', items, [])).not.toBe(fingerprintOf('full', items, []));
  });

  it('changes when a vault object that goes into a Secret has another version', () => {
    expect(plan(pull('db', {}, 'v2')).fingerprint).not.toBe(plan(pull('db', {}, 'v1')).fingerprint);
  });

  it('stays where a Secret that is in step would be so from any version', () => {
    const created = plan(pull('db')).items[0]?.changes[0];
    if (created?.action !== 'create') throw new Error('expected a creation');
    const live = { ...liveSecret('db'), ...created.desired };
    const fingerprints = ['v1', 'v2'].map((mark) => plan(pull('db', { live }, mark)).fingerprint);
    expect(fingerprints[0]).toMatch(/^full-0c0u0d-/u);
    expect(fingerprints[1]).toBe(fingerprints[0]);
  });

  it('changes when somebody wrote the Secret in between', () => {
    const [first, second] = ['1', '2'].map((resourceVersion) =>
      plan(pull('db', { live: liveSecret('db', { password: 'old' }, { resourceVersion }) })),
    );
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
  });

  it('is the same for other values', () => {
    const other = { kind: 'data', data: values({ password: 'other' }), missing: [], warnings: [], versionsMark: 'v1' };
    expect(plan(pull('db', { source: other as PullInput['source'] })).fingerprint).toBe(plan(pull('db')).fingerprint);
  });
});
