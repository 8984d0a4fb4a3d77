/**
 * What any command came to, in the one form that entries show: a command gives it, an entry prints what it has room for.
 *
 * A new command has a file beside this one: its report, the three forms of it, and the outcome that they make.
 */
import type { PassProblem } from '../model/pass-report.ts';
import type { PlanLevel } from '../model/plan-level.ts';
import type { Forms } from './forms.ts';

export interface Outcome extends Forms {
  /** What was done, which need not be what was asked for: with the engine runner, `deploy` is a `sync`. */
  readonly command: string;
  /** In the order of a list. */
  readonly problems: readonly PassProblem[];
  /** The ExternalSecrets and PushSecrets that were looked at, as `ExternalSecret shop/db`. */
  readonly looked: readonly string[];
  /** Facts for later steps of a workflow, by the names of its outputs; what is undefined is not set. */
  readonly outputs: Outputs;
  /** The run ended early because it was asked to. */
  readonly stopped: boolean;
  /** Why it failed where no problem says so. */
  readonly failure?: string;
  /** Of plan and sync. */
  readonly plan?: OutcomePlan;
  /** What is printed in the place of a report. */
  readonly piped?: Piped;
  /** 0 = nothing wrong · 1 = errors · 2 = changes, where `detailed` asks for it. */
  exitCode(detailed: boolean): 0 | 1 | 2;
}

export type Outputs = Readonly<Record<string, string | number | boolean | undefined>>;

export interface OutcomePlan {
  readonly level: PlanLevel;
  /** Where it would be written; absent where no cluster was asked. */
  readonly cluster?: string;
  /** True where something is, or may be, written. */
  readonly changed: boolean;
}

/** The result itself, with its problems beside it: what a pipe takes. */
export interface Piped {
  readonly text: string;
  /** A file goes out byte for byte, lines as those of a report. */
  readonly as: 'file' | 'lines';
}

/** Of a command that knows right and wrong alone. */
export function exitCodeOf(problems: readonly Pick<PassProblem, 'severity'>[]): 0 | 1 {
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}
