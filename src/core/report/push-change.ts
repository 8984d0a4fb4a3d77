/** What became of vault objects, in words and rows: as `change.ts` and the tables tell it of Secrets. Never a value. */
import { refText } from '../model/object-ref.ts';
import type { PassChange } from '../model/pass-report.ts';
import type { PushChangeReport, PushReport } from '../model/report.ts';
import { vaultRefKey, vaultRefText } from '../model/vault-object.ts';
import { NO_SOURCE } from './build-push-report.ts';
import { actionText } from './change.ts';
import { changeRow } from './change-table.ts';
import type { MarkdownTable } from './markdown.ts';
import { besideKeys, keyNames, nameText } from './names.ts';
import type { Mark } from './picture.ts';
import { listed, wholeCell, type Cell, type Row, type Style, type Table } from './text-table.ts';

/** Of the thirty-two of a version: enough to find it in the history of an object. */
const VERSION_DIGITS = 8;

const SIGNS: Readonly<Record<PushChangeReport['action'], readonly [string, Style]>> = {
  set: ['>', 'add'],
  patch: ['~', 'change'],
  recover: ['^', 'add'],
  remove: ['-', 'remove'],
};

/** How a picture marks the object, by the action that was taken or planned. */
export const PUSH_MARKS: Readonly<Record<string, Mark>> = {
  set: 'create',
  patch: 'update',
  recover: 'create',
  remove: 'delete',
};

/** As with Secrets, what is unchanged is counted only. */
export function pushesTable(pushes: readonly PushReport[]): Table {
  return { heads: ['ACTION', 'VAULT OBJECT', 'KEYS', 'FROM'], giving: [3, 2, 1], rows: pushes.flatMap(textRows) };
}

function textRows(push: PushReport): readonly Row[] {
  const rows = push.changes.map((change) => textRow(change, push));
  const told = restOf(push);
  return told === undefined ? rows : [...rows, restRow(push, told)];
}

function textRow(change: PushChangeReport, push: PushReport): Row {
  const [sign, style] = change.state === 'kept' ? (['=', 'dim'] as const) : SIGNS[change.action];
  const isFailed = change.state === 'failed';
  return {
    style: isFailed ? 'bad' : style,
    sign: isFailed ? '!' : sign,
    cells: [actionText(change), vaultRefText(change.target), detailCell(change, push.reason), fromCell(push)],
  };
}

type Rest = 'unknown' | 'blocked' | 'failed';

/** What no change of it says; a write that failed says that its PushSecret did. */
function restOf({ verdict, changes }: PushReport): Rest | undefined {
  if (verdict === 'unknown') return verdict;
  if (verdict !== 'blocked' && verdict !== 'failed') return undefined;
  return changes.some(({ state }) => state === 'failed') ? undefined : verdict;
}

function restRow(push: PushReport, told: Rest): Row {
  const isUnknown = told === 'unknown';
  return {
    style: isUnknown ? 'warn' : 'bad',
    sign: isUnknown ? '?' : '!',
    cells: [told, objectsCell(push), isUnknown ? (push.reason ?? '') : '', fromCell(push)],
  };
}

/** Those of a PushSecret of which nothing else is told. */
function objectsCell({ targets, changes }: PushReport): Cell {
  const changed = new Set(changes.map(({ target }) => vaultRefKey(target)));
  const others = targets.filter((target) => !changed.has(vaultRefKey(target)));
  const names = (others.length === 0 ? targets : others).map(vaultRefText);
  return (room) => listed(names, room);
}

/** `shop/db`, which pushes the Secret of that name, or `shop/db-copy (Secret shop/db)`. */
function fromCell({ ref, from }: PushReport): Cell {
  const name = nameText(ref);
  const whole = from === `Secret ${name}` || from === NO_SOURCE ? name : `${name} (${from})`;
  return (room) => (whole.length <= room ? whole : name);
}

function detailCell(change: PushChangeReport, cause: string | undefined): Cell {
  const { names, beside } = change.reason === undefined ? namesOf(change) : { names: [change.reason], beside: [] };
  const causes = cause === undefined || change.reason !== undefined ? [] : [cause];
  const version = change.version === undefined ? [] : [`version ${change.version.slice(0, VERSION_DIGITS)}`];
  return (room) => {
    const whole = listed(names, room, inBrackets([...beside, ...version, ...causes]));
    return whole.length <= room ? whole : listed(names, room, inBrackets([...beside, ...causes]));
  };
}

function namesOf(change: PushChangeReport): { readonly names: readonly string[]; readonly beside: readonly string[] } {
  const keys = keyNames(change.keys, change.version === undefined);
  if (keys.length > 0) return { names: keys, beside: besideKeys(change) };
  return { names: change.metadata.length === 0 ? ['no keys'] : change.metadata, beside: [] };
}

function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
}

/** As the report of a pass holds it. */
export function toldPushChange(change: PushChangeReport, push: Pick<PushReport, 'reason'>): PassChange {
  return {
    action: actionText(change),
    target: vaultRefText(change.target),
    detail: wholeCell(detailCell(change, push.reason)),
  };
}

/** What is blocked or failed is told as a problem. */
export function pushRows(push: PushReport): readonly string[] {
  const owner = refText(push.ref);
  const rows = push.changes.map((change) => changeRow(toldPushChange(change, push), owner));
  if (push.verdict !== 'unknown') return rows;
  const target = wholeCell(objectsCell(push));
  return [...rows, changeRow({ action: 'unknown', target, detail: push.reason ?? '' }, owner)];
}

/** Of rows of `changeRow`, in Markdown. */
export function pushTable(rows: readonly string[]): MarkdownTable {
  return { head: ['', 'Vault object', 'Keys', 'Because of'], rows };
}
