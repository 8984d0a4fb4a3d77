/**
 * Every Kubernetes object that stands in the YAML files of a folder, with file and line.
 *
 * A document that is not YAML spoils itself, never another one. Hidden folders (our own `.keyferry` among them),
 * `node_modules` and symbolic links are not looked into. Files are parsed again only when they changed.
 */
import { readdir } from 'node:fs/promises';
import type { FieldPath } from '../../core/model/origin.ts';
import { compareText } from '../../core/model/object-ref.ts';
import { readAllYaml } from '../../core/yaml/read.ts';
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
  /** What is wrong with its YAML, without a piece of the file. */
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
  #documents: readonly FolderDocument[] = [];
  #reading: Promise<readonly FolderDocument[]> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The documents of one file; none when it does not exist. */
  async read(file: string): Promise<readonly FolderDocument[]> {
    const text = await readText({ folder: this.#folder, file });
    return text === undefined ? [] : parseFile(file, text);
  }

  /**
   * The documents of all files, sorted by file. Calls at the same time share one walk, and the same list is given again
   * for as long as nothing has changed.
   */
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
    const same = fresh.size === this.#cache.size && [...fresh].every(([file, one]) => this.#cache.get(file) === one);
    this.#cache = fresh;
    if (!same) this.#documents = [...fresh.values()].flatMap((cached) => cached.documents);
    return this.#documents;
  }

  async #readCached(file: string): Promise<CachedFile | undefined> {
    const stamp = stampOf({ folder: this.#folder, file });
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
  const documents = readAllYaml(text);
  return documents.map(({ value, fault, line, lineOf }) => ({
    file,
    hash,
    alone: documents.length === 1,
    line,
    value,
    ...(fault === undefined ? {} : { syntaxError: fault.words }),
    lineOf,
  }));
}
