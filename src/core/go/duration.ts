/**
 * Durations as Go reads and writes them (`time.ParseDuration`, `Duration.String`).
 *
 * ESO 2.9: `refreshInterval` and the durations of sync windows are such texts. Counts in whole nanoseconds of Go's
 * int64 and gives milliseconds, which may have a fraction.
 */

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  // U+00B5, the micro sign, and U+03BC, the Greek letter.
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const PART = /(\d*)(?:\.(\d*))?([^.\d]+)/y;
const GREATEST = 2n ** 63n - 1n;

/** The milliseconds of a Go duration, or `undefined` for a text that is none: `1d`, `90`, an empty text. */
export function parseDuration(text: string): number | undefined {
  const isNegative = text.startsWith('-');
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === '0') return 0;
  const nanoseconds = body === '' ? undefined : sumOfParts(body);
  if (nanoseconds === undefined || nanoseconds > GREATEST + (isNegative ? 1n : 0n)) return undefined;
  const milliseconds = Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6;
  return isNegative && milliseconds !== 0 ? -milliseconds : milliseconds;
}

function sumOfParts(body: string): bigint | undefined {
  let sum = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const [, whole = '', fraction = '', name = ''] = PART.exec(body) ?? [];
    const unit = NANOSECONDS[name];
    if (unit === undefined || whole + fraction === '') return undefined;
    sum += BigInt(whole === '' ? '0' : whole) * unit + fractionOf(fraction, unit);
  }
  return sum;
}

/** Digits after the point, cut to whole nanoseconds through float64, as Go cuts them. */
function fractionOf(digits: string, unit: bigint): bigint {
  const kept = digits.slice(0, 18);
  return BigInt(Math.trunc(Number(kept) * (Number(unit) / 10 ** kept.length)));
}

/** A duration in Go's canonical form, as the API server shows it: `1h0m0s`, `1.5s`, `0s`. */
export function formatDuration(durationMs: number): string {
  const whole = Math.trunc(Math.abs(durationMs));
  const nanoseconds = BigInt(whole) * 1_000_000n + BigInt(Math.round((Math.abs(durationMs) - whole) * 1e6));
  if (nanoseconds === 0n) return '0s';
  return (durationMs < 0 ? '-' : '') + formatNanoseconds(nanoseconds);
}

function formatNanoseconds(nanoseconds: bigint): string {
  if (nanoseconds < 1_000n) return `${nanoseconds.toString()}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 3)}\u00b5s`;
  if (nanoseconds < 1_000_000_000n) return `${decimal(nanoseconds, 6)}ms`;
  const seconds = `${decimal(nanoseconds % 60_000_000_000n, 9)}s`;
  const minutes = nanoseconds / 60_000_000_000n;
  if (minutes === 0n) return seconds;
  const withMinutes = `${(minutes % 60n).toString()}m${seconds}`;
  return minutes < 60n ? withMinutes : `${(minutes / 60n).toString()}h${withMinutes}`;
}

/** A count of units of 10^-places, without zeros at the end. */
function decimal(count: bigint, places: number): string {
  const digits = count.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}
