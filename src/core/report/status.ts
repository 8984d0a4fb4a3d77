/** The state of an installation, for people and machines. Never a value. */
import type { PassReport } from '../model/pass-report.ts';
import { hasErrors, problemText, type Problem } from '../model/problem.ts';
import { problemJson } from './as-json.ts';
import type { Paint } from './text-table.ts';
import { cell, fittingMarkdown, SUMMARY_ROOM, tableRow, toldByPlace } from './markdown.ts';
import { passAsMarkdown, passLines, passPicture } from './pass.ts';

export interface StatusRow {
  /** `ExternalSecret shop/db` or `SecretStore shop/kv`. */
  readonly object: string;
  /** Of a store: its vault. */
  readonly detail?: string;
  /** `Secret shop/db`. */
  readonly secret?: string;
  /** Names of its keys; absent where the Secret is not there. */
  readonly keys?: readonly string[] | 'not readable' | undefined;
  /** How the last pass found it. */
  readonly verdict?: string;
  /** RFC 3339. */
  readonly nextDue?: string;
}

export interface StatusReport {
  readonly installation: string;
  readonly cluster: string;
  readonly version: string;
  readonly schedule: string;
  readonly suspended: boolean;
  /** RFC 3339. */
  readonly lastScheduled?: string;
  readonly pass?: PassReport;
  readonly rows: readonly StatusRow[];
  readonly problems: readonly Problem[];
}

/** 1 where something is wrong now: an error, a failed last pass, a Secret that is missing after it. */
export function statusExitCode({ problems, pass, rows }: StatusReport): 0 | 1 {
  const missing = pass !== undefined && rows.some(({ secret, keys }) => secret !== undefined && keys === undefined);
  return hasErrors(problems) || missing || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}

export function statusAsText(report: StatusReport, paint: Paint): string {
  const { installation, cluster, version } = report;
  const widths = columnWidths(report.rows);
  const rows = report.rows.map((row) =>
    `  ${cells(row)
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')}`.trimEnd(),
  );
  const problems = report.problems.map((problem) => `  ${problem.severity}  ${problemText(problem)}`);
  return [
    paint('strong', `Installation ${installation} in ${cluster}, version ${version}`),
    headOf(report),
    '',
    ...rows,
    ...passLines(report.pass),
    ...(problems.length === 0 ? [] : ['', ...problems]),
    '',
  ].join('\n');
}

/** `Schedule 0,30 * * * *, last started …`. */
function headOf({ schedule, suspended, lastScheduled }: StatusReport): string {
  const when = lastScheduled === undefined ? 'not started by it yet' : `last started ${lastScheduled}`;
  return `Schedule ${schedule}${suspended ? ', suspended' : ''}, ${when}`;
}

function cells({ object, detail, secret, keys, verdict, nextDue }: StatusRow): readonly string[] {
  if (secret === undefined) return [object, detail ?? '', '', ''];
  const count = keys === undefined ? 'missing' : keys === 'not readable' ? keys : keyCount(keys.length);
  return [object, `${secret} (${count})`, verdict ?? '', nextDue === undefined ? '' : `due ${nextDue}`];
}

function keyCount(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}

function columnWidths(rows: readonly StatusRow[]): readonly number[] {
  const all = rows.map(cells);
  return [0, 1, 2].map((index) => Math.max(0, ...all.map((row) => row[index]?.length ?? 0)));
}

export function statusAsJson(report: StatusReport): string {
  return `${JSON.stringify({ format: 1, ...report, problems: report.problems.map(problemJson) }, null, 2)}\n`;
}

export function statusAsMarkdown(report: StatusReport): string {
  const { pass, problems } = report;
  const parts = {
    heading: `### Keyferry: ${cell(`installation ${report.installation} in ${report.cluster}`)}\n\n${cell(headOf(report))}`,
    tables: [
      {
        head: ['Object', 'Secret', 'Last pass', 'Next'],
        rows: report.rows.map((row) => tableRow(cells(row).map(cell))),
      },
    ],
    problems: [...toldByPlace(problems), ...(pass?.problems ?? [])],
    end: pass === undefined ? '' : passAsMarkdown(pass),
  };
  return fittingMarkdown(parts, SUMMARY_ROOM, (room) => (pass === undefined ? '' : passPicture(pass, room)));
}
