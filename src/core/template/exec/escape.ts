/** `html`, `js`, `urlquery`: what they escape, and how they make one text of several operands. Source: Go text/template. */
import type { Printing } from '../runtime.ts';
import { sprint } from '../fmt/printf.ts';
import type { GoString, GoValue } from '../values.ts';
import { encodeRune, isPrintable, runeAt } from '../utf8.ts';

/** One string as it is; other operands as `print` writes them, with `<no value>` for nil. */
export function joinOperands(args: readonly GoValue[], printing: Printing): GoString {
  const [only] = args;
  if (args.length === 1 && typeof only === 'string') return only;
  if (args.includes(null)) printing.printsNil();
  return sprint(
    args.map((arg) => arg ?? '<no value>'),
    printing,
  );
}

const HTML: Readonly<Record<string, string>> = {
  '\0': encodeRune(0xfffd),
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Go: HTMLEscapeString. */
export function escapeHtml(text: GoString): GoString {
  return text.replace(/[\0"'&<>]/g, (character) => HTML[character] ?? character);
}

/** Go: JSEscapeString. */
export function escapeJavaScript(text: GoString): GoString {
  const parts: GoString[] = [];
  for (let at = 0; at < text.length;) {
    const { code, width } = runeAt(text, at);
    parts.push(escapeForJavaScript(code, text.slice(at, at + width)));
    at += width;
  }
  return parts.join('');
}

function escapeForJavaScript(code: number, bytes: GoString): GoString {
  if (code >= 0x80) return isPrintable(code) ? bytes : unicodeEscape(code);
  if (bytes === '\\' || bytes === "'" || bytes === '"') return `\\${bytes}`;
  return code < 0x20 || '<>&='.includes(bytes) ? unicodeEscape(code) : bytes;
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Go: net/url.QueryEscape. */
export function escapeQuery(text: GoString): GoString {
  return text.replace(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
