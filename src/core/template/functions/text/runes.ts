/** Go strings as code points: cutting them up and putting them together. */
import { encodeRune, runeAt, runesOf } from '../../utf8.ts';
import type { GoString } from '../../values.ts';

const ASCII = /^[\0-\x7f]*$/;

export function isAscii(text: GoString): boolean {
  return ASCII.test(text);
}

/** Cuts a string into its code points, each as its bytes. Bytes that are no UTF-8 stay as they are, one by one. */
export function splitRunes(text: GoString): readonly GoString[] {
  if (isAscii(text)) return text.split('');
  const parts: GoString[] = [];
  for (let at = 0; at < text.length;) {
    const { width } = runeAt(text, at);
    parts.push(text.slice(at, at + width));
    at += width;
  }
  return parts;
}

/** The code point of one part of `splitRunes`; U+FFFD for a byte that is no UTF-8. */
export function codeOf(part: GoString): number {
  return runeAt(part, 0).code;
}

/** The code points of a string, as Go ranges over it. */
export function codesOf(text: GoString): readonly number[] {
  return Array.from(runesOf(text), ({ code }) => code);
}

/** The UTF-8 of code points; what is none (a surrogate) becomes U+FFFD. */
export function fromCodes(codes: readonly number[]): GoString {
  return codes.map(encodeRune).join('');
}

/** The text that Go sees in these bytes, with U+FFFD where Go has it. */
export function textOf(text: GoString): string {
  return isAscii(text)
    ? text
    : codesOf(text)
        .map((code) => String.fromCodePoint(code))
        .join('');
}

/** unicode.IsSpace. JavaScript's `\s` has U+FEFF too and lacks U+0085. */
export function isSpace(code: number): boolean {
  if (code <= 0xff) return (code >= 9 && code <= 13) || code === 0x20 || code === 0x85 || code === 0xa0;
  return /\s/u.test(String.fromCodePoint(code)) && code !== 0xfeff;
}
