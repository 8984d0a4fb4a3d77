/** Reading numbers as Go does. Source of the rules: Go strconv and its literals. */

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** Go: strconv.ParseInt(text, 0, 64); `undefined` on an error, of syntax or of range. */
export function parseInteger(text: string): bigint | undefined {
  const isNegative = text.startsWith('-');
  const size = parseSize(/^[+-]/.test(text) ? text.slice(1) : text);
  if (size === undefined || size > (isNegative ? MAX_INT64 + 1n : MAX_INT64)) return undefined;
  return isNegative ? -size : size;
}

/** Go: strconv.ParseUint(text, 0, 64); no sign is allowed. */
export function parseUnsigned(text: string): bigint | undefined {
  const size = parseSize(text);
  return size === undefined || size > MAX_UINT64 ? undefined : size;
}

/** Digits with the base that a literal's prefix names; underscores only between digits or after the prefix. */
function parseSize(text: string): bigint | undefined {
  if (/^(?:0|[1-9](?:_?[0-9])*)$/.test(text)) return BigInt(text.replaceAll('_', ''));
  if (/^0[xX](?:_?[0-9a-fA-F])+$/.test(text)) return BigInt(text.replaceAll('_', ''));
  if (/^0[bB](?:_?[01])+$/.test(text)) return BigInt(text.replaceAll('_', ''));
  const octal = /^0[oO]?((?:_?[0-7])+)$/.exec(text)?.[1];
  return octal === undefined ? undefined : BigInt(`0o${octal.replaceAll('_', '')}`);
}

const DIGITS = '[0-9](?:_?[0-9])*';
const DECIMAL = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
const HEX_DIGITS = '(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?';
const HEXADECIMAL = new RegExp(`^([+-]?)0[xX](_?${HEX_DIGITS})\\.?(${HEX_DIGITS})[pP]([+-]?${DIGITS})$`);
const SPECIAL: Readonly<Record<string, number>> = { inf: Infinity, infinity: Infinity, nan: NaN };

/** Go: strconv.ParseFloat(text, 64); `undefined` on an error, also for what is too large. */
export function parseFloat64(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : undefined;
  }
  const special = SPECIAL[text.replace(/^[+-]/, '').toLowerCase()];
  if (special !== undefined) return text.startsWith('-') ? -special : special;
  return parseHexadecimal(text);
}

function parseHexadecimal(text: string): number | undefined {
  const [, sign = '', whole = '', fraction = '', power = ''] =
    HEXADECIMAL.exec(text)?.map((part) => part.replaceAll('_', '')) ?? [];
  if (whole + fraction === '') return undefined;
  const exponent = Number(power) - 4 * fraction.length;
  const value = scale(BigInt(`0x${whole}${fraction}`), exponent);
  if (!Number.isFinite(value)) return undefined;
  return sign === '-' ? -value : value;
}

/** mantissa × 2^exponent to the nearest double: BigInt to Number rounds half to even, the rest must be exact. */
function scale(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const length = mantissa.toString(2).length;
  const top = length + exponent;
  if (top > 1024) return Infinity;
  if (top < -1075) return 0;
  const kept = Math.min(53, top + 1074);
  const dropped = BigInt(length - kept);
  const rounded = dropped <= 0n ? mantissa : roundToEven(mantissa, dropped);
  const power = exponent + Number(dropped > 0n ? dropped : 0n);
  // In two steps: 2^power alone may be too small for a double while the product is not.
  const half = Math.trunc(power / 2);
  return Number(rounded) * 2 ** half * 2 ** (power - half);
}

function roundToEven(value: bigint, dropped: bigint): bigint {
  const kept = value >> dropped;
  const rest = value - (kept << dropped);
  const half = 1n << (dropped - 1n);
  return rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept;
}
