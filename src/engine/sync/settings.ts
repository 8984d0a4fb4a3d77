/** What a run is told from outside; each entry point fills it from its own source. */
import type { AllowedLogins } from '../../core/model/login-hosts.ts';
import type { DeletionLimits } from '../../core/plan/guards.ts';
import type { UpdateLimits } from '../../core/plan/mass-updates.ts';
import type { ManifestKind } from '../../core/model/target.ts';
import type { AskedResolution } from '../../core/model/push-intent.ts';
import { REQUESTS_AT_ONCE } from '../limits.ts';

export interface RunSettings {
  /** Namespace of documents that name none. */
  readonly namespace?: string;
  /** `namespace/name` of the ExternalSecrets to look at; empty = all. */
  readonly only: readonly string[];
  /** `due`: the in-cluster job's rule. `always`: Periodic counts as due now. */
  readonly mode: 'due' | 'always';
  /** Values that end so long after they would have to be renewed are renewed now; absent = when they have to be. */
  readonly renewAheadMs?: number;
  /** Stores of other classes are left alone. ESO 2.9: `spec.controller`. */
  readonly controllerClass: string;
  /** Kinds that `target.manifest` may name; absent = none. */
  readonly targetKinds?: readonly ManifestKind[];
  /** Where stores may log in; absent = at the known clouds only. */
  readonly logins?: AllowedLogins;
  /** `undefined` = no guard. */
  readonly deletionLimits: DeletionLimits | undefined;
  /** `undefined` = no guard. It compares what runs with an `engineVersion` remembered. */
  readonly updateLimits: UpdateLimits | undefined;
  /** Of this program: a newer one may make other data of the same. Absent = nothing is remembered to compare with. */
  readonly engineVersion?: string;
  /** `--take-over`: vault objects that another installation's tags claim are this one's. */
  readonly takeOver?: boolean;
  /** `--resolve`: answers to conflicts, for this run. */
  readonly resolve?: readonly AskedResolution[];
  /** A plan asks whether a name is blocked by what was deleted; a write finds out by itself. */
  readonly looksAtDeleted?: boolean;
  /** Delete what PushSecrets wrote into vaults, and do nothing else: the last pass of an installation. */
  readonly removesPushed?: boolean;
  /** Delete Secrets whose ExternalSecret is gone from the manifests. */
  readonly prune: boolean;
  /** Where the intents live. Custom resources also get the status of stores and of refused objects. */
  readonly home: 'files' | 'custom-resources';
  /** The plan was approved: where somebody writes in between, nothing else is written in its place. */
  readonly onlyAsPlanned?: boolean;
  /** False where the report, which stands beside the log, tells them. */
  readonly problemsInLog: boolean;
  /** Reads of the cluster, and writes to it, that may be under way at once. */
  readonly concurrency: number;
}

export const DEFAULT_SETTINGS: RunSettings = {
  only: [],
  mode: 'always',
  controllerClass: 'keyferry',
  deletionLimits: { count: 20, share: 0.3 },
  updateLimits: { count: 20, share: 0.5 },
  prune: false,
  home: 'files',
  problemsInLog: true,
  concurrency: REQUESTS_AT_ONCE,
};
