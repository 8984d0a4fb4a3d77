/** The text of one manifest file, or of another text file that somebody named. */
import type { Problem } from '../../core/model/problem.ts';
import { ofStream, readAtMost } from './bounded-bytes.ts';
import { fileProblem, unreadable } from './file-problem.ts';

export const LARGEST_BYTES = 10_000_000;
/** By so much may be exceeded what is read of a file whose size nobody knows. */
const CHUNK_BYTES = 1_000_000;

/** The path of a file, or of a pipe (`<(…)`, `/dev/stdin`, a FIFO). */
export async function readText(file: string): Promise<string | Problem> {
  try {
    const read = await readAtMost(file, LARGEST_BYTES);
    if (read instanceof Uint8Array) return decode(file, read);
    return read.reason === 'no-file' ? noFile(file) : tooLarge(file, read.bytes);
  } catch (error) {
    return unreadable(file, error);
  }
}

/** To its end, or to a little more than a manifest may have. */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return await ofStream(stream, LARGEST_BYTES);
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
