/** Which stores a PushSecret means: those it names, and those that carry its labels. ESO 2.9, 6.2. */
import type { StoreRef } from '../model/intent.ts';
import { isClusterWide, STORE_KINDS } from '../model/kinds.ts';
import { compareText, refText } from '../model/object-ref.ts';
import type { FieldPath } from '../model/origin.ts';
import type { PushFault, PushIntent, PushStoreRef } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { isDeleting } from '../model/lifecycle.ts';
import { selects } from '../model/label-selector.ts';
import { isManaged, isStore, resolveStore, storeObjectRef, type StoreWorld } from './stores.ts';

export interface PushStore {
  /** `SecretStore/kv`: as `status.syncedPushSecrets` names it. */
  readonly key: string;
  readonly ref: StoreRef;
  readonly path: FieldPath;
  readonly store: Store;
}

export interface PushStores {
  /** In the order of the references; each once. */
  readonly usable: readonly PushStore[];
  readonly faults: readonly (PushFault & { readonly store: string })[];
  /** True where the manifest names stores, and all are another controller's. */
  readonly isOtherClass: boolean;
  /** True where all that it names are being deleted. */
  readonly isLeaving: boolean;
}

/** ESO 2.9: nothing is pushed by a store that is being deleted; what was, may still be taken back by it. */
export function pushStores(
  intent: PushIntent,
  world: StoreWorld,
  which: 'lasting' | 'also-deleting' = 'lasting',
): PushStores {
  const usable = new Map<string, PushStore>();
  const faults = new Map<string, PushFault & { readonly store: string }>();
  let others = 0;
  let leaving = 0;
  for (const [index, ref] of intent.stores.entries()) {
    const path: FieldPath = ['spec', 'secretStoreRefs', index];
    for (const named of namedBy(ref, intent, world)) {
      const key = storeText(named);
      if (isOthers(named, intent, world)) {
        others += 1;
        continue;
      }
      const store = resolveStore(named, intent.ref.namespace, world);
      if (isStore(store) && which === 'lasting' && isDeleting(store)) leaving += 1;
      else if (isStore(store)) usable.set(key, { key, ref: named, path, store });
      else faults.set(key, { ...store, path, store: key });
    }
  }
  const found = [...usable.values()];
  const none = found.length + faults.size === 0;
  return {
    usable: found,
    faults: [...faults.values()],
    isOtherClass: others > 0 && none,
    isLeaving: leaving > 0 && none,
  };
}

/** Of `SecretStore/kv`. */
export function storeRefOf(text: string): StoreRef {
  const [kind = '', name = ''] = text.split('/');
  return { kind: STORE_KINDS.find((one) => one === kind) ?? 'SecretStore', name };
}

export function storeText({ kind, name }: StoreRef): string {
  return `${kind}/${name}`;
}

/** ESO 2.9: a store with another `spec.controller` is left out, whatever else is wrong with it. */
function isOthers(ref: StoreRef, intent: PushIntent, world: StoreWorld): boolean {
  const key = refText(storeObjectRef(ref, intent.ref.namespace));
  const store = world.stores.get(key);
  return world.foreign.has(key) || (store !== undefined && !isManaged(store, world));
}

function namedBy(ref: PushStoreRef, intent: PushIntent, world: StoreWorld): readonly StoreRef[] {
  const { kind, name, labelSelector } = ref;
  if (labelSelector === undefined) return [{ kind, name }];
  return [...world.stores.values()]
    .filter((store) => store.ref.kind === kind && selects(labelSelector, store.labels))
    .filter((store) => isClusterWide(kind) || store.ref.namespace === intent.ref.namespace)
    .map((store) => ({ kind, name: store.ref.name }))
    .toSorted((a, b) => compareText(a.name, b.name));
}
