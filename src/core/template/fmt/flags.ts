/** The flags, width and precision between a percent sign and its verb, and padding by them. Source: Go fmt. */
import type { GoString } from '../values.ts';
import { countRunes } from '../utf8.ts';

export interface Flags {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** `%+v`: the names of struct fields. */
  readonly plusV: boolean;
  /** `%#v`: Go syntax. */
  readonly sharpV: boolean;
  /** In runes. */
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

export const NO_FLAGS: Flags = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
  width: undefined,
  precision: undefined,
};

/** Fills a text up to the width, counted in runes. Zeros are only ever written to the left. */
export function pad(text: GoString, flags: Flags): GoString {
  if (flags.width === undefined) return text;
  const missing = flags.width - countRunes(text);
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + text;
}

/** Pads with blanks, whatever the flag for zeros says. */
export function padWithBlanks(text: GoString, flags: Flags): GoString {
  return pad(text, flags.zero ? { ...flags, zero: false } : flags);
}
