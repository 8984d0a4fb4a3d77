/** Report → GitHub-flavoured Markdown: for step summaries and pull request comments, cut to what has room there. */
import { refText } from '../model/object-ref.ts';
import { problemText, type Problem } from '../model/problem.ts';
import type { ChangeReport, ObjectReport, Report } from '../model/report.ts';
import { byPlace, keysText, plural, titleOf } from './as-text.ts';
import { asideText, problemsOf } from './build-report.ts';
import { bytesOf, cutLines } from './cut.ts';
import { pictureOf, type Drawn } from './picture.ts';

/** Where a text goes, and how much of it has room there, in bytes. */
export interface MarkdownRoom {
  readonly bytes: number;
  /** Of these, for the picture. */
  readonly picture: number;
}

/** GitHub: a summary has at most 1 MiB; Mermaid draws nothing over 50,000 characters. */
export const SUMMARY_ROOM: MarkdownRoom = { bytes: 1_000_000, picture: 45_000 };
/** GitHub: a comment has at most 65,536 characters. */
export const COMMENT_ROOM: MarkdownRoom = { bytes: 64_000, picture: 12_000 };

/** What the sentences about what was left out may take. */
const SPARE = 600;

export function reportAsMarkdown(report: Report, room: MarkdownRoom = SUMMARY_ROOM): string {
  const parts = {
    heading: `### Keyferry: ${titleOf(report).toLowerCase()}\n\n${summaryLine(report)}`,
    tables: [tableOf(report)],
    problems: problemsOf(report),
    end: `${costs(report)}Fingerprint: \`${report.fingerprint}\``,
  };
  return fittingMarkdown(parts, room, (bytes) => pictureAsMarkdown(report.objects.flatMap(drawnOf), bytes));
}

/** One table: its head, and rows that may be cut. */
export interface MarkdownTable {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

export interface MarkdownParts {
  readonly heading: string;
  readonly tables: readonly MarkdownTable[];
  readonly problems: readonly Problem[];
  readonly end: string;
}

/** Problems come first where room is short, then rows, then the picture. */
export function fittingMarkdown(
  { heading, tables, problems, end }: MarkdownParts,
  room: MarkdownRoom,
  picture: (bytes: number) => string,
): string {
  let left = room.bytes - bytesOf(heading) - bytesOf(end) - SPARE * (tables.length + 2);
  const problemList = cutMarkdown(problemLines(problems), left / 2, 'problem');
  left -= bytesOf(problemList);
  const tableTexts = tables.map((table) => {
    const text = tableText(table, left);
    left -= bytesOf(text);
    return text;
  });
  const parts = [heading, ...tableTexts, problemList, picture(Math.min(room.picture, left)), end];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function tableText({ title, head, rows }: MarkdownTable, room: number): string {
  if (rows.length === 0) return '';
  const rule = head.map(() => '---');
  const top = [...(title === undefined ? [] : [title, '']), tableRow(head), tableRow(rule)].join('\n');
  return `${top}\n${cutMarkdown(rows, room - bytesOf(top), 'row')}`;
}

function cutMarkdown(lines: readonly string[], room: number, word: string): string {
  const cut = cutLines(lines, room);
  if (cut.left === 0) return cut.lines.join('\n');
  const more = `And ${plural(cut.left, word)} more, for which there is no room here; the report as JSON has them all.`;
  return [...cut.lines, '', more].join('\n');
}

/** `| a | b |`; cells are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `|${cells.map((text) => (text === '' ? ' ' : ` ${text} `)).join('|')}|`;
}

function tableOf(report: Report): MarkdownTable {
  const rows = [
    ...report.objects.flatMap(objectRows),
    ...report.prunes.map((change) => changeRow(change, undefined, '')),
  ];
  return { head: ['', 'Secret', 'Keys', 'Because of'], rows };
}

/** What is blocked or failed is told as a problem. */
function objectRows(object: ObjectReport): readonly string[] {
  const owner = refText(object.ref);
  if (object.verdict !== 'unknown') return object.changes.map((change) => changeRow(change, object.reason, owner));
  return [tableRow(['unknown', cell(refText(object.target)), cell(object.reason ?? ''), cell(owner)])];
}

function changeRow(change: ChangeReport, reason: string | undefined, owner: string): string {
  const keys = keysText(change.keys, change.action === 'create') || change.metadata.join(', ');
  const suffix = { planned: '', done: '', withheld: ' withheld', failed: ' not made', left: ' left' }[change.state];
  const detail = change.reason ?? [keys, ...(reason === undefined ? [] : [`(${reason})`])].join(' ').trim();
  return tableRow([`${change.action}${suffix}`, cell(refText(change.target)), cell(detail), cell(owner)]);
}

/** A list, by file and line; '' where there are none. */
export function problemsAsMarkdown(problems: readonly Problem[]): string {
  return problemLines(problems).join('\n');
}

/** Errors first, so that none of them is cut for a warning. */
function problemLines(problems: readonly Problem[]): readonly string[] {
  const [errors, warnings] = ['error', 'warning'].map((severity) =>
    problems.filter((problem) => problem.severity === severity).toSorted(byPlace),
  );
  return [...(errors ?? []), ...(warnings ?? [])].map(
    (problem) => `- **${problem.severity}** ${inline(problemText(problem))}`,
  );
}

/** What changes, fails or cannot be known; the rest is counted only. */
function drawnOf({ ref, target, sources = [], verdict, changes }: ObjectReport): readonly Drawn[] {
  const action = verdict === 'change' || verdict === 'not-due' ? changes[0]?.action : undefined;
  const mark = verdict === 'blocked' || verdict === 'failed' ? 'trouble' : verdict === 'unknown' ? verdict : action;
  return mark === undefined ? [] : [{ ref, target, sources, mark }];
}

/** Folded away; '' where there is nothing to draw. */
export function pictureAsMarkdown(objects: readonly Drawn[], room: number): string {
  const { text, left } = pictureOf(objects, room - SPARE);
  if (text === '') return '';
  const more = left === 0 ? '' : `\n\nAnd ${plural(left, 'object')} more, for which there is no room in the picture.`;
  return `<details><summary>Where the Secrets come from</summary>\n\n${text}${more}\n\n</details>`;
}

/** `12 vault requests, 3.4 s. `. */
function costs({ reads: { requests }, durationMs }: Report): string {
  const parts = [
    ...(requests === undefined ? [] : [plural(requests, 'vault request')]),
    `${(durationMs / 1000).toFixed(1)} s`,
  ];
  return `${parts.join(', ')}. `;
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
    ...((counts.unknown ?? 0) === 0 ? [] : [`${counts.unknown ?? 0} unknown`]),
    `${counts.unchanged + counts.notDue + counts.skipped} ${report.level === 'metadata' ? 'in step as far as metadata tells' : 'unchanged'}`,
  ];
  const isPlan = report.command === 'plan' || report.stopped !== undefined;
  const line = isPlan ? parts.join(', ').replace(/(creat|updat|delet)ed/g, 'to $1e') : parts.join(', ');
  return `${line}.${aside === '' ? '' : ` ${aside}.`}`;
}

/** A table cell: no pipes, no line ends, nothing that Markdown reads as more than text. */
export function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|');
}

/** GitHub also links `@name` and `#1`; a name of a manifest must call nobody. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_<>[\]]/g, (mark) => `\\${mark}`)
    .replace(/[@#](?=[\w-])/g, (mark) => `${mark}<!-- -->`);
}
