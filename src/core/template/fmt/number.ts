/** Numbers by verb, flags, width and precision. `undefined` means: not a verb for this kind. Source: Go fmt. */
import { formatFloat } from '../strconv/format-float.ts';
import { quoteRune, quoteRuneToAscii } from '../strconv/quote.ts';
import type { GoComplex, GoString } from '../values.ts';
import { encodeRune, isPrintable } from '../utf8.ts';
import { pad, padWithBlanks } from './flags.ts';
import type { Flags } from './flags.ts';

const MAX_RUNE = 0x10ffffn;
const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** An integer; `isSigned` because Go prints an unsigned one in hexadecimal for `%#v`. */
export function formatInteger(value: bigint, isSigned: boolean, verb: string, flags: Flags): GoString | undefined {
  if (verb === 'v' && flags.sharpV && !isSigned) return formatAddress(value, true, flags);
  const base = BASES[verb];
  if (base !== undefined) return inBase(value, base, verb, flags);
  if (verb === 'c') return pad(encodeRune(toRune(value)), flags);
  if (verb === 'q') return pad((flags.plus ? quoteRuneToAscii : quoteRune)(toRune(value)), flags);
  return verb === 'U' ? formatUnicode(BigInt.asUintN(64, value), flags) : undefined;
}

/** In hexadecimal, as pointers are printed. */
export function formatAddress(value: bigint, withPrefix: boolean, flags: Flags): GoString {
  return inBase(value, 16, 'x', { ...flags, sharp: withPrefix });
}

function toRune(value: bigint): number {
  const unsigned = BigInt.asUintN(64, value);
  return unsigned > MAX_RUNE ? 0xfffd : Number(unsigned);
}

function inBase(value: bigint, base: number, verb: string, flags: Flags): GoString {
  if (flags.precision === 0 && value === 0n) return padWithBlanks('', flags);
  const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  const digits = (value < 0n ? -value : value).toString(base).padStart(leastDigits(sign, flags), '0');
  const text = sign + prefixOf(digits, base, verb, flags) + digits;
  return padWithBlanks(verb === 'X' ? text.toUpperCase() : text, flags);
}

/** A precision is the number of digits; zeros to fill a width count as digits too. */
function leastDigits(sign: string, flags: Flags): number {
  if (flags.precision !== undefined) return flags.precision;
  return flags.zero && !flags.minus && flags.width !== undefined ? flags.width - sign.length : 0;
}

function prefixOf(digits: string, base: number, verb: string, flags: Flags): string {
  const letter = verb === 'O' ? '0o' : '';
  if (!flags.sharp) return letter;
  if (base === 2) return '0b';
  if (base === 16) return '0x';
  return base === 8 && !digits.startsWith('0') ? `${letter}0` : letter;
}

/** `U+0078`, with the sharp flag `U+0078 'x'`. */
function formatUnicode(value: bigint, flags: Flags): GoString {
  const digits = value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const isShown = flags.sharp && value <= MAX_RUNE && isPrintable(Number(value));
  return padWithBlanks(`U+${digits}${isShown ? ` '${encodeRune(Number(value))}'` : ''}`, flags);
}

/** A float64. */
export function formatFloating(value: number, verb: string, flags: Flags): GoString | undefined {
  switch (verb) {
    case 'v':
      return formatWith(value, 'g', -1, flags);
    case 'e':
    case 'E':
      return formatWith(value, verb, 6, flags);
    case 'f':
    case 'F':
      return formatWith(value, 'f', 6, flags);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return formatWith(value, verb, -1, flags);
    default:
      return undefined;
  }
}

type FloatVerb = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X';

function formatWith(value: number, verb: FloatVerb, defaultPrecision: number, flags: Flags): GoString {
  const precision = flags.precision ?? defaultPrecision;
  const text = formatFloat(value, verb, precision);
  const size = text.replace(/^[+-]/, '');
  const sign = text.startsWith('-') ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (!Number.isFinite(value)) return padWithBlanks((text === '+Inf' && sign === '' ? '+' : sign) + size, flags);
  const shown = flags.sharp && verb !== 'b' ? withPoint(size, verb, precision) : size;
  const missing = (flags.width ?? 0) - sign.length - shown.length;
  return flags.zero && !flags.minus && missing > 0 ? sign + '0'.repeat(missing) + shown : pad(sign + shown, flags);
}

/** The sharp flag: always a point, and for `%g` the zeros that a precision asks for. */
function withPoint(size: string, verb: FloatVerb, precision: number): string {
  const isHex = verb === 'x' || verb === 'X';
  const tailAt = size.search(isHex ? /[pP]/ : /[eE]/);
  const mantissa = tailAt < 0 ? size : size.slice(0, tailAt);
  const tail = tailAt < 0 ? '' : size.slice(tailAt);
  const fills = verb === 'g' || verb === 'G' || verb === 'x';
  const wanted = fills ? (precision === -1 ? 6 : precision) : 0;
  const significant = mantissa.replace('.', '').replace(/^0+/, '').length;
  const counted = mantissa === '0' ? 1 : significant;
  const zeros = '0'.repeat(Math.max(wanted - counted, 0));
  return mantissa + (mantissa.includes('.') ? '' : '.') + zeros + tail;
}

/** `(real+imaginaryi)`, each part by the verb of a float. */
export function formatComplex(value: GoComplex, verb: string, flags: Flags): GoString | undefined {
  const real = formatFloating(value.real, verb, flags);
  const imaginary = formatFloating(value.imaginary, verb, { ...flags, plus: true });
  return real === undefined || imaginary === undefined ? undefined : `(${real}${imaginary}i)`;
}
