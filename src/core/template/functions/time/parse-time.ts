/**
 * Times from text by a layout. Go: time.ParseInLocation with the local zone, which is UTC here.
 *
 * Errors are Go's. They quote the text, as Go's do: it was written in the template or came with the data.
 */
import { say, shown, type Message } from '../../message.ts';
import { GoError, type GoString, goError } from '../../values.ts';
import { dayOf, daysInMonth, isLeap, MONTHS } from './calendar.ts';
import { quoteTime } from './duration.ts';
import { readLayout, type Element, type LayoutPart } from './layout.ts';
import { Mismatch, TimeReader, type Found } from './time-reader.ts';
import { fixedZone, LOCAL, UTC, type Zone } from './zone.ts';

export interface ParsedTime {
  readonly unixSeconds: bigint;
  readonly nanosecond: number;
  readonly zone: Zone;
}

export function parseTime(layout: GoString, text: GoString): ParsedTime {
  const { parts, suffix } = readLayout(layout);
  const reader = new TimeReader(text);
  for (const [index, part] of parts.entries()) readPart(reader, part, { layout, next: parts[index + 1]?.element });
  if (!reader.skip(suffix)) throw cannotParse(reader, layout, { value: reader.rest, element: suffix });
  if (reader.rest !== '') throw failure(text, say`: extra text: ${quoteTime(reader.rest)}`);
  return toTime(reader.found, text);
}

interface Context {
  readonly layout: GoString;
  readonly next: Element | undefined;
}

function readPart(reader: TimeReader, part: LayoutPart, { layout, next }: Context): void {
  if (!reader.skip(part.prefix)) throw cannotParse(reader, layout, { value: reader.rest, element: part.prefix });
  const before = reader.rest;
  try {
    reader.read(part, next);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    if (error.outOfRange !== undefined) throw failure(reader.text, say`: ${shown(error.outOfRange)} out of range`);
    throw cannotParse(reader, layout, { value: before, element: part.written });
  }
}

function cannotParse(
  { text }: TimeReader,
  layout: GoString,
  { value, element }: { readonly value: GoString; readonly element: GoString },
): GoError {
  return failure(text, say` as ${quoteTime(layout)}: cannot parse ${quoteTime(value)} as ${quoteTime(element)}`);
}

function failure(text: GoString, what: Message): GoError {
  return goError`parsing time ${quoteTime(text)}${what}`;
}

function toTime(found: Found, text: GoString): ParsedTime {
  const { month, day } = monthAndDay(found, text);
  if (day < 1 || day > daysInMonth(found.year, month)) throw failure(text, say`: day out of range`);
  const seconds = (hourOf(found) * 60 + found.minute) * 60 + found.second;
  const wall = BigInt(dayOf(found.year, month, day)) * 86_400n + BigInt(seconds);
  const { zone, offset } = zoneOf(found);
  return { unixSeconds: wall - BigInt(offset), nanosecond: found.nanosecond, zone };
}

function hourOf({ hour, half }: Found): number {
  if (half === 'pm' && hour < 12) return hour + 12;
  return half === 'am' && hour === 12 ? 0 : hour;
}

/** A day of the year must agree with month and day, when these are said too. */
function monthAndDay(found: Found, text: GoString): { readonly month: number; readonly day: number } {
  const { year, yearDay } = found;
  if (yearDay === undefined) return { month: found.month ?? 1, day: found.day ?? 1 };
  if (yearDay < 1 || yearDay > (isLeap(year) ? 366 : 365)) throw failure(text, say`: day-of-year out of range`);
  const starts = MONTHS.map((_, index) => dayOf(year, index + 1, 1) - dayOf(year, 1, 1) + 1);
  const month = starts.findLastIndex((start) => start <= yearDay) + 1;
  const day = yearDay - (starts[month - 1] ?? 1) + 1;
  if (found.month !== undefined && found.month !== month) throw failure(text, say`: day-of-year does not match month`);
  if (found.day !== undefined && found.day !== day) throw failure(text, say`: day-of-year does not match day`);
  return { month, day };
}

/** An offset without a name makes a zone without one, and a name without an offset one of none. */
function zoneOf({ isUtc, offset, zoneName }: Found): { readonly zone: Zone; readonly offset: number } {
  if (isUtc) return { zone: UTC, offset: 0 };
  if (offset !== undefined) {
    const isLocal = offset === 0 && zoneName === '';
    return { zone: isLocal ? LOCAL : fixedZone(zoneName, offset), offset };
  }
  if (zoneName === '') return { zone: LOCAL, offset: 0 };
  const hours = zoneName.startsWith('GMT') ? Number(zoneName.slice(3) || '0') : 0;
  return { zone: fixedZone(zoneName, hours * 3600), offset: 0 };
}
