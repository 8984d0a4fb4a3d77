/** An object of ours whose place is known: what the check of its kind is given. */
import { fieldsOf } from '../model/fields.ts';
import type { Checked, Subject } from './check.ts';
import type { WrittenMetadata } from './schema.ts';

export interface WrittenObject extends Subject {
  readonly metadata: WrittenMetadata;
}

/** All problems at once; any error leaves no value. */
export type CheckOf<Found> = (written: WrittenObject) => Checked<Found>;

/** Unchecked; `{}` where there is none, so that what is missing in it is told. */
export function specOf({ document }: WrittenObject): unknown {
  return fieldsOf(document.value)['spec'] ?? {};
}
