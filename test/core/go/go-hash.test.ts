/** Vectors of ESO 2.9's own tests, and hashes measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import {
  compareBytes,
  fieldManager,
  hashData,
  hashMeta,
  hashText,
  syncedResourceVersion,
} from '../../../src/core/go/go-hash.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const data = (values: Record<string, string>): Map<string, Uint8Array> =>
  new Map(Object.entries(values).map(([key, text]) => [key, bytes(text)]));

describe('hashData', () => {
  it.each([
    [{ foo: 'value1', bar: 'value2' }, '1bed8bcbcb4547ffe19a19cd47d9078e84aa6598266d86b99f992d64'],
    [{ password: 'hunter2' }, '172aaaba178acb283d1af9c011b15e2b5e25414a9256e0cf40bb1a77'],
    [{ a1: '1', a2: '2' }, 'c407391124195b7798d1a76033ce8a812576394b1b8096dedf64e875'],
    [{}, '74a974446e359fb3e6baff9bd0058950e6edd0f040888d9989b0a11b'],
  ])('hashes %j as the operator does', (values, hash) => {
    expect(hashData(data(values))).toBe(hash);
  });

  it('renders empty values and sorts keys by bytes', () => {
    expect(hashData(data({ b: 'x', B: '', '': 'y' }))).toBe(hashText('map[:[121] B:[] b:[120]]'));
  });
});

describe('hashText', () => {
  it.each([
    ['apps/web', 'd093db33dbc81de9ccd7d5173642c77b5ba44bc6ca83f4fbe0d8ef39'],
    ['default/my-es', 'b8464376b5fe3535e690594280bfe59b60be2603cb6cbb6d6c8bcbb4'],
    ['app/db', 'd7d26ad99ae83c312acc79ee48ac1e4ea7819cd3ca8505d0823ce06a'],
    ['<nil>', 'c461202a18e99215f121936fb2452e03843828e448a00a53f285a6fc'],
  ])('hashes %s as the operator does', (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });
});

describe('hashMeta', () => {
  it.each([
    [{}, {}, 'f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2'],
    [{ b: '2', a: '1 x' }, { z: 'y' }, '20000f3c8f6a4285fcf05e7d4b83ee941917c48881831e1143749f17'],
    [{ 'external-secrets.io/force-sync': '1' }, {}, '65cd34c07f24d8b8d7a029bdeb7680a40e3ae0b9c6e6560f0d6c5a6e'],
  ])('hashes annotations %j and labels %j', (annotations, labels, hash) => {
    expect(hashMeta({ annotations, labels })).toBe(hash);
  });

  it('hashes many labels and annotations of all sorts (es-021)', () => {
    const labels = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`l${i}.example.com/k${i}`, `v-${i}`]));
    const numbered = Array.from({ length: 14 }, (_, i) => [`a${i}.example.com/k`, `x: ${i} y:${i * 7}`] as const);
    const annotations = {
      ...Object.fromEntries(numbered),
      plain: '',
      unicode: 'grün ✓ 😀',
      json: '{"a": [1, 2], "b": "c d"}',
      lines: 'one\ntwo',
    };
    expect(hashMeta({ annotations, labels })).toBe('4c13d322524fb34bdab30587d3ecd9cd73a13a9d20aa34da8c953e64');
  });
});

describe('syncedResourceVersion', () => {
  it('is the generation and the hash of the metadata', () => {
    expect(syncedResourceVersion('1', {}, {})).toBe('1-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2');
  });
});

describe('fieldManager', () => {
  it('holds the name up to 27 characters and its hash beyond', () => {
    expect(fieldManager('a'.repeat(27))).toBe(`externalsecrets.external-secrets.io/${'a'.repeat(27)}`);
    expect(fieldManager('a'.repeat(28))).toBe(
      'externalsecrets.external-secrets.io/sha3/52a6f48b37cd3535ef771a530c08d9cc4b78350ccdd33f2405e22ebb',
    );
  });
});

describe('compareBytes', () => {
  it('sorts as UTF-8 sorts, not as JavaScript does', () => {
    const texts = ['😀', '\uffee', 'é', 'b', 'ab', 'a', ''];
    const expected = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].sort(compareBytes)).toEqual(expected);
    expect([...texts].sort()).not.toEqual(expected);
  });
});
