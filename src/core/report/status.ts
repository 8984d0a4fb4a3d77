/** The state of an installation, for people and machines. Never a value. */
import type { PassChange, PassReport } from '../model/pass-report.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { countOutputs } from './count-outputs.ts';
import { formsOf } from './forms.ts';
import { installationFacts, lastPassFailed, nextDueIn } from './installation-outcome.ts';
import type { Outcome } from './outcome.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { told } from './problems.ts';
import { cell, fittingMarkdown, SUMMARY_ROOM, tableRow, toldByPlace } from './markdown.ts';
import { passAsMarkdown, passLines, passPicture } from './pass.ts';
import { listed, textTable, type Cell, type Look, type Row } from './text-table.ts';

export interface StatusRow {
  /** `ExternalSecret shop/db`, `SecretStore shop/kv` or `PushSecret shop/db`. */
  readonly object: string;
  /** Of a store: its vault. */
  readonly detail?: string;
  /** `Secret shop/db`. */
  readonly secret?: string;
  /** Names of its keys; absent where the Secret is not there. */
  readonly keys?: readonly string[] | 'not readable' | undefined;
  /** Of a PushSecret: `Secret shop/db`, or the labels that select. */
  readonly from?: string;
  /** Of a PushSecret: `kv-shop secret/db`, as the last pass knew them. */
  readonly targets?: readonly string[];
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

export function statusOutcome(report: StatusReport): Outcome {
  const counts = report.pass?.counts;
  return {
    command: 'status',
    ...installationFacts(report, statusExitCode(report), () => failureOf(report)),
    // The last pass is long over: it says nothing of what was changed by looking.
    outputs: { ...(counts === undefined ? {} : countOutputs(counts)), 'next-due': nextDueIn(report) },
    stopped: false,
    ...formsOf(report, { text: statusAsText, json: statusAsJson, markdown: statusAsMarkdown }),
  };
}

function failureOf({ rows, installation }: StatusReport): string {
  const missing = rows.find(({ secret, keys }) => secret !== undefined && keys === undefined);
  if (missing?.secret === undefined) return lastPassFailed(installation);
  return `${missing.object}: ${missing.secret} is missing. Run the command status with refresh, which makes a pass now.`;
}

/** 1 where something is wrong now: an error, a failed last pass, a Secret that is missing after it. */
export function statusExitCode({ problems, pass, rows }: StatusReport): 0 | 1 {
  const missing = pass !== undefined && rows.some(({ secret, keys }) => secret !== undefined && keys === undefined);
  return hasErrors(problems) || missing || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}

export function statusAsText(report: StatusReport, look: Look): string {
  const { installation, cluster, version } = report;
  const tables = [storesTable(report, look), secretsTable(report, look), pushesTable(report, look)].filter(
    (table) => table !== '',
  );
  const problems = causesAsText(report.problems.map(told), look);
  return [
    look.paint('strong', `Installation ${installation} in ${cluster}, version ${version}`),
    headOf(report),
    ...tables.flatMap((table) => ['', table]),
    ...passLines(report.pass, look),
    ...(problems === '' ? [] : ['', problems]),
    '',
  ].join('\n');
}

/** `Schedule 0,30 * * * *, last started …`. */
function headOf({ schedule, suspended, lastScheduled }: StatusReport): string {
  const when = lastScheduled === undefined ? 'not started by it yet' : `last started ${lastScheduled}`;
  return `Schedule ${schedule}${suspended ? ', suspended' : ''}, ${when}`;
}

function storesTable({ rows }: StatusReport, look: Look): string {
  const stores = rows.filter(({ secret, from }) => secret === undefined && from === undefined);
  const told = stores.map(({ object, detail = '' }): Row => ({ cells: [object, detail] }));
  return textTable({ heads: ['STORE', 'VAULT'], giving: [1, 0], rows: told }, look);
}

function secretsTable({ rows, pass }: StatusReport, look: Look): string {
  const told = rows
    .filter(({ secret }) => secret !== undefined)
    .map((row): Row => {
      const [object = '', secret = '', ...others] = cells(row, pass);
      const names = [object.replace(/^ExternalSecret /u, ''), secret.replace(/^Secret /u, '')];
      return { ...(isTrouble(row) ? { style: 'bad' as const } : {}), cells: [...names, ...others] };
    });
  return textTable({ heads: ['EXTERNALSECRET', 'SECRET', 'LAST PASS', 'NEXT DUE'], giving: [1, 0], rows: told }, look);
}

/** What the last pass wrote back, and from where. */
function pushesTable({ rows, pass }: StatusReport, look: Look): string {
  const told = rows
    .filter(({ from }) => from !== undefined)
    .map((row): Row => {
      const [object = '', , ...others] = cells(row, pass);
      const objects: Cell = (room) => listed(row.targets ?? [], room);
      const style = hasFailed(row) ? { style: 'bad' as const } : {};
      return { ...style, cells: [object.replace(/^PushSecret /u, ''), objects, ...others] };
    });
  return textTable(
    { heads: ['PUSHSECRET', 'VAULT OBJECT', 'LAST PASS', 'NEXT DUE'], giving: [1, 0], rows: told },
    look,
  );
}

function isTrouble(row: StatusRow): boolean {
  return row.keys === undefined || hasFailed(row);
}

function hasFailed({ verdict = '' }: StatusRow): boolean {
  return ['blocked', 'failed'].includes(verdict);
}

/** Object, Secret with its keys or what is written back, what the last pass came to, when it is due. */
function cells(row: StatusRow, pass?: PassReport): readonly string[] {
  const { object, detail, secret, from, targets = [], keys, nextDue = '' } = row;
  if (from !== undefined) return [object, listed(targets), seenText(row, pass?.pushes), nextDue];
  if (secret === undefined) return [object, detail ?? '', '', ''];
  const count = keys === undefined ? 'missing' : keys === 'not readable' ? keys : keyCount(keys.length);
  return [object, `${secret} (${count})`, seenText(row, pass?.objects), nextDue];
}

interface Seen {
  readonly object: string;
  readonly changes?: readonly PassChange[];
}

function seenText({ object, from, verdict }: StatusRow, seen: readonly Seen[] = []): string {
  if (verdict === undefined) return '';
  const changes = seen.find((one) => one.object === object)?.changes ?? [];
  return passWord(verdict, from === undefined ? (changes.at(-1)?.action ?? '') : oneAction(changes));
}

/** Of what may be several vault objects; '' where they were treated differently. */
function oneAction(changes: readonly PassChange[]): string {
  const [action = '', ...others] = new Set(changes.map((change) => change.action));
  return others.length === 0 ? action : '';
}

/** A verdict of the planner, as what became of it: after a pass, `change` is done, and the Secret in step. */
function passWord(verdict: string, action: string): string {
  switch (verdict) {
    case 'change':
      return DONE[action] ?? 'written';
    case 'unchanged':
      return 'in step';
    case 'not-due':
      return 'not due';
    case 'other-class':
      return "another controller's";
    default:
      return verdict;
  }
}

const DONE: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  set: 'pushed',
  patch: 'patched',
  recover: 'recovered',
  remove: 'removed',
};

function keyCount(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}

/** `version` is that of the JSON, as everywhere; that of the installation has a name of its own. */
export function statusAsJson({ version: installedVersion, ...report }: StatusReport): string {
  const { installation, cluster, ...rest } = report;
  const head = { version: 1, installation, cluster, installedVersion };
  return `${JSON.stringify({ ...head, ...rest, problems: report.problems.map(problemJson) }, null, 2)}\n`;
}

export function statusAsMarkdown(report: StatusReport): string {
  const { pass, problems } = report;
  const parts = {
    heading: `### Keyferry: ${cell(`installation ${report.installation} in ${report.cluster}`)}\n\n${cell(headOf(report))}`,
    tables: [
      {
        head: [
          'Object',
          report.rows.some(({ from }) => from !== undefined) ? 'Secret or vault object' : 'Secret',
          'Last pass',
          'Next',
        ],
        rows: report.rows.map((row) => tableRow(cells(row, pass))),
      },
    ],
    problems: [...toldByPlace(problems), ...(pass?.problems ?? [])],
    end: pass === undefined ? '' : passAsMarkdown(pass),
  };
  return fittingMarkdown(parts, SUMMARY_ROOM, (room) => (pass === undefined ? '' : passPicture(pass, room)));
}
