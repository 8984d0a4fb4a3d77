/** What a run came to and cost, in a line. */
import { PUSH_KIND } from '../model/kinds.ts';
import { plural } from '../model/plural.ts';
import type { Report, ReportCounts } from '../model/report.ts';

/** `1 created, 0 updated, 0 deleted, 2 unchanged.` */
export function countsText(
  report: Pick<Report, 'counts'> & Partial<Pick<Report, 'command' | 'level' | 'stopped'>>,
): string {
  const { counts } = report;
  const isPlan = report.command === 'plan' || report.stopped !== undefined;
  const words = isPlan ? ['to create', 'to update', 'to delete'] : ['created', 'updated', 'deleted'];
  const parts = [
    `${counts.create} ${words[0] ?? ''}`,
    `${counts.update} ${words[1] ?? ''}`,
    `${counts.delete} ${words[2] ?? ''}`,
    ...optional(counts.blocked, 'blocked'),
    ...optional(counts.failed, 'failed'),
    ...optional(counts.notDue, 'not due'),
    ...optional(counts.skipped, "another controller's"),
    ...optional(counts.unknown ?? 0, 'unknown'),
    report.level === 'metadata'
      ? `${counts.unchanged} in step as far as metadata tells`
      : `${counts.unchanged} unchanged`,
    ...pushParts(counts, isPlan),
  ];
  return `${parts.join(', ')}.`;
}

/** `2 pushed, 1 removed from vaults`; none where nothing is written back. */
function pushParts({ pushed, pushRemoved = 0, pushFailed = 0 }: ReportCounts, isPlan: boolean): readonly string[] {
  if (pushed === undefined) return [];
  return [
    `${pushed} ${isPlan ? 'to push' : 'pushed'}`,
    ...optional(pushRemoved, isPlan ? 'to remove from vaults' : 'removed from vaults'),
    ...(pushFailed === 0 ? [] : [`${plural(pushFailed, PUSH_KIND)} failed`]),
  ];
}

function optional(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}

/** `12 vault requests, 3.4 s.`; the requests only where somebody counted them. */
export function costsText(durationMs: number, requests?: number): string {
  const duration = `${(durationMs / 1000).toFixed(1)} s`;
  return `${[...(requests === undefined ? [] : [plural(requests, 'vault request')]), duration].join(', ')}.`;
}
