/** What manifests alone tell, before any store is opened. */
import type { ClusterPushIntent } from '../../core/model/fan-out.ts';
import { entryPath, type IntentHead } from '../../core/model/intent.ts';
import { isClusterWide } from '../../core/model/kinds.ts';
import { say, setting } from '../../core/model/message.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { hasErrors, type Problem } from '../../core/model/problem.ts';
import { generatorObjectRef, generatorWorldOf, isGenerator, resolveGenerator } from '../../core/resolve/generators.ts';
import { nearStore, storeObjectRef } from '../../core/resolve/stores.ts';
import { fieldText } from '../../core/model/origin.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import { releaseProblems } from '../../core/api/operator/check.ts';
import type { OperatorRelease } from '../../core/api/operator/release.ts';
import { operatorFunctions } from '../../core/secret-template/operator-functions.ts';
import { checkTemplates } from '../../core/secret-template/check-templates.ts';
import { pushFaults } from '../../core/transform/push-faults.ts';
import type { Loaded, LoadSettings } from './load.ts';

/** Everything that manifests alone tell. With a stop after each template that is parsed. */
export function* manifestProblems(
  loaded: Loaded,
  settings: Pick<LoadSettings, 'home' | 'operator'>,
): Generator<void, readonly Problem[]> {
  const ofTemplates = yield* checkTemplates([...loaded.intents, ...loaded.pushes]);
  const ofClusters: Problem[] = [];
  for (const cluster of loaded.clusterPushes) {
    const found = yield* checkTemplates([cluster.childIn('')]);
    ofClusters.push(...found.map((problem) => ofCluster(problem, cluster)));
  }
  const ofOperator = settings.operator === undefined ? [] : yield* operatorProblems(loaded, settings.operator);
  return [
    ...loaded.problems,
    ...ofTemplates,
    ...ofClusters,
    ...ofOperator,
    ...pushProblems(loaded),
    ...absentStores(loaded, settings),
    ...absentGenerators(loaded, settings),
  ];
}

/** What the release does not have in templates, and whether all is known of it. */
function* operatorProblems(
  { intents, pushes, clusterPushes }: Loaded,
  release: OperatorRelease,
): Generator<void, readonly Problem[]> {
  const found = yield* operatorFunctions([...intents, ...pushes], release);
  const ofClusters: Problem[] = [];
  for (const cluster of clusterPushes) {
    const ofChild = yield* operatorFunctions([cluster.childIn('')], release);
    ofClusters.push(...ofChild.map((problem) => ofCluster(problem, cluster)));
  }
  return [...releaseProblems(release), ...found, ...ofClusters];
}

/** What a pass would come upon in a PushSecret, as errors of the manifest. */
export function pushProblems({ pushes, clusterPushes }: Pick<Loaded, 'pushes' | 'clusterPushes'>): readonly Problem[] {
  return [
    ...pushes.flatMap(faultProblems),
    ...clusterPushes.flatMap((cluster) => faultProblems(cluster.childIn('')).map((one) => ofCluster(one, cluster))),
  ];
}

/** A problem of a child, as one of the manifest that makes it: the fields are that manifest's, too. */
function ofCluster({ field = '', ...problem }: Problem, { ref: at, placed }: ClusterPushIntent): Problem {
  const [first = ''] = field.split('.', 1);
  return { ...problem, at, field: `${fieldText(placed([first]))}${field.slice(first.length)}` };
}

function faultProblems(intent: PushIntent): readonly Problem[] {
  return pushFaults(intent).map(({ path, ...finding }) => {
    const origin = intent.locate(path);
    return {
      severity: 'error',
      at: intent.ref,
      field: fieldText(path),
      ...(origin === undefined ? {} : { origin }),
      ...finding,
    };
  });
}

/** With custom resources a warning only: the store may live in the cluster, applied by somebody else. */
function absentStores(loaded: Loaded, { home }: Pick<LoadSettings, 'home'>): readonly Problem[] {
  const refs = [...loaded.stores.map(({ ref }) => ref), ...loaded.refused, ...loaded.unjudged];
  const texts = new Set([...refs.map(refText), ...loaded.foreignStores]);
  const isThere = (store: ObjectRef) => texts.has(refText(store)) || refs.some((ref) => mayBe(ref, store));
  // What could not be read may be the store.
  if (!loaded.complete && hasErrors(loaded.problems)) return [];
  const severity = home === 'custom-resources' ? 'warning' : 'error';
  return namersOf(loaded).flatMap((intent) => {
    const { namespace = '' } = intent.ref;
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

/** The same of generators. Those of another kind than is served were told with the reference. */
function absentGenerators(loaded: Loaded, { home }: Pick<LoadSettings, 'home'>): readonly Problem[] {
  if (!loaded.complete && hasErrors(loaded.problems)) return [];
  const world = generatorWorldOf(loaded);
  const refs = [...loaded.generators.map(({ ref }) => ref), ...loaded.unjudged];
  return loaded.intents.flatMap((intent) =>
    intent.entries.flatMap((entry): readonly Problem[] => {
      if (entry.kind !== 'generate') return [];
      const wanted = generatorObjectRef(entry.generator, intent.ref.namespace);
      const found = resolveGenerator(entry.generator, intent.ref.namespace, world);
      if (isGenerator(found) || refs.some((ref) => refText(ref) === refText(wanted) || mayBe(ref, wanted))) return [];
      const path = [...entryPath(entry), 'sourceRef', 'generatorRef'];
      const origin = intent.locate(path);
      const severity = home === 'custom-resources' && found.code === 'generator-absent' ? 'warning' : 'error';
      const place = { at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
      return [{ severity, ...place, ...found }];
    }),
  );
}

/** Whatever names stores. In which namespaces a cluster-wide manifest looks for a SecretStore is known in the cluster only. */
function namersOf({ intents, pushes, clusterPushes }: Loaded): readonly StoreNamer[] {
  const clusters = clusterPushes.map((cluster) => {
    const storeRefs = cluster.childIn('').storeRefs.filter(({ kind }) => isClusterWide(kind));
    return { ...cluster, storeRefs };
  });
  return [...intents, ...pushes, ...clusters];
}

type StoreNamer = Pick<IntentHead, 'origin' | 'storeRefs'> & { readonly ref: ObjectRef };

/** Where one of the two names no namespace: it goes where --namespace or the context says. */
function mayBe({ kind, namespace, name }: ObjectRef, store: ObjectRef): boolean {
  return kind === store.kind && name === store.name && (namespace === '' || store.namespace === '');
}

const IN_THE_CLUSTER = say` If it is in the cluster only: ${setting('home')} custom-resources.`;
