/** Cases az-009 to az-016, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import { getProperty } from '../../../src/core/transform/get-property.ts';

describe('getProperty', () => {
  it.each([
    ['{"a":{"b":"nested"},"a.b":"literal"}', 'a.b', 'nested'],
    ['{"tls.crt":"C"}', 'tls.crt', 'C'],
    ['{"a.b":{"c":"x"}}', 'a\\.b.c', 'x'],
    ['{"a":null}', 'a', ''],
    ['{"a":1e400}', 'a', '+Inf'],
    ['{"o":{"b" :  1 , "c":[ ]}}', 'o', '{"b" :  1 , "c":[ ]}'],
    ['{"a":"{\\"b\\":1}"}', 'a.@fromstr.b', '1'],
    ['plain {"a":1}', 'a', '1'],
    ['not JSON', '', 'not JSON'],
    ['\ufeff{"a":1}', '', '\ufeff{"a":1}'],
  ])('of %s: %j gives %j', (text, property, expected) => {
    expect(getProperty(text, property, 'j')).toEqual({ kind: 'found', text: expected });
  });

  it.each([
    ['{"a.b":{"c":"x"}}', 'a.b.c'],
    ['{"a":{"x.y":"z"}}', 'a.x.y'],
    ['{"a|b":1}', 'a|b'],
    ['{"a":[1]}', 'a.1'],
    ['{"a":"x', 'a'],
    ['', 'a'],
    ['{"A":1}', 'a'],
  ])('of %s: %j does not exist', (text, property) => {
    expect(getProperty(text, property, 'secret/j')).toEqual({ kind: 'missing', property, key: 'secret/j' });
  });

  it('refuses a path of unreasonable length instead of exhausting the stack', () => {
    expect(getProperty('{"a":1}', '['.repeat(50_000), 'j').kind).toBe('missing');
    expect(getProperty('{"a":1}', `${'['.repeat(999)}a${']'.repeat(999)}`, 'j').kind).toBe('found');
  });
});
