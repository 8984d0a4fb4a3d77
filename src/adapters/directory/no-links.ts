/**
 * Below the folder that was named no link is followed, wherever it leads: whoever can put one there must not choose what
 * is read, written or deleted elsewhere. The folder's own path may hold links; it is the user's.
 *
 * Node cannot open a file relative to a folder that is held open, so every part is looked at before it is used, and what
 * was opened is compared with what then stands there. A link that is put there between the last look and a rename is
 * not seen.
 */
import { say, setting } from '../../core/model/message.ts';
import { constants } from 'node:fs';
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PortError } from '../../ports/errors.ts';
import { errorCode } from './error-code.ts';

/** `file` is relative to the folder, with slashes. */
export interface FileInFolder {
  readonly folder: string;
  readonly file: string;
}

export function pathOf({ folder, file }: FileInFolder): string {
  return join(folder, file);
}

/** Rejects with a PortError where a part of the file's path below the folder is a link. Parts may be missing. */
export async function assertNoLink({ folder, file }: FileInFolder): Promise<void> {
  let path = folder;
  for (const part of file.split('/').filter((one) => one !== '')) {
    path = join(path, part);
    const stats = await statsOf(path);
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) throw isLink(path);
  }
}

/** Not there on Windows, which has no such flags; there the look before and after has to do. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants> & { O_RDONLY: number };

/** Our own writes exchange a file too, twenty at a time: it is opened anew as often before that is told. */
const ATTEMPTS = 20;

/** Open for reading; neither a link, nor a pipe or device, which might never end. Rejects as the file system does. */
export async function openFile(at: FileInFolder): Promise<FileHandle> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openOnce(at);
    } catch (error) {
      const isExchanged = error instanceof PortError && error.kind === 'Conflict';
      if (!isExchanged || attempt === ATTEMPTS) throw error;
    }
  }
}

async function openOnce(at: FileInFolder): Promise<FileHandle> {
  await assertNoLink(at);
  const path = pathOf(at);
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? isLink(path) : error;
  });
  try {
    await assertSame(at, handle);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function assertSame(at: FileInFolder, handle: FileHandle): Promise<void> {
  const opened = await handle.stat({ bigint: true });
  if (!opened.isFile() && !opened.isDirectory()) throw isNoFile(pathOf(at));
  await assertNoLink(at);
  const there = await lstat(pathOf(at), { bigint: true });
  if (there.ino !== opened.ino || there.dev !== opened.dev) throw wasExchanged(pathOf(at));
}

/** Makes the folders that lead to the file, one by one: a recursive `mkdir` of Node never ends in `/proc`. */
export async function makeFoldersOf({ folder, file }: FileInFolder): Promise<void> {
  await makeFolder(folder);
  let path = folder;
  for (const part of file.split('/').slice(0, -1)) {
    path = join(path, part);
    await makeOne(path);
    if ((await statsOf(path))?.isSymbolicLink() === true) throw isLink(path);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(await isThere(error, path))) throw error;
  }
}

/** Windows says EPERM of a drive's root. */
async function isThere(error: unknown, path: string): Promise<boolean> {
  return errorCode(error) === 'EEXIST' || (errorCode(error) !== 'ENOENT' && (await statsOf(path)) !== undefined);
}

async function statsOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

function isLink(path: string): PortError {
  return new PortError({
    kind: 'Forbidden',
    what: say`${path} is a link, and below the folder of ${setting('directory')} none is followed`,
    fix: 'Put the file or folder itself there, or name the folder that it leads to.',
  });
}

function isNoFile(path: string): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `${path} is neither a file nor a folder`,
    fix: 'Move it away.',
  });
}

function wasExchanged(path: string): PortError {
  return new PortError({
    kind: 'Conflict',
    what: `${path} was exchanged while it was being opened`,
    fix: 'Let only one program at a time use this folder.',
  });
}
