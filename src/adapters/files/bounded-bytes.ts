/**
 * The bytes of a file that somebody named, never more of them than was agreed: what a file system says about sizes is
 * not trusted. Pipes are read without blocking a thread, so that a signal ends a run that waits for one.
 */
import { constants, openSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';

const CHUNK_BYTES = 1_000_000;

/** Why nothing was read: it is a device or socket, or holds at least so many bytes, which is more than may be. */
export type NotRead = { readonly reason: 'no-file' } | { readonly reason: 'too-large'; readonly bytes: number };

/** The path of a file, or of a pipe (`<(…)`, `/dev/stdin`, a FIFO). Rejects as the file system does. */
export async function readAtMost(path: string, largestBytes: number): Promise<Uint8Array | NotRead> {
  const found = await stat(path);
  // A folder is for the file system to refuse, by its own name for that.
  if (!found.isFIFO() && !found.isFile() && !found.isDirectory()) return { reason: 'no-file' };
  if (found.size > largestBytes) return { reason: 'too-large', bytes: found.size };
  const bytes = found.isFIFO() ? await ofPipe(path, largestBytes) : await ofFile(path, largestBytes);
  return bytes.byteLength > largestBytes ? { reason: 'too-large', bytes: bytes.byteLength } : bytes;
}

async function ofFile(path: string, largestBytes: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    return await ofHandle(handle, largestBytes);
  } finally {
    await handle.close();
  }
}

/** A little more than may be, at most. */
async function ofHandle(handle: FileHandle, largestBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= largestBytes) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** Opened so, a pipe that nobody writes into yet does not hold a thread, which no signal would end. */
async function ofPipe(path: string, largestBytes: number): Promise<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return await ofStream(new Socket({ fd, readable: true, writable: false }), largestBytes);
}

/** To its end, or to a little more than may be. */
export async function ofStream(stream: AsyncIterable<Uint8Array>, largestBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > largestBytes) break;
  }
  return Buffer.concat(chunks);
}
