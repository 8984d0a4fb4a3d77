/** How tables name objects and keys. */
import { CREATED_BY_LABEL, DATA_HASH_ANNOTATION, GENERATED_ANNOTATION, MANAGED_LABEL } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { KeyDiff } from '../model/plan.ts';
import type { ChangeReport } from '../model/report.ts';
import { shortList } from '../model/short-list.ts';
import { listed } from './text-table.ts';

/** `shop/orders-db`: everything in the column is of one kind. */
export function nameText({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The ExternalSecret, which is nearly always of the namespace of its Secret. */
export function ownerText(owner: ObjectRef, target: ObjectRef): string {
  return owner.namespace === target.namespace ? owner.name : nameText(owner);
}

/** What the engine keeps up to date with every change of keys tells nothing beside them. */
const BOOKKEEPING: readonly string[] = [
  `label ${MANAGED_LABEL}`,
  `label ${CREATED_BY_LABEL}`,
  `annotation ${DATA_HASH_ANNOTATION}`,
  `annotation ${GENERATED_ANNOTATION}`,
];

/** `label team, type`: what else changes with the keys; empty where nothing does. */
export function besideKeys({ metadata }: Pick<ChangeReport, 'metadata'>): readonly string[] {
  const told = metadata.filter((name) => !BOOKKEEPING.includes(name));
  return told.length === 0 ? [] : [shortList(told)];
}

/** `api-key, endpoint` for what is new; `+new, ~changed, -gone` otherwise. */
export function keysText(keys: KeyDiff, bare: boolean): string {
  return listed(keyNames(keys, bare));
}

export function keyNames(keys: KeyDiff, bare: boolean): readonly string[] {
  return [
    ...keys.added.map((key) => (bare ? key : `+${key}`)),
    ...keys.updated.map((key) => `~${key}`),
    ...keys.removed.map((key) => `-${key}`),
  ];
}
