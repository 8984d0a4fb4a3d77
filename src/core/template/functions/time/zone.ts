/**
 * Time zones: offsets from JavaScript, which has the IANA database built in, names and abbreviations from our data.
 *
 * JavaScript prints `GMT+2` where Go prints `CEST`, and takes names in any case where Go, which reads files, does not.
 */
import { ZONE_DATA } from './zone-data.ts';

export interface Offset {
  /** East of Greenwich. */
  readonly seconds: number;
  /** Empty for an offset that was written as a number. */
  readonly abbreviation: string;
}

export interface Zone {
  readonly name: string;
  /** What the clocks show at this second since 1970. */
  readonly offsetAt: (unixSeconds: bigint) => Offset;
}

const fixedOffset = (seconds: number, abbreviation: string): Zone['offsetAt'] => {
  const offset = { seconds, abbreviation };
  return () => offset;
};

export const UTC: Zone = { name: 'UTC', offsetAt: fixedOffset(0, 'UTC') };
/** The zone of the process. Always UTC, so that a render does not depend on the machine. */
export const LOCAL: Zone = { name: 'UTC', offsetAt: fixedOffset(0, 'UTC') };

/** time.FixedZone. */
export function fixedZone(name: string, seconds: number): Zone {
  return { name, offsetAt: fixedOffset(seconds, name) };
}

/** Offset in seconds → letters. */
type Abbreviations = ReadonlyMap<number, string>;

let knownZones: ReadonlyMap<string, Abbreviations> | undefined;
const loaded = new Map<string, Zone>();

/** time.LoadLocation; `undefined` for a name that the database has not. */
export function loadZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return UTC;
  if (name === 'Local') return LOCAL;
  knownZones ??= readZoneData();
  const abbreviations = knownZones.get(name);
  if (abbreviations === undefined) return undefined;
  const zone = loaded.get(name) ?? { name, offsetAt: offsetsOf(name, abbreviations) };
  loaded.set(name, zone);
  return zone;
}

function readZoneData(): ReadonlyMap<string, Abbreviations> {
  const zones = new Map<string, Abbreviations>();
  for (const line of ZONE_DATA.trim().replaceAll('\n ', ' ').split('\n')) {
    const [, letters = '', names = ''] = /^(.*?): (.*)$/.exec(line) ?? [];
    const offsets = [...letters.matchAll(/(-?\d+)([A-Za-z]+)/g)].map(
      (match) => [Number(match[1]), match[2] ?? ''] as const,
    );
    const abbreviations = new Map(offsets);
    for (const name of names.split(' ')) zones.set(name, abbreviations);
  }
  return zones;
}

/** JavaScript's dates end 8.64e15 milliseconds from 1970; beyond, the last known offset goes on. */
const LAST_SECOND = 8_640_000_000_000n;

function offsetsOf(name: string, abbreviations: Abbreviations): Zone['offsetAt'] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return (unixSeconds) => {
    const within = unixSeconds > LAST_SECOND ? LAST_SECOND : unixSeconds < -LAST_SECOND ? -LAST_SECOND : unixSeconds;
    const seconds = offsetIn(format, Number(within));
    return { seconds, abbreviation: abbreviations.get(seconds) ?? numericAbbreviation(seconds) };
  };
}

function offsetIn(format: Intl.DateTimeFormat, unixSeconds: number): number {
  const parts = new Map(format.formatToParts(unixSeconds * 1000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'AD' ? part('year') : 1 - part('year');
  const local = new Date(0);
  local.setUTCFullYear(year, part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() / 1000 - unixSeconds;
}

/** `-03`, `+0530`; before there were zones the time of the place, LMT. */
function numericAbbreviation(seconds: number): string {
  if (seconds % 60 !== 0) return 'LMT';
  const size = Math.abs(seconds) / 60;
  const minutes = size % 60;
  const digits = [Math.floor(size / 60), ...(minutes === 0 ? [] : [minutes])];
  return (seconds < 0 ? '-' : '+') + digits.map((number) => String(number).padStart(2, '0')).join('');
}
