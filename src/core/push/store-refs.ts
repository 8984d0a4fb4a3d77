/** `dataTo[].storeRef`: which of the stores of a PushSecret an entry is for. */
import type { StoreRef } from '../model/intent.ts';
import { pushEntryPath, type PushDataToEntry, type PushFault, type PushIntent } from '../model/push-intent.ts';
import type { LabelSelector } from '../model/store.ts';
import { selects } from '../model/label-selector.ts';

export interface LabelledStore {
  readonly ref: StoreRef;
  readonly labels: Readonly<Record<string, string>>;
}

/** ESO 2.9: by kind and name, and by labels only where there is no name. */
export function isDataToFor({ store }: PushDataToEntry, { ref, labels }: LabelledStore): boolean {
  if (store === undefined || store.kind !== ref.kind) return false;
  if (store.name !== '') return store.name === ref.name;
  return store.labelSelector !== undefined && selects(store.labelSelector, labels);
}

/**
 * Entries of `dataTo` that are for none of the stores. `stores` are those that `secretStoreRefs` came to.
 *
 * ESO 2.9 gives up the whole PushSecret at the first of them.
 */
export function dataToFaults(intent: PushIntent, stores: readonly LabelledStore[]): readonly PushFault[] {
  return intent.dataTo.flatMap((entry) => {
    const finding = findingOf(entry, intent, stores);
    return finding === undefined ? [] : [{ ...finding, path: [...pushEntryPath(entry), 'storeRef'] }];
  });
}

type Finding = Omit<PushFault, 'path'>;

function findingOf(entry: PushDataToEntry, intent: PushIntent, stores: readonly LabelledStore[]): Finding | undefined {
  const { store } = entry;
  const LIST = 'Name one of spec.secretStoreRefs, of the same kind.';
  if (store === undefined) return { code: 'data-to-store', what: 'is required', fix: LIST };
  if (store.name !== '') {
    // ESO 2.9: what a selector of that kind comes to is not looked at.
    const isListed = intent.stores.some(
      ({ kind, name, labelSelector }) => kind === store.kind && (name === store.name || labelSelector !== undefined),
    );
    if (isListed) return undefined;
    return { code: 'data-to-store', what: `"${store.name}" not found in secretStoreRefs`, fix: LIST };
  }
  if (store.labelSelector === undefined) {
    return { code: 'data-to-store', what: 'must have name or labelSelector', fix: LIST };
  }
  const invalid = selectorFault(store.labelSelector);
  if (invalid !== undefined)
    return { code: 'data-to-selector', what: `has an invalid labelSelector: ${invalid}`, fix: 'Correct it.' };
  if (stores.some((one) => isDataToFor(entry, one))) return undefined;
  const what = 'has a labelSelector that does not match any store in secretStoreRefs';
  return { code: 'data-to-store', what, fix: 'Correct the labels, or add the store to spec.secretStoreRefs.' };
}

/** Kubernetes: In and NotIn have values, Exists and DoesNotExist none. */
function selectorFault({ matchExpressions }: LabelSelector): string | undefined {
  for (const { key, operator, values } of matchExpressions) {
    const isList = operator === 'In' || operator === 'NotIn';
    if (!isList && operator !== 'Exists' && operator !== 'DoesNotExist') return `"${operator}" is no operator`;
    if (isList !== values.length > 0) return `${operator} of "${key}" ${isList ? 'needs values' : 'takes no values'}`;
  }
  return undefined;
}
