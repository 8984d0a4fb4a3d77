/** Report → text for people: names only. */
import type { ObjectRef } from '../model/object-ref.ts';
import { plural } from '../model/plural.ts';
import { inOneLine } from '../model/shown.ts';
import type { ChangeReport, ObjectReport, Report } from '../model/report.ts';
import { countsText } from './counts.ts';
import { asideText, problemsOf } from './build-report.ts';
import { causesAsText } from './causes.ts';
import { actionText } from './change.ts';
import { besideKeys, keyNames, nameText, ownerText } from './names.ts';
import { leftOutLines } from './left-out.ts';
import { asRows, told } from './problems.ts';
import { pushesTable } from './push-change.ts';
import { messageText, type Words } from '../model/message.ts';
import { installationSection } from './installation-plan.ts';
import { listed, textTable, wrapped, type Cell, type Look, type Row, type Table } from './text-table.ts';

export function reportAsText(report: Report, look: Look, words: Words = messageText): string {
  const parts = [
    heading(report, look),
    textTable(changesTable(report), look),
    textTable(pushesTable(report.pushes), look),
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
export function titleOf({ command, level, cluster, objects, prunes, pushes }: Report): string {
  const what = command === 'plan' ? `Plan (${level})` : 'Sync';
  const count = objects.length + prunes.length + pushes.length;
  return `${what} for ${plural(count, 'object')}${cluster === '' ? '' : ` in ${cluster}`}`;
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
  const isFailed = change.state === 'failed';
  return {
    style: isFailed ? 'bad' : style,
    sign: isFailed ? '!' : sign,
    cells: [
      actionText(change),
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
  const beside = keys.length === 0 ? [] : besideKeys(change);
  if (reason === undefined)
    return (room) => listed(names.length === 0 ? ['no keys'] : names, room, inParentheses(beside));
  // Why a value is another one goes before what changes with it, and stays whole where there is no room for both.
  return (room) => {
    const texts = [[reason, ...beside], [reason]].map((rest) => listed(names, room, inParentheses(rest)));
    return texts.find((text) => text.length <= room) ?? `${plural(names.length, 'key')} ${inParentheses([reason])}`;
  };
}

function inParentheses(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
}

function summary(report: Report, { paint, width }: Look, words: Words): string {
  const aside = words(asideText(report));
  const line = paint('strong', wrapped(countsText(report), 0, width));
  const beside = [...(aside === '' ? [] : [`${aside}.`]), ...leftOutLines(report).map(inOneLine)];
  return [line, ...beside.map((text) => paint('dim', text))].join('\n');
}
