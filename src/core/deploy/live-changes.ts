/**
 * What applying an object would change of the one that is there, as paths of fields; never what stands in them.
 *
 * What the API server or others added to it stays, and is no change. What this manager wrote and no longer writes goes:
 * the API server's own record says what that is.
 */
import { canonicalText } from '../preview/field-changes.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';

/** Kubernetes, FieldsV1: `f:NAME` is a field, `k:{…}` an item of a list by its keys; `.` and `v:…` lead no further. */
export type Owned = Readonly<Record<string, unknown>>;

/** Fields by name; empty where everything is as it would be applied. */
export function liveChanges(wanted: KubernetesObject, live: KubernetesObject, manager: string): readonly string[] {
  const missing = differences(wanted, live, []);
  const owned = ownedBy(live, manager);
  const gone = owned === undefined ? [] : leftovers(owned, wanted, []);
  return [...new Set([...missing, ...gone].map(fieldText))].sort();
}

/** What is wanted and is not so. Lists must be of one length: nobody adds to those of ours. */
export function differences(wanted: unknown, live: unknown, path: FieldPath): readonly FieldPath[] {
  if (isRecord(wanted) && isRecord(live)) {
    return Object.entries(wanted)
      .filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => differences(value, live[name], [...path, name]));
  }
  if (Array.isArray(wanted) && Array.isArray(live) && wanted.length === live.length) {
    return wanted.flatMap((value, place) => differences(value, live[place], [...path, place]));
  }
  // The API server leaves out what is empty.
  if (live === undefined && isEmpty(wanted)) return [];
  return canonicalText(wanted) === canonicalText(live) ? [] : [path];
}

/** What the manager once wrote, and what is no longer wanted. */
function leftovers(owned: Owned, wanted: unknown, path: FieldPath): readonly FieldPath[] {
  return Object.entries(owned).flatMap(([key, below]) => {
    const [sort, text] = [key.slice(0, 2), key.slice(2)];
    if (sort === 'f:' && isRecord(wanted)) {
      const field = [...path, text];
      if (wanted[text] === undefined) return [field];
      return isRecord(below) ? leftovers(below, wanted[text], field) : [];
    }
    if (sort !== 'k:' || !Array.isArray(wanted) || !isRecord(below)) return [];
    const place = placeOf(wanted, JSON.parse(text) as Owned);
    // An item that is not wanted any more shows in the length of the list.
    return place === -1 ? [] : leftovers(below, wanted[place], [...path, place]);
  });
}

function placeOf(items: readonly unknown[], keys: Owned): number {
  return items.findIndex((item) => isRecord(item) && Object.entries(keys).every(([key, value]) => item[key] === value));
}

function ownedBy(live: KubernetesObject, manager: string): Owned | undefined {
  return fieldsByManager(live).find((entry) => entry.manager === manager && entry.operation === 'Apply')?.fields;
}

export interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  readonly fields: Owned;
}

/** The API server's record of who set what, but for what is only reported of the object. */
export function fieldsByManager(live: KubernetesObject): readonly ManagedFields[] {
  const entries = (live.metadata['managedFields'] ?? []) as readonly {
    readonly manager?: string;
    readonly operation?: string;
    readonly subresource?: string;
    readonly fieldsV1?: Owned;
  }[];
  return entries.flatMap(({ manager = '', operation = '', subresource = '', fieldsV1 = {} }) =>
    subresource === '' ? [{ manager, operation, fields: fieldsV1 }] : [],
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every((one) => one === undefined || isEmpty(one));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
