/** One manifest as it was written, with the place of each of its fields. */
import { fieldsOf } from './fields.ts';
import { isClusterWide } from './kinds.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath, Origin } from './origin.ts';

export interface ManifestDocument {
  /** Which object it is about: nobody reads that out of `value` again. */
  readonly head: DocumentHead;
  /** The parsed YAML or JSON, unchecked. */
  readonly value: unknown;
  /** Where the document begins; absent for objects that were read from the cluster. */
  readonly origin?: Origin;
  /** Where a field stands; the nearest enclosing field when that one is absent. */
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** Words that Kubernetes' own tools read otherwise; absent where there was no YAML. */
  readonly oldWords?: () => readonly OldWord[];
  /** Placeholders that got no value where values were filled in; absent where none were. */
  readonly openPlaceholders?: readonly OpenPlaceholder[];
  /** Of one that was written in a version which no cluster serves any more: `value` is what it is in the newest. */
  readonly written?: WrittenForm;
  /** `cluster` documents are custom resources: their uid, generation and status are real. Those of files are ignored. */
  readonly home: 'file' | 'cluster';
}

/** A manifest before it was brought to the newest version of its kind. */
export interface WrittenForm {
  readonly apiVersion: string;
  readonly value: unknown;
  /** Where a field of the newest version stands in it. */
  readonly pathOf: (path: FieldPath) => FieldPath;
}

/** What a document says it is. What is absent, or no text, counts as not written. */
export interface DocumentHead {
  /** '' where none is written. */
  readonly apiVersion: string;
  /** '' where none is written. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The only way to make one, so that its head is that of its value. */
export function documentOf(parts: Omit<ManifestDocument, 'head'>): ManifestDocument {
  return { ...parts, head: readHead(parts.value) };
}

/** The same document, rewritten. */
export function withValue(document: ManifestDocument, value: unknown): ManifestDocument {
  return { ...document, head: readHead(value), value };
}

/** For what is no ManifestDocument; those have theirs. */
export function readHead(value: unknown): DocumentHead {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  const { name, namespace } = fieldsOf(metadata);
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind: typeof kind === 'string' ? kind : '',
    ...(typeof namespace === 'string' ? { namespace } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** `undefined` where kind or name is missing. `given` is for documents of namespaced kinds that name no namespace. */
export function refOfHead({ kind, name, namespace: own }: DocumentHead, given?: string): ObjectRef | undefined {
  if (kind === '' || name === undefined) return undefined;
  const namespace = isClusterWide(kind) ? undefined : (own ?? given);
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** A `${NAME}` that is still to be filled. */
export interface OpenPlaceholder {
  readonly path: FieldPath;
  readonly name: string;
}

/** A word without quotes that YAML 1.1 takes for a boolean or a number, and YAML 1.2, as here, for a text. */
export interface OldWord {
  /** Of the value; of the field whose name it is. */
  readonly path: FieldPath;
  readonly isKey: boolean;
  readonly word: string;
  /** What YAML 1.1 makes of it. */
  readonly meaning: boolean | 'number';
}
