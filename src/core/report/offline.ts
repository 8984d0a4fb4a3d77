/** What a plan of manifests alone says, in three forms. Names and fields, never what stands in them. */
import { plural } from '../model/plural.ts';
import type { PushIntent } from '../model/push-intent.ts';
import { targetOf } from '../model/target.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { PullIntent } from '../model/intent.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import type { Ask } from '../preview/asked-names.ts';
import type { FieldChange } from '../preview/field-changes.ts';
import type { ManifestChange } from '../preview/manifest-objects.ts';
import type { OfflinePlan } from '../preview/offline-plan.ts';
import type { TargetChange } from '../preview/target-changes.ts';
import type { VaultObjectChange } from '../preview/vault-object-changes.ts';
import { sourcesOf } from '../resolve/sources.ts';
import { problemJson } from './as-json.ts';
import { formsOf } from './forms.ts';
import { exitCodeOf, type Outcome, type Outputs } from './outcome.ts';
import { shortFingerprint } from './as-text.ts';
import { nameText, ownerText } from './names.ts';
import { causesAsText } from './causes.ts';
import { asRows, told } from './problems.ts';
import { listed, textTable, wholeCell, type Look, type Row, type Style, type Table } from './text-table.ts';
import { fittingMarkdown, pictureAsMarkdown, SUMMARY_ROOM, tableRow, type MarkdownRoom } from './markdown.ts';
import { drawnPushesOf, vaultObjectRow } from './offline-vault-objects.ts';
import type { Drawn } from './picture.ts';
import { messageText, say, setting, type Words } from '../model/message.ts';

export interface OfflineReport extends OfflinePlan {
  /** Valid ones of the newer manifests, to draw where their values come from. */
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  readonly pushes: readonly PushIntent[];
  readonly durationMs: number;
}

export function offlineHasChanges({ changes }: OfflineReport): boolean {
  return changes.length > 0;
}

export function offlineOutcome(report: OfflineReport): Outcome {
  const changed = offlineHasChanges(report);
  return {
    command: 'plan',
    problems: report.problems.toSorted(asRows).map(told),
    looked: report.intents.map(({ ref }) => refText(ref)),
    outputs: { changed, ...offlineOutputs(report), fingerprint: report.fingerprint },
    stopped: false,
    plan: { level: 'offline', changed },
    exitCode: (detailed) => (exitCodeOf(report.problems) === 1 ? 1 : detailed && changed ? 2 : 0),
    ...formsOf(report, { text: offlineAsText, markdown: offlineAsMarkdown, json: offlineAsJson }),
  };
}

/** The names that a plan of Secrets has, of ExternalSecrets and what they mean for Secrets. */
function offlineOutputs(report: OfflineReport): Outputs {
  const { create, rename, changed: updated, delete: deleted, unchanged, pushed, pushRemoved } = offlineCounts(report);
  const refused = report.problems.flatMap(({ severity, at }) =>
    severity === 'error' && at !== undefined ? [refText(at)] : [],
  );
  const pushes = { pushed, 'push-removed': pushRemoved };
  return { created: create + rename, updated, deleted, unchanged, failed: new Set(refused).size, ...pushes };
}

export function offlineAsText(report: OfflineReport, look: Look, words: Words = messageText): string {
  const { paint } = look;
  const head = `${paint('strong', titleOf(report))}   ${paint('dim', `fingerprint ${shortFingerprint(report.fingerprint)}`)}`;
  const sections: readonly (readonly [string, Table])[] = [
    ['', { ...CHANGES, rows: report.changes.map(manifestRow) }],
    ['Secrets:', { ...TARGETS, rows: report.targets.map((change) => targetRow(change, TEXT, words)) }],
    [
      'Vault objects:',
      { ...VAULT_OBJECTS, rows: report.vaultObjects.map((one) => vaultObjectRow(one, TEXT.owner(one.owner), words)) },
    ],
    ['Asked of vaults and not before:', { ...ASKS, rows: report.asks.map((ask) => askRow(ask, TEXT)) }],
  ];
  const tables = sections.map(([title, table]) => section(title, table, look));
  const problems = causesAsText(report.problems.toSorted(asRows).map(told), look);
  const parts = [head, ...tables, problems, paint('strong', countsOf(report))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const CHANGES = { heads: ['ACTION', 'OBJECT', 'FIELDS'], giving: [2, 1] };
const TARGETS = { heads: ['ACTION', 'SECRET', 'WHY', 'FROM'], giving: [2, 3, 1] };
const VAULT_OBJECTS = { heads: ['ACTION', 'VAULT OBJECT', 'WHY', 'FROM'], giving: [2, 3, 1] };
const ASKS = { heads: ['ACTION', 'NAME', 'WHERE', 'FROM'], giving: [2, 3, 1] };

/** How objects are named where the heads of a table say their kinds, and where they do not. */
interface Naming {
  readonly target: (target: ObjectRef) => string;
  readonly owner: (owner: ObjectRef, target?: ObjectRef) => string;
}

const TEXT: Naming = {
  target: nameText,
  owner: (owner, target) => (target === undefined ? nameText(owner) : ownerText(owner, target)),
};
const MARKDOWN: Naming = { target: refText, owner: refText };

function titleOf({ changes, unchanged }: OfflineReport): string {
  return `Plan (offline) for ${plural(changes.length + unchanged, 'object')}`;
}

function section(title: string, table: Table, look: Look): string {
  const text = textTable(table, look);
  return text === '' || title === '' ? text : `${title}\n${text}`;
}

const SIGNS: Readonly<Record<ManifestChange['action'], readonly [string, Style]>> = {
  added: ['+', 'add'],
  changed: ['~', 'change'],
  removed: ['-', 'remove'],
};

function manifestRow({ action, ref, fields }: ManifestChange): Row {
  const [sign, style] = SIGNS[action];
  return { style, sign, cells: [action, refText(ref), (room) => listed(fieldNames(fields), room)] };
}

const TARGET_SIGNS: Readonly<Record<TargetChange['action'], readonly [string, Style]>> = {
  create: ['+', 'add'],
  merge: ['~', 'change'],
  rename: ['~', 'change'],
  delete: ['-', 'remove'],
  leave: ['=', 'dim'],
};

function targetRow(change: TargetChange, { target, owner }: Naming, words: Words): Row {
  const [sign, style] = TARGET_SIGNS[change.action];
  const from = owner(change.owner, change.target);
  return { style, sign, cells: [change.action, target(change.target), targetText(change, words), from] };
}

function askRow({ place, name, owner: from }: Ask, { owner }: Naming): Row {
  return { style: 'add', sign: '+', cells: ['read', name, `in ${place}`, owner(from)] };
}

/** `+spec.data[2], ~spec.data[0].remoteRef.key`. */
function fieldNames(fields: readonly FieldChange[]): readonly string[] {
  const marks = { added: '+', changed: '~', removed: '-' } as const;
  return fields.map(({ field, change }) => `${marks[change]}${field}`);
}

function targetText({ action, before }: TargetChange, words: Words): string {
  switch (action) {
    case 'rename':
      return before === undefined ? '' : `was ${refText(before)}`;
    case 'leave':
      return words(say`its ExternalSecret is gone; ${setting('prune')} would delete what it made`);
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

export function offlineAsMarkdown(
  report: OfflineReport,
  room: MarkdownRoom = SUMMARY_ROOM,
  words: Words = messageText,
): string {
  const rowsOf = (rows: readonly Row[], from = 0) =>
    rows.map(({ cells }) => tableRow(cells.slice(from).map(wholeCell)));
  const targets = report.targets.map((change) => targetRow(change, MARKDOWN, words));
  const vaultObjects = report.vaultObjects.map((one) => vaultObjectRow(one, MARKDOWN.owner(one.owner), words));
  const asks = report.asks.map((ask) => askRow(ask, MARKDOWN));
  const tables = [
    { head: ['', 'Object', 'Fields'], rows: rowsOf(report.changes.map(manifestRow)) },
    { head: ['', 'Secret', '', 'Because of'], rows: rowsOf(targets) },
    { head: ['', 'Vault object', '', 'Because of'], rows: rowsOf(vaultObjects) },
    { title: 'Asked of vaults and not before:', head: ['Name', 'Where', 'Because of'], rows: rowsOf(asks, 1) },
  ];
  const heading = `### Keyferry: ${titleOf(report).toLowerCase()}\n\n${countsOf(report)}`;
  const end = `${(report.durationMs / 1000).toFixed(1)} s. Fingerprint: \`${report.fingerprint}\``;
  return fittingMarkdown(
    { heading, tables, problems: report.problems.toSorted(asRows).map(told), end },
    room,
    (bytes) => pictureAsMarkdown([...drawnOf(report), ...drawnPushesOf(report)], bytes),
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
    vaultObjects: report.vaultObjects.map(({ action, object, owner }) => ({
      action,
      vaultObject: object,
      object: refText(owner),
    })),
    asks: report.asks.map(({ place, name, owner }) => ({ place, name, object: refText(owner) })),
    problems: report.problems.map(problemJson),
    durationMs: report.durationMs,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Of objects, and of the Secrets and vault objects that they mean. */
export function offlineCounts({ changes, unchanged, targets, vaultObjects }: OfflineReport) {
  const count = (action: ManifestChange['action']) => changes.filter((change) => change.action === action).length;
  const secrets = (action: TargetChange['action']) => targets.filter((target) => target.action === action).length;
  const pushed = (...actions: readonly VaultObjectChange['action'][]) =>
    vaultObjects.filter(({ action }) => actions.includes(action)).length;
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    unchanged,
    create: secrets('create'),
    rename: secrets('rename'),
    delete: secrets('delete'),
    pushed: pushed('set', 'patch'),
    pushRemoved: pushed('remove'),
  };
}

function problemCounts(problems: readonly Problem[]) {
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}
