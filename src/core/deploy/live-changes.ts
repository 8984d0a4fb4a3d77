/**
 * What applying an object would change of the one that is there, as paths of fields; never what stands in them.
 *
 * What the API server or others added to it stays, and is no change. What this manager wrote and no longer writes goes:
 * the API server's own record says what that is. That record also tells whose another value is:
 *
 * | what is there is not what is wanted, and its field is | it is |
 * | --- | --- |
 * | somebody else's | a change, of theirs |
 * | this manager's, and what is wanted was applied last | what the API server, or a mutating policy, made of it: no change |
 * | this manager's, and something else was applied last | a change |
 * | nobody's | a change |
 *
 * For whoever sets a field to another value takes it over, while what admission makes of a value stays its sender's.
 * Whoever applied the same value beside this manager owns it as well, and loses it to another one: that is named too.
 */
import { isRecord } from '../model/fields.ts';
import { canonicalText } from '../model/canonical-text.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';

/** Kubernetes, FieldsV1: `f:NAME` is a field, `k:{…}` an item of a list by its keys; `.` and `v:…` lead no further. */
export type Owned = Readonly<Record<string, unknown>>;

export interface LiveChange {
  /** `spec.schedule`. */
  readonly field: string;
  /** Field managers that set it to something else; absent where nobody is on record. */
  readonly setBy?: readonly string[];
}

export interface Applying {
  readonly manager: string;
  /** True = just this was applied last. */
  readonly isAsApplied?: boolean;
}

/** By field; empty where everything is as it would be applied. */
export function liveChanges(wanted: KubernetesObject, live: KubernetesObject, how: Applying): readonly LiveChange[] {
  const setters = settersOf(live);
  const missing = differences({ wanted, live, path: [], setters }, how);
  const owned = ownedBy(setters, how.manager);
  const gone = owned === undefined ? [] : leftovers(owned, wanted, []).map((path) => ({ field: fieldText(path) }));
  const byField = new Map<string, LiveChange>([...gone, ...missing].map((change) => [change.field, change]));
  return [...byField.values()].sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Who applied or set what, below one field. */
interface Setter {
  readonly manager: string;
  readonly isApply: boolean;
  readonly owned: Owned;
}

interface ComparedField {
  readonly wanted: unknown;
  readonly live: unknown;
  readonly path: FieldPath;
  /** Of those that own something here. */
  readonly setters: readonly Setter[];
}

/** What is wanted and is not so. */
function differences(place: ComparedField, how: Applying): readonly LiveChange[] {
  const { wanted, live, path, setters } = place;
  if (isRecord(wanted) && isRecord(live)) {
    return Object.entries(wanted)
      .filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) =>
        differences(
          { wanted: value, live: live[name], path: [...path, name], setters: below(setters, `f:${name}`) },
          how,
        ),
      );
  }
  if (Array.isArray(wanted) && Array.isArray(live)) {
    const keys = keysOfItems(ownedBy(setters, how.manager) ?? {});
    if (keys.length > 0) return itemDifferences(place, how, keys);
    if (wanted.length === live.length)
      return wanted.flatMap((value, at) =>
        differences({ wanted: value, live: live[at], path: [...path, at], setters }, how),
      );
  }
  // The API server leaves out what is empty.
  if (live === undefined && isEmpty(wanted)) return [];
  return canonicalText(wanted) === canonicalText(live) ? [] : differing(path, setters, how);
}

/** Items that are told apart by their keys: what others added to the list stays. */
function itemDifferences({ wanted, live, path, setters }: ComparedField, how: Applying, keys: readonly string[]) {
  const items = live as readonly unknown[];
  return (wanted as readonly unknown[]).flatMap((value, at) => {
    const key = keys.find((one) => placeOf([value], keysIn(one)) === 0);
    const found = key === undefined ? -1 : placeOf(items, keysIn(key));
    const field = [...path, at];
    if (key === undefined || found === -1) return [{ field: fieldText(field) }];
    return differences({ wanted: value, live: items[found], path: field, setters: below(setters, key) }, how);
  });
}

function differing(path: FieldPath, setters: readonly Setter[], how: Applying): readonly LiveChange[] {
  const isOurs = ownedBy(setters, how.manager) !== undefined;
  if (isOurs && how.isAsApplied === true) return [];
  const others = new Set(setters.filter(({ manager }) => manager !== how.manager).map(({ manager }) => manager));
  const setBy = [...others].sort();
  return [{ field: fieldText(path), ...(setBy.length === 0 ? {} : { setBy }) }];
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
    const place = placeOf(wanted, keysIn(key));
    // An item that is not wanted any more: the list, as a whole.
    return place === -1 ? [path] : leftovers(below, wanted[place], [...path, place]);
  });
}

function placeOf(items: readonly unknown[], keys: Owned): number {
  return items.findIndex((item) => isRecord(item) && Object.entries(keys).every(([key, value]) => item[key] === value));
}

function keysOfItems(owned: Owned): readonly string[] {
  return Object.keys(owned).filter((key) => key.startsWith('k:'));
}

/** The keys that an item names; none where no API server writes such an item. */
function keysIn(item: string): Owned {
  try {
    const keys: unknown = JSON.parse(item.slice(2));
    return isRecord(keys) && Object.keys(keys).length > 0 ? keys : NO_ITEM;
  } catch {
    return NO_ITEM;
  }
}

/** Fits no item. */
const NO_ITEM: Owned = { '': Symbol('no item') };

/** Whoever owns a field as a whole (`{}`), as a list that is one value, owns all that is in it. */
function below(setters: readonly Setter[], step: string): readonly Setter[] {
  return setters.flatMap((setter) => {
    if (Object.keys(setter.owned).length === 0) return [setter];
    const owned = setter.owned[step];
    return isRecord(owned) ? [{ ...setter, owned }] : [];
  });
}

function ownedBy(setters: readonly Setter[], manager: string): Owned | undefined {
  return setters.find((setter) => setter.manager === manager && setter.isApply)?.owned;
}

function settersOf(live: KubernetesObject): readonly Setter[] {
  const entries = (live.metadata['managedFields'] ?? []) as readonly {
    readonly manager?: string;
    readonly operation?: string;
    readonly subresource?: string;
    readonly fieldsV1?: Owned;
  }[];
  return entries.flatMap(({ manager = '', operation, subresource = '', fieldsV1 = {} }) =>
    // What is only reported of the object is nobody's wish.
    subresource === '' ? [{ manager, isApply: operation === 'Apply', owned: fieldsV1 }] : [],
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every((one) => one === undefined || isEmpty(one));
}
