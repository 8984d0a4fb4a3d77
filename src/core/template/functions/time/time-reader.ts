/** Reads a text element by element of a layout. Go: the loop of time.parse. */
import type { GoString } from '../../values.ts';
import { MONTHS, WEEKDAYS } from './calendar.ts';
import { isZoneElement, type Element, type LayoutPart, type ZoneElement } from './layout.ts';

/** What the text said so far; what it does not say stays `undefined`. */
export interface Found {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half: 'am' | 'pm' | undefined;
  isUtc: boolean;
  offset: number | undefined;
  zoneName: string;
}

/** An element did not fit. With `outOfRange` the text was well formed, but said too much. */
export class Mismatch extends Error {
  readonly outOfRange: string | undefined;

  constructor(outOfRange?: string) {
    super();
    this.outOfRange = outOfRange;
  }
}

interface Bounds {
  /** As many digits as the layout shows. */
  readonly isFixed: boolean;
  readonly least: number;
  readonly greatest: number;
}

/** Three capitals; four or five that end in T; and the few that are written otherwise. */
const ZONE_NAME = /^(?:ChST|MeST|(?:WITA|[A-Z]{3,4}T|[A-Z]{3})(?![A-Z]))/;

export class TimeReader {
  readonly text: GoString;
  rest: GoString;
  readonly found: Found = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: undefined,
    isUtc: false,
    offset: undefined,
    zoneName: '',
  };

  constructor(text: GoString) {
    this.text = text;
    this.rest = text;
  }

  /** Passes over a literal text; blanks in it stand for any number of blanks. */
  skip(literal: GoString): boolean {
    for (let prefix = literal; prefix !== '';) {
      if (prefix.startsWith(' ')) {
        if (this.rest !== '' && !this.rest.startsWith(' ')) return false;
        prefix = prefix.replace(/^ +/, '');
        this.rest = this.rest.replace(/^ +/, '');
      } else {
        if (!this.rest.startsWith(prefix.charAt(0))) return false;
        prefix = prefix.slice(1);
        this.rest = this.rest.slice(1);
      }
    }
    return true;
  }

  read({ element, written }: LayoutPart, next: Element | undefined): void {
    if (element === 'fraction') this.readFraction(written);
    else if (isZoneElement(element)) this.readOffset(element);
    else READERS[element](this, next);
  }

  take(pattern: RegExp): GoString {
    const [found] = pattern.exec(this.rest) ?? [];
    if (found === undefined) throw new Mismatch();
    this.rest = this.rest.slice(found.length);
    return found;
  }

  readNumber(bounds: Bounds & { readonly what: string }): number {
    const value = Number(this.take(bounds.isFixed ? /^\d\d/ : /^\d\d?/));
    if (value < bounds.least || value > bounds.greatest) throw new Mismatch(bounds.what);
    return value;
  }

  /** Two digits, or a sign and one. Go: years from 69 on are of the last century. */
  readShortYear(): number {
    const year = Number(this.take(/^(?:\d\d|[+-]\d)/));
    return year >= 69 ? year + 1900 : year + 2000;
  }

  readName(names: readonly string[]): number {
    const index = names.findIndex((name) => this.rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
    const name = names[index];
    if (name === undefined) throw new Mismatch();
    this.rest = this.rest.slice(name.length);
    return index;
  }

  readDay(element: '2' | '_2' | '02'): number {
    if (element === '_2') this.rest = this.rest.replace(/^ /, '');
    return Number(this.take(element === '02' ? /^\d\d/ : /^\d\d?/));
  }

  readYearDay(element: '__2' | '002'): number {
    if (element === '__2') this.rest = this.rest.replace(/^ {1,2}/, '');
    return Number(this.take(element === '002' ? /^\d{3}/ : /^\d{1,3}/));
  }

  /** A fraction may follow although the layout has none. */
  readSecond(isFixed: boolean, next: Element | undefined): void {
    this.found.second = this.readNumber({ isFixed, least: 0, greatest: 59, what: 'second' });
    if (next !== 'fraction' && /^[.,]\d/.test(this.rest)) this.found.nanosecond = nanosecondsOf(this.take(/^[.,]\d+/));
  }

  /** `.000` wants exactly so many digits, `.999` takes what is there. */
  readFraction(written: GoString): void {
    if (written[1] === '9') {
      if (/^[.,]\d/.test(this.rest)) this.found.nanosecond = nanosecondsOf(this.take(/^[.,]\d+/));
      return;
    }
    this.found.nanosecond = nanosecondsOf(this.take(new RegExp(`^[.,]\\d{${written.length - 1}}`)));
  }

  readOffset(element: ZoneElement): void {
    if (element.startsWith('Z') && this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1);
      this.found.isUtc = true;
      return;
    }
    const count = element.replace(/[^07]/g, '').length / 2;
    const separator = element.includes(':') ? ':' : '';
    const pattern = new RegExp(`^([+-])${Array.from({ length: count }, () => '(\\d\\d)').join(separator)}`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = pattern.exec(this.take(pattern)) ?? [];
    if (Number(seconds) > 60) throw new Mismatch('time zone offset second');
    if (Number(minutes) > 60) throw new Mismatch('time zone offset minute');
    if (Number(hours) > 24) throw new Mismatch('time zone offset hour');
    const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    this.found.offset = sign === '-' ? -offset : offset;
  }

  /** Any three or four capitals that could be a zone; GMT with hours; a number. */
  readZoneName(): void {
    if (this.rest.startsWith('UTC')) {
      this.rest = this.rest.slice(3);
      this.found.isUtc = true;
      return;
    }
    const [gmt] = /^GMT(?:[+-]\d+)?/.exec(this.rest) ?? [];
    if (gmt !== undefined) {
      const hours = Number(gmt.slice(4) || '0');
      this.found.zoneName = this.take(hours > 23 ? /^GMT/ : /^GMT(?:[+-]\d+)?/);
      return;
    }
    const name = this.take(/^[+-]/.test(this.rest) ? /^[+-]\d+/ : ZONE_NAME);
    if (name.length < 3 || Number(name) > 23 || Number(name) < -23) throw new Mismatch();
    this.found.zoneName = name;
  }
}

type Reader = (reader: TimeReader, next: Element | undefined) => void;

const number =
  (field: 'month' | 'hour' | 'minute', bounds: Bounds): Reader =>
  (reader) => {
    reader.found[field] = reader.readNumber({ ...bounds, what: field });
  };

const name =
  (names: readonly string[], isMonth: boolean): Reader =>
  (reader) => {
    const index = reader.readName(names);
    // A day of the week is only checked for being one.
    if (isMonth) reader.found.month = index + 1;
  };

const half =
  (pattern: RegExp): Reader =>
  (reader) => {
    reader.found.half = reader.take(pattern).toLowerCase() === 'pm' ? 'pm' : 'am';
  };

const day =
  (element: '2' | '_2' | '02'): Reader =>
  (reader) => {
    reader.found.day = reader.readDay(element);
  };

const yearDay =
  (element: '__2' | '002'): Reader =>
  (reader) => {
    reader.found.yearDay = reader.readYearDay(element);
  };

const second =
  (isFixed: boolean): Reader =>
  (reader, next) =>
    reader.readSecond(isFixed, next);

const READERS: Readonly<Record<Exclude<Element, 'fraction' | ZoneElement>, Reader>> = {
  '06': (reader) => (reader.found.year = reader.readShortYear()),
  '2006': (reader) => (reader.found.year = Number(reader.take(/^\d{4}/))),
  Jan: name(
    MONTHS.map((month) => month.slice(0, 3)),
    true,
  ),
  January: name(MONTHS, true),
  '1': number('month', { isFixed: false, least: 1, greatest: 12 }),
  '01': number('month', { isFixed: true, least: 1, greatest: 12 }),
  Mon: name(
    WEEKDAYS.map((weekday) => weekday.slice(0, 3)),
    false,
  ),
  Monday: name(WEEKDAYS, false),
  '2': day('2'),
  _2: day('_2'),
  '02': day('02'),
  __2: yearDay('__2'),
  '002': yearDay('002'),
  '15': number('hour', { isFixed: false, least: 0, greatest: 23 }),
  '3': number('hour', { isFixed: false, least: 0, greatest: 12 }),
  '03': number('hour', { isFixed: true, least: 0, greatest: 12 }),
  '4': number('minute', { isFixed: false, least: 0, greatest: 59 }),
  '04': number('minute', { isFixed: true, least: 0, greatest: 59 }),
  '5': second(false),
  '05': second(true),
  PM: half(/^[AP]M/),
  pm: half(/^[ap]m/),
  MST: (reader) => reader.readZoneName(),
};

/** Of a point and digits; more than nine digits are cut. */
function nanosecondsOf(fraction: GoString): number {
  return Number(fraction.slice(1, 10).padEnd(9, '0'));
}
