/**
 * Layouts of Go's time package: a text that shows how the reference time, Mon Jan 2 15:04:05 MST 2006, would be written.
 *
 * Layout texts come from templates, so one is read anew each time it is used.
 */
import type { GoString } from '../../values.ts';

export type Element =
  | 'January'
  | 'Jan'
  | '1'
  | '01'
  | 'Monday'
  | 'Mon'
  | '2'
  | '_2'
  | '02'
  | '__2'
  | '002'
  | '15'
  | '3'
  | '03'
  | '4'
  | '04'
  | '5'
  | '05'
  | '2006'
  | '06'
  | 'PM'
  | 'pm'
  | 'MST'
  | ZoneElement
  | 'fraction';

/** Offsets; those with a Z write `Z` for UTC. */
export type ZoneElement =
  'Z0700' | 'Z070000' | 'Z07' | 'Z07:00' | 'Z07:00:00' | '-0700' | '-070000' | '-07' | '-07:00' | '-07:00:00';

export interface LayoutPart {
  /** What stands before the element, literally. */
  readonly prefix: GoString;
  readonly element: Element;
  /** The element as it is written; for fractions with dot or comma and digits, such as `.000` or `,999`. */
  readonly written: GoString;
}

export interface Layout {
  readonly parts: readonly LayoutPart[];
  /** What stands behind the last element. */
  readonly suffix: GoString;
}

/** The longest alternatives first. A short name of a month or day is none when a small letter follows. */
const ELEMENT =
  /(January|Monday|Jan(?![a-z])|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_(?=2006)|_2|__2|3|4|5|PM|pm|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?!\d))/;

/** Takes a layout apart. */
export function readLayout(layout: GoString): Layout {
  const parts: LayoutPart[] = [];
  let prefix = '';
  let rest = layout;
  for (let found = ELEMENT.exec(rest); found !== null; found = ELEMENT.exec(rest)) {
    const [written] = found;
    prefix += rest.slice(0, found.index);
    rest = rest.slice(found.index + written.length);
    // `_2006` is a literal underscore and a year.
    if (written === '_') {
      prefix += written;
      continue;
    }
    parts.push({ prefix, written, element: /^[.,]/.test(written) ? 'fraction' : (written as Element) });
    prefix = '';
  }
  return { parts, suffix: prefix + rest };
}

export function isZoneElement(element: Element): element is ZoneElement {
  return /^[-Z]07/.test(element);
}
