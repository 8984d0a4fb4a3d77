/** Report → GitHub-flavoured Markdown: for step summaries and pull request comments. */
import { refText } from '../model/object-ref.ts';
import type { ObjectReport, PushReport, Report } from '../model/report.ts';
import { vaultRefKey, vaultRefText } from '../model/vault-object.ts';
import { titleOf } from './as-text.ts';
import { costsText, countsText } from './counts.ts';
import { asideText, problemsOf } from './build-report.ts';
import { NO_SOURCE } from './build-push-report.ts';
import { leftOutLines } from './left-out.ts';
import { asRows, told } from './problems.ts';
import { toldChange } from './change.ts';
import { changeRow, changeTable } from './change-table.ts';
import { installationTable, installationTitle } from './installation-plan.ts';
import {
  cell,
  fittingMarkdown,
  inSentence,
  pictureAsMarkdown,
  SUMMARY_ROOM,
  type MarkdownRoom,
  type MarkdownTable,
} from './markdown.ts';
import type { Drawn, DrawnPush, Mark } from './picture.ts';
import { PUSH_MARKS, pushRows, pushTable } from './push-change.ts';
import { messageText, type Words } from '../model/message.ts';

export function reportAsMarkdown(
  report: Report,
  room: MarkdownRoom = SUMMARY_ROOM,
  words: Words = messageText,
): string {
  const parts = {
    heading: `### Keyferry: ${cell(inSentence(titleOf(report)))}\n\n${summaryLine(report, words)}`,
    tables: [
      tableOf(report),
      pushTable(report.pushes.flatMap(pushRows)),
      ...(report.installation === undefined ? [] : [installationTable(report.installation)]),
    ],
    problems: problemsOf(report).toSorted(asRows).map(told),
    end: `${leftOutText(report)}${costsText(report.durationMs, report.reads.requests)} Fingerprint: \`${report.fingerprint}\``,
  };
  const drawn = [...report.objects.flatMap(drawnOf), ...report.pushes.flatMap(drawnPushOf)];
  return fittingMarkdown(parts, room, (bytes) => pictureAsMarkdown(drawn, bytes));
}

/** '' where nothing is left out. */
function leftOutText(report: Report): string {
  const lines = leftOutLines(report);
  return lines.length === 0 ? '' : `${lines.map((line) => `- ${cell(line)}`).join('\n')}\n\n`;
}

function tableOf(report: Report): MarkdownTable {
  return changeTable([
    ...report.objects.flatMap(objectRows),
    ...report.prunes.map((change) => changeRow(toldChange(change), '')),
  ]);
}

/** What is blocked or failed is told as a problem. */
function objectRows(object: ObjectReport): readonly string[] {
  const owner = refText(object.ref);
  if (object.verdict !== 'unknown') return object.changes.map((change) => changeRow(toldChange(change, object), owner));
  return [changeRow({ action: 'unknown', target: refText(object.target), detail: object.reason ?? '' }, owner)];
}

/** What changes, fails or cannot be known; the rest is counted only. */
function drawnOf(object: ObjectReport): readonly Drawn[] {
  const mark = markOf(object);
  const { ref, target, sources = [] } = object;
  return mark === undefined ? [] : [{ object: refText(ref), target: refText(target), sources, mark }];
}

function markOf({ verdict, changes }: ObjectReport): Mark | undefined {
  if (verdict === 'blocked' || verdict === 'failed') return 'trouble';
  if (verdict === 'unknown') return verdict;
  const [change] = verdict === 'change' || verdict === 'not-due' ? changes : [];
  return change === undefined || change.state === 'withheld' ? undefined : change.action;
}

/** The same of a PushSecret: what it changes; where it is in trouble or not known, everything that it writes. */
function drawnPushOf({ ref, from, verdict, targets, changes }: PushReport): readonly DrawnPush[] {
  const marks = new Map(
    changes
      .filter(({ state }) => state !== 'withheld' && state !== 'failed' && state !== 'kept')
      .map(({ target, action }) => [vaultRefKey(target), PUSH_MARKS[action]]),
  );
  const rest = verdict === 'blocked' || verdict === 'failed' ? 'trouble' : verdict === 'unknown' ? verdict : undefined;
  const written = targets.flatMap((target) => {
    const mark = marks.get(vaultRefKey(target)) ?? rest;
    return mark === undefined ? [] : [{ name: vaultRefText(target), mark }];
  });
  if (written.length === 0) return [];
  return [{ object: refText(ref), ...(from === NO_SOURCE ? {} : { from }), written }];
}

function summaryLine(report: Report, words: Words): string {
  const { installation } = report;
  const aside = words(asideText(report));
  const isSame = installation?.objects.every(({ action }) => action === 'unchanged') ?? false;
  const same = isSame && installation !== undefined ? [`${cell(installationTitle(installation))}.`] : [];
  return [countsText(report), ...(aside === '' ? [] : [`${aside}.`]), ...same].join(' ');
}
