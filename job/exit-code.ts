/**
 * Exit codes of the job, for `podFailurePolicy`:
 *
 *   0    nothing wrong
 *   1    problems; the next attempt may find them gone (a vault that did not answer, a right that was missing)
 *   3    problems of the manifests or settings alone: the same again would end the same
 *   130, 143   stopped by SIGINT, SIGTERM, with something left to do
 */
import { exitCode, wasStopped } from '../src/core/report/build-report.ts';
import type { Report } from '../src/core/model/report.ts';
import { PortError } from '../src/ports/errors.ts';
import type { StopRequest } from '../src/wiring/stop-signal.ts';

export const CANNOT_BE_RETRIED = 3;

export function jobExitCode(report: Report, stop: Pick<StopRequest, 'exitCode'>): number {
  if (wasStopped(report)) return stop.exitCode() ?? 1;
  const { errors, manifestErrors } = report.counts;
  return errors > 0 && errors === manifestErrors ? CANNOT_BE_RETRIED : exitCode(report, false);
}

/** For a run that came to no report. */
export function failureExitCode(error: unknown, stop: Pick<StopRequest, 'exitCode'>): number {
  if (error instanceof PortError && error.kind === 'Invalid') return CANNOT_BE_RETRIED;
  return stop.exitCode() ?? 1;
}
