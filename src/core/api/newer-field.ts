/** Fields that a version of a kind did not have: one table for the check of manifests and for JSON Schemas. */
import { fieldsOf } from '../model/fields.ts';
import type { FieldPath } from '../model/origin.ts';

/** A field, or one word of it. */
export interface NewerField {
  /** From the root of the manifest: `spec.dataFrom[].rewrite[].merge`. */
  readonly at: string;
  readonly value?: string;
}

/** Where a manifest uses it. */
export function usesOf(value: unknown, { at, value: word }: NewerField, path: FieldPath = []): readonly FieldPath[] {
  const [first = '', ...rest] = at.split('.');
  const name = first.replace(/\[\]$/u, '');
  const found = fieldsOf(value)[name];
  const below: NewerField = { at: rest.join('.'), ...(word === undefined ? {} : { value: word }) };
  if (found === undefined || found === null) return [];
  if (rest.length === 0) return word === undefined || found === word ? [[...path, name]] : [];
  if (!first.endsWith('[]')) return usesOf(found, below, [...path, name]);
  const entries: readonly unknown[] = Array.isArray(found) ? found : [];
  return entries.flatMap((entry, index) => usesOf(entry, below, [...path, name, index]));
}
