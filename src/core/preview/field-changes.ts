/** What differs between two manifests of one object: paths of fields, never what stands there. */
import { canonicalText } from '../model/canonical-text.ts';
import { type Fields, isRecord } from '../model/fields.ts';
import { compareText } from '../model/object-ref.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';

export interface FieldChange {
  /** `spec.data[2].remoteRef.key`; places in a list are those of the newer manifest, of what is gone those of the older. */
  readonly field: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** In the order of the fields' names. What is new or gone as a whole is one change. */
export function fieldChanges(before: unknown, after: unknown, path: FieldPath = []): readonly FieldChange[] {
  if (isRecord(before) && isRecord(after)) return recordChanges(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (canonicalText(before) === canonicalText(after)) return [];
  return [{ field: fieldText(path), change: 'changed' }];
}

function recordChanges(before: Fields, after: Fields, path: FieldPath): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return names.flatMap((name) => {
    const field = [...path, name];
    if (!Object.hasOwn(before, name)) return [{ field: fieldText(field), change: 'added' as const }];
    if (!Object.hasOwn(after, name)) return [{ field: fieldText(field), change: 'removed' as const }];
    return fieldChanges(before[name], after[name], field);
  });
}

/** What is equal at both ends is passed over, so that an entry in the middle does not change all that follow it. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: FieldPath): readonly FieldChange[] {
  const [older, newer] = [before.map(canonicalText), after.map(canonicalText)];
  const start = commonLength(older, newer);
  const end = commonLength(older.slice(start).reverse(), newer.slice(start).reverse());
  const [removed, added] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const pairs = Math.min(removed.length, added.length);
  const at = (place: number) => fieldText([...path, start + place]);
  return [
    ...added.slice(0, pairs).flatMap((value, place) => fieldChanges(removed[place], value, [...path, start + place])),
    ...added.slice(pairs).map((_, place) => ({ field: at(pairs + place), change: 'added' as const })),
    ...removed.slice(pairs).map((_, place) => ({ field: at(pairs + place), change: 'removed' as const })),
  ];
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const first = a.findIndex((text, place) => text !== b[place]);
  return first === -1 ? a.length : first;
}
