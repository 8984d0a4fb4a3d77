/** Report → GitHub-flavoured Markdown: for step summaries and pull request comments. */
import { refText } from '../model/object-ref.ts';
import { problemText, type Problem } from '../model/problem.ts';
import type { ChangeReport, Report } from '../model/report.ts';
import { byPlace, keysText, plural } from './as-text.ts';
import { asideText, problemsOf } from './build-report.ts';

export function reportAsMarkdown(report: Report): string {
  const title = report.command === 'plan' ? 'Plan' : 'Sync';
  const parts = [
    `### Keyferry: ${title.toLowerCase()} for ${plural(report.objects.length + report.prunes.length, 'object')}`,
    changeTable(report),
    problemsAsMarkdown(problemsOf(report)),
    `${summaryLine(report)} Fingerprint \`${report.fingerprint.slice(0, 8)}\`.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function changeTable(report: Report): string {
  const rows = [
    ...report.objects.flatMap((object) => object.changes.map((change) => row(change, refText(object.ref)))),
    ...report.prunes.map((change) => row(change, '')),
  ];
  if (rows.length === 0) return '';
  return ['| | Secret | Keys | Because of |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function row(change: ChangeReport, owner: string): string {
  const keys = keysText(change.keys, change.action === 'create') || change.metadata.join(', ');
  const suffix = { planned: '', done: '', withheld: ' withheld', failed: ' not made', left: ' left' }[change.state];
  const word = `${change.action}${suffix}`;
  return `| ${word} | ${cell(refText(change.target))} | ${cell(change.reason ?? keys)} | ${cell(owner)} |`;
}

/** A list, by file and line; '' where there are none. */
export function problemsAsMarkdown(problems: readonly Problem[]): string {
  const sorted = problems.toSorted(byPlace);
  return sorted.map((problem) => `- **${problem.severity}** ${inline(problemText(problem))}`).join('\n');
}

function summaryLine(report: Report): string {
  const { counts } = report;
  const aside = asideText(report);
  const parts = [
    `${counts.create} created`,
    `${counts.update} updated`,
    `${counts.delete} deleted`,
    `${counts.blocked} blocked`,
    `${counts.failed} failed`,
    `${counts.unchanged + counts.notDue + counts.skipped} unchanged`,
  ];
  const isPlan = report.command === 'plan' || report.stopped !== undefined;
  const line = isPlan ? parts.join(', ').replace(/(creat|updat|delet)ed/g, 'to $1e') : parts.join(', ');
  return `${line}.${aside === '' ? '' : ` ${aside}.`}`;
}

/** A table cell: no pipes, no line ends, nothing that Markdown reads as more than text. */
function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|');
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_<>[\]]/g, (mark) => `\\${mark}`);
}
