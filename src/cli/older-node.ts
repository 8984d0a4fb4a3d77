/**
 * What the client of Kubernetes takes for granted and Node 20 does not have. Imported before everything else.
 *
 * undici 8 binds zlib's Zstandard decompressor as it is loaded. No API server is asked for that encoding, and one that
 * used it all the same would be told to be unreadable. It marks its objects as such that no other thread can be sent;
 * nobody here sends any. And it makes its promises with `withResolvers`.
 */
import threads from 'node:worker_threads';
import zlib from 'node:zlib';

fill(zlib, 'createZstdDecompress', () => {
  throw new Error('this Node has no Zstandard');
});
fill(threads, 'markAsUncloneable', () => undefined);
fill(Promise, 'withResolvers', () => {
  let resolve, reject;
  const promise = new Promise((resolved, rejected) => {
    [resolve, reject] = [resolved, rejected];
  });
  return { promise, resolve, reject };
});

function fill(lacking: object, name: string, stand: () => unknown): void {
  const there = lacking as Record<string, unknown>;
  there[name] ??= stand;
}
