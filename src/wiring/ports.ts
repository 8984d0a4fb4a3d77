/** Settings → everything a run needs from outside. The entries differ in the logger and the masker they bring. */
import type { OpenVault } from '../adapters/azure/azure-providers.ts';
import { createRegistryTokens } from '../adapters/azure/container-registry/access-token.ts';
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { systemRandom } from '../adapters/node/random.ts';
import { createProviders } from '../adapters/providers.ts';
import type { Settings } from '../core/settings/parse.ts';
import { readOnce, withGivenObjects } from '../engine/sync/given-objects.ts';
import type { Ports, ReadPorts } from '../engine/sync/ports.ts';
import type { PinnedIntents } from '../engine/installation/stored-intents.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import type { Logger } from '../ports/logger.ts';
import type { Masker } from '../ports/masker.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { ConnectToAks } from './aks-cluster.ts';
import { azureSettingsOf } from './azure-settings.ts';
import type { Environment } from './environment.ts';
import { deployedManifestsOf } from './manifests.ts';
import { openCluster, type OpenCluster } from './open-cluster.ts';

/** What an entry gives a run: variables, where it tells and masks, how it is asked to stop. */
export interface RunContext {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly masker: Masker;
  readonly stop: AbortSignal;
  /** Absent in the job, which is inside its cluster. */
  readonly connectToAks: ConnectToAks | undefined;
  /** Whether a kubeconfig may have a program run to log in, as kubectl does; absent = yes. */
  readonly allowExec?: boolean;
}

/** What is known already of cluster and manifests. */
export interface ReadingOf {
  /** To the cluster that the settings name, where there is one already. */
  readonly connection?: Connection | undefined;
  readonly manifests?: ManifestSource;
  /** Of a deployment, where they were read already. */
  readonly intents?: PinnedIntents;
}

/** How vault and cluster are read for a plan of another level. */
export interface LevelOf {
  readonly cluster: (opened: OpenCluster) => Promise<ClusterReader>;
  readonly openVault: OpenVault;
}

/** Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened. */
export async function portsOf(settings: Settings, outside: RunContext, reading: ReadingOf = {}): Promise<Ports> {
  const opened = await openCluster(settings, outside, reading);
  const { cluster, state, publisher, finalizers } = opened;
  const read = readPortsAround(settings, outside, { ...reading, opened, cluster });
  const held = finalizers === undefined ? {} : { finalizers };
  return { ...read, cluster, state, publisher, ...held, ...fanOutsIn(opened) };
}

/** The same for a plan that reads at another level. */
export async function readPortsOf(
  settings: Settings,
  outside: RunContext,
  { cluster, openVault, ...reading }: ReadingOf & LevelOf,
): Promise<ReadPorts> {
  const opened = await openCluster(settings, outside, reading);
  const read = readPortsAround(settings, outside, { ...reading, opened, cluster: await cluster(opened), openVault });
  return { ...read, ...fanOutsIn(opened) };
}

function fanOutsIn({ fanOuts }: OpenCluster): Pick<Ports, 'fanOuts'> {
  return fanOuts === undefined ? {} : { fanOuts };
}

interface OpenedReading extends ReadingOf {
  readonly opened: OpenCluster;
  readonly cluster: ClusterReader;
  readonly openVault?: OpenVault;
}

function readPortsAround(settings: Settings, outside: RunContext, around: OpenedReading): Omit<ReadPorts, 'fanOuts'> {
  const { environment, logger, masker, stop } = outside;
  const { opened, cluster, openVault } = around;
  const clock = systemClock;
  const { source, files } = sourcesOf(settings, around.manifests, opened.manifests);
  const azure = {
    cluster: files === undefined ? cluster : withGivenObjects(cluster, files, settings.namespace),
    clock,
    masker,
    logger,
    environment,
    settings: azureSettingsOf(settings),
  };
  return {
    manifests: source,
    cluster,
    state: opened.state,
    providers: createProviders({ ...azure, ...(openVault === undefined ? {} : { openVault }) }),
    generators: createRegistryTokens(azure),
    clock,
    random: systemRandom,
    logger,
    mask: (value) => {
      masker.mask(value);
    },
    redact: (text) => masker.redact(text),
    spare: (names) => {
      masker.spare(names);
    },
    stop,
  };
}

/** Intents that come from the cluster have nothing beside them, and the job asks their source for its digest. */
function sourcesOf(
  settings: Settings,
  given: ManifestSource | undefined,
  inCluster: ManifestSource | undefined,
): { readonly source: ManifestSource; readonly files?: ManifestSource } {
  if (given === undefined && inCluster !== undefined) return { source: inCluster };
  const files = readOnce(given ?? deployedManifestsOf(settings));
  return { source: files, files };
}
