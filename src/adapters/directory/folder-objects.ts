/**
 * Where in a folder an object stands, and where it may not stand: a Secret or ConfigMap of ours in its own file,
 * everything else in whatever document. An object counts as absent only when no broken document could be it.
 */
import { join, sep } from 'node:path';
import { compareText, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { isSecret } from '../../core/model/target.ts';
import { withSlashes } from '../../core/model/origin.ts';
import { PortError } from '../../ports/errors.ts';
import { FolderFiles, type FolderDocument } from './folder-files.ts';
import { fileOf, isOwnFile, isSame, mayHoldOf, ownerOfFile, refOfDocument, writtenKindOf } from './folder-layout.ts';

export interface SecretPlace {
  readonly document: FolderDocument;
  /** False for a Secret made by hand. */
  readonly ours: boolean;
}

/** What a walk found, by object. */
interface Index {
  readonly documents: readonly FolderDocument[];
  /** By `refText`. */
  readonly byRef: ReadonlyMap<string, readonly FolderDocument[]>;
  /** One that could be any object. */
  readonly hiding: FolderDocument | undefined;
}

/** All methods reject with a PortError where files cannot be read, or hold what makes the answer uncertain. */
export class FolderObjects {
  readonly #folder: string;
  readonly #files: FolderFiles;
  #index: Index = indexOf([]);

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = new FolderFiles(folder);
  }

  /** A Secret or ConfigMap: its own file stands in front of one made by hand. `undefined` = it is certain that there is none. */
  async findSecret(ref: ObjectRef): Promise<SecretPlace | undefined> {
    const [document, ...others] = await this.#files.read(fileOf(ref));
    if (document !== undefined && others.length === 0) {
      if (document.syntaxError !== undefined) throw this.#notYaml(document);
      if (isSame(writtenKindOf(document), ref)) return { document, ours: true };
    }
    const [byHand, second] = await this.#handMade(ref);
    if (second !== undefined && byHand !== undefined) throw this.#twice(ref, byHand, second);
    return byHand === undefined ? undefined : { document: byHand, ours: false };
  }

  /** Each once, wherever it stands. */
  async secretsOf(namespace: string): Promise<readonly ObjectRef[]> {
    const documents = await this.#files.readAll();
    const broken = documents.find((document) => document.syntaxError !== undefined && mayHoldOf(document, namespace));
    if (broken !== undefined) throw this.#notYaml(broken);
    const refs = documents
      .flatMap((document) => writtenKindOf(document) ?? [])
      .filter((ref) => isSecret(ref) && ref.namespace === namespace);
    return [...new Map(refs.map((ref) => [refText(ref), ref])).values()];
  }

  /** Of every document, sorted. A broken one could be of any. */
  async namespaces(): Promise<readonly string[]> {
    const { documents, hiding } = await this.#readAll();
    this.#assertNoneIsHidden(hiding);
    const refs = documents.flatMap((document) => refOfDocument(document) ?? []);
    const names = refs.flatMap(({ kind, namespace, name }) => (kind === 'Namespace' ? name : (namespace ?? [])));
    return [...new Set(names)].sort(compareText);
  }

  /** An object that is never written. */
  async find(ref: ObjectRef): Promise<FolderDocument | undefined> {
    const { byRef, hiding } = await this.#readAll();
    const [found, second] = byRef.get(refText(ref)) ?? [];
    if (found !== undefined && second !== undefined) throw this.#twice(ref, found, second);
    if (found === undefined) this.#assertNoneIsHidden(hiding);
    return found;
  }

  /** What the file that is named after the Secret holds first, and whether that is the Secret and nothing else. */
  async ownFile(ref: ObjectRef): Promise<{ readonly document: FolderDocument | undefined; readonly holds: boolean }> {
    const [document] = await this.#files.read(fileOf(ref));
    return { document, holds: document?.alone === true && isSame(writtenKindOf(document), ref) };
  }

  async assertNotMadeByHand(ref: ObjectRef): Promise<void> {
    const [byHand] = handMade(await this.#readAll(), ref);
    if (byHand === undefined) return;
    throw new PortError({
      kind: 'Forbidden',
      what: `${refText(ref)} was made by hand and is not deleted (${this.place(byHand, byHand.line)})`,
      fix: 'Remove it from that file.',
    });
  }

  /** `preview/shop/secrets/db.yaml:1`, with the folder as the user wrote it. */
  place(document: FolderDocument | undefined, line: number): string {
    if (document === undefined) return this.#folder;
    return `${withSlashes(join(this.#folder, document.file), sep)}:${line}`;
  }

  /** All documents of this Secret outside its own file. Throws where a broken one could be it. */
  async #handMade(ref: ObjectRef): Promise<readonly FolderDocument[]> {
    const index = await this.#readAll();
    const found = handMade(index, ref);
    if (found.length === 0) this.#assertNoneIsHidden(index.hiding);
    return found;
  }

  async #readAll(): Promise<Index> {
    const documents = await this.#files.readAll();
    if (documents !== this.#index.documents) this.#index = indexOf(documents);
    return this.#index;
  }

  /** An object is absent only when every document could be read. `<namespace>/secrets/<name>.yaml` hides no other. */
  #assertNoneIsHidden(hiding: Index['hiding']): void {
    if (hiding !== undefined) throw this.#notYaml(hiding);
  }

  #notYaml(document: FolderDocument): PortError {
    return new PortError({
      kind: 'Invalid',
      what: `file ${this.place(document, document.line)} is not valid YAML: ${document.syntaxError ?? ''}`,
      fix: 'Mend the file, or remove it: what it holds cannot be known.',
    });
  }

  #twice(ref: ObjectRef, first: FolderDocument, second: FolderDocument): PortError {
    return new PortError({
      kind: 'Invalid',
      what: `${refText(ref)} stands in two files: ${this.place(first, first.line)} and ${this.place(second, second.line)}`,
      fix: 'Remove one of them.',
    });
  }
}

function indexOf(documents: readonly FolderDocument[]): Index {
  const byRef = new Map<string, FolderDocument[]>();
  for (const document of documents) {
    const ref = refOfDocument(document);
    if (ref === undefined) continue;
    const alike = byRef.get(refText(ref));
    if (alike === undefined) byRef.set(refText(ref), [document]);
    else alike.push(document);
  }
  const hiding = documents.find(
    ({ syntaxError, file }) => syntaxError !== undefined && ownerOfFile(file) === undefined,
  );
  return { documents, byRef, hiding };
}

function handMade({ byRef }: Index, ref: ObjectRef): readonly FolderDocument[] {
  const documents = byRef.get(refText(ref)) ?? [];
  return documents.filter((document) => isSame(writtenKindOf(document), ref) && !isOwnFile(document, ref));
}
