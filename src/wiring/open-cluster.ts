/** Settings → the cluster a run writes to, where it remembers its outcomes, and where the intents are if not in files. */
import { existsSync } from 'node:fs';
import { joined, say, setting, type Message } from '../core/model/message.ts';
import { openDirectory } from '../adapters/directory/open-directory.ts';
import type { Connection, ConnectionOptions } from '../adapters/kubernetes/connection.ts';
import type { KubernetesOptions, KubernetesPorts } from '../adapters/kubernetes/open-kubernetes.ts';
import { otherRepositoryOfState, repositoryAnnotations } from '../core/deploy/repository.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { SecretValue } from '../core/model/secret-value.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PinnedIntents, pinsIn, StoredIntentsSource } from '../engine/installation/stored-intents.ts';
import type { Ports } from '../engine/sync/ports.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { findKubeconfig, isPipeline, type LyingAround } from './kubeconfig.ts';
import { secretsIn } from './kubeconfig-text.ts';
import type { RunContext } from './ports.ts';
import { repositoryOfRun } from './repository.ts';

export interface OpenCluster extends Pick<Ports, 'cluster' | 'state' | 'publisher' | 'finalizers' | 'fanOuts'> {
  /** Where the intents are not in files. */
  readonly manifests?: ManifestSource;
  /** Of a real cluster. */
  readonly real?: KubernetesPorts;
}

/**
 * Rejects with a PortError of kind `Invalid` where no cluster is named, or its kubeconfig is of no use. Without a
 * connection it makes one. `intents`: those that were read already.
 */
export async function openCluster(
  settings: Settings,
  outside: RunContext,
  { connection, intents }: { readonly connection?: Connection | undefined; readonly intents?: PinnedIntents } = {},
): Promise<OpenCluster> {
  if (settings.directory !== undefined) {
    const { cluster, state } = openDirectory({ folder: settings.directory, showValues: settings.showValues });
    return { cluster, state, publisher: { event: () => Promise.resolve() } };
  }
  const connected = connection ?? (await connect(settings, outside, waysOfARun(settings)));
  const real = await open(settings, connected, ownerOfState(settings, outside));
  const { cluster, state, publisher, fanOuts, finalizers } = real;
  const manifests = manifestsIn(real, settings, intents ?? pinnedIntentsIn(real, settings));
  return {
    cluster,
    state,
    publisher,
    real,
    ...(fanOuts === undefined ? {} : { fanOuts }),
    ...(finalizers === undefined ? {} : { finalizers }),
    ...(manifests === undefined ? {} : { manifests }),
  };
}

/** `undefined` = they are in files. */
function manifestsIn(
  { objects, manifests, findResource }: KubernetesPorts,
  { home, deployed }: Settings,
  intents: PinnedIntents,
): ManifestSource | undefined {
  if (home === 'config-maps') return new StoredIntentsSource(objects, intents);
  return deployed && findResource !== undefined ? new StoredIntentsSource({ read: findResource }, intents) : manifests;
}

/** As the pod spec names them: a pod is told by its own, whoever looks from outside asks the CronJob. */
export function pinnedIntentsIn(
  { objects, installation }: Pick<KubernetesPorts, 'objects' | 'installation'>,
  { intents }: Settings,
): PinnedIntents {
  const pins = async () => (intents.length > 0 ? intents : await pinsIn(objects, installation));
  return new PinnedIntents(objects, installation, pins);
}

/** The real cluster that the settings name. */
export async function openRealCluster(
  settings: Settings,
  outside: RunContext,
  known?: Connection,
): Promise<KubernetesPorts> {
  return await open(settings, known ?? (await connect(settings, outside, [])));
}

async function open(
  settings: Settings,
  connection: Connection,
  stateOwner?: KubernetesOptions['stateOwner'],
): Promise<KubernetesPorts> {
  const { openKubernetes } = await import(/* webpackMode: "eager" */ '../adapters/kubernetes/open-kubernetes.ts');
  const { namespace, installation: name, installationNamespace, home, deployed } = settings;
  return openKubernetes(connection, {
    clock: systemClock,
    home,
    byName: deployed,
    ...(stateOwner === undefined ? {} : { stateOwner }),
    ...(namespace === undefined ? {} : { namespace }),
    installation: { name, ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }) },
  });
}

/** Intents in files are a repository's: their records are not those of another. Intents in the cluster are everybody's. */
function ownerOfState({ home }: Settings, { environment }: RunContext): KubernetesOptions['stateOwner'] {
  const own = repositoryOfRun(environment);
  if (own === undefined || home !== 'files') return undefined;
  return (installation) => ({
    annotations: repositoryAnnotations(own),
    refusal: (recorded) => otherRepositoryOfState(recorded, own, installation),
  });
}

/** For a command that looks at one cluster in several ways: it costs tokens and requests. `undefined` = it is a folder. */
export async function connectionOf(
  settings: Settings,
  outside: RunContext,
  others: readonly Message[] = [],
): Promise<Connection | undefined> {
  return settings.directory === undefined ? await connect(settings, outside, others) : undefined;
}

/** How else a plan or sync may be told its cluster; with the engine runner it stands for a deployment, which has none. */
export function waysOfARun({ engine }: Settings): readonly Message[] {
  return engine === 'runner' ? [] : [FOLDER];
}

/** `others`: ways to name a cluster that the command takes beside those of a real one. The client takes long to load, so it is loaded only where it is needed. */
async function connect(settings: Settings, outside: RunContext, others: readonly Message[]): Promise<Connection> {
  const { environment, logger, masker } = outside;
  if (settings.aksCluster !== undefined) {
    // Never another cluster in its place.
    if (outside.connectToAks === undefined) throw new Error('this entry reaches no AKS cluster');
    return await outside.connectToAks(settings.aksCluster, settings, outside);
  }
  for (const secret of secretsIn(settings.kubeconfig ?? '', existsSync)) masker.mask(SecretValue.ofText(secret));
  // The job is inside its cluster.
  const isOnlyNamed = outside.connectToAks !== undefined && isPipeline(environment);
  const found = await findKubeconfig(settings, environment, isOnlyNamed);
  if (typeof found === 'object' && 'isPod' in found) throw noCluster({ settings, outside, others, found, isOnlyNamed });
  const { connectByKubeconfig, connectInCluster } = await import(
    /* webpackMode: "eager" */ '../adapters/kubernetes/connection.ts'
  );
  const { allowExec = true } = outside;
  const options: ConnectionOptions = {
    environment,
    logger,
    masker,
    clock: systemClock,
    random: Math.random,
    allowExec,
  };
  return found === 'pod' ? connectInCluster(options) : connectByKubeconfig(found, settings.context, options);
}

const FOLDER = say`${setting('directory')} FOLDER: a folder that holds Secrets as YAML files`;

interface Nothing {
  readonly settings: Settings;
  readonly outside: RunContext;
  readonly others: readonly Message[];
  readonly found: LyingAround;
  readonly isOnlyNamed: boolean;
}

/** In a workflow a variable that is not set is an empty text, and nothing can tell that from an input that is absent. */
function noCluster({ settings, outside, others, found, isOnlyNamed }: Nothing): PortError {
  const { connectToAks } = outside;
  const ways = [
    say`${setting('kubeconfig')} PATH`,
    ...(connectToAks === undefined ? [] : [say`${setting('aks-cluster')} ID`]),
    ...others,
  ];
  const last = ways.at(-1) ?? '';
  const all = ways.length === 1 ? last : say`${joined(ways.slice(0, -1), ', ')}, or ${last}`;
  const { context } = settings;
  const chosen = context === undefined ? '' : say`${setting('context')} "${context}" chooses within a kubeconfig, and `;
  return new PortError({
    kind: 'Invalid',
    what: say`no cluster was named: ${chosen}${isOnlyNamed ? absentWords(others) : 'KUBECONFIG is not set, and there is no ~/.kube/config'}`,
    fix: joined([say`Give ${all}.`, ...(isOnlyNamed ? [EMPTY_VARIABLE, ...unaskedWords(found)] : [])], ' '),
  });
}

const EMPTY_VARIABLE =
  'A variable that is not set is empty: look for vars.AKS_CLUSTER, or what it is called, in the repository and in the environment of this job.';

function absentWords(others: readonly Message[]): Message {
  return others.includes(FOLDER)
    ? say`${setting('aks-cluster')}, ${setting('kubeconfig')} and ${setting('directory')} are absent, or empty, and KUBECONFIG is not set`
    : say`${setting('aks-cluster')} and ${setting('kubeconfig')} are absent, or empty, and KUBECONFIG is not set`;
}

/** What somebody on a laptop would have got. */
function unaskedWords({ isPod, hasStandard }: LyingAround): readonly Message[] {
  return [
    ...(hasStandard
      ? [say`The ~/.kube/config of this machine is taken only by its path: ${setting('kubeconfig')} ~/.kube/config.`]
      : []),
    ...(isPod ? [say`The cluster that this pod runs in is taken only with ${setting('in-cluster')}.`] : []),
  ];
}
