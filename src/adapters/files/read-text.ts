/**
 * The text of one manifest file, never more of it than a manifest may have: what a file system says about sizes is not
 * trusted. Pipes are read without blocking a thread, so that a signal ends a run that waits for one.
 */
import { constants, openSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Problem } from '../../core/model/problem.ts';
import { fileProblem, unreadable } from './file-problem.ts';

const LARGEST_BYTES = 10_000_000;
const CHUNK_BYTES = 1_000_000;

/** The path of a file, or of a pipe (`<(…)`, `/dev/stdin`, a FIFO). */
export async function readText(file: string): Promise<string | Problem> {
  try {
    const found = await stat(file);
    if (found.isFIFO()) return await readPipe(file);
    if (!found.isFile()) return noFile(file);
    return found.size > LARGEST_BYTES ? tooLarge(file, found.size) : await readFile(file);
  } catch (error) {
    return unreadable(file, error);
  }
}

async function readFile(file: string): Promise<string | Problem> {
  const handle = await open(file, 'r');
  try {
    return decode(file, await bytesOf(handle));
  } finally {
    await handle.close();
  }
}

/** A little more than may be, at most. */
async function bytesOf(handle: FileHandle): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= LARGEST_BYTES) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** Opened so, a pipe that nobody writes into yet does not hold a thread, which no signal would end. */
async function readPipe(file: string): Promise<string | Problem> {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  return decode(file, await readStream(new Socket({ fd, readable: true, writable: false })));
}

/** To its end, or to a little more than a manifest may have. */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > LARGEST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** A byte order mark is dropped; Windows line ends become plain ones, which keeps the line numbers. */
export function decode(file: string, bytes: Uint8Array): string | Problem {
  if (bytes.byteLength > LARGEST_BYTES) return tooLarge(file, bytes.byteLength);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    return notUtf8(file, bytes);
  }
}

/** PowerShell 5 writes UTF-16 with `>`; `Out-File -Encoding utf8` is what it has for manifests. */
function notUtf8(file: string, bytes: Uint8Array): Problem {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16) return fileProblem('manifest-not-utf8', `${file} is not UTF-8 text`, 'Save it as UTF-8.');
  const fix = 'Save it as UTF-8; in Windows PowerShell: … | Out-File -Encoding utf8 FILE.';
  return fileProblem('manifest-not-utf8', `${file} is UTF-16 text, as Windows PowerShell writes it with >`, fix);
}

function tooLarge(file: string, bytes: number): Problem {
  const many = bytes > LARGEST_BYTES + CHUNK_BYTES ? `${bytes} bytes, more` : 'more bytes';
  const what = `${file} has ${many} than the ${LARGEST_BYTES} that a manifest may have`;
  return fileProblem('manifest-too-large', what, 'Split it, or check that it is a manifest.');
}

function noFile(file: string): Problem {
  const fix = 'Name a file or a folder; - is standard input.';
  return fileProblem('manifest-no-file', `${file} is a device or socket, which is not read`, fix);
}
