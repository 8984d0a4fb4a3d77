import { describe, expect, it } from '@jest/globals';
import { scalarText } from '../../../src/core/go/scalar-text.ts';

describe('scalarText', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    [true, 'true'],
    [false, 'false'],
    [5, '5'],
    [-7, '-7'],
    [1_234_567, '1234567'],
    [1.5, '1.5'],
    [0.1, '0.1'],
    [0.1234567891, '0.12345679'],
    [1_234_567.5, '1.2345675e+06'],
    [123_456.789, '123456.79'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e21, '1e+21'],
    [-2.5e-7, '-2.5e-07'],
    [1e300, '+Inf'],
  ])('writes %j as %s', (value, text) => expect(scalarText(value)).toBe(text));

  it.each([[null], [undefined], [{}], [[]], [new Date(0)]])('knows no text for %j', (value) => {
    expect(scalarText(value)).toBeUndefined();
  });
});
