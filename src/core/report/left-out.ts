/** What manifests name or find in vaults and do not take, in lines for people; JSON has it whole. */
import { LEFT_OUT_WORDS, type LeftOut } from '../model/left-out.ts';
import { groupBy } from '../model/group-by.ts';
import { refText } from '../model/object-ref.ts';
import type { PassReport } from '../model/pass-report.ts';
import type { ObjectReport, Report } from '../model/report.ts';
import { shortList } from '../model/short-list.ts';

/** Of entries; the rest is counted. */
const MOST_LINES = 5;

/** `ExternalSecret shop/db: spec.dataFrom[0].find leaves out off (disabled), old (expired)`, one line for each entry. */
export function leftOutLines({ objects }: Pick<Report, 'objects'>): readonly string[] {
  return cutLines(objects.flatMap((object) => leftOutOf(object).map((line) => `${refText(object.ref)}: ${line}`)));
}

/** The same of what a pass of the job told. */
export function passLeftOutLines({ objects }: Pick<PassReport, 'objects'>): readonly string[] {
  return cutLines(objects.flatMap(({ object, leftOut = [] }) => leftOut.map((line) => `${object}: ${line}`)));
}

/** Of one ExternalSecret, without its name. */
export function leftOutOf({ leftOut = [] }: Pick<ObjectReport, 'leftOut'>): readonly string[] {
  return [...groupBy(leftOut, ({ field }) => field)].map(
    ([field, all]) => `${field} leaves out ${shortList(all.map(nameText))}`,
  );
}

function cutLines(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  if (more <= 0) return lines;
  const rest = more === 1 ? '1 more entry that leaves' : `${more} more entries that leave`;
  return [...lines.slice(0, MOST_LINES), `… and ${rest} something out`];
}

function nameText({ name, why }: LeftOut): string {
  return `${name} (${LEFT_OUT_WORDS[why]})`;
}
