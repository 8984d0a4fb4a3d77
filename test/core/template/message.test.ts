import { describe, expect, it } from '@jest/globals';
import { say, shown, source } from '../../../src/core/template/message.ts';

describe('say', () => {
  it('hides texts and numbers that nobody has declared public', () => {
    const message = say`${shown('int')} ${918273645546n} of ${'hunter2'}, ${9.18273645e8}`;
    expect(message.toString()).toBe('int [redacted] of [redacted], [redacted]');
    expect(message.revealExact()).toBe('int 918273645546 of hunter2, 918273645');
  });

  it('writes one mark for values that stand side by side, and none for an empty one', () => {
    expect(say`got ${'a'}${'b'}${''}`.toString()).toBe('got [redacted]');
    expect(say`got ${''}`.toString()).toBe('got ');
  });

  it('keeps what each part of a longer message is', () => {
    const inner = say`bad ${'hunter2'} in ${source('.key')}`;
    expect(say`${shown('f')}: ${inner}`.toString()).toBe('f: bad [redacted] in .key');
    expect(say`${inner}`.withoutSource().toString()).toBe('bad [redacted] in [redacted]');
  });

  it('shows a value that the template says word by word, and nothing that is only a part of it', () => {
    const message = say`${'port is missing'} and ${'port'}`;
    expect(message.knowing(new Set(['port is missing'])).toString()).toBe('port is missing and [redacted]');
  });
});
