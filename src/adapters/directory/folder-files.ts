/**
 * Every Kubernetes object that stands in the YAML files of a folder, with file and line.
 *
 * A document that is not YAML spoils itself, never another one. Hidden folders (our own `.keyferry` among them),
 * `node_modules` and symbolic links are not looked into. Files are parsed again only when they changed.
 */
import { readdir } from 'node:fs/promises';
import { isCollection, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import type { FieldPath } from '../../core/model/origin.ts';
import { compareText } from '../../core/model/object-ref.ts';
import { contentHash, readText, stampOf, toPortError } from './atomic-file.ts';
import { errorCode } from './error-code.ts';
import { assertNoLink, pathOf, type FileInFolder } from './no-links.ts';

/** One document of one file. */
export interface FolderDocument {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  readonly line: number;
  /** Of the whole file. */
  readonly hash: string;
  /** True when the file holds nothing else. */
  readonly alone: boolean;
  readonly value: unknown;
  /** The YAML library's code, as `BAD_INDENT`: its message would show a piece of the file. */
  readonly syntaxError?: string;
  readonly lineOf: (path: FieldPath) => number;
}

interface CachedFile {
  readonly stamp: string;
  readonly documents: readonly FolderDocument[];
}

export class FolderFiles {
  readonly #folder: string;
  #cache = new Map<string, CachedFile>();
  #reading: Promise<readonly FolderDocument[]> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The documents of one file; none when it does not exist. */
  async read(file: string): Promise<readonly FolderDocument[]> {
    const text = await readText({ folder: this.#folder, file });
    return text === undefined ? [] : parseFile(file, text);
  }

  /** The documents of all files, sorted by file. Calls at the same time share one walk. */
  async readAll(): Promise<readonly FolderDocument[]> {
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
    return await this.#reading;
  }

  async #readAll(): Promise<readonly FolderDocument[]> {
    const files = await this.#walk('');
    const fresh = new Map<string, CachedFile>();
    for (const file of files.toSorted(compareText)) {
      const cached = await this.#readCached(file);
      if (cached !== undefined) fresh.set(file, cached);
    }
    this.#cache = fresh;
    return [...fresh.values()].flatMap((cached) => cached.documents);
  }

  async #readCached(file: string): Promise<CachedFile | undefined> {
    const stamp = await stampOf({ folder: this.#folder, file });
    if (stamp === undefined) return undefined;
    const cached = this.#cache.get(file);
    return cached?.stamp === stamp ? cached : { stamp, documents: await this.read(file) };
  }

  async #walk(folder: string): Promise<readonly string[]> {
    const entries = await entriesOf({ folder: this.#folder, file: folder });
    const nested = entries.map(async (entry): Promise<readonly string[]> => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      if (entry.isDirectory()) return await this.#walk(path);
      return entry.isFile() && /\.ya?ml$/u.test(entry.name) ? [path] : [];
    });
    return (await Promise.all(nested)).flat();
  }
}

async function entriesOf(at: FileInFolder): Promise<Awaited<ReturnType<typeof readEntries>>> {
  try {
    await assertNoLink(at);
    return await readEntries(pathOf(at));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw toPortError(error, pathOf(at));
  }
}

async function readEntries(folder: string) {
  return await readdir(folder, { withFileTypes: true });
}

function parseFile(file: string, text: string): readonly FolderDocument[] {
  const hash = contentHash(text);
  const lines = new LineCounter();
  // Warnings of the library would print a piece of the file.
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const documents = (Array.isArray(parsed) ? parsed : []).filter(
    (document) => document.contents !== null || document.errors.length > 0,
  );
  return documents.map((document) => {
    const [error] = document.errors;
    const start = error?.pos[0] ?? document.contents?.range[0] ?? 0;
    const value = error === undefined ? valueOf(document) : undefined;
    const syntaxError = error?.code ?? (value === undefined ? 'UNREADABLE' : undefined);
    return {
      file,
      hash,
      alone: documents.length === 1,
      line: lines.linePos(start).line,
      value,
      ...(syntaxError === undefined ? {} : { syntaxError }),
      lineOf: (path) => lineOf(document, lines, path),
    };
  });
}

/**
 * `undefined` where it cannot be known: aliases that would explode or name nothing make `toJS` throw, and a key that is
 * a map (`{{ … }}` of a Helm template) is none of any Kubernetes object.
 */
function valueOf(document: Document): unknown {
  const keys: unknown[] = [];
  visit(document, { Pair: (_key, pair) => void keys.push(pair.key) });
  if (keys.some(isCollection)) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** The line of the nearest field of the path that exists. */
function lineOf(document: Document, lines: LineCounter, path: FieldPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
  }
  return 1;
}
