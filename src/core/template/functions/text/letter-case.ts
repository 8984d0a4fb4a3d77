/**
 * Upper, lower and title case as Go's unicode package has them: one code point for one code point, of Unicode 15.
 *
 * JavaScript maps some letters to several (`ß` to `SS`), and knows letters that came later. Measured over all code
 * points against Go 1.26: with the exceptions below the two agree.
 */
import { encodeRune } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import { codesOf } from './runes.ts';

/** Letters with case that came after Unicode 15. To Go they are no letters, and nothing maps to them. */
const LATER =
  /^[\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\u{10d50}-\u{10d65}\u{10d70}-\u{10d85}\u{16ea0}-\u{16ed3}]$/u;
/** Greek letters with iota: JavaScript maps them to two letters, Go to the one that is title case in Unicode. */
const WITH_IOTA = /^[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7]$/u;
const WITH_IOTA_ALONE = [0x1fb3, 0x1fc3, 0x1ff3];
const DOTTED_I = 0x130;
/** Upper, title and lower case of the digraphs, which have three cases. */
const DIGRAPHS: readonly (readonly [upper: number, title: number, lower: number])[] = [
  [0x1c4, 0x1c5, 0x1c6],
  [0x1c7, 0x1c8, 0x1c9],
  [0x1ca, 0x1cb, 0x1cc],
  [0x1f1, 0x1f2, 0x1f3],
];
/** Georgian has upper case letters, but is not written with a capital in the beginning. */
const GEORGIAN = /^[\u10d0-\u10fa\u10fd-\u10ff]$/u;

/** unicode.ToUpper. */
export function toUpper(rune: number): number {
  const letter = String.fromCodePoint(rune);
  if (WITH_IOTA.test(letter)) return rune + 8;
  if (WITH_IOTA_ALONE.includes(rune)) return rune + 9;
  return onlyOne(rune, letter.toUpperCase());
}

/** unicode.ToLower. */
export function toLower(rune: number): number {
  return rune === DOTTED_I ? 0x69 : onlyOne(rune, String.fromCodePoint(rune).toLowerCase());
}

/** unicode.ToTitle. */
export function toTitle(rune: number): number {
  const digraph = DIGRAPHS.find((cases) => cases.includes(rune));
  if (digraph !== undefined) return digraph[1];
  return GEORGIAN.test(String.fromCodePoint(rune)) ? rune : toUpper(rune);
}

function onlyOne(rune: number, mapped: string): number {
  const result = mapped.codePointAt(0) ?? rune;
  const isOne = mapped.length === (result > 0xffff ? 2 : 1);
  return isOne && !LATER.test(mapped) && !LATER.test(String.fromCodePoint(rune)) ? result : rune;
}

export function isUpper(rune: number): boolean {
  return hasProperty(rune, /^\p{Lu}$/u);
}

export function isLower(rune: number): boolean {
  return hasProperty(rune, /^\p{Ll}$/u);
}

export function isTitle(rune: number): boolean {
  return hasProperty(rune, /^\p{Lt}$/u);
}

export function isLetter(rune: number): boolean {
  return hasProperty(rune, /^\p{L}$/u);
}

export function isDigit(rune: number): boolean {
  return hasProperty(rune, /^\p{Nd}$/u);
}

export function isNumber(rune: number): boolean {
  return hasProperty(rune, /^\p{N}$/u);
}

export function isPunctuation(rune: number): boolean {
  return hasProperty(rune, /^\p{P}$/u);
}

function hasProperty(rune: number, property: RegExp): boolean {
  const letter = String.fromCodePoint(rune);
  return property.test(letter) && !LATER.test(letter);
}

/** strings.Map: bytes that are no UTF-8 come out as U+FFFD. */
export function mapRunes(text: GoString, map: (rune: number) => number): GoString {
  return codesOf(text)
    .map((code) => encodeRune(map(code)))
    .join('');
}
