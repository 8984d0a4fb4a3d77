/** Cases es-026 to es-031, es-e13, es-k01, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkKeys } from '../../../src/core/transform/check-keys.ts';
import { convertKey, convertKeys } from '../../../src/core/transform/convert-keys.ts';

describe('convertKeys', () => {
  it.each([
    ['a/b', 'a_b', 'a_U002f_b'],
    ['c😀', 'c_', 'c_U1f600_'],
    ['some array[0].entity', 'some_array_0_.entity', 'some_U0020_array_U005b_0_U005d_.entity'],
    ['é½٣-._', 'é½٣-._', 'é½٣-._'],
    ['', '', ''],
  ])('turns %j into %j, or into %j with Unicode', (name, plain, unicode) => {
    expect(convertKey(name, 'Default')).toBe(plain);
    expect(convertKey(name, 'Unicode')).toBe(unicode);
  });

  it('keeps names apart that differ in one odd character, with Unicode', () => {
    const names = new Map([['a/b', 1], ['a$b', 2], ['a_b', 3]]); // prettier-ignore
    const converted = new Map([['a_U002f_b', 1], ['a_U0024_b', 2], ['a_b', 3]]); // prettier-ignore
    expect(convertKeys(names, 'Unicode')).toEqual({ kind: 'converted', values: converted });
  });

  it('refuses two names that become one key', () => {
    const names = new Map([['a/b', 1], ['x', 2], ['a$b', 3]]); // prettier-ignore
    expect(convertKeys(names, 'Default')).toEqual({ kind: 'collision', key: 'a_b', names: ['a/b', 'a$b'] });
  });
});

describe('checkKeys', () => {
  it('drops the empty key and keeps the others', () => {
    const values = new Map([['', 'x'], ['ok', 'y'], ['.', 'z'], ['é', 'w']]); // prettier-ignore
    const kept = new Map([['ok', 'y'], ['.', 'z'], ['é', 'w']]); // prettier-ignore
    expect(checkKeys(values)).toEqual({ values: kept, faults: [] });
  });

  it('takes 253 bytes and refuses 254', () => {
    expect(checkKeys(new Map([['k'.repeat(253), 1]])).faults).toEqual([]);
    expect(checkKeys(new Map([['k'.repeat(254), 1]])).faults).toEqual([
      `has the key "${'k'.repeat(60)}…" of 254 bytes, and 253 are allowed`,
    ]);
    expect(checkKeys(new Map([['é'.repeat(127), 1]])).faults).toHaveLength(1);
  });

  it('tells all bad keys, in byte order', () => {
    expect(
      checkKeys(
        new Map([
          ['b b', 1],
          ['a/b', 1],
        ]),
      ).faults,
    ).toEqual([
      // prettier-ignore
      'has the key "a/b" with "/", which a Secret key cannot hold',
      'has the key "b b" with " ", which a Secret key cannot hold',
    ]);
  });

  it('passes whatever conversion gives, as long as it is short enough', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom('Default', 'Unicode'),
        (name, strategy) => {
          expect(checkKeys(new Map([[convertKey(name, strategy), 1]])).faults).toEqual([]);
        },
      ),
    );
  });
});
