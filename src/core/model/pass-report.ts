/** What a pass of the job in the cluster told about itself. Never a value. */
import type { Message } from './message.ts';
import type { Origin } from './origin.ts';
import type { Problem, Severity } from './problem.ts';
import type { ObjectSource, ReportCounts } from './report.ts';

export interface PassReport {
  readonly version: string;
  /** Of the intents that the pass has seen; '' when it could not read them. */
  readonly intentsDigest: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly exitCode: number;
  /** Who made it: the pod's name. */
  readonly holder: string;
  readonly counts?: ReportCounts;
  /** Requests that vaults got; absent where nobody counted. */
  readonly vaultRequests?: number;
  readonly problems: readonly PassProblem[];
  /** How many problems and objects did not fit. */
  readonly left: number;
  readonly objects: readonly PassObject[];
  /** Deletions of Secrets whose ExternalSecret is gone; reports of earlier versions have none. */
  readonly prunes?: readonly PassChange[];
  /** What is written back into vaults; reports of earlier versions have none. */
  readonly pushes?: readonly PassPush[];
}

/** A problem as it is told, and its parts, by which those of one cause are told together; earlier versions gave none. */
export interface PassProblem extends Partial<Pick<Problem, 'at' | 'field' | 'what' | 'hasSubject' | 'fix'>> {
  readonly severity: Severity;
  readonly code: string;
  readonly text: Message;
  /** Where it is in the manifests. */
  readonly origin?: Origin;
}

export interface PassObject {
  /** `ExternalSecret shop/db`. */
  readonly object: string;
  readonly target: string;
  /** All that it writes, where that is more than one. */
  readonly targets?: readonly string[];
  readonly verdict: string;
  readonly reason?: string;
  /** RFC 3339; absent where time never makes it due. */
  readonly nextDue?: string;
  /** What was done to its Secret, and where its values come from; reports of earlier versions have neither. */
  readonly changes?: readonly PassChange[];
  readonly sources?: readonly ObjectSource[];
  /** `spec.dataFrom[0].find leaves out off (disabled)`, one for each entry; absent where nothing is left out. */
  readonly leftOut?: readonly string[];
}

/** One PushSecret. */
export interface PassPush {
  /** `PushSecret shop/db`. */
  readonly object: string;
  /** `Secret shop/db`, or the labels that select. */
  readonly from: string;
  /** `kv-shop secret/db`: all that it writes. */
  readonly targets: readonly string[];
  readonly verdict: string;
  readonly reason?: string;
  /** RFC 3339; absent where time never makes it due. */
  readonly nextDue?: string;
  readonly changes?: readonly PassChange[];
}

/** What became of one Secret or vault object. */
export interface PassChange {
  /** `create`, `update not made`; `set`, `remove`. */
  readonly action: string;
  /** `Secret shop/db`; `kv-shop secret/db`. */
  readonly target: string;
  /** Names of keys, or why. */
  readonly detail: string;
}

export type PassFacts = Pick<
  PassReport,
  'version' | 'intentsDigest' | 'startedAt' | 'finishedAt' | 'exitCode' | 'holder'
>;
