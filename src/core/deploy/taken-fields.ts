/** Fields that applying an object takes from who set them to another value: the API server's own record says who did. */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import { differences, fieldsByManager, type Owned } from './live-changes.ts';

export interface TakenField {
  readonly field: string;
  /** In the order of the record. */
  readonly managers: readonly string[];
}

/** By field; none where nobody else has set what would change. */
export function takenFields(wanted: KubernetesObject, live: KubernetesObject, own: string): readonly TakenField[] {
  const others = fieldsByManager(live).filter(({ manager }) => manager !== own);
  return differences(wanted, live, []).flatMap((path) => {
    const managers = others.filter(({ fields }) => isIn(fields, live, path)).map(({ manager }) => manager);
    return managers.length === 0 ? [] : [{ field: fieldText(path), managers: [...new Set(managers)] }];
  });
}

/** An empty record below a field stands for all of it. */
function isIn(owned: Owned, live: unknown, [step, ...rest]: FieldPath): boolean {
  if (step === undefined) return true;
  const below = typeof step === 'string' ? owned[`f:${step}`] : itemOf(owned, childOf(live, step));
  if (typeof below !== 'object' || below === null) return false;
  return Object.keys(below).length === 0 || isIn(below as Owned, childOf(live, step), rest);
}

function childOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string | number, unknown>>)[step]
    : undefined;
}

/** `k:{"name":"keyferry"}` is the item with that name. */
function itemOf(owned: Owned, item: unknown): unknown {
  const found = Object.entries(owned).find(([key]) => {
    if (!key.startsWith('k:')) return false;
    const keys = JSON.parse(key.slice(2)) as Readonly<Record<string, unknown>>;
    return Object.entries(keys).every(([name, value]) => childOf(item, name) === value);
  });
  return found?.[1];
}
