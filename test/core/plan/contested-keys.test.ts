import { describe, expect, it } from '@jest/globals';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { PullInput, Source } from '../../../src/core/plan/pull/pull-input.ts';
import { opaqueValue } from '../../../src/core/preview/metadata-pull.ts';
import { intent, liveSecret, values } from '../../builders/index.ts';

type Policy = PullIntent['target']['creationPolicy'];

function pull(name: string, creationPolicy: Policy, source: Source | Readonly<Record<string, string>>): PullInput {
  return {
    intent: intent(name, { target: { name: 'shared', creationPolicy } }),
    state: undefined,
    live: liveSecret('shared', { a: '1' }),
    stale: [],
    gone: new Set(),
    known: new Map(),
    source: isSource(source) ? source : { kind: 'data', data: values(source), missing: [], warnings: [] },
  };
}

function isSource(source: Source | Readonly<Record<string, string>>): source is Source {
  return 'kind' in source;
}

function verdicts(...pulls: readonly PullInput[]): Readonly<Record<string, string>> {
  const { items } = makePlan({ pulls, prunes: [], problems: [], deletionLimits: undefined });
  return Object.fromEntries(
    items.map(({ intent: { ref }, verdict, problems }) => [ref.name, problems[0]?.code ?? verdict]),
  );
}

describe('two ExternalSecrets that merge into one Secret', () => {
  it('are both refused where they give one key different values, also the one whose value is there', () => {
    expect(verdicts(pull('a', 'Merge', { a: '1' }), pull('b', 'CreateOrMerge', { a: '2' }))).toEqual({
      a: 'key-contested',
      b: 'key-contested',
    });
  });

  it('go together where the values are the same, or the keys are not', () => {
    expect(verdicts(pull('a', 'Merge', { a: '1', b: '2' }), pull('b', 'Merge', { b: '2', c: '3' }))).toEqual({
      a: 'change',
      b: 'change',
    });
  });

  it('leave the others in peace', () => {
    const [a, b, c] = [pull('a', 'Merge', { a: '1' }), pull('b', 'Merge', { a: '2' }), pull('c', 'Merge', { c: '3' })];
    expect(verdicts(a, b, c)).toEqual({ a: 'key-contested', b: 'key-contested', c: 'change' });
  });

  it('contest nothing where one is not read, fails, or writes no data', () => {
    const failed: Source = { kind: 'failed', problems: [], missing: [] };
    const notDue: Source = { kind: 'not-due', reason: 'soon' };
    expect(verdicts(pull('a', 'Merge', { a: '2' }), pull('b', 'Merge', failed))).toMatchObject({ a: 'change' });
    expect(verdicts(pull('a', 'Merge', { a: '2' }), pull('b', 'Merge', notDue))).toMatchObject({ a: 'change' });
    expect(verdicts(pull('a', 'Merge', { a: '2' }), pull('b', 'None', { a: '3' }))).toMatchObject({ a: 'change' });
  });

  it('are refused for the one that writes it as a whole, and not for each other', () => {
    const whole = pull('whole', 'Orphan', { a: '3' });
    expect(verdicts(pull('a', 'Merge', { a: '1' }), pull('b', 'Merge', { a: '2' }), whole)).toMatchObject({
      a: 'target-contended',
      b: 'target-contended',
      whole: 'change',
    });
  });

  it('cannot be told from metadata', () => {
    const opaque = (): Source => ({
      kind: 'data',
      data: new Map([['a', opaqueValue()]]),
      missing: [],
      warnings: [],
    });
    expect(verdicts(pull('a', 'Merge', opaque()), pull('b', 'Merge', opaque()))).toEqual({ a: 'change', b: 'change' });
  });
});
