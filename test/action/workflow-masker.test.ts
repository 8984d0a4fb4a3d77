/** What the runner is told to hide. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WorkflowMasker } from '../../src/action/workflow-masker.ts';
import { RedactingMasker } from '../../src/adapters/node/redacting.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';

let printed: string;
let masker: WorkflowMasker;

beforeEach(() => {
  printed = '';
  masker = new WorkflowMasker(new RedactingMasker());
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => void jest.restoreAllMocks());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The texts of the commands, decoded. */
function masked(...values: readonly string[]): readonly string[] {
  for (const value of values) masker.mask(SecretValue.ofText(value));
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const text = /^::add-mask::(.*)$/u.exec(line)?.[1] ?? `no mask: ${line}`;
      return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    });
}

describe('the masks of the runner', () => {
  it('are a value and its base64', () => {
    expect(masked('correct-horse')).toEqual(['correct-horse', base64('correct-horse')]);
  });

  it('are each line of it too, whatever ends it, without the blanks around', () => {
    const value = 'first\n  second\r\nthird\rfourth';
    expect(masked(value)).toEqual([value, 'first', 'second', 'third', 'fourth', base64(value)]);
  });

  it('are the leaves of a JSON document too, but no words of JSON', () => {
    const value = '{"a":"correct-horse","b":true,"c":[false,null,"x"]}';
    expect(masked(value)).toEqual([value, base64(value), 'correct-horse', base64('correct-horse'), base64('x')]);
  });

  it('are nothing shorter than four characters', () => {
    expect(masked('abc', 'abcd')).toEqual([base64('abc'), 'abcd', base64('abcd')]);
  });

  it('are told once', () => {
    expect(masked('correct-horse', 'correct-horse')).toHaveLength(2);
  });

  it('are none for what is not to be hidden', () => {
    const opaque = { isOpaque: true, reveal: () => Buffer.from('correct-horse') } as unknown as SecretValue;
    masker.mask(opaque);
    expect(masked()).toEqual([]);
    expect(masker.redact('correct-horse')).toBe('correct-horse');
  });

  it('are known to the filter of our own lines', () => {
    masked('correct-horse');
    expect(masker.redact('it is correct-horse')).toBe('it is [redacted]');
  });
});
