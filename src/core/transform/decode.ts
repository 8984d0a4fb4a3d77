/**
 * `decodingStrategy`: from base64 to bytes.
 *
 * ESO 2.9, which is Go's encoding/base64: padding is mandatory, CR and LF are passed over anywhere, every other
 * foreign character is an error, bits that are left over are dropped. `Auto` takes any text that happens to be valid:
 * `test` and `1234` become binary.
 */
import type { DecodingStrategy } from '../model/intent.ts';

type Alphabet = 'base64' | 'base64url';

const FOREIGN: Readonly<Record<Alphabet, RegExp>> = { base64: /[^A-Za-z0-9+/=]/, base64url: /[^A-Za-z0-9\-_=]/ };
const SHAPE = /^(?:[^=]{4})*(?:[^=]{2}==|[^=]{3}=)?$/;

export type DecodeResult =
  | { readonly kind: 'decoded'; readonly bytes: Uint8Array }
  /** Half a sentence that tells a place or a length and never the text. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Decodes a value. */
export function decode(bytes: Uint8Array, strategy: DecodingStrategy): DecodeResult {
  switch (strategy) {
    case 'None':
      return { kind: 'decoded', bytes };
    case 'Base64':
      return decodeAlphabet(bytes, 'base64');
    case 'Base64URL':
      return decodeAlphabet(bytes, 'base64url');
    case 'Auto':
      return decodeAuto(bytes);
    default:
      return strategy satisfies never;
  }
}

function decodeAuto(bytes: Uint8Array): DecodeResult {
  for (const alphabet of ['base64', 'base64url'] as const) {
    const result = decodeAlphabet(bytes, alphabet);
    if (result.kind === 'decoded') return result;
  }
  return { kind: 'decoded', bytes };
}

function decodeAlphabet(bytes: Uint8Array, alphabet: Alphabet): DecodeResult {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = lines.replace(/[\r\n]/g, '');
  const foreign = text.search(FOREIGN[alphabet]);
  if (foreign >= 0) return { kind: 'refused', reason: `character ${foreign + 1} does not belong to it` };
  if (!SHAPE.test(text)) return { kind: 'refused', reason: 'its padding is missing or wrong' };
  return { kind: 'decoded', bytes: new Uint8Array(Buffer.from(text, alphabet)) };
}
