/**
 * The manifests of a pull request's base, read from GitHub: a checkout of depth 1 does not hold them.
 *
 * One request for the tree, and one for each file that is not in the checkout as it was: a file that did not change has
 * the same hash there and is read from disk.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { atEase } from '../adapters/files/at-ease.ts';
import { readAtMost } from '../adapters/files/bounded-bytes.ts';
import { decode, LARGEST_BYTES } from '../adapters/files/read-text.ts';
import { documentsOf, type ParsedDocuments } from '../core/api/documents.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import { fieldsOf } from '../core/model/fields.ts';
import { compareText } from '../core/model/object-ref.ts';
import { withSlashes } from '../core/model/origin.ts';
import type { Problem } from '../core/model/problem.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { GithubApi } from './github-api.ts';
import { partsOf } from './github-event.ts';
import { filesOfPath } from './path-pattern.ts';

/** Requests at a time; GitHub asks for few. */
const AT_ONCE = 6;

export interface BaseOptions {
  readonly api: GithubApi;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly commit: string;
  /** As the user wrote them, relative to `folder`. */
  readonly paths: readonly string[];
  /** Where the step runs. */
  readonly folder: string;
  /** Of the checkout that holds the manifests. */
  readonly root: string;
}

interface BaseFile {
  readonly file: string;
  readonly text: string | Problem;
}

interface Entry {
  readonly path: string;
  readonly sha: string;
}

export class BaseManifests implements ManifestSource {
  readonly #options: BaseOptions;

  constructor(options: BaseOptions) {
    this.#options = options;
  }

  /** A path that the base does not have holds nothing: the pull request adds it. */
  async load(): Promise<{ readonly documents: readonly ManifestDocument[]; readonly problems: readonly Problem[] }> {
    const { paths, folder, root } = this.#options;
    const wanted = paths.map((path) => inRepository(path, folder, root));
    const entries = await this.#entries(wanted);
    const texts = await inParts(entries, (entry) => this.#read(entry, root));
    const parsed = await atEase(piecesOf(texts));
    return {
      documents: parsed.flatMap(({ documents }) => documents),
      problems: parsed.flatMap(({ problems }) => problems),
    };
  }

  /** The files that the paths mean, each once. */
  async #entries(wanted: readonly string[]): Promise<readonly Entry[]> {
    const whole = await this.#tree(this.#options.commit, '');
    const entries = whole ?? (await this.#subtrees(wanted));
    const names = entries.map(({ path }) => path);
    const files = new Set(wanted.flatMap((path) => filesOfPath(path, names)));
    return entries.filter(({ path }) => files.has(path)).toSorted((a, b) => compareText(a.path, b.path));
  }

  /** GitHub cuts trees of more than 100,000 entries: then folder by folder, as far down as the paths say. */
  async #subtrees(wanted: readonly string[]): Promise<readonly Entry[]> {
    const folders = [...new Set(wanted.map(fixedFolder))];
    const found = await Promise.all(folders.map((folder) => this.#subtree(folder)));
    return [...new Map(found.flat().map((entry) => [entry.path, entry])).values()];
  }

  /** What is below a folder, or the file of that name; nothing where there is neither. */
  async #subtree(path: string): Promise<readonly Entry[]> {
    let sha = this.#options.commit;
    const names = path.split('/').filter((part) => part !== '');
    for (const [place, name] of names.entries()) {
      const { entries } = await this.#listing(sha, false);
      const found = entries.find((entry) => entry.path === name);
      if (found === undefined) return [];
      const isLast = place === names.length - 1;
      if (found.type !== 'tree') return isLast && isFile(found) ? [{ path, sha: found.sha }] : [];
      sha = found.sha;
    }
    const entries = await this.#tree(sha, path);
    if (entries === undefined) throw tooLarge(path);
    return entries;
  }

  /** `undefined` = GitHub did not list all. */
  async #tree(sha: string, folder: string): Promise<readonly Entry[] | undefined> {
    const { entries, isCut } = await this.#listing(sha, true);
    if (isCut) return undefined;
    const prefix = folder === '' ? '' : `${folder}/`;
    return entries.filter(isFile).map(({ path, sha: own }) => ({ path: `${prefix}${path}`, sha: own }));
  }

  async #listing(
    sha: string,
    recursive: boolean,
  ): Promise<{ readonly entries: readonly Listed[]; readonly isCut: boolean }> {
    const { api, repository } = this.#options;
    const asked = { ...partsOf(repository), tree_sha: sha, ...(recursive ? { recursive: '1' } : {}) };
    const { tree, truncated } = fieldsOf(await api.ask(({ git }) => git.getTree(asked)));
    const items: readonly unknown[] = Array.isArray(tree) ? tree : [];
    return { entries: items.flatMap(listedOf), isCut: truncated === true };
  }

  async #read({ path, sha }: Entry, root: string): Promise<{ readonly file: string; readonly text: string | Problem }> {
    const bytes = (await unchanged(join(root, path), sha)) ?? (await this.#blob(sha));
    return { file: path, text: decode(path, bytes) };
  }

  async #blob(sha: string): Promise<Uint8Array> {
    const { api, repository } = this.#options;
    const { content } = fieldsOf(await api.ask(({ git }) => git.getBlob({ ...partsOf(repository), file_sha: sha })));
    return Buffer.from(typeof content === 'string' ? content : '', 'base64');
  }
}

function tooLarge(folder: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'TreeTooLarge',
    whole: true,
    what: `GitHub does not list all files of ${folder === '' ? 'the repository' : `the folder ${folder}`} at the base: there are too many`,
    fix: 'Name the folder of the manifests in the input manifests, or check the base out and name it in the input base.',
  });
}

interface Listed {
  readonly path: string;
  readonly type: unknown;
  readonly mode: unknown;
  readonly sha: string;
}

function listedOf(item: unknown): readonly Listed[] {
  const { path, type, mode, sha } = fieldsOf(item);
  return typeof path === 'string' && typeof sha === 'string' ? [{ path, type, mode, sha }] : [];
}

/** Git: 120000 is a link, and a commit is another repository. */
function isFile({ type, mode }: Listed): boolean {
  return type === 'blob' && mode !== '120000';
}

/**
 * The checkout's file, if it is the very blob, or was until Git for Windows checked it out with CRLF. A pull request may
 * have put a link in its place, to what never ends.
 */
async function unchanged(path: string, sha: string): Promise<Uint8Array | undefined> {
  const found = await lstat(path).catch(() => undefined);
  const bytes = found?.isFile() === true ? await readAtMost(path, LARGEST_BYTES).catch(() => undefined) : undefined;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return [bytes, withLineFeeds(bytes)].find((content) => blobHash(content) === sha);
}

/** Git: `core.autocrlf`. Byte by byte, for the file may be text of any encoding. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Git: the hash of `blob <size>\0` and the content. */
function blobHash(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}

/** The checkout that holds the first path, which need not be the folder of the step; without .git that folder. */
export function checkoutOf([first = '.']: readonly string[], folder: string): string {
  for (let at = resolve(folder, fixedFolder(withSlashes(first, sep))); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

/** Rejects a path outside the repository: GitHub has nothing to compare it with. */
function inRepository(path: string, folder: string, root: string): string {
  // Windows: from one drive to another there is no relative path.
  const inside = relative(root, resolve(folder, path));
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return withSlashes(inside, sep);
  throw new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: `${path} of the input manifests is outside the repository, so that its base is not known`,
    fix: 'Give the manifests to compare with in the input base.',
  });
}

/** The folders of a glob before the first part that stands for several. */
function fixedFolder(path: string): string {
  const parts = path.split('/');
  const first = parts.findIndex((part) => /[*?{[]/u.test(part));
  return (first === -1 ? parts : parts.slice(0, first)).join('/');
}

async function inParts<From, To>(items: readonly From[], act: (item: From) => Promise<To>): Promise<readonly To[]> {
  const results: To[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(act))));
  }
  return results;
}

function* piecesOf(files: readonly BaseFile[]): Generator<ParsedDocuments, void> {
  for (const { file, text } of files) {
    if (typeof text === 'string') yield* documentsOf(file, text);
    else yield { documents: [], problems: [text] };
  }
}
