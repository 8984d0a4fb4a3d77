import { describe, expect, it } from '@jest/globals';
import { redact } from '../../../src/core/template/exec/redact.ts';
import { dictOf, int, listOf } from '../../../src/core/template/values.ts';

describe('redact', () => {
  it.each([
    ['a whole value', 'parse "hunter2": no', ['hunter2'], 'parse "[redacted]": no'],
    ['a part of four bytes', 'cannot read "nter"', ['hunter2'], 'cannot read "[redacted]"'],
    ['no shorter part', 'at "ter2" of', ['his ter', 'x2'], 'at "ter2" of'],
    ['a short value as a whole', 'got ab', ['ab'], 'got [redacted]'],
    ['a value as it looks in quotes', String.raw`parse "a\"b\n"`, ['a"b\n'], 'parse "[redacted]"'],
    ['nothing when there is nothing to hide', 'got ab', [''], 'got ab'],
  ])('hides %s', (_what, message, values, expected) => {
    expect(redact(message, values)).toBe(expected);
  });

  it('finds values at any depth, in maps that contain themselves too', () => {
    const dict = dictOf([['a', listOf([int(1), dictOf([['b', 'hunter2']])])]]);
    dict.entries.set('self', dict);
    expect(redact('no hunter2 here', [dict])).toBe('no [redacted] here');
  });

  it('takes a long value as easily as a short one', () => {
    const value = 'x'.repeat(2_000_000);
    expect(redact(`got ${value}`, [value])).toBe('got [redacted]');
  });
});
