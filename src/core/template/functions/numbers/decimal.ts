/** Decimal arithmetic on floats, as shopspring/decimal 1.4 does it: `0.1 + 0.2` is `0.3`. */
import { goError } from '../../values.ts';

export interface Decimal {
  readonly digits: bigint;
  /** The power of ten by which `digits` is multiplied. */
  readonly exponent: number;
}

/** Division stops after so many decimals. */
const DIVISION_PRECISION = 16;

/** The shortest decimal that reads back as this float. Panics, as the library, for what is no number. */
export function toDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) {
    throw goError`Cannot create a Decimal from ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`;
  }
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The nearest float. */
export function fromDecimal({ digits, exponent }: Decimal): number {
  return Number(`${digits.toString()}e${exponent}`);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaleTo(a, exponent) + scaleTo(b, exponent), exponent };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { ...b, digits: -b.digits });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Rounded half away from zero. */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw goError`decimal division by 0`;
  const shift = a.exponent - b.exponent + DIVISION_PRECISION;
  const numerator = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const denominator = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits;
  const isNegative = numerator < 0n !== denominator < 0n;
  const [dividend, divisor] = [magnitude(numerator), magnitude(denominator)];
  const rounded = (2n * dividend + divisor) / (2n * divisor);
  return { digits: isNegative ? -rounded : rounded, exponent: -DIVISION_PRECISION };
}

function scaleTo({ digits, exponent }: Decimal, target: number): bigint {
  return digits * 10n ** BigInt(exponent - target);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
