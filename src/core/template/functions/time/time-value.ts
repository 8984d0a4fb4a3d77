/** time.Time, time.Duration, time.Month, time.Weekday and *time.Location, as values of templates. */
import { float64, GoInt, GoList, GoObject, goError } from '../../values.ts';
import type { GoField, GoMethod, GoString, GoValue, MethodTable, NamedType } from '../../values.ts';
import { DAY_SECONDS, dateOfDay } from './calendar.ts';
import { printDuration, roundDuration, truncateDuration, HOUR, MINUTE, SECOND } from './duration.ts';
import { dayName, formatTime, monthName, type WallTime } from './format-time.ts';
import { timeMethods } from './time-methods.ts';
import { UTC, type Zone } from './zone.ts';

/** Seconds from 1 January of year 1, where Go's time begins, to 1970. */
export const YEAR_ONE_SECONDS = 62_135_596_800n;
const BILLION = 1_000_000_000n;

export interface Instant {
  readonly unixSeconds: bigint;
  /** 0 to 999,999,999. */
  readonly nanosecond: number;
  readonly zone: Zone;
  /** Nanoseconds of the process's own clock, which `now` takes along and prints. */
  readonly monotonic?: bigint;
}

/** time.Time. */
export class GoTime extends GoObject {
  readonly type = 'time.Time';
  readonly kind = 'struct';
  readonly instant: Instant;

  constructor(instant: Instant) {
    super();
    this.instant = instant;
  }

  get methods(): MethodTable {
    return timeMethods;
  }

  /** As Go keeps them when there is no monotonic clock. */
  fields(): readonly GoField[] {
    const { nanosecond, unixSeconds, zone } = this.instant;
    return [
      { name: 'wall', value: new GoInt('uint64', BigInt(nanosecond)) },
      { name: 'ext', value: new GoInt('int64', BigInt.asIntN(64, unixSeconds + YEAR_ONE_SECONDS)) },
      { name: 'loc', value: zone === UTC ? null : new GoLocation(zone) },
    ];
  }

  get nanoseconds(): bigint {
    return this.instant.unixSeconds * BILLION + BigInt(this.instant.nanosecond);
  }

  /** What clocks and calendars of the zone show. */
  get wall(): WallTime {
    const { unixSeconds, nanosecond, zone } = this.instant;
    const offset = zone.offsetAt(unixSeconds);
    const local = unixSeconds + BigInt(offset.seconds);
    const inDay = Number(((local % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
    const date = dateOfDay(Number((local - BigInt(inDay)) / DAY_SECONDS));
    const minutes = Math.floor(inDay / 60);
    return { ...date, hour: Math.floor(minutes / 60), minute: minutes % 60, second: inDay % 60, nanosecond, offset };
  }

  format(layout: GoString): GoString {
    return formatTime(this.wall, layout);
  }

  /** The same moment in another zone. */
  in(zone: Zone): GoTime {
    const { unixSeconds, nanosecond } = this.instant;
    return new GoTime({ unixSeconds, nanosecond, zone });
  }

  /** Go wraps silently at the ends of its time. */
  plus(duration: bigint): GoTime {
    const sum = timeOfNanoseconds(this.nanoseconds + duration, this.instant.zone);
    const { monotonic } = this.instant;
    return monotonic === undefined ? sum : new GoTime({ ...sum.instant, monotonic: monotonic + duration });
  }
}

export function timeOfNanoseconds(nanoseconds: bigint, zone: Zone): GoTime {
  const nanosecond = ((nanoseconds % BILLION) + BILLION) % BILLION;
  return new GoTime({ unixSeconds: (nanoseconds - nanosecond) / BILLION, nanosecond: Number(nanosecond), zone });
}

/** What Go gives for a time that could not be read. */
export const ZERO_TIME = new GoTime({ unixSeconds: -YEAR_ONE_SECONDS, nanosecond: 0, zone: UTC });

/** *time.Location. */
export class GoLocation extends GoObject {
  readonly type = '*time.Location';
  readonly kind = 'ptr';
  readonly zone: Zone;

  constructor(zone: Zone) {
    super();
    this.zone = zone;
  }

  get methods(): MethodTable {
    return LOCATION_METHODS;
  }

  /** The rules of a zone are not printed: Go's come from a file of the machine. */
  fields(): readonly GoField[] {
    return [
      { name: 'name', value: this.zone.name },
      { name: 'zone', value: new GoList('time.zone', [], true) },
      { name: 'tx', value: new GoList('time.zoneTrans', [], true) },
      { name: 'extend', value: '' },
      { name: 'cacheStart', value: new GoInt('int64', 0n) },
      { name: 'cacheEnd', value: new GoInt('int64', 0n) },
      { name: 'cacheZone', value: null },
    ];
  }

  /** time.UTC is a variable of the program; this is where it is in ESO 2.9 for linux/amd64. */
  override get address(): bigint {
    return 0x27c1b80n;
  }
}

const LOCATION_METHODS: MethodTable = new Map<string, GoMethod>([
  ['String', { signature: 'func() string', call: (location) => asLocation(location).name }],
]);

/** The zone of an argument that the evaluator has checked; Go panics for nil. */
export function asLocation(value: GoValue | undefined): Zone {
  if (value instanceof GoLocation) return value.zone;
  throw goError`time: missing Location in call to Time.In`;
}

/** The integer of an argument that the evaluator has checked. */
export function asInteger(value: GoValue | undefined): bigint {
  return value instanceof GoInt ? value.value : 0n;
}

/** time.Month. */
export function month(value: number): GoInt {
  return new GoInt('int', BigInt(value), MONTH);
}

/** time.Weekday. */
export function weekday(value: number): GoInt {
  return new GoInt('int', BigInt(value), WEEKDAY);
}

/** time.Duration. */
export function duration(value: bigint): GoInt {
  return new GoInt('int64', value, DURATION);
}

const named = (name: string, print: (value: bigint) => GoString, more: MethodTable = new Map()): NamedType => ({
  name,
  methods: new Map([['String', { signature: 'func() string', call: (value) => print(asInteger(value)) }], ...more]),
});

const MONTH = named('time.Month', (value) => monthName(Number(value)));
const WEEKDAY = named('time.Weekday', (value) => dayName(Number(value)));

const toUnit = (unit: bigint): GoMethod => ({
  signature: 'func() int64',
  call: (value) => new GoInt('int64', asInteger(value) / unit),
});

/** Go adds whole units and the rest, so that large durations stay exact. */
const toFraction = (unit: bigint): GoMethod => ({
  signature: 'func() float64',
  call: (value) => float64(Number(asInteger(value) / unit) + Number(asInteger(value) % unit) / Number(unit)),
});

const DURATION: NamedType = named(
  'time.Duration',
  printDuration,
  new Map<string, GoMethod>([
    ['Nanoseconds', toUnit(1n)],
    ['Microseconds', toUnit(1_000n)],
    ['Milliseconds', toUnit(1_000_000n)],
    ['Seconds', toFraction(SECOND)],
    ['Minutes', toFraction(MINUTE)],
    ['Hours', toFraction(HOUR)],
    ['Abs', { signature: 'func() time.Duration', call: (value) => duration(absolute(asInteger(value))) }],
    [
      'Truncate',
      {
        signature: 'func(time.Duration) time.Duration',
        call: (value, [unit]) => duration(truncateDuration(asInteger(value), asInteger(unit))),
      },
    ],
    [
      'Round',
      {
        signature: 'func(time.Duration) time.Duration',
        call: (value, [unit]) => duration(roundDuration(asInteger(value), asInteger(unit))),
      },
    ],
  ]),
);

function absolute(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  return size > 2n ** 63n - 1n ? 2n ** 63n - 1n : size;
}
