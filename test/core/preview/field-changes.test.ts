import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '../../../src/core/model/canonical-text.ts';
import { fieldChanges } from '../../../src/core/preview/field-changes.ts';

const entry = (key: string, secretKey = key) => ({ secretKey, remoteRef: { key } });
const spec = (...data: readonly object[]) => ({ spec: { data } });

/** `~spec.data[0].remoteRef.key`. */
const texts = (before: unknown, after: unknown) =>
  fieldChanges(before, after).map(
    ({ field, change }) => `${{ added: '+', changed: '~', removed: '-' }[change]}${field}`,
  );

describe('fieldChanges', () => {
  it('names the very field, and nothing of what stands there', () => {
    const after = spec(entry('a'), entry('b'), entry('canary', 'c'));
    expect(texts(spec(entry('a'), entry('b'), entry('c')), after)).toEqual(['~spec.data[2].remoteRef.key']);
  });

  it('is empty for the same content in another order of keys', () => {
    expect(texts({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  });

  it('tells what is new or gone as one change', () => {
    expect(texts({ spec: { a: { b: 1, c: 2 } } }, { spec: { d: [1, 2] } })).toEqual(['-spec.a', '+spec.d']);
  });

  it.each([
    ['an entry in front', ['a', 'b'], ['x', 'a', 'b'], ['+spec.data[0]']],
    ['an entry in the middle', ['a', 'b'], ['a', 'x', 'b'], ['+spec.data[1]']],
    ['entries at the end', ['a'], ['a', 'x', 'y'], ['+spec.data[1]', '+spec.data[2]']],
    ['an entry that is gone', ['a', 'x', 'b'], ['a', 'b'], ['-spec.data[1]']],
    ['one in place of another', ['a', 'b'], ['a', 'c'], ['~spec.data[1].remoteRef.key', '~spec.data[1].secretKey']],
    ['the same entry twice', ['a', 'a'], ['a', 'a', 'a'], ['+spec.data[2]']],
    ['none left', ['a'], [], ['-spec.data[0]']],
  ])('follows entries of a list: %s', (_what, before, after, expected) => {
    const data = (names: readonly string[]) => spec(...names.map((name) => entry(name)));
    expect(texts(data(before), data(after))).toEqual(expected);
  });

  it('takes another kind of value for a change', () => {
    expect(texts({ a: [1] }, { a: { b: 1 } })).toEqual(['~a']);
    expect(texts({ a: null }, { a: 0 })).toEqual(['~a']);
    expect(texts({ a: '1' }, { a: 1 })).toEqual(['~a']);
  });
});

describe('canonicalText', () => {
  it('is JSON with sorted keys', () => {
    expect(canonicalText({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"a":null,"b":[1,{"c":"x","d":null}]}');
  });
});
