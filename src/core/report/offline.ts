/** What a plan of manifests alone says, in three forms. Names and fields, never what stands in them. */
import { refText } from '../model/object-ref.ts';
import type { PullIntent } from '../model/intent.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { targetOf } from '../plan/pull.ts';
import type { Ask } from '../preview/asked-names.ts';
import type { FieldChange } from '../preview/field-changes.ts';
import type { ManifestChange } from '../preview/manifest-objects.ts';
import type { OfflinePlan } from '../preview/offline-plan.ts';
import type { TargetChange } from '../preview/target-changes.ts';
import { sourcesOf } from '../resolve/sources.ts';
import { problemJson } from './as-json.ts';
import { byPlace, problemLine, shortFingerprint } from './as-text.ts';
import { plural, textTable, type Paint, type Row, type Style } from './text-table.ts';
import {
  cell,
  fittingMarkdown,
  pictureAsMarkdown,
  SUMMARY_ROOM,
  tableRow,
  toldByPlace,
  type MarkdownRoom,
} from './markdown.ts';
import type { Drawn } from './picture.ts';

export interface OfflineReport extends OfflinePlan {
  /** Valid ones of the newer manifests, to draw where their values come from. */
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  readonly durationMs: number;
}

/** More fields than this are cut; the JSON output holds them all. */
const MOST_FIELDS = 8;

export function offlineHasChanges({ changes }: OfflineReport): boolean {
  return changes.length > 0;
}

export function offlineAsText(report: OfflineReport, paint: Paint): string {
  const head = `${paint('strong', titleOf(report))}   ${paint('dim', `fingerprint ${shortFingerprint(report.fingerprint)}`)}`;
  const sections: readonly (readonly [string, readonly Row[]])[] = [
    ['', report.changes.map(manifestRow)],
    ['Secrets:', report.targets.map(targetRow)],
    ['Asked of vaults and not before:', report.asks.map(askRow)],
  ];
  const tables = sections.map(([title, rows]) => section(title, rows, paint));
  const problems = report.problems.toSorted(byPlace).map((problem) => problemLine(problem, paint));
  const parts = [head, ...tables, problems.join('\n'), paint('strong', countsOf(report))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function titleOf({ changes, unchanged }: OfflineReport): string {
  return `Plan (offline) for ${plural(changes.length + unchanged, 'object')}`;
}

function section(title: string, rows: readonly Row[], paint: Paint): string {
  if (rows.length === 0) return '';
  return `${title === '' ? '' : `${title}\n`}${textTable(rows, paint)}`;
}

const SIGNS: Readonly<Record<ManifestChange['action'], readonly [string, Style]>> = {
  added: ['+', 'add'],
  changed: ['~', 'change'],
  removed: ['-', 'remove'],
};

function manifestRow({ action, ref, fields }: ManifestChange): Row {
  const [sign, style] = SIGNS[action];
  return { style, cells: [sign, action, refText(ref), fieldsText(fields), ''] };
}

const TARGET_SIGNS: Readonly<Record<TargetChange['action'], readonly [string, Style]>> = {
  create: ['+', 'add'],
  merge: ['~', 'change'],
  rename: ['~', 'change'],
  delete: ['-', 'remove'],
  leave: ['=', 'dim'],
};

function targetRow(change: TargetChange): Row {
  const [sign, style] = TARGET_SIGNS[change.action];
  return { style, cells: [sign, change.action, refText(change.target), targetText(change), refText(change.owner)] };
}

function askRow({ place, name, owner }: Ask): Row {
  return { style: 'add', cells: ['+', 'read', name, `in ${place}`, refText(owner)] };
}

/** `+spec.data[2], ~spec.data[0].remoteRef.key`. */
function fieldsText(fields: readonly FieldChange[]): string {
  const marks = { added: '+', changed: '~', removed: '-' } as const;
  const texts = fields.map(({ field, change }) => `${marks[change]}${field}`);
  const more = texts.length - MOST_FIELDS;
  return `${texts.slice(0, MOST_FIELDS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function targetText({ action, before }: TargetChange): string {
  switch (action) {
    case 'rename':
      return before === undefined ? '' : `was ${refText(before)}`;
    case 'leave':
      return 'its ExternalSecret is gone; --prune would delete what it made';
    case 'delete':
      return 'its ExternalSecret is gone';
    case 'merge':
      return 'into a Secret of somebody else';
    case 'create':
      return '';
    default:
      return action satisfies never;
  }
}

function countsOf(report: OfflineReport): string {
  const { added, changed, removed, unchanged } = offlineCounts(report);
  return `${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged.`;
}

export function offlineAsMarkdown(report: OfflineReport, room: MarkdownRoom = SUMMARY_ROOM): string {
  const rowsOf = (rows: readonly Row[], columns: readonly (1 | 2 | 3 | 4)[]) =>
    rows.map(({ cells }) => tableRow(columns.map((column) => cell(cells[column]))));
  const tables = [
    { head: ['', 'Object', 'Fields'], rows: rowsOf(report.changes.map(manifestRow), [1, 2, 3]) },
    { head: ['', 'Secret', '', 'Because of'], rows: rowsOf(report.targets.map(targetRow), [1, 2, 3, 4]) },
    {
      title: 'Asked of vaults and not before:',
      head: ['Name', 'Where', 'Because of'],
      rows: rowsOf(report.asks.map(askRow), [2, 3, 4]),
    },
  ];
  const heading = `### Keyferry: ${titleOf(report).toLowerCase()}\n\n${countsOf(report)}`;
  const end = `${(report.durationMs / 1000).toFixed(1)} s. Fingerprint: \`${report.fingerprint}\``;
  return fittingMarkdown({ heading, tables, problems: toldByPlace(report.problems), end }, room, (bytes) =>
    pictureAsMarkdown(drawnOf(report), bytes),
  );
}

/** ExternalSecrets that are new or changed. */
function drawnOf({ changes, intents, stores }: OfflineReport): readonly Drawn[] {
  const marks = new Map(
    changes.map(({ ref, action }) => [refText(ref), action === 'added' ? 'create' : 'update'] as const),
  );
  const known = new Map(stores.map((store) => [refText(store.ref), store]));
  return intents.flatMap((intent) => {
    const mark = marks.get(refText(intent.ref));
    return mark === undefined
      ? []
      : [{ object: refText(intent.ref), target: refText(targetOf(intent)), sources: sourcesOf(intent, known), mark }];
  });
}

export function offlineAsJson(report: OfflineReport): string {
  const json = {
    version: 1,
    command: 'plan',
    level: 'offline',
    fingerprint: report.fingerprint,
    counts: { ...offlineCounts(report), ...problemCounts(report.problems) },
    changes: report.changes.map(({ action, ref, fields, origin }) => ({
      action,
      object: refText(ref),
      file: origin?.file,
      line: origin?.line,
      fields,
    })),
    targets: report.targets.map(({ action, target, before, owner }) => ({
      action,
      target: refText(target),
      before: before === undefined ? undefined : refText(before),
      object: refText(owner),
    })),
    asks: report.asks.map(({ place, name, owner }) => ({ place, name, object: refText(owner) })),
    problems: report.problems.map(problemJson),
    durationMs: report.durationMs,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Of objects, and of the Secrets that they mean. */
export function offlineCounts({ changes, unchanged, targets }: OfflineReport) {
  const count = (action: ManifestChange['action']) => changes.filter((change) => change.action === action).length;
  const secrets = (action: TargetChange['action']) => targets.filter((target) => target.action === action).length;
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    unchanged,
    create: secrets('create'),
    rename: secrets('rename'),
    delete: secrets('delete'),
  };
}

function problemCounts(problems: readonly Problem[]) {
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}
