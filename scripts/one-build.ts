/**
 * One build at a time, and never half of one: what is built goes into a folder of its own, and takes the place of what
 * was there file by file at the end, so that tests and demos that run beside it always find whole bundles.
 *
 * The folder is also the lock: whoever finds it waits, unless the process that made it has gone.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
    await build(folder);
    await replace(target, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
async function replace(target: string, folder: string): Promise<void> {
  await rm(join(folder, PID));
  const files = (await filesOf(folder)).sort((a, b) => rank(a) - rank(b));
  for (const file of files) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await rename(join(folder, file), join(target, file));
  }
  const kept = new Set(files);
  for (const file of await filesOf(target)) {
    if (!kept.has(file) && !file.startsWith('.new')) await rm(join(target, file));
  }
}

/** The licences stand for all: they tell a build that came to its end. */
function rank(file: string): number {
  if (dirname(file) === '.') return 2;
  return file.endsWith('index.js') && !/\d+\.index\.js$/u.test(file) ? 1 : 0;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
}
