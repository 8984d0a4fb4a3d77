/** Corners of Go's fmt and strconv that the recorded cases leave open; the expectations follow from their rules. */
import { describe, expect, it } from '@jest/globals';
import { sprint, sprintf, sprintln } from '../../../src/core/template/fmt/printf.ts';
import { VALUE, type Printing } from '../../../src/core/template/runtime.ts';
import { formatFloat, type FloatFormat } from '../../../src/core/template/strconv/format-float.ts';
import { parseFloat64, parseInteger, parseUnsigned } from '../../../src/core/template/strconv/parse-number.ts';
import { dictOf, float64, int, listOf } from '../../../src/core/template/values.ts';

const PRINTING: Printing = { spend: () => undefined, printsNil: () => undefined };

describe('formatFloat', () => {
  it.each<[number, FloatFormat, number, string]>([
    [0.5, 'f', 0, '0'],
    [1.5, 'f', 0, '2'],
    [2.5, 'f', 0, '2'],
    [0.125, 'f', 2, '0.12'],
    [1e23, 'f', -1, '100000000000000000000000'],
    [1e21, 'f', 2, '1000000000000000000000.00'],
    [5e-324, 'e', -1, '5e-324'],
    [5e-324, 'e', 20, '4.94065645841246544177e-324'],
    [9.99, 'e', 1, '1.0e+01'],
    [-0, 'g', -1, '-0'],
    [123456, 'g', 3, '1.23e+05'],
    [100000, 'g', -1, '100000'],
    [1000000, 'g', -1, '1e+06'],
    [0.0001, 'g', -1, '0.0001'],
    [0.00001, 'g', -1, '1e-05'],
    [1, 'x', -1, '0x1p+00'],
    [1.9999, 'x', 1, '0x1.0p+01'],
    [1, 'b', -1, '4503599627370496p-52'],
  ])('writes %d by %s with precision %d as %s', (value, format, precision, text) => {
    expect(formatFloat(value, format, precision)).toBe(text);
  });
});

describe('parse-number', () => {
  it.each([
    ['9223372036854775807', 9223372036854775807n],
    ['9223372036854775808', undefined],
    ['-9223372036854775808', -9223372036854775808n],
    ['017', 15n],
    ['08', undefined],
    ['0x_f', 15n],
    ['1__0', undefined],
  ])('reads the integer %s as %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it('reads no sign before an unsigned integer', () => {
    expect([parseUnsigned('18446744073709551615'), parseUnsigned('18446744073709551616'), parseUnsigned('+1')]).toEqual(
      [18446744073709551615n, undefined, undefined],
    );
  });

  it.each([
    ['1_000.5', 1000.5],
    ['1_', undefined],
    ['1e400', undefined],
    ['0x1p4', 16],
    ['0x1.8p-1', 0.75],
    ['0x1p-1074', 5e-324],
    ['Infinity', Infinity],
    ['-inf', -Infinity],
    ['0x1', undefined],
  ])('reads the float %s as %s', (text, value) => {
    expect(parseFloat64(text)).toBe(value);
  });
});

describe('sprintf', () => {
  it('keeps going when its format is wrong, and says where', () => {
    expect(sprintf('%d %s %!', ['a'], PRINTING)).toBe('%!d(string=a) %!s(MISSING) %!!(MISSING)');
    expect(sprintf('%', [], PRINTING)).toBe('%!(NOVERB)');
    expect(sprintf('%d', [int(1), int(2)], PRINTING)).toBe('1%!(EXTRA int=2)');
  });

  it('announces what a width will need before it needs it', () => {
    const announced: number[] = [];
    sprintf('%5d %.7f', [int(1), float64(2)], {
      ...PRINTING,
      spend: (units) => void announced.push(Number(units)),
    });
    expect(announced.filter((units) => units !== VALUE)).toEqual([5, 7]);
  });

  it('counts every value as often as it is printed', () => {
    let spent = 0;
    const shared = listOf([int(1), int(2)]);
    sprintf('%v', [listOf([shared, shared])], { ...PRINTING, spend: (units) => void (spent += Number(units)) });
    expect(spent).toBe(7 * VALUE + '[1 2]'.length * 2 - 4 + '[1 2] [1 2]'.length);
  });

  it('tells of each nil that is printed, and not of one whose type is', () => {
    let nils = 0;
    const printing = { ...PRINTING, printsNil: () => void (nils += 1) };
    expect(sprintf('%v %T', [null, null], printing)).toBe('<nil> <nil>');
    expect(nils).toBe(1);
  });

  it('prints maps by the bytes of their keys, at any depth', () => {
    const inner = dictOf([
      ['b', int(1)],
      ['B', null],
    ]);
    expect(sprintf('%v', [listOf([inner, inner])], PRINTING)).toBe('[map[B:<nil> b:1] map[B:<nil> b:1]]');
  });
});

describe('sprint and sprintln', () => {
  it('put a blank between two operands that are no texts, and between all', () => {
    expect(sprint([int(1), int(2), 'a', 'b', int(3)], PRINTING)).toBe('1 2ab3');
    expect(sprintln([int(1), 'a', 'b'], PRINTING)).toBe('1 a b\n');
  });
});
