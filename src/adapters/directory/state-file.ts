/**
 * `.keyferry/state.yaml`: what a folder remembers between runs. Never a value.
 *
 * Sorted, so that the same state is the same file. Changes that arrive while the file is being written go together
 * into the next write. When another process wrote it meanwhile, the changes are made again on what it wrote.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { LineCounter, parseDocument } from 'yaml';
import { say, type Message } from '../../core/model/message.ts';
import type { StoreStatus } from '../../core/model/condition.ts';
import { isRecord } from '../../core/model/fields.ts';
import {
  installationIn,
  isKnownVersion,
  RECORDS_VERSION,
  type StateRecords,
  type SyncRecord,
} from '../../core/model/sync-record.ts';
import { PortError } from '../../ports/errors.ts';
import { Batches } from '../transport/batches.ts';
import { contentHash, createFile, readText, replaceFile, stampOf } from './atomic-file.ts';
import type { FieldOwner } from './field-ownership.ts';
import { pathOf, type FileInFolder } from './no-links.ts';
import { printState } from './state-text.ts';

const ATTEMPTS = 50;

/** Records that changes may edit in place, and who wrote which fields, which in a cluster the API server knows. */
export interface FolderState extends Editable<Pick<StateRecords, 'objects' | 'stores'>> {
  installation?: unknown;
  readonly fieldOwners: Record<string, readonly FieldOwner[]>;
}

type Editable<Records> = {
  readonly [Part in keyof Records]: { -readonly [Key in keyof Records[Part]]: Records[Part][Key] };
};

/** Puts entries in place of others, or takes them out. It may run several times, so it must depend on nothing else. */
export type FolderChange = (content: FolderState) => void;

interface Snapshot {
  /** `undefined` = there is no file. */
  readonly text: string | undefined;
  readonly content: FolderState;
}

export class StateFile {
  readonly #file: FileInFolder;
  readonly #batches = new Batches<FolderChange>((changes) => this.#write(changes));
  /** Parsing is the slow part of a read; most reads find what they saw last. */
  #last: Snapshot | undefined;
  /** What a file with this stamp, or a later one, holds. Good enough to read; a write looks at the content. */
  #seen: { readonly stamp: string | undefined; readonly snapshot: Promise<Snapshot> } | undefined;

  constructor(folder: string) {
    this.#file = { folder, file: '.keyferry/state.yaml' };
  }

  /** What the file holds now. Not to be edited. */
  async read(): Promise<FolderState> {
    const stamp = stampOf(this.#file);
    if (stamp !== undefined && stamp === this.#seen?.stamp) return (await this.#seen.snapshot).content;
    const seen = { stamp, snapshot: this.#snapshot() };
    this.#seen = seen;
    seen.snapshot.catch(() => {
      if (this.#seen === seen) this.#seen = undefined;
    });
    return (await seen.snapshot).content;
  }

  /** The name of the installation. Rejects with Invalid where it is damaged. */
  async installation(): Promise<string | undefined> {
    const found = installationIn(await this.read());
    if (typeof found !== 'object') return found;
    const { what, fix } = found;
    throw new PortError({ kind: 'Invalid', whole: true, what: `file ${pathOf(this.#file)} ${what}`, fix });
  }

  /** Resolves once the change is on disk. */
  async update(change: FolderChange): Promise<void> {
    await this.#batches.add(change);
  }

  async #write(changes: readonly FolderChange[]): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { text: before, content } = await this.#snapshot();
      const next = {
        ...content,
        fieldOwners: { ...content.fieldOwners },
        objects: { ...content.objects },
        stores: { ...content.stores },
      };
      for (const change of changes) change(next);
      const text = printState(next);
      if (text === before || (await this.#place(text, before))) {
        this.#last = { text, content: next };
        return;
      }
      await wait(attempt);
    }
    throw new PortError({
      kind: 'Conflict',
      what: `file ${pathOf(this.#file)} was changed by somebody else ${ATTEMPTS} times in a row`,
      fix: 'Let only one run at a time use this folder.',
    });
  }

  async #place(text: string, before: string | undefined): Promise<boolean> {
    const content = { text, mode: 0o644 };
    if (before === undefined) return await createFile(this.#file, content);
    return await replaceFile(this.#file, content, contentHash(before));
  }

  async #snapshot(): Promise<Snapshot> {
    const text = await readText(this.#file);
    if (text === undefined) return { text, content: { fieldOwners: {}, objects: {}, stores: {} } };
    if (this.#last?.text !== text) this.#last = { text, content: parseState(pathOf(this.#file), text) };
    return this.#last;
  }
}

function parseState(path: string, text: string): FolderState {
  const lines = new LineCounter();
  // The library's own check compares each key with all: minutes for some ten thousand objects.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    throw unreadable(`${path}:${lines.linePos(error.pos[0]).line} is not valid YAML (${error.code})`);
  }
  const value: unknown = document.toJS();
  if (!isRecord(value)) throw unreadable(`${path}:1 is not a mapping`);
  assertKnownSchema(path, value['schemaVersion']);
  return {
    fieldOwners: mappingAt<readonly FieldOwner[]>(path, value, 'fieldOwners'),
    objects: mappingAt<SyncRecord>(path, value, 'objects'),
    stores: mappingAt<StoreStatus>(path, value, 'stores'),
    ...('installation' in value ? { installation: value['installation'] } : {}),
  };
}

function assertKnownSchema(path: string, version: unknown): void {
  if (isKnownVersion(version)) return;
  if (typeof version === 'number' && version > RECORDS_VERSION) {
    throw new PortError({
      kind: 'Invalid',
      what: `file ${path} has schemaVersion ${version}, this program knows versions up to ${RECORDS_VERSION}`,
      fix: 'A newer Keyferry wrote it. Use that version, or a newer one.',
      whole: true,
    });
  }
  throw unreadable(`${path} has no schemaVersion`);
}

/** Objects by name, or lists of them. What stands inside each is trusted: only this program writes the file. */
function mappingAt<T>(path: string, value: Readonly<Record<string, unknown>>, field: string): Record<string, T> {
  const mapping = value[field] ?? {};
  if (!isRecord(mapping)) throw unreadable(`${path}: ${field} is not a mapping`);
  for (const [key, entry] of Object.entries(mapping)) {
    const isSound = field === 'fieldOwners' ? Array.isArray(entry) && entry.every(isRecord) : isRecord(entry);
    if (!isSound) throw unreadable(`${path}: ${field}["${key}"] is not what Keyferry writes there`);
  }
  return mapping as Record<string, T>;
}

function unreadable(what: Message): PortError {
  return new PortError({
    kind: 'Invalid',
    what: say`file ${what}`,
    fix: 'Restore it from version control, or remove it; then everything is synced once more.',
    whole: true,
  });
}
