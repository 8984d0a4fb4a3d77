/** Everything a run needs from outside, in one record. */
import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { ProviderFactory } from '../../ports/provider.ts';
import type { Publisher } from '../../ports/publisher.ts';
import type { Random } from '../../ports/random.ts';
import type { State } from '../../ports/state.ts';
import type { Stoppable } from '../stop.ts';

export interface Ports extends Stoppable {
  readonly manifests: ManifestSource;
  readonly cluster: Cluster;
  readonly state: State;
  readonly providers: ProviderFactory;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Takes values that this run has seen out of what is told and remembered of it; absent = nothing is known. */
  readonly redact?: (text: string) => string;
}
