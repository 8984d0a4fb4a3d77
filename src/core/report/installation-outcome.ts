/** What `deploy`, `status` and their like have in common: problems of their own, and a pass with its own. */
import type { PassProblem, PassReport } from '../model/pass-report.ts';
import type { Problem } from '../model/problem.ts';
import type { Outcome } from './outcome.ts';
import { byPlace, told } from './problems.ts';

export interface InstallationReport {
  readonly problems: readonly Problem[];
  readonly pass?: PassReport;
}

/** `failure` says why it failed where no problem does. */
export function installationFacts(
  { problems, pass }: InstallationReport,
  exitCode: 0 | 1,
  failure: () => string,
): Pick<Outcome, 'problems' | 'looked' | 'failure' | 'exitCode'> {
  const all: readonly PassProblem[] = [...problems.toSorted(byPlace).map(told), ...(pass?.problems ?? [])];
  const isUnexplained = exitCode !== 0 && !all.some(({ severity }) => severity === 'error');
  return {
    problems: all,
    looked: [...(pass?.objects ?? []), ...(pass?.pushes ?? [])].map(({ object }) => object),
    exitCode: () => exitCode,
    ...(isUnexplained ? { failure: failure() } : {}),
  };
}

/** Of the pass. RFC 3339 in UTC sorts as text. */
export function nextDueIn({ pass }: InstallationReport): string | undefined {
  const times = [...(pass?.objects ?? []), ...(pass?.pushes ?? [])].map(({ nextDue }) => nextDue);
  return times.filter((time) => time !== undefined).toSorted()[0];
}

export function lastPassFailed(installation: string): string {
  return `installation ${installation}: the last pass failed. See the log of its pod, or run the command status with refresh.`;
}
