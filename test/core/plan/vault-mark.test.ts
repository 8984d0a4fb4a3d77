import { describe, expect, it } from '@jest/globals';
import { vaultDifference, vaultMark } from '../../../src/core/plan/vault-mark.ts';

type Versions = Readonly<Record<string, string>>;

const mark = (versions: Versions) => vaultMark(Object.entries(versions));
const difference = (before: Versions, now: Versions) => vaultDifference(mark(before), mark(now));

/** As many objects as a vault of some size has. */
const many = (version: string): Versions =>
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`secret/part-${i}@`, version]));

describe('the mark of what was read from a vault', () => {
  it('is 48 hex digits, whatever was read', () => {
    expect(mark({})).toBe('0'.repeat(48));
    expect(mark(many('v1'))).toMatch(/^[0-9a-f]{48}$/u);
  });

  it('is the same in whatever order objects are read', () => {
    const lines = Object.entries(many('v1'));
    expect(vaultMark(lines.toReversed())).toBe(vaultMark(lines));
  });

  it('does not differ from itself', () => {
    expect(difference(many('v1'), many('v1'))).toBeUndefined();
  });

  it('differs in the same way where the same object changes, whatever else is read', () => {
    const [before, now] = [{ 'secret/cert@': 'v1' }, { 'secret/cert@': 'v2' }];
    const alone = difference(before, now);
    expect(alone).toEqual({ text: expect.stringMatching(/^[0-9a-f]{48}$/u), isOfOneObject: true });
    expect(difference({ ...many('v1'), ...before }, { ...many('v1'), ...now })).toEqual(alone);
    expect(difference({ 'secret/own@': 'a', ...before }, { 'secret/own@': 'a', ...now })).toEqual(alone);
  });

  it.each([
    ['appears', many('v1'), { ...many('v1'), 'secret/new@': 'v1' }],
    ['goes', { ...many('v1'), 'secret/old@': 'v1' }, many('v1')],
    ['is the first', {}, { 'secret/new@': 'v1' }],
  ])('tells that it was one object that %s', (_, before, now) => {
    expect(difference(before, now)?.isOfOneObject).toBe(true);
  });

  it.each([
    ['have other versions', many('v1'), many('v2')],
    ['go', many('v1'), {}],
    ['appear', {}, many('v1')],
  ])('tells that they were several that %s', (_, before, now) => {
    expect(difference(before, now)?.isOfOneObject).toBe(false);
  });

  it('tells versions apart that two objects have exchanged', () => {
    expect(difference({ a: 'v1', b: 'v2' }, { a: 'v2', b: 'v1' })).toBeDefined();
  });
});
