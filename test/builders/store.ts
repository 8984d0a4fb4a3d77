/** A store as its check would give it. */
import { factsOf } from '../../src/core/api/store/facts.ts';
import { isClusterWide } from '../../src/core/model/kinds.ts';
import type { Store, StoreProvider } from '../../src/core/model/store.ts';

/** Of every class, and for every namespace unless `parts` say otherwise. */
export function storeOf<Provider extends StoreProvider>(
  ref: Store['ref'],
  provider: Provider,
  parts: Partial<Store> = {},
): Store & { readonly provider: Provider } {
  return {
    ref,
    locate: () => undefined,
    controller: '',
    labels: {},
    conditions: [],
    ...factsOf(provider, isClusterWide(ref.kind)),
    ...parts,
    provider,
  };
}
