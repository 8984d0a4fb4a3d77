/** What manifests name or find in vaults and do not take, in lines for people; JSON has it whole. */
import { LEFT_OUT_WORDS, type LeftOut } from '../model/left-out.ts';
import { groupBy } from '../model/group-by.ts';
import { refText } from '../model/object-ref.ts';
import type { ObjectReport, Report } from '../model/report.ts';
import { shortList } from '../model/short-list.ts';

/** Of entries; the rest is counted. */
const MOST_LINES = 5;

/** `ExternalSecret shop/db: spec.dataFrom[0].find leaves out off (disabled), old (expired)`, one line for each entry. */
export function leftOutLines({ objects }: Pick<Report, 'objects'>): readonly string[] {
  const lines = objects.flatMap(linesOf);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `… and ${more} more entries that leave something out`] : lines;
}

function linesOf({ ref, leftOut = [] }: ObjectReport): readonly string[] {
  return [...groupBy(leftOut, ({ field }) => field)].map(
    ([field, all]) => `${refText(ref)}: ${field} leaves out ${shortList(all.map(nameText))}`,
  );
}

function nameText({ name, why }: LeftOut): string {
  return `${name} (${LEFT_OUT_WORDS[why]})`;
}
