/** Objects of External Secrets as they were written, valid or not: what two sets of manifests are compared by. */
import { canonicalText } from '../model/canonical-text.ts';
import { refOfHead, type ManifestDocument } from '../model/document.ts';
import { groupOf, GROUPS } from '../model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../model/object-ref.ts';
import type { Origin } from '../model/origin.ts';
import { fieldChanges, type FieldChange } from './field-changes.ts';

export interface ManifestObject {
  readonly ref: ObjectRef;
  readonly value: unknown;
  readonly origin?: Origin;
}

/** An object that is new, gone or written differently. */
export interface ManifestChange {
  readonly action: 'added' | 'changed' | 'removed';
  readonly ref: ObjectRef;
  readonly fields: readonly FieldChange[];
  /** In the newer manifests. */
  readonly origin?: Origin;
  /** Equal changes have equal texts: what stood there and what stands there. */
  readonly content: string;
}

/** By kind, namespace and name; where one is written twice the last counts. `namespace` is for those that name none. */
export function manifestObjects(
  documents: readonly ManifestDocument[],
  namespace: string | undefined,
): ReadonlyMap<string, ManifestObject> {
  const objects = documents.flatMap((document) => objectOf(document, namespace));
  return new Map(objects.map((object) => [refText(object.ref), object]));
}

function objectOf({ head, value, origin }: ManifestDocument, given: string | undefined): readonly ManifestObject[] {
  const ref = GROUPS.includes(groupOf(head.apiVersion)) ? refOfHead(head, given) : undefined;
  return ref === undefined ? [] : [{ ref, value, ...(origin === undefined ? {} : { origin }) }];
}

/** In the order of kind, namespace and name. */
export function manifestChanges(
  base: ReadonlyMap<string, ManifestObject>,
  head: ReadonlyMap<string, ManifestObject>,
): readonly ManifestChange[] {
  const all = new Map([...base, ...head].map(([text, { ref }]) => [text, ref]));
  return [...all]
    .toSorted(([, a], [, b]) => compareRefs(a, b))
    .flatMap(([text, ref]) => changeOf(ref, base.get(text), head.get(text)));
}

function changeOf(
  ref: ObjectRef,
  before: ManifestObject | undefined,
  after: ManifestObject | undefined,
): readonly ManifestChange[] {
  const fields = before === undefined || after === undefined ? [] : fieldChanges(before.value, after.value);
  if (before !== undefined && after !== undefined && fields.length === 0) return [];
  const action = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const content = [before, after].map((object) => canonicalText(object?.value ?? null)).join(' ');
  const origin = after?.origin;
  return [{ action, ref, fields, content, ...(origin === undefined ? {} : { origin }) }];
}
