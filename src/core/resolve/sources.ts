/** From an ExternalSecret to the vaults that its values come from. */
import { namesStore, type PullIntent } from '../model/intent.ts';
import { refText } from '../model/object-ref.ts';
import type { ObjectSource } from '../model/report.ts';
import type { Store } from '../model/store.ts';
import { storeObjectRef } from './stores.ts';

/** Each store that an entry names, once; entries that name a store only read nothing. */
export function sourcesOf(intent: PullIntent, stores: ReadonlyMap<string, Store>): readonly ObjectSource[] {
  const refs = intent.entries
    .filter(namesStore)
    .filter((entry) => entry.kind !== 'empty')
    .map(({ store }) => storeObjectRef(store, intent.ref.namespace));
  return [...new Set(refs.map(refText))].map((store) => {
    const vault = vaultOf(stores.get(store));
    return { store, ...(vault === undefined ? {} : { vault }) };
  });
}

/** `kv-shop`, from the address; `undefined` where there is none. */
export function vaultOf(store: Store | undefined): string | undefined {
  return store?.vault;
}
