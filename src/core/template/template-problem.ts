/** Why a text is no template, or why a template gave no result. */
import type { Message } from './message.ts';
import type { GoString } from './values.ts';

export interface TemplateProblemParts {
  readonly phase: 'parse' | 'execute' | 'limit';
  /** With the place, as Go prints it. */
  readonly full: Message;
  /** Without the place. */
  readonly what: Message;
  readonly line?: number;
  readonly column?: number;
}

export class TemplateProblem {
  /** A limit is ours: Go has none, or a higher one. */
  readonly phase: 'parse' | 'execute' | 'limit';
  /** Counted from 1. */
  readonly line: number | undefined;
  /** In bytes, counted from 0 as Go does; known for failures while executing. */
  readonly column: number | undefined;
  readonly #full: Message;
  readonly #what: Message;

  constructor({ phase, full, what, line, column }: TemplateProblemParts) {
    this.phase = phase;
    this.line = line;
    this.column = column;
    this.#full = full;
    this.#what = what;
  }

  /** Go's message with its place, without any value. */
  get message(): GoString {
    return this.#full.toString();
  }

  /** The message without the place. */
  get what(): GoString {
    return this.#what.toString();
  }

  /** The same problem of a template that is secret itself: nothing that stands in it is shown. */
  withoutSource(): TemplateProblem {
    const { phase, line, column } = this;
    return new TemplateProblem({
      phase,
      full: this.#full.withoutSource(),
      what: this.#what.withoutSource(),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    });
  }

  /** Go's message to the byte, values included. Never for a log, a file or a person. */
  revealMessage(): GoString {
    return this.#full.revealExact();
  }
}
