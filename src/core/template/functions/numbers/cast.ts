/**
 * Any value as a number, as spf13/cast 1.10 casts: what is no number is 0.
 *
 * A text may be written as a Go literal, so that `"010"` is 8 and `"08"` is nothing.
 */
import { parseFloat64, parseInteger } from '../../strconv/parse-number.ts';
import { GoFloat, GoInt, type GoString, type GoValue } from '../../values.ts';

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** cast.ToInt64, and cast.ToInt where int has 64 bits. Fractions are cut off. */
export function toInteger(value: GoValue): bigint {
  if (typeof value === 'string') return value === '' ? 0n : (parseInteger(withoutFraction(value)) ?? 0n);
  if (value instanceof GoInt) return BigInt.asIntN(64, value.value);
  if (value instanceof GoFloat) return truncate(value.value);
  return value === true ? 1n : 0n;
}

/** cast.ToFloat64. */
export function toFloat(value: GoValue): number {
  if (typeof value === 'string') return parseFloat64(value) ?? 0;
  if (value instanceof GoInt) return Number(value.value);
  if (value instanceof GoFloat) return value.value;
  return value === true ? 1 : 0;
}

/** What does not fit becomes the least integer, as on amd64. */
function truncate(value: number): bigint {
  if (!Number.isFinite(value)) return LEAST;
  const whole = BigInt(Math.trunc(value));
  return whole < LEAST || whole > GREATEST ? LEAST : whole;
}

function withoutFraction(text: GoString): GoString {
  const [, sign = '', digits = ''] = /^([-+]?)(\d*)\.\d*$/.exec(text) ?? [];
  if (sign + digits === '') return /^\.\d*$/.test(text) ? '0' : text;
  return sign + (digits === '' ? '0' : digits);
}

/** The value of digits with an optional sign, of any size; `undefined` when the text is anything else. */
export function parseDigits(text: GoString, base: 8 | 10): bigint | undefined {
  const [, sign, digits] = (base === 8 ? /^([-+]?)([0-7]+)$/ : /^([-+]?)(\d+)$/).exec(text) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(base === 8 ? `0o${digits}` : digits);
  return sign === '-' ? -size : size;
}

/** The nearest int64: what Go's strconv gives beside a range error. */
export function clamp(value: bigint): bigint {
  if (value < LEAST) return LEAST;
  return value > GREATEST ? GREATEST : value;
}
