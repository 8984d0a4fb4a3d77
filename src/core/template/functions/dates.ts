/** Functions for dates and durations. sprig, over Go's time package; the local zone is always UTC. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { GoInt, type GoObject, type GoString, type GoValue } from '../values.ts';
import { recovering } from './failing.ts';
import { clamp, parseDigits } from './numbers/cast.ts';
import { clampDuration, parseDuration, printDuration, roundDuration, SECOND } from './time/duration.ts';
import { parseTime } from './time/parse-time.ts';
import { GoTime, timeOfNanoseconds, ZERO_TIME } from './time/time-value.ts';
import { LOCAL, loadZone, UTC } from './time/zone.ts';
import { withAliases } from './twins.ts';

const formatting: readonly TemplateFunction[] = [
  declare({
    name: 'date',
    signature: 'func(string, interface {}) string',
    source: 'sprig',
    volatile: true,
    summary: 'A time, or seconds since 1970, by a layout of Go. Anything else means now.',
    example: { template: '{{ date "2006-01-02" 0 }}', prints: '1970-01-01' },
    call: (runtime, layout, date) => timeOf(runtime, date).in(LOCAL).format(layout),
  }),
  ...withAliases(
    declare({
      name: 'dateInZone',
      signature: 'func(string, interface {}, string) string',
      source: 'sprig',
      volatile: true,
      summary: 'As date, in a time zone; an unknown one means UTC.',
      example: { template: '{{ dateInZone "15:04 MST" 0 "Europe/Berlin" }}', prints: '01:00 CET' },
      call: (runtime, layout, date, zone) => inZone(timeOf(runtime, date), zone).format(layout),
    }),
    'date_in_zone',
  ),
  declare({
    name: 'htmlDate',
    signature: 'func(interface {}) string',
    source: 'sprig',
    volatile: true,
    summary: 'A date for HTML input fields: 2006-01-02.',
    example: { template: '{{ htmlDate 0 }}', prints: '1970-01-01' },
    call: (runtime, date) => timeOf(runtime, date).in(LOCAL).format(HTML_LAYOUT),
  }),
  declare({
    name: 'htmlDateInZone',
    signature: 'func(interface {}, string) string',
    source: 'sprig',
    volatile: true,
    summary: 'As htmlDate, in a time zone.',
    example: { template: '{{ htmlDateInZone 0 "America/New_York" }}', prints: '1969-12-31' },
    call: (runtime, date, zone) => inZone(timeOf(runtime, date), zone).format(HTML_LAYOUT),
  }),
  declare({
    name: 'unixEpoch',
    signature: 'func(time.Time) string',
    source: 'sprig',
    summary: 'Seconds since 1970.',
    example: { template: '{{ toDate "2006-01-02" "2000-01-01" | unixEpoch }}', prints: '946684800' },
    call: (_runtime, date) => asTime(date).instant.unixSeconds.toString(),
  }),
];

const HTML_LAYOUT = '2006-01-02';

function inZone(time: GoTime, name: GoString): GoTime {
  return time.in(loadZone(name) ?? UTC);
}

/** sprig: times, int, int64 and int32 count; a text does not. */
function timeOf(runtime: TemplateRuntime, value: GoValue): GoTime {
  if (value instanceof GoTime) return value;
  const isSeconds = value instanceof GoInt && value.named === undefined && SECONDS_KINDS.includes(value.kind);
  return isSeconds ? new GoTime({ unixSeconds: value.value, nanosecond: 0, zone: LOCAL }) : now(runtime);
}

const SECONDS_KINDS = ['int', 'int64', 'int32'];

/** With a reading of the monotonic clock, for it shows when the time is printed. */
function now(runtime: TemplateRuntime): GoTime {
  const { instant } = timeOfNanoseconds(runtime.nowNanoseconds(), LOCAL);
  return new GoTime({ ...instant, monotonic: 1n });
}

/** The evaluator has checked the argument. */
function asTime(value: GoObject): GoTime {
  return value instanceof GoTime ? value : ZERO_TIME;
}

const making: readonly TemplateFunction[] = [
  declare({
    name: 'now',
    signature: 'func() time.Time',
    source: 'sprig',
    volatile: true,
    summary: 'The time of the render.',
    example: { template: '{{ now | date "2006-01-02" }}', matches: /^\d{4}-\d\d-\d\d$/ },
    call: (runtime) => now(runtime),
  }),
  declare({
    name: 'toDate',
    signature: 'func(string, string) time.Time',
    source: 'sprig',
    summary: 'The time of a text that follows a layout of Go; the zero time when it does not.',
    example: { template: '{{ (toDate "2006-01-02" "2021-03-04").Weekday }}', prints: 'Thursday' },
    call: (_runtime, layout, text) =>
      recovering(
        () => new GoTime(parseTime(layout, text)),
        () => ZERO_TIME,
      ),
  }),
  declare({
    name: 'mustToDate',
    signature: 'func(string, string) (time.Time, error)',
    source: 'sprig',
    summary: 'As toDate; fails when the text does not follow the layout.',
    example: { template: '{{ (mustToDate "2006-01-02" "2021-03-04").Year }}', prints: '2021' },
    call: (_runtime, layout, text) => new GoTime(parseTime(layout, text)),
  }),
  ...withAliases(
    declare({
      name: 'dateModify',
      signature: 'func(string, time.Time) time.Time',
      source: 'sprig',
      summary: 'A time later by a duration, or earlier by a negative one; unchanged when it is none.',
      example: {
        template: '{{ toDate "2006-01-02" "2021-03-04" | dateModify "-1h" | date "15:04" }}',
        prints: '23:00',
      },
      call: (_runtime, by, date) =>
        asTime(date).plus(
          recovering(
            () => parseDuration(by),
            () => 0n,
          ),
        ),
    }),
    'date_modify',
  ),
  ...withAliases(
    declare({
      name: 'mustDateModify',
      signature: 'func(string, time.Time) (time.Time, error)',
      source: 'sprig',
      summary: 'As dateModify; fails when the duration is none.',
      example: {
        template: '{{ toDate "2006-01-02" "2021-03-04" | mustDateModify "36h" | date "2006-01-02 15:04" }}',
        prints: '2021-03-05 12:00',
      },
      call: (_runtime, by, date) => asTime(date).plus(parseDuration(by)),
    }),
    'must_date_modify',
  ),
];

const durations: readonly TemplateFunction[] = [
  declare({
    name: 'ago',
    signature: 'func(interface {}) string',
    source: 'sprig',
    volatile: true,
    summary: 'How long a time, or seconds since 1970, is ago, in whole seconds.',
    example: { template: '{{ ago now }}', prints: '0s' },
    call: (runtime, date) => printDuration(roundDuration(since(runtime, timeOf(runtime, date)), SECOND)),
  }),
  declare({
    name: 'duration',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'Seconds, as text or int64, as a duration.',
    example: { template: '{{ duration "95" }}', prints: '1m35s' },
    call: (_runtime, seconds) => printDuration(BigInt.asIntN(64, secondsOf(seconds) * SECOND)),
  }),
  declare({
    name: 'durationRound',
    signature: 'func(interface {}) string',
    source: 'sprig',
    volatile: true,
    summary: 'A duration, or how long a time is ago, in its largest unit: y, mo, d, h, m, s.',
    example: { template: '{{ durationRound "2h10m5s" }}', prints: '2h' },
    call: (runtime, value) => largestUnit(durationOf(runtime, value)),
  }),
];

function since(runtime: TemplateRuntime, time: GoTime): bigint {
  return clampDuration(runtime.nowNanoseconds() - time.nanoseconds);
}

/** sprig: an int is no int64, and counts as nothing. */
function secondsOf(value: GoValue): bigint {
  if (typeof value === 'string') return clamp(parseDigits(value, 10) ?? 0n);
  return isInt64(value) ? value.value : 0n;
}

function isInt64(value: GoValue): value is GoInt {
  return value instanceof GoInt && value.kind === 'int64' && value.named === undefined;
}

function durationOf(runtime: TemplateRuntime, value: GoValue): bigint {
  if (typeof value === 'string')
    return recovering(
      () => parseDuration(value),
      () => 0n,
    );
  if (value instanceof GoTime) return since(runtime, value);
  return isInt64(value) ? value.value : 0n;
}

const LARGEST_UNITS: readonly (readonly [seconds: bigint, name: string])[] = [
  [365n * 86_400n, 'y'],
  [30n * 86_400n, 'mo'],
  [86_400n, 'd'],
  [3_600n, 'h'],
  [60n, 'm'],
  [1n, 's'],
];

/** sprig: exactly one unit still counts as the next smaller ones, so that `1s` is `0s`. */
function largestUnit(duration: bigint): GoString {
  const size = duration < 0n ? -duration : duration;
  const unit = LARGEST_UNITS.find(([seconds]) => size > seconds * SECOND);
  return unit === undefined ? '0s' : `${(size / (unit[0] * SECOND)).toString()}${unit[1]}`;
}

export const dateFunctions: readonly TemplateFunction[] = [...formatting, ...making, ...durations];
