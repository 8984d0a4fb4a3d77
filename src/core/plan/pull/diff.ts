/** What differs between a live Secret and the wanted one: names only. */
import { compareText } from '../../model/object-ref.ts';
import type { KeyDiff } from '../../model/plan.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { DesiredSecret, LiveSecret, OwnerReference } from '../../model/secret.ts';
import { DATA_HASH_ANNOTATION, REDACTED } from '../../model/names.ts';

type Data = ReadonlyMap<string, SecretValue>;

/** Keys that would be added, get another value, or go. */
export function diffKeys(live: Data, desired: Data): KeyDiff {
  const updated = [...desired].filter(([key, value]) => live.has(key) && live.get(key)?.equals(value) !== true);
  return {
    added: [...desired.keys()].filter((key) => !live.has(key)).sort(compareText),
    updated: updated.map(([key]) => key).sort(compareText),
    removed: [...live.keys()].filter((key) => !desired.has(key)).sort(compareText),
  };
}

export function isEmpty(keys: KeyDiff): boolean {
  return keys.added.length + keys.updated.length + keys.removed.length === 0;
}

/** Everything beside the data that differs, in a fixed order. */
export function diffMetadata(live: LiveSecret, desired: DesiredSecret): readonly string[] {
  return [
    ...(desired.type !== undefined && desired.type !== live.type ? ['type'] : []),
    ...((desired.immutable ?? false) === (live.immutable ?? false) ? [] : ['immutable']),
    ...diffTexts(live.labels, desired.labels).map((key) => `label ${key}`),
    ...diffTexts(live.annotations, desired.annotations)
      .filter((key) => !isRedactedHash(key, live))
      .map((key) => `annotation ${key}`),
    ...(sameOwners(live.ownerReferences, desired.ownerReferences) ? [] : ['owner']),
    ...(live.finalizers.join() === desired.finalizers.join() ? [] : ['finalizers']),
  ];
}

/** A folder without values holds no hash either; its data was compared key by key. */
function isRedactedHash(key: string, live: LiveSecret): boolean {
  return key === DATA_HASH_ANNOTATION && live.annotations.get(key) === REDACTED;
}

function diffTexts(live: ReadonlyMap<string, string>, desired: ReadonlyMap<string, string>): readonly string[] {
  const keys = new Set([...live.keys(), ...desired.keys()]);
  return [...keys].filter((key) => live.get(key) !== desired.get(key)).sort(compareText);
}

function sameOwners(a: readonly OwnerReference[], b: readonly OwnerReference[]): boolean {
  return ownersText(a) === ownersText(b);
}

function ownersText(references: readonly OwnerReference[]): string {
  return references
    .map((r) => [r.apiVersion, r.kind, r.name, r.uid, r.controller ?? false, r.blockOwnerDeletion ?? false].join('|'))
    .join('\n');
}
