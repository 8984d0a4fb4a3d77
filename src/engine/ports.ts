/** Everything a run needs from outside, in one record. */
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Logger } from '../ports/logger.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { ProviderFactory } from '../ports/provider.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Random } from '../ports/random.ts';
import type { State } from '../ports/state.ts';

export interface Ports {
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
  /** Told of the names of the manifests before any value is read: no part of one that is such a name is taken out. */
  readonly spare?: (names: ReadonlySet<string>) => void;
  /** Aborted = asked to stop: the write in hand is finished, no other is begun. Absent = nobody asks. */
  readonly stop?: AbortSignal;
}
