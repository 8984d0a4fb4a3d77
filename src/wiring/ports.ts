/** Settings → everything a run needs from outside. The entries differ in the logger and the masker they bring. */
import { DEFAULT_AZURE_SETTINGS, type AzureSettings } from '../adapters/azure/settings.ts';
import type { OpenVault } from '../adapters/azure/azure-providers.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { systemRandom } from '../adapters/node/random.ts';
import { createProviders } from '../adapters/providers.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Ports } from '../engine/ports.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Logger } from '../ports/logger.ts';
import type { Masker } from '../ports/masker.ts';
import type { Environment } from './environment.ts';
import { manifestsOf } from './manifests.ts';
import { openCluster, type OpenCluster } from './open-cluster.ts';

export interface Outside {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly masker: Masker;
  readonly stop: AbortSignal;
}

const STOPPING = 'asked to stop: what is being written is finished, nothing else is begun';

/** How vault and cluster are read; absent members = with values. */
export interface ReadingOf {
  readonly cluster?: (opened: OpenCluster) => Promise<Cluster>;
  readonly openVault?: OpenVault;
}

/** Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened. */
export async function portsOf(settings: Settings, outside: Outside, reading: ReadingOf = {}): Promise<Ports> {
  const { environment, logger, masker, stop } = outside;
  const opened = await openCluster(settings, outside);
  const { state, publisher, manifests } = opened;
  const cluster = (await reading.cluster?.(opened)) ?? opened.cluster;
  const { openVault } = reading;
  const clock = systemClock;
  stop.addEventListener('abort', () => logger.warn(STOPPING));
  return {
    manifests: manifests ?? manifestsOf(settings),
    cluster,
    state,
    providers: createProviders({
      cluster,
      clock,
      masker,
      logger,
      environment,
      settings: azureSettingsOf(settings),
      ...(openVault === undefined ? {} : { openVault }),
    }),
    publisher,
    clock,
    random: systemRandom,
    logger,
    stop,
  };
}

function azureSettingsOf(settings: Settings): AzureSettings {
  const { azureClientId, azureTenantId, keyVaultApiVersion } = settings;
  return {
    ...DEFAULT_AZURE_SETTINGS,
    identity: settings.identity,
    audience: settings.tokenAudience,
    storeIdentities: settings.storeIdentities,
    ...(azureClientId === undefined ? {} : { azureClientId }),
    ...(azureTenantId === undefined ? {} : { azureTenantId }),
    ...(keyVaultApiVersion === undefined ? {} : { serviceVersion: keyVaultApiVersion }),
  };
}
