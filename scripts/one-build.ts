/**
 * One build at a time, and never half of one: what is built goes into a folder of its own, and takes the place of what
 * was there file by file at the end, so that tests and demos that run beside it always find whole bundles.
 *
 * The folder is also the lock: whoever finds it waits, unless the process that made it has gone.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const ASK_EVERY_MS = 500;
const PID = '.pid';

interface Making {
  /** Whether there is still something to do, once it is this one's turn. */
  readonly isWanted: () => Promise<boolean>;
  readonly build: (folder: string) => Promise<void>;
}

/** What `build` leaves in the folder that it is given becomes all that `target` holds. */
export async function inPlaceOf(target: string, { isWanted, build }: Making): Promise<void> {
  const folder = join(target, '.new');
  await take(folder);
  try {
    if (!(await isWanted())) return;
    const began = await now(folder);
    await build(folder);
    await replace(target, folder, began);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the file system tells the time. */
async function now(folder: string): Promise<Date> {
  const clock = join(folder, '.began');
  await writeFile(clock, '');
  const { mtime } = await stat(clock);
  await rm(clock);
  return mtime;
}

/**
 * Did a source change since the build began whose last file is `built`, or was there none? What changes while it builds
 * may be in it or not.
 */
export async function isStale(built: string, sources: readonly string[]): Promise<boolean> {
  const found = await stat(built).catch(() => undefined);
  if (found === undefined) return true;
  const times = await Promise.all(sources.map(newest));
  return Math.max(...times) >= found.mtimeMs;
}

/** When the newest file of a folder, or a file, was changed. */
async function newest(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all(entries.map(async (entry) => (await stat(join(path, entry))).mtimeMs));
  return Math.max(mtimeMs, ...times);
}

async function take(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  while (!(await isTaken(folder))) await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
}

async function isTaken(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await isAlive(folder))) await rm(folder, { recursive: true, force: true });
    return false;
  }
  await writeFile(join(folder, PID), String(process.pid));
  return true;
}

/** One that is being made has no number in it yet. */
async function isAlive(folder: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, PID), 'utf8').catch(() => '0'));
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Chunks before what loads them; then what is no longer part of it goes. */
async function replace(target: string, folder: string, began: Date): Promise<void> {
  await rm(join(folder, PID));
  const files = (await filesOf(folder)).sort((a, b) => rank(a) - rank(b));
  for (const file of files) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    if (rank(file) === 2) await utimes(join(folder, file), began, began);
    await rename(join(folder, file), join(target, file));
  }
  const kept = new Set(files);
  for (const file of await filesOf(target)) {
    if (!kept.has(file) && !file.startsWith('.new')) await rm(join(target, file));
  }
}

/** The licences stand for all: they tell a build that came to its end, and when it began. */
function rank(file: string): number {
  if (dirname(file) === '.') return 2;
  return file.endsWith('index.js') && !/\d+\.index\.js$/u.test(file) ? 1 : 0;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
}
