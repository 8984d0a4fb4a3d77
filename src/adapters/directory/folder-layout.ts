/** Which object stands in which document of a folder, and in which file a Secret or ConfigMap of ours belongs. */
import { readHead } from '../../core/model/document.ts';
import { fieldsOf } from '../../core/model/fields.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { FolderDocument } from './folder-files.ts';

/** Kinds that are written, by the name of their files' folder. */
const KINDS: Readonly<Record<string, string>> = { secrets: 'Secret', configmaps: 'ConfigMap' };

/** Relative to the folder. Only for names that were checked. */
export function fileOf({ kind, namespace = '', name }: ObjectRef): string {
  return `${namespace}/${kind.toLowerCase()}s/${name}.yaml`;
}

/** The Secret or ConfigMap that a file of our layout is named after. */
export function ownerOfFile(file: string): ObjectRef | undefined {
  const [namespace, folder = '', name, ...deeper] = file.split('/');
  const kind = Object.hasOwn(KINDS, folder) ? KINDS[folder] : undefined;
  if (namespace === undefined || kind === undefined || name === undefined || deeper.length > 0) return undefined;
  return name.endsWith('.yaml') ? { kind, namespace, name: name.slice(0, -'.yaml'.length) } : undefined;
}

/** Of our layout: the one document of the file that is named after it. */
export function isOwnFile(document: FolderDocument, ref: ObjectRef): boolean {
  return document.alone && document.file === fileOf(ref);
}

/** False for a broken file that is named after an object of another namespace. */
export function mayHoldOf(document: FolderDocument, namespace: string): boolean {
  const owner = ownerOfFile(document.file);
  return owner === undefined || owner.namespace === namespace;
}

export function refOfDocument(document: FolderDocument): ObjectRef | undefined {
  const { kind, name, namespace } = readHead(document.value);
  if (kind === '' || name === undefined) return undefined;
  if (kind === 'Namespace') return { kind, name };
  return { kind, namespace: namespace ?? ownerOfFile(document.file)?.namespace ?? 'default', name };
}

/** Of a kind that may be written; everything else is only read. */
export function writtenKindOf(document: FolderDocument): ObjectRef | undefined {
  const ref = refOfDocument(document);
  const isCore = readHead(document.value).apiVersion === 'v1';
  return ref !== undefined && isCore && Object.values(KINDS).includes(ref.kind) ? ref : undefined;
}

export function isSame(a: ObjectRef | undefined, b: ObjectRef): boolean {
  return a !== undefined && refText(a) === refText(b);
}

export function namespacedRef(ref: ObjectRef): ObjectRef {
  return { kind: ref.kind, namespace: ref.namespace ?? 'default', name: ref.name };
}

export function textsOf(document: FolderDocument, field: 'labels' | 'annotations'): Readonly<Record<string, string>> {
  return onlyTexts(fieldsOf(fieldsOf(document.value)['metadata'])[field]);
}

/** `data` of a ConfigMap. */
export function configMapData(document: FolderDocument): Readonly<Record<string, string>> {
  return onlyTexts(fieldsOf(document.value)['data']);
}

function onlyTexts(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
