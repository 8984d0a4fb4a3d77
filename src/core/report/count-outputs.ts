/** The numbers of a run as outputs of a step. */
import type { ReportCounts } from '../model/report.ts';
import type { Outputs } from './outcome.ts';

export function countOutputs(counts: ReportCounts): Outputs {
  return {
    created: counts.create,
    updated: counts.update,
    deleted: counts.delete,
    unchanged: counts.unchanged + counts.notDue,
    failed: counts.failed + counts.blocked,
    pushed: counts.pushed ?? 0,
    'push-removed': counts.pushRemoved ?? 0,
    'push-failed': counts.pushFailed ?? 0,
  };
}
