/** Settings → everything a run needs from outside. The entries differ in the logger and the masker they bring. */
import { systemClock } from '../adapters/node/clock.ts';
import { systemRandom } from '../adapters/node/random.ts';
import { createProviders } from '../adapters/providers.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Ports } from '../engine/ports.ts';
import type { Logger } from '../ports/logger.ts';
import type { Masker } from '../ports/masker.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { ConnectToAks } from './aks-cluster.ts';
import { azureSettingsOf } from './azure-settings.ts';
import type { Environment } from './environment.ts';
import { intentsOf } from './manifests.ts';
import { openCluster } from './open-cluster.ts';

export interface Outside {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly masker: Masker;
  readonly stop: AbortSignal;
  /** Absent in the job, which is inside its cluster. */
  readonly connectToAks: ConnectToAks | undefined;
}

const STOPPING = 'asked to stop: what is being written is finished, nothing else is begun';

/**
 * Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened.
 * `given` are the manifests where they are not those that the settings name.
 */
export async function portsOf(settings: Settings, outside: Outside, given?: ManifestSource): Promise<Ports> {
  const { environment, logger, masker, stop } = outside;
  const { cluster, state, publisher, manifests } = await openCluster(settings, outside);
  const clock = systemClock;
  stop.addEventListener('abort', () => logger.warn(STOPPING));
  return {
    manifests: given ?? manifests ?? intentsOf(settings),
    cluster,
    state,
    providers: createProviders({ cluster, clock, masker, logger, environment, settings: azureSettingsOf(settings) }),
    publisher,
    clock,
    random: systemRandom,
    logger,
    stop,
  };
}
