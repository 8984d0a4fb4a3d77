/**
 * What the client of Kubernetes takes for granted and Node 20 does not have. Imported before everything else.
 *
 * undici 8 binds zlib's Zstandard decompressor as it is loaded. No API server is asked for that encoding, and one that
 * used it all the same would be told to be unreadable.
 */
import zlib from 'node:zlib';

const NAME = 'createZstdDecompress';
const lacking = zlib as unknown as Record<string, unknown>;
lacking[NAME] ??= () => {
  throw new Error('this Node has no Zstandard');
};
