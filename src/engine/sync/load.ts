/** Manifests → checked objects, narrowed to what the user asked for. */
import { say, setting } from '../../core/model/message.ts';
import { refuseTargetKinds } from '../../core/api/external-secret/manifest-targets.ts';
import { refuseForeignRegistries } from '../../core/api/generator/foreign-registries.ts';
import { refuseForeignLogins } from '../../core/api/store/foreign-logins.ts';
import { manifestChecks, type CheckedManifests, type Reading } from '../../core/api/manifests.ts';
import { nearest } from '../../core/model/nearest.ts';
import { setOthersAside, type SortedManifests } from '../../core/api/other-controllers.ts';
import type { ManifestDocument } from '../../core/model/document.ts';
import type { ClusterPushIntent } from '../../core/model/fan-out.ts';
import type { PullIntent, StoreRef } from '../../core/model/intent.ts';
import { isIntentKind, KINDS, roleOf } from '../../core/model/kinds.ts';
import { KNOWN_CLOUDS_ONLY, type AllowedLogins } from '../../core/model/login-hosts.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { AskedResolution, PushIntent } from '../../core/model/push-intent.ts';
import { belongsToOtherClass, storeObjectRef, storeWorldOf } from '../../core/resolve/stores.ts';
import { remoteNameProblems, unnamedStoreProblems } from '../../core/transform/remote-names.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import { askedFor, isAsked, nameOf } from './asked.ts';
import { atEase } from './at-ease.ts';
import { withResolutions } from './resolutions.ts';
import type { FannedOut } from './fan-out.ts';

export interface Loaded extends SortedManifests {
  /** Every intent of the manifests, also those that `only` leaves out: a missing one means deleted, an unasked one not. */
  readonly known: readonly PullIntent[];
  /** The same of the other direction. */
  readonly knownPushes: readonly PushIntent[];
  /** What cluster-wide manifests make here and now; nothing where only manifests are looked at. */
  readonly fannedOut: readonly FannedOut[];
  /** False = some document could not be read or placed, warnings included: an intent that seems to be gone may be hidden in it. */
  readonly complete: boolean;
}

export interface LoadSettings extends Reading {
  readonly only: readonly string[];
  readonly controllerClass: string;
  /** Where the intents are; with `custom-resources`, stores may be in the cluster only. */
  readonly home?: 'files' | 'config-maps' | 'custom-resources';
  /** Where stores may log in; absent = at the known clouds only. `unasked`: this command logs in for no store. */
  readonly logins?: AllowedLogins | 'unasked';
  /** Answers to conflicts that are not in the manifests. */
  readonly resolve?: readonly AskedResolution[];
}

/** Reads and checks everything. Unreadable documents and failed checks are problems; the rest goes on. */
export async function load(source: ManifestSource, settings: LoadSettings): Promise<Loaded> {
  const { documents, problems } = await source.load();
  const { logins = KNOWN_CLOUDS_ONLY, resolve = [] } = settings;
  const sorted = await checkAll(documents, settings);
  const world = storeWorldOf(sorted, settings.controllerClass);
  const isOthers = (intent: PullIntent) => belongsToOtherClass(intent, world);
  const allowed = refuseTargetKinds(sorted, settings.targetKinds ?? [], isOthers);
  const checked =
    logins === 'unasked' ? allowed : refuseForeignRegistries(refuseForeignLogins(allowed, logins), logins);
  const answered = withResolutions(checked, resolve);
  const { intents, pushes, unmatched } = narrow({ ...checked, ...answered.given }, settings.only);
  return {
    ...checked,
    ...answered.given,
    known: checked.intents,
    knownPushes: checked.pushes,
    fannedOut: [],
    // A kind of the whole cluster that may not be listed hides no ExternalSecret, and no PushSecret of a manifest.
    complete: problems.every(({ code }) => code === 'kind-not-listed') && !checked.refused.some(isPlaceless),
    intents,
    pushes,
    problems: [...problems, ...checked.problems, ...unmatched, ...answered.problems],
  };
}

async function checkAll(documents: readonly ManifestDocument[], settings: LoadSettings): Promise<SortedManifests> {
  const checked = setOthersAside(await atEase(manifestChecks(documents, settings)), documents, settings);
  const vaults = new Set(
    checked.stores.filter(({ keySyntax }) => keySyntax === 'azurekv').map(({ ref }) => refText(ref)),
  );
  const isHome = settings.home !== 'custom-resources';
  const found = checked.intents.map((intent) => {
    // A resource is judged by what its vault says.
    if (intent.owner !== undefined) return { intent, problems: [] };
    const isVault = (store: StoreRef) => vaults.has(refText(storeObjectRef(store, intent.ref.namespace)));
    const problems = [...remoteNameProblems(intent, isVault), ...(isHome ? unnamedStoreProblems(intent) : [])];
    return { intent, problems };
  });
  const refused = found.filter(({ problems }) => problems.length > 0);
  return {
    ...checked,
    intents: found.filter(({ problems }) => problems.length === 0).map(({ intent }) => intent),
    refused: [...checked.refused, ...refused.map(({ intent }) => intent.ref)],
    problems: [...checked.problems, ...refused.flatMap(({ problems }) => problems)],
  };
}

/** An intent that is refused before it is known which one it is. */
function isPlaceless({ kind, namespace }: ObjectRef): boolean {
  return isIntentKind(kind) && namespace === undefined;
}

function narrow(
  { intents, pushes, clusterPushes, refused }: CheckedManifests,
  only: readonly string[],
): Pick<CheckedManifests, 'intents' | 'pushes'> & { readonly unmatched: readonly Problem[] } {
  if (only.length === 0) return { intents, pushes, unmatched: [] };
  const unmatched = unmatchedProblems({ intents, knownPushes: pushes, clusterPushes, refused }, only);
  const asksFor = ({ ref }: { readonly ref: ObjectRef }) => isAsked(ref, only);
  return { intents: intents.filter(asksFor), pushes: pushes.filter(asksFor), unmatched };
}

/** Of what is asked for and stands nowhere. */
export function unmatchedProblems(
  {
    intents,
    knownPushes,
    clusterPushes,
    refused,
  }: Pick<Loaded, 'knownPushes' | 'intents' | 'clusterPushes' | 'refused'>,
  only: readonly string[],
): readonly Problem[] {
  const refs = [...[...intents, ...knownPushes].map(({ ref }) => ref), ...refused];
  return only
    .filter((asked) => !refs.some((ref) => isAsked(ref, [asked])) && !clusterPushes.some((one) => mayMake(one, asked)))
    .map((asked) => unmatchedProblem(asked, refs));
}

/** Which namespaces a cluster-wide manifest reaches is known in the cluster only. */
function mayMake({ childKind: kind, childName: name }: ClusterPushIntent, asked: string): boolean {
  const { namespace } = askedFor(asked);
  return isAsked({ kind, namespace, name }, [asked]);
}

function unmatchedProblem(asked: string, refs: readonly ObjectRef[]): Problem {
  const { kind } = askedFor(asked);
  const names = refs.filter((ref) => kind === undefined || ref.kind === kind).map(nameOf);
  // A direction that nobody uses here would only be noise.
  const kinds = KINDS.filter(
    ({ role }) => role === 'pull' || (role === 'push' && refs.some((ref) => roleOf(ref.kind) === role)),
  ).map((row) => row.kind);
  return {
    severity: 'error',
    code: 'only-unmatched',
    what: say`${setting('only')} ${asked} matches no ${kind ?? kinds.join(' and no ')} of the manifests`,
    fix: meantBy(asked, names) ?? 'Write it as namespace/name, as the manifests have it.',
  };
}

/** A name without its namespace, or one that is nearly right. */
function meantBy(asked: string, names: readonly string[]): string | undefined {
  const { place: name } = askedFor(asked);
  const bare = names.filter((one) => one.endsWith(`/${name}`));
  const meant = bare.length === 1 ? bare[0] : nearest(name, names);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}
