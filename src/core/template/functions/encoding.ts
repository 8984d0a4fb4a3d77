/** Functions for encodings and checksums: base64, base32, hex, SHA, Adler. sprig; hexdec is ESO's addition to it. */
import { hash } from 'node:crypto';
import { declare, type TemplateFunction } from '../function-table.ts';
import { say, shown } from '../message.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { encodeRune, isPrintable } from '../utf8.ts';
import { toBytes, type GoString } from '../values.ts';
import { faultText } from './failing.ts';
import { decodeBase32, decodeBase64, encodeBase32, encodeBase64, type Decoded } from './text/base64.ts';

const encodings: readonly TemplateFunction[] = [
  declare({
    name: 'b64enc',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'A text in base64.',
    example: { template: '{{ b64enc "user:pass" }}', prints: 'dXNlcjpwYXNz' },
    call: (_runtime, text) => encodeBase64(text),
  }),
  declare({
    name: 'b64dec',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'What a base64 text stands for; when it is none, the text of the error.',
    example: { template: '{{ b64dec "dXNlcjpwYXNz" }}', prints: 'user:pass' },
    call: (runtime, text) => textOrFault(runtime, decodeBase64(text), 'base64'),
  }),
  declare({
    name: 'b32enc',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'A text in base32.',
    example: { template: '{{ b32enc "abc" }}', prints: 'MFRGG===' },
    call: (_runtime, text) => encodeBase32(text),
  }),
  declare({
    name: 'b32dec',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'What a base32 text stands for; when it is none, the text of the error.',
    example: { template: '{{ b32dec "MFRGG===" }}', prints: 'abc' },
    call: (runtime, text) => textOrFault(runtime, decodeBase32(text), 'base32'),
  }),
  declare({
    name: 'hexdec',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'What a hexadecimal text stands for; when it is none, the text of the error.',
    example: { template: '{{ hexdec "616263" }}', prints: 'abc' },
    call: (runtime, text) => decodeHex(runtime, text),
  }),
];

function textOrFault(runtime: TemplateRuntime, { text, errorAt }: Decoded, encoding: string): GoString {
  if (errorAt === undefined) return text;
  return faultText(runtime, say`illegal ${shown(encoding)} data at input byte ${shown(errorAt)}`);
}

/** encoding/hex. */
function decodeHex(runtime: TemplateRuntime, text: GoString): GoString {
  const wrong = Array.from(text).findIndex((digit) => !/[0-9a-fA-F]/.test(digit));
  // A lonely last digit is looked at only after all pairs.
  if (wrong >= 0) {
    return faultText(runtime, say`encoding/hex: invalid byte: ${describeByte(text.charCodeAt(wrong))}`);
  }
  if (text.length % 2 === 1) return faultText(runtime, say`encoding/hex: odd length hex string`);
  return Buffer.from(text, 'hex').toString('latin1');
}

/** fmt `%#U`. */
function describeByte(byte: number): GoString {
  const code = `U+${byte.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(byte) ? `${code} '${encodeRune(byte)}'` : code;
}

function sum(name: 'sha1sum' | 'sha256sum' | 'sha512sum', example: string): TemplateFunction {
  const algorithm = name.slice(0, -'sum'.length);
  return declare({
    name,
    signature: 'func(string) string',
    source: 'sprig',
    summary: `The SHA-${algorithm.slice('sha'.length)} of a text in hexadecimal.`,
    example: { template: `{{ ${name} "abc" }}`, prints: example },
    call: (_runtime, text) => hash(algorithm, toBytes(text), 'hex'),
  });
}

const sums: readonly TemplateFunction[] = [
  sum('sha1sum', 'a9993e364706816aba3e25717850c26c9cd0d89d'),
  sum('sha256sum', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'),
  sum(
    'sha512sum',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ),
  declare({
    name: 'adler32sum',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'The Adler-32 checksum of a text, in decimal.',
    example: { template: '{{ adler32sum "abc" }}', prints: '38600999' },
    call: (_runtime, text) => adler32(text).toString(),
  }),
];

/** RFC 1950. */
function adler32(text: GoString): number {
  let a = 1;
  let b = 0;
  for (const byte of toBytes(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

export const encodingFunctions: readonly TemplateFunction[] = [...encodings, ...sums];
