/** Vectors measured with Go's regexp package. */
import { describe, expect, it } from '@jest/globals';
import { compileRegexp, regexpFault } from '../../../src/core/go/regexp.ts';

describe('compileRegexp', () => {
  it.each([
    ['', 'anything', true],
    ['^dev', 'dev-1', true],
    ['^dev', 'my-dev', false],
    ['dev', 'my-dev-1', true],
    ['a$', 'a\n', false],
    ['.', '\n', false],
    ['(?s).', '\n', true],
    ['(?m)^b$', 'a\nb', true],
    ['(?i)^(api|web)-(key|token)$', 'WEB-Token', true],
    ['(?i)k', '\u212a', true],
    ['[[:upper:]]+', 'abC', true],
    ['[[:^alpha:]]', 'abc', false],
    ['(?P<n>a)b', 'ab', true],
    ['(?<n>a)b', 'ab', true],
    ['\\pL', 'é', true],
    ['\\p{Greek}', 'a', false],
    ['\\Qa.b\\E', 'axb', false],
    ['^.$', '\u{1F600}', true],
    ['a{,2}', 'a', false],
  ])('finds %j in %j: %s', (pattern, text, found) => {
    expect(compileRegexp(pattern)?.matches(text)).toBe(found);
  });

  it.each([
    '(',
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(?<!a)b',
    '(a)\\1',
    'a**',
    'x{1001}',
    '[z-a]',
    '\\p{Nope}',
    '*',
    '(?>a)',
  ])('refuses %j', (pattern) => {
    expect(compileRegexp(pattern)).toBeUndefined();
  });

  it.each(['x{1000}'.repeat(11), 'a|b'.repeat(30_000)])('refuses what is too large to search with: %#', (pattern) => {
    expect([compileRegexp(pattern), regexpFault(pattern)]).toEqual([undefined, 'size']);
  });

  it('answers in time linear in the text', () => {
    expect(compileRegexp('(a+)+$')?.matches(`${'a'.repeat(50_000)}!`)).toBe(false);
  });
});
