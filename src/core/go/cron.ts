/**
 * Schedules as robfig/cron v3 reads them (`ParseStandard`): five fields, descriptors, `@every`.
 *
 * ESO 2.9: the schedules of sync windows. Times are UTC: the operator takes its process's local zone, which in its own
 * image is UTC too. Unlike other cron dialects this one refuses weekday 7 and `L`, and takes `?` for `*`.
 */
import { parseDuration } from './duration.ts';

/** A schedule by its fields, each the set of values that match. `anyDay…` tells `*` from a field that lists all. */
interface FieldSchedule {
  readonly kind: 'fields';
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
  readonly anyDayOfMonth: boolean;
  readonly anyDayOfWeek: boolean;
}

interface IntervalSchedule {
  readonly kind: 'interval';
  /** Whole seconds, at least one. */
  readonly intervalMs: number;
}

export type Schedule = FieldSchedule | IntervalSchedule;

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

interface Bounds {
  readonly least: number;
  readonly greatest: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const BOUNDS: readonly Bounds[] = [
  { least: 0, greatest: 59, names: [] },
  { least: 0, greatest: 23, names: [] },
  { least: 1, greatest: 31, names: [] },
  { least: 1, greatest: 12, names: MONTHS },
  { least: 0, greatest: 6, names: WEEKDAYS },
];

/** Reads a schedule; `undefined` when robfig/cron refuses it. */
export function parseSchedule(text: string): Schedule | undefined {
  if (text.startsWith('@every ')) return intervalSchedule(text.slice('@every '.length));
  const spec = text.startsWith('@') ? DESCRIPTORS[text] : text;
  const words = spec?.trim().split(/\s+/) ?? [];
  if (words.length !== BOUNDS.length) return undefined;
  const fields = BOUNDS.map((bounds, index) => parseField(words[index] ?? '', bounds));
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = fields;
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek) return undefined;
  return {
    kind: 'fields',
    minutes: minutes.values,
    hours: hours.values,
    daysOfMonth: daysOfMonth.values,
    months: months.values,
    daysOfWeek: daysOfWeek.values,
    anyDayOfMonth: daysOfMonth.isAny,
    anyDayOfWeek: daysOfWeek.isAny,
  };
}

/** robfig/cron: less than a second counts as a second, and parts of a second are dropped. */
function intervalSchedule(text: string): Schedule | undefined {
  const intervalMs = parseDuration(text);
  if (intervalMs === undefined) return undefined;
  return { kind: 'interval', intervalMs: Math.max(1000, intervalMs - (intervalMs % 1000)) };
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** True when the field holds `*` or `?` with a step of at most one. */
  readonly isAny: boolean;
}

/** Empty parts between commas are passed over, so a lone comma is a field that never matches. */
function parseField(text: string, bounds: Bounds): Field | undefined {
  const values = new Set<number>();
  let isAny = false;
  for (const part of text.split(',').filter((word) => word !== '')) {
    const range = parseRange(part, bounds);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
    isAny ||= range.isAny;
  }
  return { values, isAny };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly isAny: boolean;
}

/** `5`, `1-5`, `mon-fri`, `*`, each with `/step`; `5/15` means from 5 to the end. */
function parseRange(text: string, bounds: Bounds): Range | undefined {
  const [span = '', stepText, ...tooMany] = text.split('/');
  const [low = '', high, ...tooManyEnds] = span.split('-');
  const step = stepText === undefined ? 1 : parseCount(stepText);
  if (tooMany.length > 0 || step === undefined || step === 0) return undefined;
  if (low === '*' || low === '?') return { from: bounds.least, to: bounds.greatest, step, isAny: step === 1 };
  const from = parseValue(low, bounds);
  const to = high === undefined ? (stepText === undefined ? from : bounds.greatest) : parseValue(high, bounds);
  if (tooManyEnds.length > 0 || from === undefined || to === undefined) return undefined;
  return from < bounds.least || to > bounds.greatest || from > to ? undefined : { from, to, step, isAny: false };
}

function parseValue(text: string, bounds: Bounds): number | undefined {
  const named = bounds.names.indexOf(text.toLowerCase());
  return named >= 0 ? named + bounds.least : parseCount(text);
}

function parseCount(text: string): number | undefined {
  return /^\+?\d{1,18}$/.test(text) ? Number(text) : undefined;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** robfig/cron looks so many years ahead and then gives up. */
const YEARS_AHEAD = 5;

/** The first firing after a time, or `undefined` when there is none within five years (30 February). */
export function next(schedule: Schedule, after: Date): Date | undefined {
  const nextMs = nextMsAfter(schedule, after.getTime());
  return nextMs === undefined ? undefined : new Date(nextMs);
}

/** As `next`, in milliseconds since 1970, which may have a fraction. */
export function nextMsAfter(schedule: Schedule, afterMs: number): number | undefined {
  const fullSecond = Math.floor(afterMs / SECOND) * SECOND;
  if (schedule.kind === 'interval') return fullSecond + schedule.intervalMs;
  let time = Math.ceil((fullSecond + SECOND) / MINUTE) * MINUTE;
  const lastYear = new Date(fullSecond + SECOND).getUTCFullYear() + YEARS_AHEAD;
  for (;;) {
    const date = new Date(time);
    if (date.getUTCFullYear() > lastYear) return undefined;
    if (!schedule.months.has(date.getUTCMonth() + 1)) time = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    else if (!isDay(schedule, date)) time = Math.floor(time / DAY) * DAY + DAY;
    else if (!schedule.hours.has(date.getUTCHours())) time = Math.floor(time / HOUR) * HOUR + HOUR;
    else if (!schedule.minutes.has(date.getUTCMinutes())) time += MINUTE;
    else return time;
  }
}

/** Cron's rule: when one of the two fields is a star both must match, otherwise either suffices. */
function isDay(schedule: FieldSchedule, date: Date): boolean {
  const ofMonth = schedule.daysOfMonth.has(date.getUTCDate());
  const ofWeek = schedule.daysOfWeek.has(date.getUTCDay());
  return schedule.anyDayOfMonth || schedule.anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek;
}
