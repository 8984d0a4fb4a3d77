/**
 * Numbers as Go reads and writes them.
 *
 * ESO 2.9: gjson prints a number that is more than digits through float64, shortest form, without an exponent.
 */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const HEXADECIMAL = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)$/i;
/** Go: an underscore stands between two digits. */
const UNDERSCORES = /^[+-]?[\d.eE+-]*(?:\d_\d|[\d.eE+-])*$/;

/** Go's `strconv.ParseFloat` without its error: 0 for what is no number, an infinity for what is too large. */
export function parseGoFloat(text: string): number {
  const plain = withoutUnderscores(text);
  if (DECIMAL.test(plain)) return Number(plain);
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  return parseHexadecimal(text);
}

function withoutUnderscores(text: string): string {
  if (!text.includes('_') || !UNDERSCORES.test(text)) return text;
  return text.replaceAll('_', '');
}

function parseHexadecimal(text: string): number {
  const match = HEXADECIMAL.exec(text);
  if (match === null) return 0;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return 0;
  const digits = Number(`0x${whole}${fraction}`);
  const value = digits * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** Go's `strconv.FormatFloat(value, 'f', -1, 64)`: the shortest digits that give the same number, no exponent. */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return sign + shiftPoint(whole + fraction, whole.length + Number(exponent));
}

/** Writes digits with the decimal point after so many of them, which may be less than none or more than all. */
function shiftPoint(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}
