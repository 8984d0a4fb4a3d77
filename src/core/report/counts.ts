/** What a run came to and cost, in a line. */
import { plural } from '../model/plural.ts';
import type { Report } from '../model/report.ts';

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
  ];
  return `${parts.join(', ')}.`;
}

function optional(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}

/** `12 vault requests, 3.4 s.`; the requests only where somebody counted them. */
export function costsText(durationMs: number, requests?: number): string {
  const duration = `${(durationMs / 1000).toFixed(1)} s`;
  return `${[...(requests === undefined ? [] : [plural(requests, 'vault request')]), duration].join(', ')}.`;
}
