/** Characters and shapes that the lexer tells apart. Source of the rules: Go text/template/parse. */
import { NO_FLAGS } from '../fmt/flags.ts';
import { formatInteger } from '../fmt/number.ts';
import type { GoString } from '../values.ts';

/** A sign, digits in some base, a fraction and an exponent, an `i`: whether it is a number is found out later. */
export const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;

const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}_]$/u;

export function isAlphaNumeric(code: number): boolean {
  if (code < 0x80) return isDigit(code) || code === 0x5f || ((code | 0x20) - 0x61 < 26 && (code | 0x20) >= 0x61);
  return LETTER_OR_DIGIT.test(String.fromCodePoint(code));
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Blank, tab, carriage return and newline; no other white space counts. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

/** `U+0040 '@'`. */
export function nameOf(code: number): GoString {
  return formatInteger(BigInt(code), true, 'U', { ...NO_FLAGS, sharp: true }) ?? '';
}
