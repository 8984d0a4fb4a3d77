/** A template text is no template: where, and in which words. */
import { say, shown, type Message } from '../message.ts';
import type { GoString } from '../values.ts';

export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly line: number;
  /** Go's message, with the name of the template and the line. */
  readonly full: Message;
  /** Go's message without the place. */
  readonly what: Message;

  constructor(templateName: GoString, line: number, what: Message) {
    const full = say`template: ${shown(templateName)}:${shown(line)}: ${what}`;
    super(full.toString());
    this.full = full;
    this.line = line;
    this.what = what;
  }
}
