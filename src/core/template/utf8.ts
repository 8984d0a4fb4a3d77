/** Reading UTF-8 out of Go strings, rune by rune, as Go does: a byte that starts nothing valid is one U+FFFD. */
import type { GoString } from './values.ts';

export const RUNE_ERROR = 0xfffd;

export interface Rune {
  /** The code point; U+FFFD with a width of 1 for a byte that is no UTF-8. */
  readonly code: number;
  /** In bytes. */
  readonly width: number;
}

const INVALID: Rune = { code: RUNE_ERROR, width: 1 };

/** The rune that starts at a byte, which must exist. Go: unicode/utf8.DecodeRuneInString. */
export function runeAt(text: GoString, at: number): Rune {
  const first = text.charCodeAt(at);
  if (first < 0x80) return { code: first, width: 1 };
  if (first < 0xc2 || first > 0xf4) return INVALID;
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0xff >> (width + 1));
  for (let offset = 1; offset < width; offset += 1) {
    const next = text.charCodeAt(at + offset);
    if (!(next >= 0x80 && next < 0xc0)) return INVALID;
    code = (code << 6) | (next & 0x3f);
  }
  return isValid(code, width) ? { code, width } : INVALID;
}

function isValid(code: number, width: number): boolean {
  if (width === 2) return true;
  if (width === 3) return code >= 0x800 && (code < 0xd800 || code > 0xdfff);
  return code >= 0x10000 && code <= 0x10ffff;
}

/** All runes of a text in order. Go: `for _, r := range text`. */
export function* runesOf(text: GoString): Generator<Rune, void> {
  for (let at = 0; at < text.length;) {
    const rune = runeAt(text, at);
    yield rune;
    at += rune.width;
  }
}

/** Go: unicode/utf8.RuneCountInString. */
export function countRunes(text: GoString): number {
  let count = 0;
  for (let at = 0; at < text.length; count += 1) at += text.charCodeAt(at) < 0x80 ? 1 : runeAt(text, at).width;
  return count;
}

/** The bytes of a code point; those of U+FFFD for what is none. Go: unicode/utf8.AppendRune. */
export function encodeRune(code: number): GoString {
  if (code >= 0 && code < 0x80) return String.fromCharCode(code);
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return Buffer.from(String.fromCodePoint(valid ? code : RUNE_ERROR), 'utf8').toString('latin1');
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go: unicode.IsPrint, letters, marks, numbers, punctuation, symbols and the blank. */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  return code <= 0x10ffff && PRINTABLE.test(String.fromCodePoint(code));
}
