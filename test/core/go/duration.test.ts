/** Vectors measured with Go's time package. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../src/core/go/duration.ts';

const HOUR = 3_600_000;

describe('parseDuration', () => {
  it.each([
    ['1h', HOUR],
    ['1h30m', 1.5 * HOUR],
    ['1.5h', 1.5 * HOUR],
    ['.5h', 0.5 * HOUR],
    ['1.h', HOUR],
    ['0', 0],
    ['-0', 0],
    ['0s', 0],
    ['-1h', -HOUR],
    ['+1h', HOUR],
    ['1us', 0.001],
    ['1\u00b5s', 0.001],
    ['1\u03bcs', 0.001],
    ['1ns', 0.000001],
    ['1ms500us', 1.5],
    ['-2562047h47m16.854775808s', Number('-9223372036854.775808')],
    ['0.123456789123456789123s', 123.456789],
    ['2562047h47m16.854s', 9223372036854],
  ])('reads %s as %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '90',
    '1d',
    '1h 30m',
    ' 1h',
    'h',
    '.h',
    '-',
    '1H',
    '1,5h',
    '1e3s',
    '--1h',
    '1h-30m',
    '2562047h47m16.854775808s',
    '-2562047h47m16.854775809s',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  it.each([
    [HOUR, '1h0m0s'],
    [1.5 * HOUR, '1h30m0s'],
    [90_000, '1m30s'],
    [1500, '1.5s'],
    [0, '0s'],
    [-HOUR, '-1h0m0s'],
    [0.001, '1\u00b5s'],
    [0.0015, '1.5\u00b5s'],
    [0.000001, '1ns'],
    [1.5, '1.5ms'],
    [100 * HOUR, '100h0m0s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('writes what parseDuration reads as the same duration', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds === 0 ? 0 : milliseconds);
      }),
    );
  });
});
