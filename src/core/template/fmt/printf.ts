/** Printf's format language: flags, width, precision, argument indexes, and the notes of Go for faults. Source: Go fmt. */
import { GoInt, typeOf } from '../values.ts';
import type { GoString, GoValue } from '../values.ts';
import { encodeRune, runeAt } from '../utf8.ts';
import type { Printing } from '../runtime.ts';
import { NO_FLAGS } from './flags.ts';
import type { Flags } from './flags.ts';
import { printPlain, printValue } from './print-value.ts';

/** Go: fmt.Sprintf. */
export function sprintf(format: GoString, args: readonly GoValue[], printing: Printing): GoString {
  return new FormatReader(format, args, printing).print();
}

/** Go: fmt.Sprint, a blank between two operands when neither is a string. */
export function sprint(args: readonly GoValue[], printing: Printing): GoString {
  const parts = args.map((arg, index) => {
    const previous = args[index - 1];
    const needsBlank = index > 0 && typeof arg !== 'string' && typeof previous !== 'string';
    return (needsBlank ? ' ' : '') + printPlain(arg, printing);
  });
  return parts.join('');
}

/** Go: fmt.Sprintln, always a blank between operands. */
export function sprintln(args: readonly GoValue[], printing: Printing): GoString {
  return `${args.map((arg) => printPlain(arg, printing)).join(' ')}\n`;
}

/** Go refuses larger widths and precisions. */
const MAX_NUMBER = 1_000_000;
const DIGITS = /[0-9]+/y;

const FLAG_NAMES: Readonly<Record<string, 'minus' | 'plus' | 'sharp' | 'space' | 'zero'>> = {
  '-': 'minus',
  '+': 'plus',
  '#': 'sharp',
  ' ': 'space',
  '0': 'zero',
};

type Draft = { -readonly [Name in keyof Flags]: Flags[Name] };

/** Reads one format from left to right; `at` and `next` are its only state beside the output. */
class FormatReader {
  private readonly format: GoString;
  private readonly args: readonly GoValue[];
  private readonly printing: Printing;
  private readonly output: GoString[] = [];
  private at = 0;
  /** The argument that the next verb takes. */
  private next = 0;
  private isReordered = false;
  private isGoodIndex = true;

  constructor(format: GoString, args: readonly GoValue[], printing: Printing) {
    this.format = format;
    this.args = args;
    this.printing = printing;
  }

  print(): GoString {
    while (this.at < this.format.length) {
      const percent = this.format.indexOf('%', this.at);
      this.output.push(this.format.slice(this.at, percent < 0 ? undefined : percent));
      if (percent < 0) break;
      this.at = percent + 1;
      this.printVerb();
    }
    this.noteExtra();
    return this.output.join('');
  }

  private printVerb(): void {
    this.isGoodIndex = true;
    const flags: Draft = { ...NO_FLAGS };
    this.readFlags(flags);
    const afterPrecision = this.readPrecision(flags, this.readWidth(flags, this.readIndex()));
    if (!afterPrecision) this.readIndex();
    if (this.at >= this.format.length) {
      this.output.push('%!(NOVERB)');
      return;
    }
    const rune = runeAt(this.format, this.at);
    this.at += rune.width;
    this.output.push(this.formatVerb(encodeRune(rune.code), flags));
  }

  private formatVerb(verb: GoString, flags: Draft): GoString {
    if (verb === '%') return '%';
    if (!this.isGoodIndex) return `%!${verb}(BADINDEX)`;
    if (this.next >= this.args.length) return `%!${verb}(MISSING)`;
    if (verb === 'v') {
      Object.assign(flags, { sharpV: flags.sharp, sharp: false, plusV: flags.plus, plus: false });
    }
    const value = this.args[this.next] ?? null;
    this.next += 1;
    // A width cannot exhaust the memory.
    this.printing.spend((flags.width ?? 0) + (flags.precision ?? 0));
    return printValue(value, { verb, flags }, this.printing);
  }

  private readFlags(flags: Draft): void {
    for (;;) {
      const name = FLAG_NAMES[this.format[this.at] ?? ''];
      if (name === undefined) return;
      flags[name] = true;
      this.at += 1;
    }
  }

  /** Reads a width; gives whether an index was read that no width has followed. */
  private readWidth(flags: Draft, isAfterIndex: boolean): boolean {
    if (this.format[this.at] === '*') {
      this.at += 1;
      const width = this.takeNumber();
      if (width === undefined) this.output.push('%!(BADWIDTH)');
      if (width !== undefined && width < 0) flags.minus = true;
      flags.width = width === undefined ? undefined : Math.abs(width);
      return false;
    }
    flags.width = this.readNumber();
    if (isAfterIndex && flags.width !== undefined) this.isGoodIndex = false;
    return isAfterIndex;
  }

  private readPrecision(flags: Draft, isAfterIndex: boolean): boolean {
    if (this.format[this.at] !== '.') return isAfterIndex;
    this.at += 1;
    if (isAfterIndex) this.isGoodIndex = false;
    const hasIndex = this.readIndex();
    if (this.format[this.at] !== '*') {
      flags.precision = this.readNumber() ?? 0;
      return hasIndex;
    }
    this.at += 1;
    const precision = this.takeNumber();
    if (precision === undefined || precision < 0) this.output.push('%!(BADPREC)');
    else flags.precision = precision;
    return false;
  }

  /** Reads `[n]`, if there is one, and makes n the next argument; gives whether there was a readable one. */
  private readIndex(): boolean {
    if (this.format[this.at] !== '[') return false;
    this.isReordered = true;
    const close = this.format.indexOf(']', this.at);
    if (close < 0 || this.format.length - this.at < 3) {
      this.at += 1;
      this.isGoodIndex = false;
      return false;
    }
    const digits = this.format.slice(this.at + 1, close);
    this.at = close + 1;
    const index = /^[0-9]+$/.test(digits) && Number(digits) <= MAX_NUMBER ? Number(digits) - 1 : undefined;
    if (index !== undefined && index >= 0 && index < this.args.length) this.next = index;
    else this.isGoodIndex = false;
    return index !== undefined;
  }

  private readNumber(): number | undefined {
    DIGITS.lastIndex = this.at;
    const digits = DIGITS.exec(this.format)?.[0];
    if (digits === undefined) return undefined;
    const number = Number(digits);
    // Go gives up the whole rest of the format for a number that is too large.
    this.at = number > MAX_NUMBER ? this.format.length : this.at + digits.length;
    return number > MAX_NUMBER ? undefined : number;
  }

  /** The next argument as a width or precision; `undefined` when it is no integer or too large. */
  private takeNumber(): number | undefined {
    if (this.next >= this.args.length) return undefined;
    const value = this.args[this.next];
    this.next += 1;
    if (!(value instanceof GoInt)) return undefined;
    const number = Number(value.value);
    return Math.abs(number) > MAX_NUMBER ? undefined : number;
  }

  private noteExtra(): void {
    if (this.isReordered || this.next >= this.args.length) return;
    const notes = this.args
      .slice(this.next)
      .map((arg) => (arg === null ? '<nil>' : `${typeOf(arg)}=${printPlain(arg, this.printing)}`));
    this.output.push(`%!(EXTRA ${notes.join(', ')})`);
  }
}
