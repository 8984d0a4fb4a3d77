/** How the engine is made small enough for a ConfigMap. */
import { brotliCompressSync, constants } from 'node:zlib';
import type { Engine } from '../core/deploy/engine-config.ts';

/**
 * Brotli: an eighth smaller than gzip, and what unpacks it is in every Node. The highest quality would take ten seconds
 * of each deployment for another tenth. The same engine has the same bytes on every system, and so one digest.
 */
export function packEngine(program: Uint8Array): Engine {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: program.length,
  };
  return { packed: brotliCompressSync(program, { params }) };
}
