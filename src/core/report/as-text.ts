/** Report → text for people: names only. */
import { compareRefs, refText } from '../model/object-ref.ts';
import type { KeyDiff } from '../model/plan.ts';
import { problemText, type Problem } from '../model/problem.ts';
import type { ChangeReport, ObjectReport, Report } from '../model/report.ts';
import { asideText, problemsOf } from './build-report.ts';
import { installationRows, installationTitle } from './installation-plan.ts';
import { type Paint, plural, type Row, textTable } from './text-table.ts';

/** More key names than this are cut; the JSON output holds them all. */
const MAX_KEYS_SHOWN = 8;

export function reportAsText(report: Report, paint: Paint): string {
  const rows = [...report.objects.flatMap(objectRows), ...report.prunes.map((change) => changeRow(change, ''))];
  const problems = problemsOf(report);
  const parts = [
    heading(report, paint),
    rows.length === 0 ? '' : textTable(rows, paint),
    installationSection(report, paint),
    problems.length === 0 ? '' : problemList(problems, paint),
    summary(report, paint),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function installationSection({ installation }: Report, paint: Paint): string {
  if (installation === undefined) return '';
  const rows = installationRows(installation);
  return [`${installationTitle(installation)}.`, ...(rows.length === 0 ? [] : ['', textTable(rows, paint)])].join('\n');
}

function heading(report: Report, paint: Paint): string {
  return `${paint('strong', titleOf(report))}   ${paint('dim', `fingerprint ${shortFingerprint(report.fingerprint)}`)}`;
}

/** `Plan (metadata) for 3 objects in cluster shop-prd`. */
export function titleOf({ command, level, objects, prunes, cluster }: Report): string {
  const what = command === 'plan' ? `Plan (${level})` : 'Sync';
  return `${what} for ${plural(objects.length + prunes.length, 'object')} in ${cluster}`;
}

/** To recognize it by: level, counts and eight digits. The JSON has it whole. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(?<=-[0-9a-f]{8})[0-9a-f]+$/u, '');
}

/** What people look for: changes and trouble. What is unchanged is counted only. */
function objectRows(object: ObjectReport): readonly Row[] {
  const owner = refText(object.ref);
  const rows = object.changes.map((change) => changeRow(change, owner, object.reason));
  if (object.verdict === 'unknown') {
    return [...rows, { style: 'warn', cells: ['?', 'unknown', refText(object.target), object.reason ?? '', owner] }];
  }
  if (object.verdict !== 'blocked' && object.verdict !== 'failed') return rows;
  const detail = object.problems.find(({ severity }) => severity === 'error')?.code.replaceAll('-', ' ') ?? '';
  return [...rows, { style: 'bad', cells: ['!', object.verdict, refText(object.target), detail, owner] }];
}

const SIGNS = { create: ['+', 'add'], update: ['~', 'change'], delete: ['-', 'remove'] } as const;

function changeRow(change: ChangeReport, owner: string, reason?: string): Row {
  const [sign, style] = SIGNS[change.action];
  const word = { planned: '', done: '', withheld: ' withheld', failed: ' not made', left: ' left' }[change.state];
  const detail = change.reason ?? [changeDetail(change), ...(reason === undefined ? [] : [`(${reason})`])].join(' ');
  return {
    style: change.state === 'failed' ? 'bad' : style,
    cells: [sign, `${change.action}${word}`, refText(change.target), detail, owner],
  };
}

function changeDetail(change: ChangeReport): string {
  const keys = keysText(change.keys, change.action === 'create');
  if (keys !== '') return `keys: ${keys}`;
  return change.metadata.length === 0 ? 'no keys' : change.metadata.join(', ');
}

/** `api-key, endpoint` for a new Secret; `+new, ~changed, -gone` otherwise. */
export function keysText(keys: KeyDiff, bare: boolean): string {
  const names = [
    ...keys.added.map((key) => (bare ? key : `+${key}`)),
    ...keys.updated.map((key) => `~${key}`),
    ...keys.removed.map((key) => `-${key}`),
  ];
  if (names.length <= MAX_KEYS_SHOWN) return names.join(', ');
  return `${names.slice(0, MAX_KEYS_SHOWN).join(', ')} and ${names.length - MAX_KEYS_SHOWN} more`;
}

function problemList(problems: readonly Problem[], paint: Paint): string {
  const sorted = [...problems].sort(byPlace);
  return sorted.map((problem) => problemLine(problem, paint)).join('\n');
}

/** `error    ExternalSecret shop/orders-db: … (file:line)`. */
export function problemLine(problem: Problem, paint: Paint): string {
  const word = problem.severity === 'error' ? paint('bad', 'error  ') : paint('warn', 'warning');
  return `  ${word}  ${problemText(problem)}`;
}

/** Codes of what is so only because another object has errors, which are told as well. */
const CONSEQUENCES: readonly string[] = ['store-refused'];

/**
 * By file and line; what has no place stands first. Consequences stand behind everything else: one broken store makes
 * many of them, and where only some problems are shown, its own must be among these.
 */
export function byPlace(a: Problem, b: Problem): number {
  const consequence = Number(CONSEQUENCES.includes(a.code)) - Number(CONSEQUENCES.includes(b.code));
  const file = compare(a.origin?.file ?? '', b.origin?.file ?? '');
  const line = (a.origin?.line ?? 0) - (b.origin?.line ?? 0);
  const object = a.at === undefined || b.at === undefined ? 0 : compareRefs(a.at, b.at);
  return consequence || file || line || object;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function summary(report: Report, paint: Paint): string {
  const aside = asideText(report);
  const line = paint('strong', countsText(report));
  return [line, ...(aside === '' ? [] : [paint('dim', `${aside}.`)])].join('\n');
}

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
