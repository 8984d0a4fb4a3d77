/** Go's quoted literals, out of bytes. Source of the rules: Go strconv. */
import type { GoString } from '../values.ts';
import { encodeRune, isPrintable, RUNE_ERROR, runeAt, runesOf } from '../utf8.ts';

/** Go: strconv.Quote. Bytes that are no UTF-8 become `\xNN`, unprintable runes `\uNNNN`. */
export function quote(text: GoString): GoString {
  return quoteWith(text, '"', isPrintable);
}

/** Go: strconv.QuoteToASCII. */
export function quoteToAscii(text: GoString): GoString {
  return quoteWith(text, '"', (code) => code < 0x80 && isPrintable(code));
}

/** Go: strconv.QuoteRune. */
export function quoteRune(code: number): GoString {
  return `'${escapeRune(validRune(code), "'", isPrintable)}'`;
}

/** Go: strconv.QuoteRuneToASCII. */
export function quoteRuneToAscii(code: number): GoString {
  return `'${escapeRune(validRune(code), "'", (rune) => rune < 0x80 && isPrintable(rune))}'`;
}

/** Go: strconv.CanBackquote, valid UTF-8 without control characters other than tab, backquotes and byte order marks. */
export function canBackquote(text: GoString): boolean {
  for (const { code, width } of runesOf(text)) {
    const isControl = (code < 0x20 && code !== 0x09) || code === 0x7f;
    if (isControl || code === 0x60 || code === 0xfeff || (code === RUNE_ERROR && width === 1)) return false;
  }
  return true;
}

function validRune(code: number): number {
  return code > 0x10ffff || code < 0 || (code >= 0xd800 && code <= 0xdfff) ? RUNE_ERROR : code;
}

function quoteWith(text: GoString, mark: string, isPlain: (code: number) => boolean): GoString {
  const parts: GoString[] = [mark];
  for (let at = 0; at < text.length;) {
    const { code, width } = runeAt(text, at);
    const isInvalid = code === RUNE_ERROR && width === 1;
    parts.push(isInvalid ? `\\x${hex(text.charCodeAt(at), 2)}` : escapeRune(code, mark, isPlain));
    at += width;
  }
  parts.push(mark);
  return parts.join('');
}

const SHORT: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
]);

function escapeRune(code: number, mark: string, isPlain: (code: number) => boolean): GoString {
  if (code === mark.charCodeAt(0) || code === 0x5c) return `\\${String.fromCharCode(code)}`;
  if (isPlain(code)) return encodeRune(code);
  const short = SHORT.get(code);
  if (short !== undefined) return short;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
