/** The texts after `|` and `>`. Source of the rules: YAML 1.1 as go-yaml reads it. */
import { say } from '../../message.ts';
import type { GoString } from '../../values.ts';
import { isBlank, isDigit } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './problem.ts';

type Chomping = 'clip' | 'strip' | 'keep';

interface Header {
  readonly chomping: Chomping;
  /** Blanks deeper than what is around; 0 when the first line shows it. */
  readonly increment: number;
}

/** From the indicator on; `parentIndent` is the column of the block that this stands in, -1 for none. */
export function scanBlockScalar(cursor: Cursor, parentIndent: number): GoString {
  const began = cursor.mark;
  const isLiteral = cursor.read() === '|';
  const { chomping, increment } = scanHeader(cursor, began);
  cursor.finishLine(began);
  const scanner = new BlockScanner(cursor, began, parentIndent);
  return scanner.scan(isLiteral, chomping, increment);
}

/** The two indicators come in either order. */
function scanHeader(cursor: Cursor, began: Mark): Header {
  const before = scanChomping(cursor);
  const increment = scanIncrement(cursor, began);
  return { chomping: before ?? (increment > 0 ? scanChomping(cursor) : undefined) ?? 'clip', increment };
}

function scanChomping(cursor: Cursor): Chomping | undefined {
  const byte = cursor.peek();
  if (byte !== 0x2b && byte !== 0x2d) return undefined;
  cursor.skip();
  return byte === 0x2b ? 'keep' : 'strip';
}

function scanIncrement(cursor: Cursor, began: Mark): number {
  const byte = cursor.peek();
  if (!isDigit(byte)) return 0;
  if (byte === 0x30) throw cursor.problem(say`found an indentation indicator equal to 0`, began);
  cursor.skip();
  return byte - 0x30;
}

class BlockScanner {
  private readonly cursor: Cursor;
  private readonly began: Mark;
  private readonly parentIndent: number;
  /** The column of the text; 0 until it is known. */
  private indent = 0;

  constructor(cursor: Cursor, began: Mark, parentIndent: number) {
    this.cursor = cursor;
    this.began = began;
    this.parentIndent = parentIndent;
  }

  scan(isLiteral: boolean, chomping: Chomping, increment: number): GoString {
    if (increment > 0) this.indent = Math.max(this.parentIndent, 0) + increment;
    const parts: GoString[] = [];
    let lineBreak = '';
    let emptyLines = this.scanEmptyLines();
    let wasIndented = false;
    while (this.cursor.column === this.indent && !this.cursor.isAtEnd()) {
      const isIndented = isBlank(this.cursor.peek());
      const folds = !isLiteral && !wasIndented && !isIndented && lineBreak.startsWith('\n');
      parts.push(folds ? (emptyLines === '' ? ' ' : '') : lineBreak, emptyLines);
      wasIndented = isIndented;
      while (!this.cursor.isAtBreakOrEnd()) parts.push(this.cursor.read());
      lineBreak = this.cursor.isAtBreak() ? this.cursor.readBreak() : '';
      emptyLines = this.scanEmptyLines();
    }
    if (chomping !== 'strip') parts.push(lineBreak);
    if (chomping === 'keep') parts.push(emptyLines);
    return parts.join('');
  }

  /** Passes over the indentation of the next line, and gives the breaks of the empty lines before it. */
  private scanEmptyLines(): GoString {
    let breaks = '';
    let deepest = 0;
    for (;;) {
      while (this.isBeforeText() && this.cursor.peek() === 0x20) this.cursor.skip();
      deepest = Math.max(deepest, this.cursor.column);
      if (this.isBeforeText() && this.cursor.peek() === 0x09) {
        throw this.cursor.problem(say`found a tab character where an indentation space is expected`, this.began);
      }
      if (!this.cursor.isAtBreak()) break;
      breaks += this.cursor.readBreak();
    }
    if (this.indent === 0) this.indent = Math.max(deepest, this.parentIndent + 1, 1);
    return breaks;
  }

  private isBeforeText(): boolean {
    return this.indent === 0 || this.cursor.column < this.indent;
  }
}
