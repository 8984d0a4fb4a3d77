/**
 * The methods of time.Time that a template can name.
 *
 * Those whose results a template refuses (`Date`, `Clock`, `Zone`) are declared too: the refusal names their results.
 */
import { shown } from '../../message.ts';
import { fromUtf8, GoInt, GoList, goError } from '../../values.ts';
import { int, int64, type GoMethod, type GoString, type GoValue, type MethodTable } from '../../values.ts';
import { quoteTime, clampDuration } from './duration.ts';
import { dayOf } from './calendar.ts';
import { monthName } from './format-time.ts';
import {
  asInteger,
  asLocation,
  duration,
  GoLocation,
  GoTime,
  month,
  timeOfNanoseconds,
  weekday,
  YEAR_ONE_SECONDS,
} from './time-value.ts';
import { LOCAL, UTC } from './zone.ts';

type Call = (time: GoTime, args: readonly GoValue[]) => GoValue;

const method = (signature: string, call: Call): GoMethod => ({
  signature,
  call: (receiver, args) => call(asTime(receiver), args),
});

function asTime(value: GoValue | undefined): GoTime {
  if (value instanceof GoTime) return value;
  throw goError`runtime error: invalid memory address or nil pointer dereference`;
}

const integer = (read: (time: GoTime) => number | bigint): GoMethod => method('func() int', (time) => int(read(time)));

const unix = (read: (nanoseconds: bigint) => bigint): GoMethod =>
  method('func() int64', (time) => int64(BigInt.asIntN(64, read(time.nanoseconds))));

const comparing = (holds: (order: number) => boolean): GoMethod =>
  method('func(time.Time) bool', (time, [other]) => holds(compare(time, asTime(other))));

/** What a template never calls. */
const refused = (signature: string): GoMethod => method(signature, () => null);

const text = (print: (time: GoTime) => GoString): GoMethod => method('func() string', print);

const bytes = (print: (time: GoTime) => GoString): GoMethod =>
  method('func() ([]uint8, error)', (time) => bytesOf(print(time)));

export const timeMethods: MethodTable = new Map<string, GoMethod>([
  ['Add', method('func(time.Duration) time.Time', (time, [by]) => time.plus(asInteger(by)))],
  ['AddDate', method('func(int, int, int) time.Time', (time, by) => addDate(time, by.map(asInteger).map(Number)))],
  ['After', comparing((order) => order > 0)],
  ['Before', comparing((order) => order < 0)],
  ['Clock', refused('func() (int, int, int)')],
  ['Compare', method('func(time.Time) int', (time, [other]) => int(compare(time, asTime(other))))],
  ['Date', refused('func() (int, time.Month, int)')],
  ['Day', integer((time) => time.wall.day)],
  ['Equal', comparing((order) => order === 0)],
  ['Format', method('func(string) string', (time, [layout]) => time.format(typeof layout === 'string' ? layout : ''))],
  ['GoString', text(goString)],
  ['Hour', integer((time) => time.wall.hour)],
  ['ISOWeek', refused('func() (int, int)')],
  ['In', method('func(*time.Location) time.Time', (time, [zone]) => time.in(asLocation(zone)))],
  ['IsZero', method('func() bool', isZero)],
  ['Local', method('func() time.Time', (time) => time.in(LOCAL))],
  ['Location', method('func() *time.Location', (time) => new GoLocation(time.instant.zone))],
  ['MarshalJSON', bytes((time) => `"${rfc3339(time, 'Time.MarshalJSON')}"`)],
  ['MarshalText', bytes((time) => rfc3339(time, 'Time.MarshalText'))],
  ['Minute', integer((time) => time.wall.minute)],
  ['Month', method('func() time.Month', (time) => month(time.wall.month))],
  ['Nanosecond', integer((time) => time.instant.nanosecond)],
  ['Round', method('func(time.Duration) time.Time', (time, [unit]) => round(time, asInteger(unit)))],
  ['Second', integer((time) => time.wall.second)],
  ['String', text(printTime)],
  ['Sub', method('func(time.Time) time.Duration', (time, [other]) => between(time, asTime(other)))],
  ['Truncate', method('func(time.Duration) time.Time', (time, [unit]) => truncate(time, asInteger(unit)))],
  ['UTC', method('func() time.Time', (time) => time.in(UTC))],
  ['Unix', unix((nanoseconds) => floorTo(nanoseconds, 1_000_000_000n))],
  ['UnixMicro', unix((nanoseconds) => floorTo(nanoseconds, 1_000n))],
  ['UnixMilli', unix((nanoseconds) => floorTo(nanoseconds, 1_000_000n))],
  ['UnixNano', unix((nanoseconds) => nanoseconds)],
  ['Weekday', method('func() time.Weekday', (time) => weekday(time.wall.weekday))],
  ['Year', integer((time) => time.wall.year)],
  ['YearDay', integer((time) => time.wall.yearDay)],
  ['Zone', refused('func() (string, int)')],
  ['ZoneBounds', refused('func() (time.Time, time.Time)')],
]);

function compare(a: GoTime, b: GoTime): number {
  return Number(a.nanoseconds > b.nanoseconds) - Number(a.nanoseconds < b.nanoseconds);
}

function between(a: GoTime, b: GoTime): GoInt {
  return duration(clampDuration(a.nanoseconds - b.nanoseconds));
}

function isZero({ instant }: GoTime): boolean {
  return instant.unixSeconds === -YEAR_ONE_SECONDS && instant.nanosecond === 0;
}

function floorTo(value: bigint, unit: bigint): bigint {
  return (value - (((value % unit) + unit) % unit)) / unit;
}

/** The same clock on another day; a day that the month has not runs on into the next. */
function addDate(time: GoTime, [years = 0, months = 0, days = 0]: readonly number[]): GoTime {
  const { year, month: monthNow, day, hour, minute, second, nanosecond } = time.wall;
  const { zone } = time.instant;
  const onDay = BigInt(dayOf(year + years, monthNow + months, day + days)) * 86_400n;
  const wall = onDay + BigInt((hour * 60 + minute) * 60 + second);
  const guess = wall - BigInt(zone.offsetAt(wall).seconds);
  return new GoTime({ unixSeconds: wall - BigInt(zone.offsetAt(guess).seconds), nanosecond, zone });
}

/** Rest of a time, counted from year 1, in units. */
function restOf(time: GoTime, unit: bigint): bigint {
  const sinceYearOne = time.nanoseconds + YEAR_ONE_SECONDS * 1_000_000_000n;
  return ((sinceYearOne % unit) + unit) % unit;
}

/** Without a unit only the monotonic clock is dropped. */
function truncate(time: GoTime, unit: bigint): GoTime {
  const { zone } = time.instant;
  return unit <= 0n ? time.in(zone) : timeOfNanoseconds(time.nanoseconds - restOf(time, unit), zone);
}

function round(time: GoTime, unit: bigint): GoTime {
  const lower = truncate(time, unit);
  if (unit <= 0n || 2n * restOf(time, unit) < unit) return lower;
  return timeOfNanoseconds(lower.nanoseconds + unit, time.instant.zone);
}

/** Time.String, with the reading of the monotonic clock if there is one. */
function printTime(time: GoTime): GoString {
  const { monotonic } = time.instant;
  const shown = time.format('2006-01-02 15:04:05.999999999 -0700 MST');
  return monotonic === undefined ? shown : `${shown} m=${printMonotonic(monotonic)}`;
}

function printMonotonic(monotonic: bigint): string {
  const digits = (monotonic < 0n ? -monotonic : monotonic).toString().padStart(10, '0');
  return `${monotonic < 0n ? '-' : '+'}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

function goString(time: GoTime): GoString {
  const { year, month: monthNow, day, hour, minute, second, nanosecond } = time.wall;
  const numbers = [day, hour, minute, second, nanosecond].join(', ');
  return `time.Date(${year}, time.${monthName(monthNow)}, ${numbers}, ${goZone(time)})`;
}

function goZone({ instant: { zone } }: GoTime): GoString {
  if (zone === UTC) return 'time.UTC';
  return zone === LOCAL ? 'time.Local' : `time.Location(${quoteTime(fromUtf8(zone.name))})`;
}

/** RFC 3339 knows four digits of a year and less than a day of offset. */
function rfc3339(time: GoTime, caller: string): GoString {
  const { year, offset } = time.wall;
  if (year < 0 || year > 9999) throw goError`${shown(caller)}: year outside of range [0,9999]`;
  if (Math.abs(offset.seconds) >= 86_400) throw goError`${shown(caller)}: timezone hour outside of range [0,23]`;
  return time.format('2006-01-02T15:04:05.999999999Z07:00');
}

function bytesOf(printed: GoString): GoList {
  return new GoList(
    'uint8',
    Array.from(printed).map((byte) => new GoInt('uint8', BigInt(byte.charCodeAt(0)))),
  );
}
