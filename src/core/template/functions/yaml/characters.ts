/**
 * The classes of characters that YAML 1.1 speaks of, as go-yaml asks for them: at a byte of a Go string. The end of the
 * text counts as a NUL, which no YAML text may hold.
 */
import type { GoString } from '../../values.ts';

/** Bytes of the character that a byte starts; 0 when it can start none. */
export function widthOf(byte: number): 0 | 1 | 2 | 3 | 4 {
  if (byte < 0x80) return 1;
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 0;
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** CR, LF, NEL, LS or PS. */
export function isBreak(text: GoString, at: number): boolean {
  const byte = text.charCodeAt(at);
  if (byte === 0x0a || byte === 0x0d) return true;
  if (byte === 0xc2) return text.charCodeAt(at + 1) === 0x85;
  return byte === 0xe2 && isSeparator(text, at);
}

/** LS or PS, the breaks that YAML keeps as they are. */
function isSeparator(text: GoString, at: number): boolean {
  const third = text.charCodeAt(at + 2);
  return text.charCodeAt(at + 1) === 0x80 && (third === 0xa8 || third === 0xa9);
}

/** What a break stands for in a value. */
export function breakText(text: GoString, at: number): GoString {
  return text.charCodeAt(at) === 0xe2 ? text.slice(at, at + 3) : '\n';
}

/** A letter, a digit, `_` or `-`. */
export function isWordByte(byte: number): boolean {
  return (
    isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || byte === 0x2d
  );
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** What may stand unescaped in what is written. go-yaml: nothing beyond U+FFFF, and no byte order mark. */
export function isPrintable(code: number): boolean {
  if (code < 0xa0) return code === 0x0a || (code >= 0x20 && code <= 0x7e);
  return code <= 0xfffd && code !== 0xfeff && !(code >= 0xd800 && code < 0xe000);
}

/** What may stand in what is read. */
export function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  if (code < 0xa0) return code <= 0x7e || code === 0x85;
  return !(code >= 0xd800 && code < 0xe000) && code !== 0xfffe && code !== 0xffff && code <= 0x10ffff;
}
