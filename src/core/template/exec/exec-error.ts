/** A template failed while it ran: where, and in which words. */
import { say, type Message } from '../message.ts';

export class ExecError extends Error {
  override readonly name = 'ExecError';
  /** With the place, as Go prints it. */
  readonly full: Message;
  /** Without the place. */
  readonly what: Message;
  /** Counted from 1, and the byte in that line counted from 0, as Go does. */
  readonly line: number;
  readonly column: number;

  constructor(parts: {
    readonly place: Message;
    readonly line: number;
    readonly column: number;
    readonly what: Message;
  }) {
    const full = say`${parts.place}${parts.what}`;
    super(full.toString());
    this.full = full;
    this.what = parts.what;
    this.line = parts.line;
    this.column = parts.column;
  }
}
