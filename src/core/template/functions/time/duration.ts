/**
 * Durations of Go's time package in whole nanoseconds, as templates see them.
 *
 * `core/go/duration.ts` reads the same texts, but gives milliseconds for clocks; here a duration must come out to the
 * nanosecond, and errors need Go's texts.
 */
import { type GoString, goError } from '../../values.ts';

export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;

const UNITS: Readonly<Record<GoString, bigint>> = {
  ns: 1n,
  us: 1_000n,
  // U+00B5, the micro sign, and U+03BC, the Greek letter, as bytes.
  '\xc2\xb5s': 1_000n,
  '\xce\xbcs': 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};
const GREATEST = 2n ** 63n - 1n;

/** time.ParseDuration. */
export function parseDuration(text: GoString): bigint {
  const isNegative = text.startsWith('-');
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0n;
  if (body === '') throw goError`time: invalid duration ${quoteTime(text)}`;
  const sum = sumOfParts(body, text);
  if (sum > GREATEST + (isNegative ? 1n : 0n)) throw goError`time: invalid duration ${quoteTime(text)}`;
  return isNegative ? -sum : sum;
}

function sumOfParts(body: GoString, text: GoString): bigint {
  let sum = 0n;
  for (let rest = body; rest !== '';) {
    const [part, whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) ?? [''];
    if (whole + fraction === '') throw goError`time: invalid duration ${quoteTime(text)}`;
    if (unit === '') throw goError`time: missing unit in duration ${quoteTime(text)}`;
    const size = UNITS[unit];
    if (size === undefined) throw goError`time: unknown unit ${quoteTime(unit)} in duration ${quoteTime(text)}`;
    sum += BigInt(whole || '0') * size + fractionOf(fraction, size);
    rest = rest.slice(part.length);
  }
  return sum;
}

/** Digits after the point, cut to whole nanoseconds through float64, as Go cuts them. */
function fractionOf(digits: string, unit: bigint): bigint {
  const kept = digits.slice(0, 18);
  return BigInt(Math.trunc(Number(kept) * (Number(unit) / 10 ** kept.length)));
}

/** How the time package quotes in its errors: bytes beyond ASCII in hexadecimal. */
export function quoteTime(text: GoString): GoString {
  const escaped = Array.from(text, (byte) => {
    if (byte === '"' || byte === '\\') return `\\${byte}`;
    return byte >= ' ' && byte < '\x80' ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** Duration.String. */
export function printDuration(duration: bigint): GoString {
  if (duration === 0n) return '0s';
  const size = duration < 0n ? -duration : duration;
  return (duration < 0n ? '-' : '') + printSize(size);
}

function printSize(size: bigint): GoString {
  if (size < 1_000n) return `${size.toString()}ns`;
  if (size < 1_000_000n) return `${decimal(size, 3)}\xc2\xb5s`;
  if (size < SECOND) return `${decimal(size, 6)}ms`;
  const seconds = `${decimal(size % MINUTE, 9)}s`;
  if (size < MINUTE) return seconds;
  const minutes = `${((size / MINUTE) % 60n).toString()}m${seconds}`;
  return size < HOUR ? minutes : `${(size / HOUR).toString()}h${minutes}`;
}

/** A count of units of 10^-places, without zeros at the end. */
function decimal(count: bigint, places: number): string {
  const digits = count.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}

/** Duration.Truncate. */
export function truncateDuration(duration: bigint, unit: bigint): bigint {
  return unit <= 0n ? duration : duration - (duration % unit);
}

/** Duration.Round: halves away from zero; what does not fit becomes the greatest duration. */
export function roundDuration(duration: bigint, unit: bigint): bigint {
  if (unit <= 0n) return duration;
  const size = duration < 0n ? -duration : duration;
  const rest = size % unit;
  const rounded = 2n * rest < unit ? size - rest : size + unit - rest;
  if (duration < 0n) return rounded > GREATEST + 1n ? -GREATEST - 1n : -rounded;
  return rounded > GREATEST ? GREATEST : rounded;
}

/** The nearest duration: what Go gives for times that are too far apart. */
export function clampDuration(nanoseconds: bigint): bigint {
  if (nanoseconds > GREATEST) return GREATEST;
  return nanoseconds < -GREATEST - 1n ? -GREATEST - 1n : nanoseconds;
}
