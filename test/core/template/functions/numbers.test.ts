import { describe, expect, it } from '@jest/globals';
import { render } from './render.ts';

describe('functions for numbers', () => {
  it.each([
    ['{{ int "0755" }}', '493'],
    ['{{ int "9.9" }}', '9'],
    ['{{ int 9.9 }}', '9'],
    ['{{ int64 "abc" }}', '0'],
    ['{{ atoi "0755" }}', '755'],
    ['{{ toDecimal 777 }}', '511'],
    ['{{ add 1 "2" true }}', '4'],
    ['{{ div -7 2 }}', '-3'],
    ['{{ mod -7 2 }}', '-1'],
    ['{{ add 9223372036854775807 1 }}', '-9223372036854775808'],
    ['{{ addf 0.1 0.2 }}', '0.3'],
    ['{{ divf 1 3 }}', '0.3333333333333333'],
    ['{{ round 2.5 0 }}', '3'],
    ['{{ round -2.5 0 }}', '-3'],
    ['{{ max 1 3 2 }}', '3'],
    ['{{ minf 1 0.5 }}', '0.5'],
    ['{{ until -3 }}', '[0 -1 -2]'],
    ['{{ untilStep 3 0 1 }}', '[]'],
    ['{{ seq 5 1 }}', '5 4 3 2 1'],
    ['{{ seq 0 2 5 }}', '0 2 4'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('fails as Go does when it divides by zero', () => {
    expect(render('{{ div 1 0 }}')).toBe('error calling div: runtime error: integer divide by zero');
    expect(render('{{ divf 1 0 }}')).toBe('error calling divf: decimal division by 0');
  });

  it.each(['{{ until 2000000000 }}', '{{ untilStep 0 2000000000 1 }}', '{{ seq 2000000000 }}'])(
    'stops %s before it fills the memory',
    (template) => {
      expect(render(template)).toContain('more than 67108864 bytes');
    },
  );
});
