/** What a run needs from outside: to plan, and to carry a plan out. */
import type { Clock } from '../../ports/clock.ts';
import type { Cluster, ClusterReader } from '../../ports/cluster.ts';
import type { Finalizers } from '../../ports/finalizers.ts';
import type { FanOutReader, FanOuts } from '../../ports/fan-outs.ts';
import type { Generators } from '../../ports/generators.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { ProviderFactory } from '../../ports/provider.ts';
import type { Publisher } from '../../ports/publisher.ts';
import type { Random } from '../../ports/random.ts';
import type { State, StateReader } from '../../ports/state.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { Stoppable } from '../stop.ts';

/** Enough for a plan: nothing here writes. */
export interface ReadPorts extends Stoppable {
  readonly manifests: ManifestSource;
  readonly cluster: ClusterReader;
  readonly state: StateReader;
  /** Where children of cluster-wide manifests are custom resources; absent = they exist for the length of a run. */
  readonly fanOuts?: FanOutReader;
  readonly providers: ProviderFactory;
  /** Absent = no generator that asks a service is served. */
  readonly generators?: Generators;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Told of every value that this program makes, before anybody else has it; absent = nothing is masked. */
  readonly mask?: (value: SecretValue) => void;
  /** Takes values that this run has seen out of what is told and remembered of it; absent = nothing is known. */
  readonly redact?: (text: string) => string;
  /** Told of the names of the manifests before any value is read: no part of one that is such a name is taken out. */
  readonly spare?: (names: ReadonlySet<string>) => void;
}

export interface Ports extends ReadPorts {
  readonly cluster: Cluster;
  readonly state: State;
  readonly fanOuts?: FanOuts;
  readonly publisher: Publisher;
  /** Only where intents are custom resources. */
  readonly finalizers?: Finalizers;
}
