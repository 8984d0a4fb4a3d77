/** Walks through a YAML text, character by character, and knows the place. */
import { say, type Message } from '../../message.ts';
import { GoError, type GoString } from '../../values.ts';
import { breakText, isBlank, isBreak, widthOf } from './characters.ts';
import { YamlInput } from './input.ts';
import { scannerProblem, type Mark } from './problem.ts';

export class Cursor {
  private readonly input: YamlInput;
  private at: number;
  private index = 0;
  private lineNumber = 0;
  column = 0;

  constructor(bytes: GoString) {
    this.input = new YamlInput(bytes);
    this.at = this.input.start;
  }

  get mark(): Mark {
    return { index: this.index, line: this.lineNumber, column: this.column };
  }

  /** Makes sure that so many characters were checked before they are looked at. */
  cache(characters: number): void {
    this.input.check(this.at, characters);
  }

  /** A byte from here on; 0 at the end. */
  peek(offset = 0): number {
    this.input.check(this.at + offset, 1);
    return this.at + offset < this.input.text.length ? this.input.text.charCodeAt(this.at + offset) : 0;
  }

  /** Whether an ASCII text stands here. */
  isAt(word: string): boolean {
    return this.input.text.startsWith(word, this.at);
  }

  isAtEnd(): boolean {
    return this.peek() === 0;
  }

  isAtBlank(): boolean {
    return isBlank(this.peek());
  }

  isAtBreak(offset = 0): boolean {
    this.input.check(this.at + offset, 1);
    return isBreak(this.input.text, this.at + offset);
  }

  isAtBreakOrEnd(offset = 0): boolean {
    return this.isAtBreak(offset) || this.peek(offset) === 0;
  }

  isAtSpaceOrEnd(offset = 0): boolean {
    return isBlank(this.peek(offset)) || this.isAtBreakOrEnd(offset);
  }

  /** At `---` or `...` at the beginning of a line. */
  isAtDocumentMark(word?: '---' | '...'): boolean {
    if (this.column !== 0) return false;
    const isMark = word === undefined ? this.isAt('---') || this.isAt('...') : this.isAt(word);
    return isMark && this.isAtSpaceOrEnd(3);
  }

  /** Passes over characters that are no breaks. */
  skip(characters = 1): void {
    for (let count = 0; count < characters; count++) this.read();
  }

  /** Takes a character that is no break. */
  read(): GoString {
    const width = widthOf(this.peek()) || 1;
    const character = this.input.text.slice(this.at, this.at + width);
    this.at += width;
    this.index++;
    this.column++;
    return character;
  }

  /** Takes a break, CR and LF together; gives what it stands for. */
  readBreak(): GoString {
    const text = breakText(this.input.text, this.at);
    const isPair = this.isAt('\r\n');
    this.at += isPair ? 2 : widthOf(this.peek());
    this.index += isPair ? 2 : 1;
    this.startLine();
    return text;
  }

  startLine(): void {
    this.column = 0;
    this.lineNumber++;
  }

  skipBlanks(): void {
    while (this.isAtBlank()) this.skip();
  }

  skipComment(): void {
    if (this.peek() !== 0x23) return;
    while (!this.isAtBreakOrEnd()) this.skip();
  }

  /** Blanks, perhaps a comment, and the end of the line: what must follow a header. */
  finishLine(began: Mark): void {
    this.skipBlanks();
    this.skipComment();
    if (!this.isAtBreakOrEnd()) throw this.problem(say`did not find expected comment or line break`, began);
    if (this.isAtBreak()) this.readBreak();
  }

  problem(problem: Message, began: Mark = this.mark): GoError {
    return scannerProblem(problem, this.mark, began);
  }
}
