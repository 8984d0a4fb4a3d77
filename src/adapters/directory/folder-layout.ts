/** Which object stands in which document of a folder, and in which file a Secret of ours belongs. */
import { readHead } from '../../core/model/document.ts';
import { fieldsOf } from '../../core/model/fields.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { secretRef } from '../../core/model/secret.ts';
import type { FolderDocument } from './folder-files.ts';

/** Relative to the folder. Only for names that were checked. */
export function fileOf(ref: ObjectRef): string {
  return `${ref.namespace ?? ''}/secrets/${ref.name}.yaml`;
}

/** The Secret that a file of our layout is named after. */
export function ownerOfFile(file: string): ObjectRef | undefined {
  const [namespace, folder, name, ...deeper] = file.split('/');
  if (namespace === undefined || folder !== 'secrets' || name === undefined || deeper.length > 0) return undefined;
  return name.endsWith('.yaml') ? secretRef(namespace, name.slice(0, -'.yaml'.length)) : undefined;
}

/** Of our layout: the one document of the file that is named after it. */
export function isOwnFile(document: FolderDocument, ref: ObjectRef): boolean {
  return document.alone && document.file === fileOf(ref);
}

/** False for a broken file that is named after a Secret of another namespace. */
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

export function secretOf(document: FolderDocument): ObjectRef | undefined {
  const ref = refOfDocument(document);
  const isCore = readHead(document.value).apiVersion === 'v1';
  return ref?.kind === 'Secret' && isCore ? ref : undefined;
}

export function isSame(a: ObjectRef | undefined, b: ObjectRef): boolean {
  return a !== undefined && refText(a) === refText(b);
}

export function namespacedRef(ref: ObjectRef): ObjectRef {
  return secretRef(ref.namespace ?? 'default', ref.name);
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
