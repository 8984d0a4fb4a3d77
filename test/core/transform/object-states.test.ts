import { describe, expect, it } from '@jest/globals';
import type { StatePolicies } from '../../../src/core/model/left-out.ts';
import { statesOf, verdictOn } from '../../../src/core/transform/object-states.ts';

const NOW = 1_000;

describe('the state of a vault object', () => {
  it.each([
    [{ enabled: true, attributes: {} }, []],
    [{ enabled: false, attributes: {} }, ['disabled']],
    [{ enabled: undefined, attributes: {} }, []],
    [{ attributes: { expires: NOW } }, ['expired']],
    [{ attributes: { expires: NOW + 1 } }, []],
    [{ attributes: { notBefore: NOW } }, []],
    [{ attributes: { notBefore: NOW + 1 } }, ['not-yet-valid']],
    [{ attributes: {}, managed: true as const }, ['managed']],
    [{ enabled: false, attributes: { expires: 1, notBefore: NOW + 9 } }, ['disabled', 'expired', 'not-yet-valid']],
  ])('of %j is %j', (object, states) => {
    expect(statesOf(object, NOW)).toEqual(states);
  });
});

describe('what becomes of an object in several states', () => {
  const cases: readonly (readonly [StatePolicies, ReturnType<typeof verdictOn>])[] = [
    [{}, undefined],
    [{ managed: 'skip' }, undefined],
    [{ expired: 'warn' }, { state: 'expired', policy: 'warn' }],
    [
      { expired: 'warn', 'not-yet-valid': 'skip' },
      { state: 'not-yet-valid', policy: 'skip' },
    ],
    [
      { expired: 'skip', 'not-yet-valid': 'fail' },
      { state: 'not-yet-valid', policy: 'fail' },
    ],
    [
      { disabled: 'skip', expired: 'fail' },
      { state: 'disabled', policy: 'skip' },
    ],
  ];
  it.each(cases)('is, by %j, %j', (policies, verdict) => {
    expect(verdictOn(['disabled', 'expired', 'not-yet-valid'], policies)).toEqual(verdict);
  });
});
