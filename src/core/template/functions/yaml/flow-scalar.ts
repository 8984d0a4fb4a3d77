/** Quoted and plain texts, which may run over several lines. Source of the rules: YAML 1.1 as go-yaml reads it. */
import { say } from '../../message.ts';
import { encodeRune } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './problem.ts';

const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: Readonly<Record<string, GoString>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\xc2\x85',
  _: '\xc2\xa0',
  L: '\xe2\x80\xa8',
  P: '\xe2\x80\xa9',
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Blanks and breaks between words: blanks count within a line, breaks make one blank or leave the lines out. */
class Gap {
  blanks = '';
  /** The first break; '' without one, or when a backslash took it away. */
  firstBreak = '';
  moreBreaks = '';
  hasBreak = false;

  get isEmpty(): boolean {
    return !this.hasBreak && this.blanks === '';
  }

  get text(): GoString {
    if (!this.hasBreak) return this.blanks;
    if (!this.firstBreak.startsWith('\n')) return this.firstBreak + this.moreBreaks;
    return this.moreBreaks === '' ? ' ' : this.moreBreaks;
  }

  /** Takes blanks and breaks up to the next word; `onIndentation` looks at each blank that begins a line. */
  scan(cursor: Cursor, onIndentation?: () => void): void {
    for (;;) {
      if (cursor.isAtBlank()) {
        if (this.hasBreak) onIndentation?.();
        const blank = cursor.read();
        if (!this.hasBreak) this.blanks += blank;
      } else if (cursor.isAtBreak()) {
        if (this.hasBreak) this.moreBreaks += cursor.readBreak();
        else this.firstBreak = cursor.readBreak();
        this.hasBreak = true;
      } else {
        return;
      }
    }
  }
}

/** From the opening quote to the closing one. */
export function scanQuoted(cursor: Cursor): GoString {
  const began = cursor.mark;
  const quote = cursor.peek();
  cursor.skip();
  const parts: GoString[] = [];
  for (;;) {
    cursor.cache(4);
    if (cursor.isAtDocumentMark()) throw cursor.problem(say`found unexpected document indicator`, began);
    if (cursor.isAtEnd()) throw cursor.problem(say`found unexpected end of stream`, began);
    const gap = new Gap();
    gap.hasBreak = scanQuotedWord(cursor, quote, parts, began);
    if (cursor.peek() === quote) break;
    gap.scan(cursor);
    parts.push(gap.text);
  }
  cursor.skip();
  return parts.join('');
}

/** Up to a blank, a break or the closing quote; says whether it ended in a break that a backslash takes away. */
function scanQuotedWord(cursor: Cursor, quote: number, parts: GoString[], began: Mark): boolean {
  while (!cursor.isAtSpaceOrEnd()) {
    const byte = cursor.peek();
    if (quote === SINGLE_QUOTE && byte === quote && cursor.peek(1) === quote) {
      cursor.skip(2);
      parts.push("'");
    } else if (byte === quote) {
      return false;
    } else if (quote === DOUBLE_QUOTE && byte === BACKSLASH) {
      if (cursor.isAtBreak(1)) {
        cursor.skip();
        cursor.readBreak();
        return true;
      }
      parts.push(scanEscape(cursor, began));
    } else {
      parts.push(cursor.read());
    }
    cursor.cache(2);
  }
  return false;
}

function scanEscape(cursor: Cursor, began: Mark): GoString {
  const letter = String.fromCharCode(cursor.peek(1));
  const length = CODE_LENGTHS[letter];
  const text = ESCAPES[letter];
  if (length === undefined && text === undefined) throw cursor.problem(say`found unknown escape character`, began);
  cursor.skip(2);
  return text ?? scanCode(cursor, length ?? 0, began);
}

function scanCode(cursor: Cursor, length: number, began: Mark): GoString {
  cursor.cache(length);
  let digits = '';
  for (let offset = 0; offset < length; offset++) digits += String.fromCharCode(cursor.peek(offset));
  if (!/^[0-9a-fA-F]+$/.test(digits)) throw cursor.problem(say`did not find expected hexdecimal number`, began);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw cursor.problem(say`found invalid Unicode character escape code`, began);
  }
  cursor.skip(length);
  return encodeRune(code);
}

export interface PlainScalar {
  readonly text: GoString;
  /** A break follows: what comes next may begin a key. */
  readonly endsLine: boolean;
}

const FLOW_END = /[,?[\]{}]/;

/** `indent` is the column that following lines must reach; not asked for inside of brackets. */
export function scanPlain(cursor: Cursor, indent: number, isInFlow: boolean): PlainScalar {
  const began = cursor.mark;
  const parts: GoString[] = [];
  let gap = new Gap();
  const refuseTab = (): void => {
    if (cursor.column < indent && cursor.peek() === 0x09) {
      throw cursor.problem(say`found a tab character that violates indentation`, began);
    }
  };
  for (;;) {
    cursor.cache(4);
    if (cursor.isAtDocumentMark() || cursor.peek() === 0x23) break;
    while (!isPlainEnd(cursor, isInFlow)) {
      if (!gap.isEmpty) {
        parts.push(gap.text);
        gap = new Gap();
      }
      parts.push(cursor.read());
      cursor.cache(2);
    }
    if (!cursor.isAtBlank() && !cursor.isAtBreak()) break;
    gap.scan(cursor, refuseTab);
    if (!isInFlow && cursor.column < indent) break;
  }
  return { text: parts.join(''), endsLine: gap.hasBreak };
}

function isPlainEnd(cursor: Cursor, isInFlow: boolean): boolean {
  if (cursor.isAtSpaceOrEnd()) return true;
  const byte = cursor.peek();
  if (byte === 0x3a && cursor.isAtSpaceOrEnd(1)) return true;
  return isInFlow && FLOW_END.test(String.fromCharCode(byte));
}
