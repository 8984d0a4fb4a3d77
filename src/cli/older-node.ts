/**
 * What the client of Kubernetes takes for granted and Node 20 does not have. Imported before everything else.
 *
 * undici 8 binds zlib's Zstandard decompressor as it is loaded. No API server is asked for that encoding, and one that
 * used it all the same would be told to be unreadable. Its objects say that they are not to be cloned to a worker: there
 * is none.
 */
import worker from 'node:worker_threads';
import zlib from 'node:zlib';
import { deferred } from '../adapters/transport/deferred.ts';

function add(to: unknown, name: string, stand: () => unknown): void {
  (to as Record<string, unknown>)[name] ??= stand;
}

add(Promise, 'withResolvers', deferred);
add(worker, 'markAsUncloneable', () => {});
add(zlib, 'createZstdDecompress', () => {
  throw new Error('this Node has no Zstandard');
});
