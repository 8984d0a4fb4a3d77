/** A pass of the job in the cluster, as those outside are told of it. Never a value. */
import type { PassObject, PassPush, PassReport } from '../model/pass-report.ts';
import { costsText, countsText } from './counts.ts';
import { causesAsText } from './causes.ts';
import { inOneLine } from '../model/shown.ts';
import { changeRow, changeTable } from './change-table.ts';
import { passLeftOutLines } from './left-out.ts';
import { cell, pictureAsMarkdown, type MarkdownTable } from './markdown.ts';
import { NO_SOURCE } from './build-push-report.ts';
import type { Drawn, DrawnPush, Mark } from './picture.ts';
import { PUSH_MARKS, pushTable } from './push-change.ts';
import type { Look } from './text-table.ts';

export function passLines(pass: PassReport | undefined, look: Look): readonly string[] {
  if (pass === undefined) return [];
  const problems = pass.problems.length === 0 ? [] : [causesAsText(pass.problems, look)];
  const left = leftText(pass);
  const title = `${passTitle(pass)}: ${passCounts(pass)} ${costs(pass)}`;
  const leftOut = passLeftOutLines(pass).map((line) => `  ${inOneLine(line)}`);
  return ['', title, ...problems, ...leftOut, ...(left === '' ? [] : [`  ${left}`])];
}

function passTitle({ finishedAt, holder }: PassReport): string {
  return `Pass of ${finishedAt} in pod ${holder}`;
}

/** `1 created, 0 updated, 0 deleted, 2 unchanged.` */
export function passCounts({ counts }: PassReport): string {
  return counts === undefined ? 'No report.' : countsText({ counts });
}

function costs({ startedAt, finishedAt, vaultRequests }: PassReport): string {
  return costsText(Date.parse(finishedAt) - Date.parse(startedAt), vaultRequests);
}

function leftText({ left, holder }: PassReport): string {
  return left === 0 ? '' : `And ${left} more, see the log of pod ${holder}`;
}

/** Which pass it was and what it cost: one line of Markdown. */
export function passAsMarkdown(pass: PassReport): string {
  const left = leftText(pass);
  return cell(`${passTitle(pass)}: ${costs(pass)}${left === '' ? '' : ` ${left}.`}`);
}

/** What became of Secrets. */
export function passTable({ objects, prunes = [] }: PassReport): MarkdownTable {
  return changeTable([
    ...objects.flatMap(({ object, changes = [] }) => changes.map((change) => changeRow(change, object))),
    ...prunes.map((change) => changeRow(change, '')),
  ]);
}

/** What became of vault objects. */
export function passPushTable({ pushes = [] }: PassReport): MarkdownTable {
  return pushTable(pushes.flatMap(({ object, changes = [] }) => changes.map((change) => changeRow(change, object))));
}

/** Every Secret of the installation and what is written back, those that changed or failed first. */
export function passPicture({ objects, pushes = [] }: PassReport, room: number): string {
  const drawn = [...objects.map(drawnOf), ...pushes.map(drawnPushOf)];
  const isMarked = (one: Drawn | DrawnPush) =>
    'written' in one ? one.written.some(({ mark }) => mark !== undefined) : one.mark !== undefined;
  return pictureAsMarkdown([...drawn.filter(isMarked), ...drawn.filter((one) => !isMarked(one))], room);
}

function drawnOf(object: PassObject): Drawn {
  const { object: name, target, sources = [] } = object;
  const mark = markOf(object);
  return { object: name, target, sources, ...(mark === undefined ? {} : { mark }) };
}

function markOf({ verdict, changes = [] }: PassObject): Mark | undefined {
  if (verdict === 'blocked' || verdict === 'failed') return 'trouble';
  return ACTIONS.find((action) => changes.some((change) => change.action === action));
}

const ACTIONS = ['create', 'update', 'delete'] as const;

function drawnPushOf({ object, from, targets, verdict, changes = [] }: PassPush): DrawnPush {
  const rest = verdict === 'blocked' || verdict === 'failed' ? 'trouble' : undefined;
  const written = targets.map((name) => {
    const mark = PUSH_MARKS[changes.findLast(({ target }) => target === name)?.action ?? ''] ?? rest;
    return { name, ...(mark === undefined ? {} : { mark }) };
  });
  return { object, ...(from === NO_SOURCE ? {} : { from }), written };
}
