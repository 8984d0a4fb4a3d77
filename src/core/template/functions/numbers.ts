/** Functions for numbers: casting, arithmetic with integers and with decimals. sprig. */
import { declare, type TemplateFunction } from '../function-table.ts';
import { printPlain } from '../fmt/print-value.ts';
import { allowingNil } from '../runtime.ts';
import { type GoValue, goError } from '../values.ts';
import { clamp, parseDigits, toFloat, toInteger } from './numbers/cast.ts';
import { add, divide, fromDecimal, multiply, subtract, toDecimal, type Decimal } from './numbers/decimal.ts';
import { withAliases } from './twins.ts';

const casts: readonly TemplateFunction[] = [
  declare({
    name: 'int',
    signature: 'func(interface {}) int',
    source: 'sprig',
    summary: 'Any value as an integer; what is no number is 0. A leading zero means octal.',
    example: { template: '{{ int "8080" }}', prints: '8080' },
    call: (_runtime, value) => toInteger(value),
  }),
  declare({
    name: 'int64',
    signature: 'func(interface {}) int64',
    source: 'sprig',
    summary: 'As int, with the Go type int64.',
    example: { template: '{{ int64 "123456789012" }}', prints: '123456789012' },
    call: (_runtime, value) => toInteger(value),
  }),
  declare({
    name: 'float64',
    signature: 'func(interface {}) float64',
    source: 'sprig',
    summary: 'Any value as a floating-point number; what is no number is 0.',
    example: { template: '{{ float64 "1.5" }}', prints: '1.5' },
    call: (_runtime, value) => toFloat(value),
  }),
  declare({
    name: 'atoi',
    signature: 'func(string) int',
    source: 'sprig',
    summary: 'A decimal text as an integer; what is none is 0.',
    example: { template: '{{ atoi "010" }}', prints: '10' },
    call: (_runtime, text) => clamp(parseDigits(text, 10) ?? 0n),
  }),
  declare({
    name: 'toDecimal',
    signature: 'func(interface {}) int64',
    source: 'sprig',
    summary: 'The value of an octal number, such as a file mode.',
    example: { template: '{{ toDecimal "0755" }}', prints: '493' },
    call: (runtime, value) => octal(printPlain(value, allowingNil(runtime))),
  }),
];

/** What does not fit int64 is 0 too. */
function octal(text: string): bigint {
  const value = parseDigits(text, 8) ?? 0n;
  return clamp(value) === value ? value : 0n;
}

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

const integers: readonly TemplateFunction[] = [
  declare({
    name: 'add',
    signature: 'func(...interface {}) int64',
    source: 'sprig',
    summary: 'The sum of integers.',
    example: { template: '{{ add 1 2 3 }}', prints: '6' },
    call: (_runtime, ...values) => values.reduce((sum, value) => wrap(sum + toInteger(value)), 0n),
  }),
  declare({
    name: 'add1',
    signature: 'func(interface {}) int64',
    source: 'sprig',
    summary: 'One more.',
    example: { template: '{{ add1 41 }}', prints: '42' },
    call: (_runtime, value) => wrap(toInteger(value) + 1n),
  }),
  declare({
    name: 'sub',
    signature: 'func(interface {}, interface {}) int64',
    source: 'sprig',
    summary: 'The first integer less the second.',
    example: { template: '{{ sub 5 3 }}', prints: '2' },
    call: (_runtime, a, b) => wrap(toInteger(a) - toInteger(b)),
  }),
  declare({
    name: 'mul',
    signature: 'func(interface {}, ...interface {}) int64',
    source: 'sprig',
    summary: 'The product of integers.',
    example: { template: '{{ mul 2 3 4 }}', prints: '24' },
    call: (_runtime, first, ...values) =>
      values.reduce((product, value) => wrap(product * toInteger(value)), toInteger(first)),
  }),
  declare({
    name: 'div',
    signature: 'func(interface {}, interface {}) int64',
    source: 'sprig',
    summary: 'The first integer divided by the second, the fraction cut off.',
    example: { template: '{{ div 7 2 }}', prints: '3' },
    call: (_runtime, a, b) => wrap(toInteger(a) / divisor(b)),
  }),
  declare({
    name: 'mod',
    signature: 'func(interface {}, interface {}) int64',
    source: 'sprig',
    summary: 'What remains of the first integer divided by the second.',
    example: { template: '{{ mod 7 3 }}', prints: '1' },
    call: (_runtime, a, b) => toInteger(a) % divisor(b),
  }),
  ...withAliases(
    declare({
      name: 'max',
      signature: 'func(interface {}, ...interface {}) int64',
      source: 'sprig',
      summary: 'The greatest integer.',
      example: { template: '{{ max 1 3 2 }}', prints: '3' },
      call: (_runtime, first, ...values) => pick(first, values, (a, b) => a > b),
    }),
    'biggest',
  ),
  declare({
    name: 'min',
    signature: 'func(interface {}, ...interface {}) int64',
    source: 'sprig',
    summary: 'The least integer.',
    example: { template: '{{ min 3 1 2 }}', prints: '1' },
    call: (_runtime, first, ...values) => pick(first, values, (a, b) => a < b),
  }),
];

function divisor(value: GoValue): bigint {
  const result = toInteger(value);
  if (result === 0n) throw goError`runtime error: integer divide by zero`;
  return result;
}

function pick(first: GoValue, others: readonly GoValue[], isBetter: (a: bigint, b: bigint) => boolean): bigint {
  return others.map(toInteger).reduce((best, value) => (isBetter(value, best) ? value : best), toInteger(first));
}

type Operation = (a: Decimal, b: Decimal) => Decimal;

function calculate(first: number, others: readonly number[], operation: Operation): number {
  return fromDecimal(others.map(toDecimal).reduce(operation, toDecimal(first)));
}

const decimals: readonly TemplateFunction[] = [
  declare({
    name: 'addf',
    signature: 'func(...interface {}) float64',
    source: 'sprig',
    summary: 'The sum of decimal numbers.',
    example: { template: '{{ addf 0.1 0.2 }}', prints: '0.3' },
    call: (_runtime, ...values) => calculate(0, values.map(toFloat), add),
  }),
  declare({
    name: 'add1f',
    signature: 'func(interface {}) float64',
    source: 'sprig',
    summary: 'One more, with decimals.',
    example: { template: '{{ add1f 1.5 }}', prints: '2.5' },
    call: (_runtime, value) => calculate(toFloat(value), [1], add),
  }),
  declare({
    name: 'subf',
    signature: 'func(interface {}, ...interface {}) float64',
    source: 'sprig',
    summary: 'The first decimal number less all others.',
    example: { template: '{{ subf 0.3 0.1 }}', prints: '0.2' },
    call: (_runtime, first, ...values) => calculate(toFloat(first), values.map(toFloat), subtract),
  }),
  declare({
    name: 'mulf',
    signature: 'func(interface {}, ...interface {}) float64',
    source: 'sprig',
    summary: 'The product of decimal numbers.',
    example: { template: '{{ mulf 1.5 2 }}', prints: '3' },
    call: (_runtime, first, ...values) => calculate(toFloat(first), values.map(toFloat), multiply),
  }),
  declare({
    name: 'divf',
    signature: 'func(interface {}, ...interface {}) float64',
    source: 'sprig',
    summary: 'The first decimal number divided by all others, to 16 decimals.',
    example: { template: '{{ divf 10 4 }}', prints: '2.5' },
    call: (_runtime, first, ...values) => calculate(toFloat(first), values.map(toFloat), divide),
  }),
  declare({
    name: 'maxf',
    signature: 'func(interface {}, ...interface {}) float64',
    source: 'sprig',
    summary: 'The greatest number.',
    example: { template: '{{ maxf 1.5 2.5 }}', prints: '2.5' },
    call: (_runtime, first, ...values) => values.map(toFloat).reduce(greater, toFloat(first)),
  }),
  declare({
    name: 'minf',
    signature: 'func(interface {}, ...interface {}) float64',
    source: 'sprig',
    summary: 'The least number.',
    example: { template: '{{ minf 1.5 2.5 }}', prints: '1.5' },
    call: (_runtime, first, ...values) => values.map(toFloat).reduce(lesser, toFloat(first)),
  }),
  declare({
    name: 'ceil',
    signature: 'func(interface {}) float64',
    source: 'sprig',
    summary: 'The next whole number upwards.',
    example: { template: '{{ ceil 1.2 }}', prints: '2' },
    call: (_runtime, value) => Math.ceil(toFloat(value)),
  }),
  declare({
    name: 'floor',
    signature: 'func(interface {}) float64',
    source: 'sprig',
    summary: 'The next whole number downwards.',
    example: { template: '{{ floor 1.8 }}', prints: '1' },
    call: (_runtime, value) => Math.floor(toFloat(value)),
  }),
  declare({
    name: 'round',
    signature: 'func(interface {}, int, ...float64) float64',
    source: 'sprig',
    summary: 'A number rounded to so many decimals; a third number says from which fraction on it goes up.',
    example: { template: '{{ round 123.555 2 }}', prints: '123.56' },
    call: (_runtime, value, places, roundOn = 0.5) => roundTo(toFloat(value), Number(places), roundOn),
  }),
];

/** math.Max: infinity is greater than what is no number. */
function greater(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

function lesser(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

/** sprig: the fraction of a negative number is negative, so it is never rounded up. */
function roundTo(value: number, places: number, roundOn: number): number {
  const power = Number(`1e${places}`);
  const digit = power * value;
  const fraction = digit - Math.trunc(digit);
  return (fraction >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
}

export const numberFunctions: readonly TemplateFunction[] = [...casts, ...integers, ...decimals];
