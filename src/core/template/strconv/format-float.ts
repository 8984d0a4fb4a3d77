/** Writing floating-point numbers as Go does. Source of the rules: Go strconv.FormatFloat. */

export type FloatFormat = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X';

/** The decimal digits of a number: 0.d1d2d3… × 10^point. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/**
 * Go: strconv.FormatFloat(value, format, precision, 64). A precision of -1 asks for the fewest digits that read back as
 * the same number. No double has more than 1,074 decimals, so a larger precision only adds zeros.
 */
export function formatFloat(value: number, format: FloatFormat, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return sign === '-' ? '-Inf' : '+Inf';
  return sign + formatSize(size, format, precision);
}

function formatSize(size: number, format: FloatFormat, precision: number): string {
  switch (format) {
    case 'b':
      return binary(size);
    case 'x':
    case 'X':
      return hexadecimal(size, precision, format);
    case 'f':
      return plain(precision < 0 ? shortest(size) : withDecimals(size, precision), precision);
    case 'e':
    case 'E':
      return scientific(precision < 0 ? shortest(size) : withDigits(size, precision + 1), precision, format);
    case 'g':
    case 'G':
      return general(size, precision, format === 'g' ? 'e' : 'E');
  }
}

function general(size: number, precision: number, letter: 'e' | 'E'): string {
  const isShortest = precision < 0;
  const wanted = isShortest ? 6 : Math.max(precision, 1);
  const decimal = isShortest ? shortest(size) : withDigits(size, wanted);
  const digits = decimal.digits.replace(/0+$/, '');
  // Go: as many digits as there are before the point count for the choice, if there are fewer than asked for.
  const limit = !isShortest && wanted > digits.length && digits.length >= decimal.point ? digits.length : wanted;
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    return scientific(decimal, Math.min(isShortest ? digits.length : wanted, digits.length || 1) - 1, letter);
  }
  return plain(decimal, Math.max(digits.length - decimal.point, 0));
}

/** `%f`: a negative precision prints what digits there are. */
function plain(decimal: Decimal, precision: number): string {
  const decimals = precision < 0 ? Math.max(decimal.digits.length - decimal.point, 0) : precision;
  const { digits, point } = decimal;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (decimals === 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, decimals)) + digits;
  return `${whole}.${fraction.slice(0, decimals).padEnd(decimals, '0')}`;
}

/** `%e`: at least two digits of exponent. */
function scientific(decimal: Decimal, precision: number, letter: 'e' | 'E'): string {
  const isZero = !/[1-9]/.test(decimal.digits);
  const decimals = precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision;
  const fraction = decimal.digits.slice(1, 1 + decimals).padEnd(decimals, '0');
  const exponent = isZero ? 0 : decimal.point - 1;
  const mantissa = `${decimal.digits[0] ?? '0'}${decimals > 0 ? `.${fraction}` : ''}`;
  return mantissa + letter + (exponent < 0 ? '-' : '+') + String(Math.abs(exponent)).padStart(2, '0');
}

/** The fewest digits that identify a number: JavaScript and Go agree on them. */
function shortest(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 };
  const [mantissa = '', exponent = ''] = size.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** Rounded to so many digits after the point, half to even on the exact value. */
function withDecimals(size: number, decimals: number): Decimal {
  const digits = scaledToEven(size, Math.min(decimals, 1100)).toString();
  return digits === '0' ? { digits: '', point: 0 } : { digits, point: digits.length - Math.min(decimals, 1100) };
}

/** Rounded to so many significant digits, half to even on the exact value. */
function withDigits(size: number, count: number): Decimal {
  if (size === 0) return { digits: '', point: 0 };
  const wanted = Math.min(count, 1100);
  const point = shortest(size).point;
  const digits = scaledToEven(size, wanted - point).toString();
  // 9.99 rounded to two digits has become 10.0: one place more.
  return { digits: digits.slice(0, wanted), point: point + (digits.length - wanted) };
}

/** size × 10^decimals, rounded half to even. */
function scaledToEven(size: number, decimals: number): bigint {
  const { mantissa, exponent } = binaryParts(size);
  const numerator =
    mantissa * (exponent > 0 ? 2n ** BigInt(exponent) : 1n) * (decimals > 0 ? 10n ** BigInt(decimals) : 1n);
  const divisor = (exponent < 0 ? 2n ** BigInt(-exponent) : 1n) * (decimals < 0 ? 10n ** BigInt(-decimals) : 1n);
  const quotient = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  const roundsUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return roundsUp ? quotient + 1n : quotient;
}

/** size = mantissa × 2^exponent with all 53 bits in the mantissa, fewer for subnormal numbers. */
function binaryParts(size: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

function binary(size: number): string {
  const { mantissa, exponent } = binaryParts(size);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

function hexadecimal(size: number, precision: number, letter: 'x' | 'X'): string {
  const [mantissa, exponent] = normalised(size, precision);
  const fraction = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const wanted =
    precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, Math.min(precision, 15)).padEnd(precision, '0');
  const power = (exponent < 0 ? '-' : '+') + String(Math.abs(exponent)).padStart(2, '0');
  const text = `0x${mantissa >> 60n}${wanted === '' ? '' : `.${wanted}`}p${power}`;
  return letter === 'x' ? text : text.toUpperCase();
}

/** The leading bit at 2^60, rounded half to even to so many hex digits. */
function normalised(size: number, precision: number): readonly [bigint, number] {
  if (size === 0) return [0n, 0];
  const parts = binaryParts(size);
  const shift = 61 - parts.mantissa.toString(2).length;
  const exponent = parts.exponent - shift + 60;
  const mantissa = parts.mantissa << BigInt(shift);
  if (precision < 0 || precision >= 15) return [mantissa, exponent];
  const dropped = BigInt(60 - precision * 4);
  const kept = mantissa >> dropped;
  const rest = mantissa - (kept << dropped);
  const half = 1n << (dropped - 1n);
  const rounded = (rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept) << dropped;
  return rounded >> 61n === 0n ? [rounded, exponent] : [rounded >> 1n, exponent + 1];
}
