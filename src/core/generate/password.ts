/**
 * Passwords. ESO 2.9 with go-password: exact counts of letters, digits and symbols, each at a random place.
 *
 * | what is asked for                             | go-password                 | here        |
 * | --------------------------------------------- | --------------------------- | ----------- |
 * | more digits and symbols than characters       | an error                    | the same    |
 * | more of one sort than there is, no repetition | an error                    | the same    |
 * | a symbol that is written twice, or a letter   | may go on drawing for ever  | that error  |
 */
import type { PasswordEncoding, PasswordSpec } from '../model/generator.ts';
import { drawBelow, type RandomBytes } from './random-number.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
/** ESO 2.9. */
export const DEFAULT_SYMBOLS = '~!@#$%^&*()_+`-={}|[]\\:"<>?,./';

type PasswordForm = Pick<
  PasswordSpec,
  'length' | 'digits' | 'symbols' | 'symbolCharacters' | 'noUpper' | 'allowRepeat'
>;

/** Characters of one sort, and how many of them. */
interface Sort {
  readonly name: 'letters' | 'digits' | 'symbols';
  readonly count: number;
  readonly from: readonly string[];
}

/** Why no password can be made like that, in the words of go-password; `undefined` = it can. */
export function passwordFault(form: PasswordForm): string | undefined {
  if (form.length < form.digits + form.symbols) return 'number of digits and symbols must be less than total length';
  if (form.allowRepeat) return undefined;
  const scarce = sortsOf(form).find(({ count, from }) => count > new Set(from).size);
  if (scarce === undefined) return undefined;
  return `number of ${scarce.name} exceeds available ${scarce.name} and repeats are not allowed`;
}

/** One password, encoded, with prefix and suffix. Its form must be without fault. */
export function drawPassword(spec: PasswordSpec, bytes: RandomBytes): string {
  const characters: string[] = [];
  for (const { count, from } of sortsOf(spec)) {
    for (let drawn = 0; drawn < count; drawn += 1) {
      const left = spec.allowRepeat ? from : from.filter((one) => !characters.includes(one));
      const character = left[drawBelow(bytes, left.length)] ?? '';
      characters.splice(drawBelow(bytes, characters.length + 1), 0, character);
    }
  }
  return `${spec.prefix}${encode(characters.join(''), spec.encoding)}${spec.suffix}`;
}

/** In the order in which they are drawn. A symbol that is a letter or a digit as well might be used up before. */
function sortsOf({ length, digits, symbols, symbolCharacters, noUpper, allowRepeat }: PasswordForm): readonly Sort[] {
  const letters = Array.from(noUpper ? LOWER : LOWER + UPPER);
  const others = new Set([...letters, ...new Set(DIGITS)]);
  const own = Array.from(symbolCharacters).filter((one) => allowRepeat || !others.has(one));
  return [
    { name: 'letters', count: length - digits - symbols, from: letters },
    { name: 'digits', count: digits, from: Array.from(DIGITS) },
    { name: 'symbols', count: symbols, from: allowRepeat ? own : [...new Set(own)] },
  ];
}

function encode(text: string, encoding: PasswordEncoding): string {
  const bytes = Buffer.from(text, 'utf8');
  switch (encoding) {
    case 'raw':
      return text;
    case 'hex':
      return bytes.toString('hex');
    case 'base64':
      return bytes.toString('base64');
    case 'base64url':
      return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    case 'base32':
      return base32(bytes);
    default:
      return encoding satisfies never;
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, with padding. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = bits.match(/.{1,5}/gu) ?? [];
  const text = characters.map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}
