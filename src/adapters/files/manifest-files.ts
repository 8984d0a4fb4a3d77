/**
 * Manifests on disk: files, folders, globs and standard input.
 *
 * Reads texts only; what they mean is the business of `parse`. Whatever cannot be read is a problem beside the rest,
 * so that one bad file never hides another. Hidden folders, `node_modules` and links that lead out of a folder are
 * not followed.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, normalize, resolve, sep } from 'node:path';
import type { Message } from '../../core/model/message.ts';
import type { ManifestDocument } from '../../core/model/document.ts';
import { compareText } from '../../core/model/object-ref.ts';
import { withSlashes } from '../../core/model/origin.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import { atEase } from './at-ease.ts';
import { errorCode, fileProblem, unreadable } from './file-problem.ts';
import { decode, readText } from './read-text.ts';
import { filesLike } from './glob.ts';

/** Names of files that may be manifests. */
export const MANIFEST = /\.(ya?ml|json)$/iu;
const STDIN = 'stdin';
/** What is no path, also where a query gives it the look of a pattern. */
const ADDRESS = /^https?:\/\//iu;

export interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}

export interface ManifestFilesOptions {
  /** As the user wrote them; `-` is standard input. */
  readonly paths: readonly string[];
  /** Gives what it reads in pieces; between two of them others may work. */
  readonly parse: (file: string, text: string) => Iterable<Manifests>;
  /** Reads standard input to its end. */
  readonly readStdin: () => Promise<Uint8Array>;
}

export class ManifestFiles implements ManifestSource {
  readonly #options: ManifestFilesOptions;

  constructor(options: ManifestFilesOptions) {
    this.#options = options;
  }

  /** Paths in the order given, the files of each sorted; a file that is reached twice counts once. */
  async load(): Promise<Manifests> {
    const loaded: (readonly Manifests[])[] = [];
    const seen = new Set<string>();
    for (const path of this.#options.paths.map(slashed)) {
      const { files, problems } = path === '-' ? { files: [STDIN], problems: [] } : await findFiles(path);
      loaded.push([{ documents: [], problems }]);
      for (const file of files) {
        const identity = path === '-' ? '-' : await identityOf(file);
        if (seen.has(identity)) continue;
        seen.add(identity);
        loaded.push(await this.#read(file, path === '-'));
      }
    }
    const pieces = loaded.flat();
    return {
      documents: pieces.flatMap((manifests) => manifests.documents),
      problems: pieces.flatMap((manifests) => manifests.problems),
    };
  }

  async #read(file: string, fromStdin: boolean): Promise<readonly Manifests[]> {
    const text = fromStdin ? decode(file, await this.#options.readStdin()) : await readText(file);
    if (typeof text !== 'string') return [{ documents: [], problems: [text] }];
    return await atEase(this.#options.parse(file, text));
  }
}

interface FoundFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** A path that exists is taken as it is, also with a star in its name; anything else may be a glob. */
async function findFiles(path: string): Promise<FoundFiles> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? await filesOfFolder(path) : { files: [path], problems: [] };
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') return none(unreadable(path, error));
  }
  return /[*?]/u.test(path) && !ADDRESS.test(path) ? await filesOfGlob(path) : none(pathAbsent(path));
}

async function filesOfFolder(folder: string): Promise<FoundFiles> {
  const found = await walk(folder, await realpath(folder));
  const files = found.files.toSorted(compareText);
  return { files, problems: files.length === 0 ? [...found.problems, folderEmpty(folder)] : found.problems };
}

async function walk(folder: string, root: string): Promise<FoundFiles> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return none(unreadable(folder, error));
  }
  const found = await Promise.all(
    entries.map(async (entry): Promise<FoundFiles> => {
      const path = slashed(join(folder, entry.name));
      if (entry.isDirectory()) return isSkipped(entry.name) ? NO_FILES : await walk(path, root);
      if (!MANIFEST.test(entry.name)) return NO_FILES;
      if (entry.isSymbolicLink()) return await followLink(path, root);
      return entry.isFile() ? { files: [path], problems: [] } : NO_FILES;
    }),
  );
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}

/** Mounted ConfigMaps are made of links that stay inside. */
async function followLink(path: string, root: string): Promise<FoundFiles> {
  try {
    const target = await realpath(path);
    if (!target.startsWith(root + sep)) return none(linkLeavesFolder(path));
    return (await stat(target)).isFile() ? { files: [path], problems: [] } : NO_FILES;
  } catch (error) {
    return none(unreadable(path, error));
  }
}

async function filesOfGlob(pattern: string): Promise<FoundFiles> {
  const found: FoundFiles[] = [];
  const written = slashed(normalize(pattern)).split('/');
  const isHidden = (file: string): boolean =>
    file.split('/').some((part) => isSkipped(part) && part !== '..' && part !== '.' && !written.includes(part));
  try {
    for (const file of (await filesLike(slashed(pattern))).map(slashed)) {
      if (MANIFEST.test(file) && !isHidden(file)) found.push(await fileOfGlob(file));
    }
  } catch (error) {
    return none(unreadable(pattern, error));
  }
  const files = found.flatMap((one) => one.files).sort(compareText);
  const problems = found.flatMap((one) => one.problems);
  return files.length + problems.length === 0 ? none(globEmpty(pattern)) : { files, problems };
}

/** A link whose target is gone is told by its own name, and hides no other file. */
async function fileOfGlob(file: string): Promise<FoundFiles> {
  try {
    return (await stat(file)).isFile() ? { files: [file], problems: [] } : NO_FILES;
  } catch (error) {
    return none(unreadable(file, error));
  }
}

/** Folders that are not searched. */
export function isSkipped(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && name !== '.');
}

function slashed(path: string): string {
  return withSlashes(path, sep);
}

async function identityOf(file: string): Promise<string> {
  return await realpath(file).catch(() => resolve(file));
}

const NO_FILES: FoundFiles = { files: [], problems: [] };

function none(found: Problem): FoundFiles {
  return { files: [], problems: [found] };
}

function pathAbsent(path: string): Problem {
  const { what, fix } = absence(path);
  return fileProblem('manifest-path-absent', what, fix);
}

function absence(path: string): { readonly what: Message; readonly fix: Message } {
  if (ADDRESS.test(path)) {
    // An address may hold a password.
    const what = `${URL.canParse(path) ? `${new URL(path).origin}/…` : 'the path'} is an address, and addresses are not read`;
    return { what, fix: 'Fetch it first: curl -fsSL ADDRESS | keyferry … -f -' };
  }
  const what = `${path} does not exist`;
  if (path.startsWith('=')) return { what, fix: `Write -f ${path.slice(1)}, without "=" after a short option.` };
  return { what, fix: 'Check the path; it starts at the working directory.' };
}

function globEmpty(pattern: string): Problem {
  const fix = 'Check the pattern: ** stands for any number of folders.';
  return fileProblem('manifest-glob-empty', `${pattern} matches no .yaml, .yml or .json file`, fix);
}

function folderEmpty(folder: string): Problem {
  const fix = 'Check the path; hidden folders and node_modules are not searched.';
  return fileProblem('manifest-folder-empty', `folder ${folder} holds no .yaml, .yml or .json file`, fix);
}

function linkLeavesFolder(path: string): Problem {
  const what = `${path} links to a file outside the folder and was left out`;
  return fileProblem(
    'manifest-link-outside',
    what,
    'Copy the file into the folder, or name it as a path of its own.',
    'warning',
  );
}
