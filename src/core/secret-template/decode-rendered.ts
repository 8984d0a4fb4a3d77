/** `templateFrom[].valuesDecodingStrategy`, for each rendered value and never for a key. */
import type { DecodingStrategy } from '../model/intent.ts';
import { fromBytes, toBytes, type GoString } from '../template/values.ts';
import { decode } from '../transform/decode.ts';

/** The decoded bytes, or half a sentence that tells a place and never the text. */
export function decodeRendered(
  bytes: GoString,
  strategy: DecodingStrategy,
): { readonly bytes: GoString } | { readonly reason: string } {
  const result = decode(toBytes(bytes), strategy);
  return result.kind === 'decoded' ? { bytes: fromBytes(result.bytes) } : { reason: result.reason };
}
