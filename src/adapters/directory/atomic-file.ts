/**
 * Files that are written whole or not at all, and never over a change that nobody saw.
 *
 * Lock-free: a new file is linked into place, which fails when the name is taken; an existing one is compared with
 * what was read immediately before the rename. Between these two steps another process can still slip in; a rename
 * that depends on the content does not exist in POSIX. Every failure of the file system becomes a PortError.
 */
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PortError, type PortErrorKind } from '../../ports/errors.ts';

export interface FileContent {
  readonly text: string;
  /** The mode of a new inode; a replaced file gets it too. */
  readonly mode: number;
}

/** Equal exactly for equal content: the resourceVersion of what a file holds. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** `undefined` = there is no such file. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await untilFree(() => readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw toPortError(error, path);
  }
}

/** Changes whenever the file does; `undefined` when there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join('-');
  } catch {
    return undefined;
  }
}

/** False when the name is taken already. */
export async function createFile(path: string, content: FileContent): Promise<boolean> {
  return await withTemporary(path, content, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  });
}

/** False when the file no longer holds what was read. */
export async function replaceFile(path: string, content: FileContent, readHash: string): Promise<boolean> {
  return await withTemporary(path, content, async (temporary) => {
    if (!(await holds(path, readHash))) return false;
    await untilFree(() => rename(temporary, path));
    return true;
  });
}

/** False when the file no longer holds what was read; a file that is gone already counts as removed. */
export async function removeFile(path: string, readHash: string): Promise<boolean> {
  const text = await readText(path);
  if (text === undefined) return true;
  if (contentHash(text) !== readHash) return false;
  try {
    await untilFree(() => rm(path, { force: true }));
  } catch (error) {
    throw toPortError(error, path);
  }
  return true;
}

/** Half a second in all: what has a file open lets it go soon, or not at all. */
const PAUSES_MS = process.platform === 'win32' ? [5, 15, 30, 60, 120, 250] : [];

/**
 * Windows refuses to replace, remove or open a file while somebody else (a reader, a virus scanner) has it in a way that
 * does not allow that. On other systems the same codes mean a lack of rights, and waiting would not help.
 */
export async function untilFree<T>(act: () => Promise<T>, pausesMs: readonly number[] = PAUSES_MS): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await act();
    } catch (error) {
      if (!isCode(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
    }
    await wait(pauseMs);
  }
  return await act();
}

export function toPortError(error: unknown, path: string): PortError {
  if (error instanceof PortError) return error;
  const code = errorCode(error);
  const [kind, fix] = ADVICE[code] ?? (['Unavailable', 'Check the disk and run again.'] as const);
  return new PortError({ kind, what: `file ${path} could not be used (${code})`, fix, code, cause: error });
}

/** `ENOENT` and the like; '' for an error that is not the system's. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

const ADVICE: Readonly<Record<string, readonly [PortErrorKind, string]>> = {
  EACCES: ['Forbidden', 'Give the current user the right to read and write it.'],
  EPERM: ['Forbidden', 'Give the current user the right to read and write it.'],
  EROFS: ['Forbidden', 'The file system is read-only. Choose another folder.'],
  ENAMETOOLONG: ['Invalid', 'The name of the object is too long for a file. Choose one of at most 240 characters.'],
  ENOTDIR: ['Invalid', 'A file stands where a folder is needed. Move it away.'],
  EISDIR: ['Invalid', 'A folder stands where a file is needed. Move it away.'],
  ENOSPC: ['Unavailable', 'The disk is full. Make room and run again.'],
};

async function withTemporary(
  path: string,
  content: FileContent,
  place: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const temporary = join(dirname(path), `.keyferry-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content.text, { mode: content.mode, flag: 'wx' });
    return await place(temporary);
  } catch (error) {
    throw toPortError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function holds(path: string, hash: string): Promise<boolean> {
  const text = await readText(path);
  return text !== undefined && contentHash(text) === hash;
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errorCode(error));
}
