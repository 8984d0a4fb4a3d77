/** What manifests alone tell, before any store is opened. */
import { say, setting } from '../../core/model/message.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { hasErrors, type Problem } from '../../core/model/problem.ts';
import { nearStore, storeObjectRef } from '../../core/resolve/stores.ts';
import { checkTemplates } from '../../core/secret-template/check-templates.ts';
import type { Loaded, LoadSettings } from './load.ts';

/** Everything that manifests alone tell. With a stop after each template that is parsed. */
export function* manifestProblems(
  loaded: Loaded,
  settings: Pick<LoadSettings, 'home'>,
): Generator<void, readonly Problem[]> {
  const ofTemplates = yield* checkTemplates(loaded.intents);
  return [...loaded.problems, ...ofTemplates, ...absentStores(loaded, settings)];
}

/** With custom resources a warning only: the store may live in the cluster, applied by somebody else. */
function absentStores(loaded: Loaded, { home }: Pick<LoadSettings, 'home'>): readonly Problem[] {
  const refs = [...loaded.stores.map(({ ref }) => ref), ...loaded.refused, ...loaded.unjudged];
  const texts = new Set([...refs.map(refText), ...loaded.foreignStores]);
  const isThere = (store: ObjectRef) => texts.has(refText(store)) || refs.some((ref) => mayBe(ref, store));
  // What could not be read may be the store.
  if (!loaded.complete && hasErrors(loaded.problems)) return [];
  const severity = home === 'custom-resources' ? 'warning' : 'error';
  return loaded.intents.flatMap((intent) => {
    const { namespace } = intent.ref;
    const named = new Map(intent.storeRefs.map((ref) => [refText(storeObjectRef(ref, namespace)), ref]));
    return [...named.values()]
      .filter((ref) => ref.name !== '' && !isThere(storeObjectRef(ref, namespace)))
      .map((ref): Problem => ({
        severity,
        code: 'store-absent',
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
        what: `names ${refText(storeObjectRef(ref, namespace))}, which is not in these manifests`,
        fix:
          nearStore(ref, namespace, refs) ??
          say`Add it, or correct the reference (kind and namespace matter).${severity === 'error' ? IN_THE_CLUSTER : ''}`,
      }));
  });
}

/** Where one of the two names no namespace: it goes where --namespace or the context says. */
function mayBe({ kind, namespace, name }: ObjectRef, store: ObjectRef): boolean {
  return kind === store.kind && name === store.name && (namespace === '' || store.namespace === '');
}

const IN_THE_CLUSTER = say` If it is in the cluster only: ${setting('home')} custom-resources.`;
