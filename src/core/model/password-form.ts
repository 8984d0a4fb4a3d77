/**
 * What a password is made of. ESO 2.9 with go-password: exact counts of letters, digits and symbols.
 *
 * | what is asked for                             | go-password                 | here        |
 * | --------------------------------------------- | --------------------------- | ----------- |
 * | more digits and symbols than characters       | an error                    | the same    |
 * | more of one sort than there is, no repetition | an error                    | the same    |
 * | a symbol that is written twice, or a letter   | may go on drawing for ever  | that error  |
 */
import type { PasswordSpec } from './generator.ts';

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

/** In the order in which they are drawn. A symbol that is a letter or a digit as well might be used up before. */
export function sortsOf({
  length,
  digits,
  symbols,
  symbolCharacters,
  noUpper,
  allowRepeat,
}: PasswordForm): readonly Sort[] {
  const letters = Array.from(noUpper ? LOWER : LOWER + UPPER);
  const others = new Set([...letters, ...new Set(DIGITS)]);
  const own = Array.from(symbolCharacters).filter((one) => allowRepeat || !others.has(one));
  return [
    { name: 'letters', count: length - digits - symbols, from: letters },
    { name: 'digits', count: digits, from: Array.from(DIGITS) },
    { name: 'symbols', count: symbols, from: allowRepeat ? own : [...new Set(own)] },
  ];
}
