/** What `npm run build` leaves beside what runs meanwhile. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inPlaceOf, isStale } from '../scripts/one-build.ts';

let target: string;

beforeEach(async () => {
  target = join(await mkdtemp(join(tmpdir(), 'keyferry-build-')), 'build');
  await put(target, { 'cli/index.js': 'old', 'cli/1.index.js': 'old', 'LICENSES.txt': 'old' });
});
afterEach(() => rm(dirname(target), { recursive: true }));

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

const NEW = { 'cli/index.js': 'new', 'cli/2.index.js': 'new', 'LICENSES.txt': 'new' };
const text = (file: string) => readFile(join(target, file), 'utf8');
const names = async () => [...(await readdir(target)), ...(await readdir(join(target, 'cli')))].sort();
const always = () => Promise.resolve(true);

describe('a build', () => {
  it('leaves what was there until it is whole, and then all of its own and nothing else', async () => {
    await inPlaceOf(target, {
      isWanted: always,
      build: async (folder) => {
        await put(folder, NEW);
        expect(await text('cli/index.js')).toBe('old');
      },
    });
    expect(await text('cli/index.js')).toBe('new');
    expect(await names()).toEqual(['2.index.js', 'LICENSES.txt', 'cli', 'index.js']);
  });

  it('that fails changes nothing', async () => {
    const failing = async (folder: string) => {
      await put(folder, NEW);
      throw new Error('no');
    };
    await expect(inPlaceOf(target, { isWanted: always, build: failing })).rejects.toThrow('no');
    expect(await names()).toEqual(['1.index.js', 'LICENSES.txt', 'cli', 'index.js']);
    expect(await text('LICENSES.txt')).toBe('old');
  });

  it('waits for another one, and does nothing where that has done it', async () => {
    const order: string[] = [];
    const first = inPlaceOf(target, {
      isWanted: always,
      build: async (folder) => {
        order.push('first');
        await put(folder, NEW);
        await new Promise((done) => setTimeout(done, 50));
        order.push('first is done');
      },
    });
    await new Promise((done) => setTimeout(done, 10));
    const isWanted = async () => (await text('LICENSES.txt')) === 'old';
    const build = async () => void order.push('second');
    await Promise.all([first, inPlaceOf(target, { isWanted, build })]);
    expect(order).toEqual(['first', 'first is done']);
  });

  it('takes the place of one whose process has gone', async () => {
    await put(join(target, '.new'), { '.pid': '999999999', 'cli/index.js': 'half' });
    await inPlaceOf(target, { isWanted: always, build: (folder) => put(folder, NEW) });
    expect(await text('cli/index.js')).toBe('new');
  });
});

describe('a build of sources', () => {
  const built = () => join(target, 'LICENSES.txt');
  let sources: string;

  beforeEach(async () => {
    sources = join(dirname(target), 'src');
    await put(sources, { 'deep/a.ts': 'one' });
    await later();
  });

  /** File systems tell times in steps. */
  const later = () => new Promise((done) => setTimeout(done, 20));
  const buildWhile = (meanwhile: () => Promise<void>) =>
    inPlaceOf(target, {
      isWanted: always,
      build: async (folder) => {
        await later();
        await meanwhile();
        await later();
        await put(folder, NEW);
      },
    });

  it('is not stale where nothing changed', async () => {
    await buildWhile(async () => undefined);
    expect(await isStale(built(), [sources])).toBe(false);
  });

  it.each([
    ['is changed', (file: string) => writeFile(file, 'two')],
    ['is taken away', (file: string) => rm(file)],
  ])('is stale where one %s while it builds, or afterwards', async (_what, change) => {
    await buildWhile(() => change(join(sources, 'deep/a.ts')));
    expect(await isStale(built(), [sources])).toBe(true);
    await put(sources, { 'deep/a.ts': 'one' });
    await later();
    await buildWhile(async () => undefined);
    await change(join(sources, 'deep/a.ts'));
    expect(await isStale(built(), [sources])).toBe(true);
  });

  it('is stale where there was none', async () => {
    await rm(target, { recursive: true });
    expect(await isStale(built(), [sources])).toBe(true);
  });
});
