/**
 * Files that are written whole or not at all, and never over a change that nobody saw.
 *
 * Lock-free: a new file is linked into place, which fails when the name is taken; an existing one is compared with
 * what was read immediately before the rename. Between these two steps another process can still slip in; a rename
 * that depends on the content does not exist in POSIX. Every failure of the file system becomes a PortError.
 */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PortError, type PortErrorKind } from '../../ports/errors.ts';
import { errorCode } from './error-code.ts';
import { assertNoLink, makeFoldersOf, openFile, pathOf, type FileInFolder } from './no-links.ts';

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
export async function readText(at: FileInFolder): Promise<string | undefined> {
  try {
    return await untilFree(() => readOpened(at));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw toPortError(error, pathOf(at));
  }
}

/** More than any list of Secrets, or the state of the largest folder. */
const LARGEST_BYTES = 64 * 1024 * 1024;

async function readOpened(at: FileInFolder): Promise<string> {
  const handle = await openFile(at);
  try {
    const { size } = await handle.stat();
    if (size > LARGEST_BYTES) throw tooLarge(pathOf(at), size);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function tooLarge(path: string, bytes: number): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `file ${path} has ${bytes} bytes, more than the ${LARGEST_BYTES} that a file of the folder may have`,
    fix: 'Move it away.',
  });
}

/**
 * Changes whenever the file does; `undefined` when there is none. At once: a walk asks for each file of a folder, and
 * a question that waits for an answer costs ten times as much as the answer.
 */
export function stampOf(at: FileInFolder): string | undefined {
  try {
    const { ino, size, mtimeNs, ctimeNs } = lstatSync(pathOf(at), { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join('-');
  } catch {
    return undefined;
  }
}

/** False when the name is taken already. */
export async function createFile(at: FileInFolder, content: FileContent): Promise<boolean> {
  return await withTemporary(at, content, async (temporary) => {
    try {
      await assertNoLink(at);
      await link(temporary, pathOf(at));
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  });
}

/** False when the file no longer holds what was read. */
export async function replaceFile(at: FileInFolder, content: FileContent, readHash: string): Promise<boolean> {
  return await withTemporary(at, content, async (temporary) => {
    if (!(await holds(at, readHash))) return false;
    await untilFree(() => rename(temporary, pathOf(at)));
    return true;
  });
}

/** False when the file no longer holds what was read; a file that is gone already counts as removed. */
export async function removeFile(at: FileInFolder, readHash: string): Promise<boolean> {
  const path = pathOf(at);
  const text = await readText(at);
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

const ADVICE: Readonly<Record<string, readonly [PortErrorKind, string]>> = {
  EACCES: ['Forbidden', 'Give the current user the right to read and write it.'],
  EPERM: ['Forbidden', 'Give the current user the right to read and write it.'],
  EROFS: ['Forbidden', 'The file system is read-only. Choose another folder.'],
  ENAMETOOLONG: ['Invalid', 'The name of the object is too long for a file. Choose one of at most 240 characters.'],
  ENOENT: ['Invalid', 'Its folder cannot be made there. Choose another folder.'],
  ENOTDIR: ['Invalid', 'A file stands where a folder is needed. Move it away.'],
  EISDIR: ['Invalid', 'A folder stands where a file is needed. Move it away.'],
  ENOSPC: ['Unavailable', 'The disk is full. Make room and run again.'],
};

async function withTemporary(
  at: FileInFolder,
  content: FileContent,
  place: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const path = pathOf(at);
  const temporary = join(dirname(path), `.keyferry-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await makeFoldersOf(at);
    await writeFile(temporary, content.text, { mode: content.mode, flag: 'wx' });
    return await place(temporary);
  } catch (error) {
    throw toPortError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function holds(at: FileInFolder, hash: string): Promise<boolean> {
  const text = await readText(at);
  return text !== undefined && contentHash(text) === hash;
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errorCode(error));
}
