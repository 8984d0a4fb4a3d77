/** Cases az-030, az-016b, es-e01, es-e06 and es-e12, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import { extractMembers } from '../../../src/core/transform/extract.ts';

describe('extractMembers', () => {
  it.each([
    [
      '{"s":"x","n":1.0,"t":true,"z":null,"o":{"k" : 1},"l":[1, 2]}',
      { s: 'x', n: '1.0', t: 'true', z: '', o: '{"k" : 1}', l: '[1, 2]' },
    ],
    [
      '{"big":12345678901234567890,"exp":1e400,"neg":-0,"f":1.10}',
      { big: '12345678901234567890', exp: '1e400', neg: '-0', f: '1.10' },
    ],
    [
      '{"nl":"a\\nb","quote":"\\"","u":"\\u00e9","pair":"\\ud83d\\ude00","slash":"\\/"}',
      { nl: 'a\nb', quote: '"', u: 'é', pair: '😀', slash: '/' },
    ],
    ['{"a":1,"a":2}', { a: '2' }],
    ['{"\\u0061":1,"a":null}', { a: '' }],
    ['{"a":"\\ud800\\u0041","\\ud800":"x"}', { a: '\ufffdA', '\ufffd': 'x' }],
    ['{"":"x","__proto__":"y"}', JSON.parse('{"":"x","__proto__":"y"}')],
    ['{"o":{"a":"<}\\"{"},"l":["]"]}', { o: '{"a":"<}\\"{"}', l: '["]"]' }],
    ['\n {"a":"1"} \n', { a: '1' }],
    ['null', {}],
    ['{}', {}],
  ])('takes %s apart', (text, members) => {
    const result = extractMembers(text);
    expect(result.kind === 'members' && Object.fromEntries(result.members)).toEqual(members);
  });

  it.each([
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['[]', 'is a JSON array'],
    ['"s"', 'is a JSON string'],
    ['12', 'is a JSON number'],
    ['true', 'is a JSON boolean'],
    ['user=app', 'is not valid JSON'],
    ['{"a":1}x', 'is not valid JSON'],
    ['{"a":"1"', 'is not valid JSON'],
    ['{a:1}', 'is not valid JSON'],
    ['\ufeff{}', 'is not valid JSON'],
    ['{"a":01}', 'is not valid JSON'],
  ])('refuses %j and tells nothing of it', (text, reason) => {
    expect(extractMembers(text)).toEqual({ kind: 'refused', reason });
  });
});
