/**
 * Base64 and base32 in Go's standard alphabets, with Go's verdicts: line breaks are passed over, everything else must
 * fit, padding included. JavaScript's own decoders take almost anything.
 */
import type { GoString } from '../../values.ts';

const BASE64 = /[A-Za-z0-9+/]/;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface Decoded {
  readonly text: GoString;
  /** Where Go's error text puts the fault, in bytes of the input; `undefined` when there is none. */
  readonly errorAt: number | undefined;
}

export function encodeBase64(text: GoString): GoString {
  return Buffer.from(text, 'latin1').toString('base64');
}

/** encoding/base64 StdEncoding. */
export function decodeBase64(text: GoString): Decoded {
  const errorAt = findBase64Fault(text);
  return { text: Buffer.from(text, 'base64').toString('latin1'), errorAt };
}

/** Base64 has groups of four; a group that the end cuts short is faulty from its beginning. */
function findBase64Fault(text: GoString): number | undefined {
  let groupLength = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? '';
    if (byte === '\n' || byte === '\r') continue;
    if (byte === '=') return findPaddingFault(text, at, groupLength);
    if (!BASE64.test(byte)) return at;
    groupLength = (groupLength + 1) % 4;
  }
  return groupLength === 0 ? undefined : text.length - groupLength;
}

/** The padding of the last group is `=` after three characters, `==` after two, and then only line breaks. */
function findPaddingFault(text: GoString, at: number, groupLength: number): number | undefined {
  if (groupLength < 2) return at;
  let next = at + 1;
  if (groupLength === 2) {
    next = skipLineBreaks(text, next);
    if (next === text.length) return text.length;
    if (text[next] !== '=') return next - 1;
    next++;
  }
  const end = skipLineBreaks(text, next);
  return end < text.length ? end : undefined;
}

function skipLineBreaks(text: GoString, start: number): number {
  let at = start;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/** encoding/base32 StdEncoding. */
export function encodeBase32(text: GoString): GoString {
  const digits = toBits(text, 8).match(/.{1,5}/g) ?? [];
  const letters = digits.map((bits) => BASE32[parseInt(bits.padEnd(5, '0'), 2)] ?? '');
  return letters.join('') + '='.repeat(-letters.length & 7);
}

/** encoding/base32 StdEncoding. Only after padding that is long enough Go looks at nothing more. */
export function decodeBase32(withLineBreaks: GoString): Decoded {
  const text = withLineBreaks.replace(/[\r\n]/g, '');
  const { length, errorAt } = measureBase32(text);
  const bits = Array.from(text.slice(0, length))
    .map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  return { text: String.fromCharCode(...bytes), errorAt };
}

/** How many letters carry data, and where Go sees a fault. Groups have eight letters; 1, 3 or 6 in one make no byte. */
function measureBase32(text: GoString): { readonly length: number; readonly errorAt: number | undefined } {
  for (let at = 0; at < text.length; at++) {
    const groupLength = at % 8;
    const left = text.length - at - 1;
    if (text[at] === '=' && groupLength >= 2 && left < 8) return { length: at, errorAt: base32Padding(text, at) };
    if (!BASE32.includes(text[at] ?? '')) return { length: at, errorAt: at };
  }
  const groupLength = text.length % 8;
  return { length: text.length, errorAt: groupLength === 0 ? undefined : text.length - groupLength };
}

function base32Padding(text: GoString, at: number): number | undefined {
  const groupLength = at % 8;
  if (text.length - at - 1 + groupLength < 7) return text.length;
  for (let next = at + 1; next < at + 8 - groupLength; next++) if (text[next] !== '=') return next - 1;
  return groupLength === 3 || groupLength === 6 ? at : undefined;
}

function toBits(text: GoString, width: number): string {
  return Array.from(text)
    .map((byte) => byte.charCodeAt(0).toString(2).padStart(width, '0'))
    .join('');
}
