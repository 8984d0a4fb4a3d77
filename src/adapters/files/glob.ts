/**
 * Globs, the same on every Node: 20 has none of its own, and those of later ones differ in what they follow.
 *
 * Links are found by their own name and never followed: whoever reads them tells those whose target is gone. A folder
 * that is a link is searched where the pattern names it.
 */
import { readdir, type Dirent } from 'node:fs';
import { glob, type GlobOptions } from 'tinyglobby';

const ELSEWHERE = '**/node_modules/**';
const MAGIC = /[*?[\]{}()!+@\\]/u;

/** What the pattern matches, named as it is written, hidden files too, in no order. A folder that may not be read rejects. */
export async function filesLike(pattern: string): Promise<readonly string[]> {
  const failures: NodeJS.ErrnoException[] = [];
  const { folder, rest } = atFirstMagic(pattern);
  const found = await glob(rest, {
    cwd: folder === '' ? '.' : folder,
    dot: true,
    ignore: pattern.split('/').includes('node_modules') ? [] : [ELSEWHERE],
    expandDirectories: false,
    fs: withoutLinks((error) => failures.push(error)),
  });
  const [failure] = failures.filter(({ code }) => code !== 'ENOENT' && code !== 'ENOTDIR');
  if (failure !== undefined) throw failure;
  return found.map((path) => `${folder}${path}`);
}

/** The folder ends with a slash; it is '' for the one in which the program runs. */
function atFirstMagic(pattern: string): { readonly folder: string; readonly rest: string } {
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => MAGIC.test(segment));
  const folder = segments.slice(0, first).map((segment) => `${segment}/`);
  return { folder: folder.join(''), rest: segments.slice(first).join('/') };
}

/** tinyglobby leaves out what it cannot read or follow; here every link is a file, and failures are heard. */
function withoutLinks(hear: (error: NodeJS.ErrnoException) => void): NonNullable<GlobOptions['fs']> {
  type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;
  const list = (path: string, _options: unknown, done: Listed): void =>
    readdir(path, { withFileTypes: true }, (error, entries) => {
      if (error !== null) hear(error);
      done(error, entries);
    });
  const itself = (path: string, done: (error: null, path: string) => void): void => done(null, path);
  const file = { isDirectory: () => false };
  const noFolder = (_path: string, done: (error: null, stats: typeof file) => void): void => done(null, file);
  return { readdir: list, realpath: itself, stat: noFolder } as unknown as NonNullable<GlobOptions['fs']>;
}
