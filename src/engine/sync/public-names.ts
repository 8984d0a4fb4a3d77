/** The names that stand in the manifests: whoever reads a report knows them, and reads it by them. */
import type { ObjectRef } from '../../core/model/object-ref.ts';
import type { Loaded } from './load.ts';

export function publicNames({ known, stores }: Pick<Loaded, 'known' | 'stores'>): ReadonlySet<string> {
  const ofStores = stores.flatMap(({ ref, vault = '' }) => [...namesOf(ref), vault]);
  const ofIntents = known.flatMap(({ ref, target, storeRefs }) => [
    ...namesOf(ref),
    target.name,
    ...storeRefs.map(({ name }) => name),
  ]);
  return new Set([...ofStores, ...ofIntents]);
}

function namesOf({ namespace = '', name }: ObjectRef): readonly string[] {
  return [namespace, name];
}
