/** What a run tells at its end: the same facts for text, Markdown, JSON and the exit code. Never a value. */
import type { InstallationPlan } from './installation-plan.ts';
import type { ObjectRef } from './object-ref.ts';
import type { Origin } from './origin.ts';
import type { KeyDiff, Verdict } from './plan.ts';
import type { PlanLevel } from './plan-level.ts';
import type { LeftOut } from './left-out.ts';
import type { Problem } from './problem.ts';
import type { Target } from './target.ts';
import type { VaultRef } from './vault-object.ts';

/** What was (or would be) done to one target. */
export interface ChangeReport {
  readonly action: 'create' | 'update' | 'delete';
  readonly target: Target;
  readonly keys: KeyDiff;
  readonly metadata: readonly string[];
  /** Why a Secret goes; absent otherwise. */
  readonly reason?: string;
  /** `planned` in a plan; in a sync whether the write took place; `left` = not begun, the run was asked to stop. */
  readonly state: 'planned' | 'done' | 'failed' | 'withheld' | 'left';
}

/** Where the values of an ExternalSecret come from. */
export interface ObjectSource {
  /** `SecretStore shop/kv`. */
  readonly store: string;
  /** `kv-shop`; absent where the store is not among the manifests, or is no vault. */
  readonly vault?: string;
}

/** One ExternalSecret. */
export interface ObjectReport {
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  /** What it writes, or the first of that. */
  readonly target: Target;
  /** All that it writes, where that is more than one. */
  readonly targets?: readonly Target[];
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly changes: readonly ChangeReport[];
  readonly problems: readonly Problem[];
  /** What was named or found in vaults and is not taken; absent where nothing is. */
  readonly leftOut?: readonly LeftOut[];
  /** Absent where nobody asked for them. */
  readonly sources?: readonly ObjectSource[];
  /** When time alone makes it due again; absent where time never does. */
  readonly nextDue?: Date;
  /** When a value of it is to be asked for again, as it ends; `nextDue` is not later. */
  readonly renewal?: Date;
}

/** What was (or would be) done to one vault object. */
export interface PushChangeReport {
  /** `recover`: it was deleted, and comes back with a new value. */
  readonly action: 'set' | 'patch' | 'recover' | 'remove';
  readonly target: VaultRef;
  /** Names of source keys or JSON members. */
  readonly keys: KeyDiff;
  /** `tag team`, `content type`, `expiry`. */
  readonly metadata: readonly string[];
  /** The version that it is based on; absent where there was none. */
  readonly version?: string;
  /** Why it goes; absent otherwise. */
  readonly reason?: string;
  /** `kept`: it was to go, and something else of its PushSecret was not written. */
  readonly state: ChangeReport['state'] | 'kept';
}

/** One PushSecret. */
export interface PushReport {
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  /** Everything that it writes, or did write. */
  readonly targets: readonly VaultRef[];
  /** `Secret shop/db`, or the labels that select. */
  readonly from: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly changes: readonly PushChangeReport[];
  readonly problems: readonly Problem[];
  readonly nextDue?: Date;
}

export interface ReportCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly unchanged: number;
  readonly notDue: number;
  readonly skipped: number;
  readonly blocked: number;
  readonly failed: number;
  /** What only values could tell, in a plan of metadata; reports of earlier versions have none. */
  readonly unknown?: number;
  /** Vault objects that are written (new versions and properties); reports of earlier versions have none of the three. */
  readonly pushed?: number;
  readonly pushRemoved?: number;
  /** PushSecrets that failed or are blocked. */
  readonly pushFailed?: number;
  /** Problems of severity error, of objects and of the whole. */
  readonly errors: number;
  readonly warnings: number;
  /** Those of the errors that the manifests alone gave: running again cannot mend them. */
  readonly manifestErrors: number;
}

export interface Report {
  readonly command: 'plan' | 'sync';
  readonly level: PlanLevel;
  /** `cluster shop-prd`, `folder ./cluster`. */
  readonly cluster: string;
  readonly objects: readonly ObjectReport[];
  /** Deletions of Secrets whose ExternalSecret is gone. */
  readonly prunes: readonly ChangeReport[];
  /** What is written back into vaults; empty where nothing is. */
  readonly pushes: readonly PushReport[];
  /** What deploying does beside that; in plans of a deployment, where its manifests can be deployed. */
  readonly installation?: InstallationPlan;
  /** Problems of no single ExternalSecret that was planned. */
  readonly problems: readonly Problem[];
  /** Set when a guard stopped the run before the first write. */
  readonly stopped?: Problem;
  readonly counts: ReportCounts;
  readonly fingerprint: string;
  /** Documents of other kinds that were skipped. */
  readonly foreign: number;
  readonly leftBehind: number;
  readonly reads: VaultReadCounts;
  /** Of the whole run, in milliseconds. */
  readonly durationMs: number;
}

export interface VaultReadCounts {
  readonly objects: number;
  readonly lists: number;
  /** What that took: pages, challenges and repetitions are requests too. Absent where nobody counts. */
  readonly requests?: number;
}
