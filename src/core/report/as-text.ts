/** Report → text for people: names only. */
import { CREATED_BY_LABEL, DATA_HASH_ANNOTATION, MANAGED_LABEL } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { KeyDiff } from '../model/plan.ts';
import { plural } from '../model/plural.ts';
import type { ChangeReport, ObjectReport, Report } from '../model/report.ts';
import { shortList } from '../model/short-list.ts';
import { countsText } from './counts.ts';
import { asideText, problemsOf } from './build-report.ts';
import { causesAsText } from './causes.ts';
import { asRows, told } from './problems.ts';
import { messageText, type Words } from '../model/message.ts';
import { installationSection } from './installation-plan.ts';
import { listed, textTable, type Cell, type Look, type Row, type Table } from './text-table.ts';

export function reportAsText(report: Report, look: Look, words: Words = messageText): string {
  const parts = [
    heading(report, look),
    textTable(changesTable(report), look),
    report.installation === undefined ? '' : installationSection(report.installation, look),
    causesAsText(problemsOf(report).toSorted(asRows).map(told), look),
    summary(report, look, words),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(report: Report, { paint }: Look): string {
  return `${paint('strong', titleOf(report))}   ${paint('dim', `fingerprint ${shortFingerprint(report.fingerprint)}`)}`;
}

/** `Plan (metadata) for 3 objects in cluster shop-prd`. */
export function titleOf({ command, level, cluster, objects, prunes }: Report): string {
  const what = command === 'plan' ? `Plan (${level})` : 'Sync';
  return `${what} for ${plural(objects.length + prunes.length, 'object')}${cluster === '' ? '' : ` in ${cluster}`}`;
}

/** To recognize it by: level, counts and eight digits. The JSON has it whole. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(?<=-[0-9a-f]{8})[0-9a-f]+$/u, '');
}

/** What people look for: changes and trouble. What is unchanged is counted only. */
function changesTable({ objects, prunes }: Report): Table {
  return {
    heads: ['ACTION', 'SECRET', 'KEYS', 'FROM'],
    giving: [2, 3, 1],
    rows: [...objects.flatMap(objectRows), ...prunes.map((change) => changeRow(change))],
  };
}

/** A write that failed is a row; that its object failed needs no other. */
function objectRows(object: ObjectReport): readonly Row[] {
  const { ref, target, verdict, reason, changes } = object;
  const rows = changes.map((change) => changeRow(change, ref, reason));
  const from = ownerText(ref, target);
  if (verdict === 'unknown') {
    return [...rows, { style: 'warn', sign: '?', cells: ['unknown', nameText(target), reason ?? '', from] }];
  }
  const isTold = changes.some(({ state }) => state === 'failed');
  if (isTold || (verdict !== 'blocked' && verdict !== 'failed')) return rows;
  return [...rows, { style: 'bad', sign: '!', cells: [verdict, nameText(target), '', from] }];
}

const SIGNS = { create: ['+', 'add'], update: ['~', 'change'], delete: ['-', 'remove'] } as const;

function changeRow(change: ChangeReport, owner?: ObjectRef, reason?: string): Row {
  const [sign, style] = SIGNS[change.action];
  const word = { planned: '', done: '', withheld: ' withheld', failed: ' not made', left: ' left' }[change.state];
  const isFailed = change.state === 'failed';
  return {
    style: isFailed ? 'bad' : style,
    sign: isFailed ? '!' : sign,
    cells: [
      `${change.action}${word}`,
      nameText(change.target),
      changeDetail(change, reason),
      owner === undefined ? '' : ownerText(owner, change.target),
    ],
  };
}

function changeDetail(change: ChangeReport, reason: string | undefined): Cell {
  if (change.reason !== undefined) return change.reason;
  const keys = keyNames(change.keys, change.action === 'create');
  const names = keys.length === 0 ? change.metadata : keys;
  const beside = [...(keys.length === 0 ? [] : besideKeys(change)), ...(reason === undefined ? [] : [reason])];
  const rest = beside.length === 0 ? '' : `(${beside.join('; ')})`;
  return (room) => listed(names.length === 0 ? ['no keys'] : names, room, rest);
}

/** `shop/orders-db`: everything in the column is a Secret. */
export function nameText({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The ExternalSecret, which is nearly always of the namespace of its Secret. */
export function ownerText(owner: ObjectRef, target: ObjectRef): string {
  return owner.namespace === target.namespace ? owner.name : nameText(owner);
}

/** What the engine keeps up to date with every change of keys tells nothing beside them. */
const BOOKKEEPING: readonly string[] = [
  `label ${MANAGED_LABEL}`,
  `label ${CREATED_BY_LABEL}`,
  `annotation ${DATA_HASH_ANNOTATION}`,
];

/** `label team, type`: what else changes with the keys; empty where nothing does. */
export function besideKeys({ metadata }: Pick<ChangeReport, 'metadata'>): readonly string[] {
  const told = metadata.filter((name) => !BOOKKEEPING.includes(name));
  return told.length === 0 ? [] : [shortList(told)];
}

/** `api-key, endpoint` for a new Secret; `+new, ~changed, -gone` otherwise. */
export function keysText(keys: KeyDiff, bare: boolean): string {
  return listed(keyNames(keys, bare));
}

function keyNames(keys: KeyDiff, bare: boolean): readonly string[] {
  return [
    ...keys.added.map((key) => (bare ? key : `+${key}`)),
    ...keys.updated.map((key) => `~${key}`),
    ...keys.removed.map((key) => `-${key}`),
  ];
}

function summary(report: Report, { paint }: Look, words: Words): string {
  const aside = words(asideText(report));
  const line = paint('strong', countsText(report));
  return [line, ...(aside === '' ? [] : [paint('dim', `${aside}.`)])].join('\n');
}
