/** Times as text by a layout. Go: time.Time.Format. */
import type { GoString } from '../../values.ts';
import { MONTHS, WEEKDAYS, type CivilDate } from './calendar.ts';
import { readLayout, type Element, type LayoutPart, type ZoneElement } from './layout.ts';
import type { Offset } from './zone.ts';

/** A time as clocks and calendars of its zone show it. */
export interface WallTime extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  readonly offset: Offset;
}

export function formatTime(time: WallTime, layout: GoString): GoString {
  const { parts, suffix } = readLayout(layout);
  return parts.map((part) => part.prefix + printPart(time, part)).join('') + suffix;
}

function printPart(time: WallTime, { element, written }: LayoutPart): GoString {
  if (element === 'fraction') return printFraction(time.nanosecond, written);
  const print = PRINTERS[element];
  return print(time);
}

const padded = (value: number, width: number, fill = '0'): string =>
  (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, fill);

const twelve = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

const zone =
  (element: ZoneElement) =>
  ({ offset }: WallTime): GoString =>
    printOffset(offset.seconds, element);

const PRINTERS: Readonly<Record<Exclude<Element, 'fraction'>, (time: WallTime) => GoString>> = {
  January: ({ month }) => monthName(month),
  Jan: ({ month }) => monthName(month).slice(0, 3),
  '1': ({ month }) => String(month),
  '01': ({ month }) => padded(month, 2),
  Monday: ({ weekday }) => dayName(weekday),
  Mon: ({ weekday }) => dayName(weekday).slice(0, 3),
  '2': ({ day }) => String(day),
  _2: ({ day }) => padded(day, 2, ' '),
  '02': ({ day }) => padded(day, 2),
  __2: ({ yearDay }) => padded(yearDay, 3, ' '),
  '002': ({ yearDay }) => padded(yearDay, 3),
  '15': ({ hour }) => padded(hour, 2),
  '3': ({ hour }) => String(twelve(hour)),
  '03': ({ hour }) => padded(twelve(hour), 2),
  '4': ({ minute }) => String(minute),
  '04': ({ minute }) => padded(minute, 2),
  '5': ({ second }) => String(second),
  '05': ({ second }) => padded(second, 2),
  '2006': ({ year }) => padded(year, 4),
  '06': ({ year }) => padded(Math.abs(year) % 100, 2),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  MST: ({ offset }) => offset.abbreviation || printOffset(offset.seconds, '-0700'),
  Z0700: zone('Z0700'),
  Z070000: zone('Z070000'),
  Z07: zone('Z07'),
  'Z07:00': zone('Z07:00'),
  'Z07:00:00': zone('Z07:00:00'),
  '-0700': zone('-0700'),
  '-070000': zone('-070000'),
  '-07': zone('-07'),
  '-07:00': zone('-07:00'),
  '-07:00:00': zone('-07:00:00'),
};

export function monthName(month: number): string {
  return MONTHS[month - 1] ?? `%!Month(${month})`;
}

export function dayName(weekday: number): string {
  return WEEKDAYS[weekday] ?? `%!Weekday(${weekday})`;
}

/** Hours, minutes and seconds of an offset, as many as the element shows. */
function printOffset(seconds: number, element: ZoneElement): GoString {
  if (seconds === 0 && element.startsWith('Z')) return 'Z';
  const size = Math.abs(seconds);
  const minutes = Math.floor(size / 60);
  const shown = [Math.floor(minutes / 60), minutes % 60, size % 60].map((part) => padded(part, 2));
  const count = element.replace(/[^07]/g, '').length / 2;
  // Go looks at the sign of whole minutes only.
  const sign = seconds < 0 && minutes > 0 ? '-' : '+';
  return sign + shown.slice(0, count).join(element.includes(':') ? ':' : '');
}

/** `.000` writes all its digits, `.999` none that are zeros at the end. */
function printFraction(nanosecond: number, written: GoString): GoString {
  const count = written.length - 1;
  const digits = String(nanosecond).padStart(9, '0').slice(0, count);
  if (written[1] === '0') return `${written[0] ?? ''}${digits}`;
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? '' : `${written[0] ?? ''}${significant}`;
}
