/** Why a text is no template, or why a template gave no result. */
import type { GoString } from './values.ts';

export interface TemplateProblemParts {
  readonly phase: 'parse' | 'execute' | 'limit';
  readonly message: GoString;
  readonly exact?: GoString;
  readonly what: GoString;
  readonly line?: number;
  readonly column?: number;
}

export class TemplateProblem {
  /** A limit is ours: Go has none, or a higher one. */
  readonly phase: 'parse' | 'execute' | 'limit';
  /** Go's message with its place, values of the data redacted. */
  readonly message: GoString;
  /** The message without the place. */
  readonly what: GoString;
  /** Counted from 1. */
  readonly line: number | undefined;
  /** In bytes, counted from 0 as Go does; known for failures while executing. */
  readonly column: number | undefined;
  private readonly exact: GoString;

  constructor(parts: TemplateProblemParts) {
    this.phase = parts.phase;
    this.message = parts.message;
    this.what = parts.what;
    this.line = parts.line;
    this.column = parts.column;
    this.exact = parts.exact ?? parts.message;
  }

  /** Go's message to the byte, values included. Never for a log, a file or a person. */
  revealMessage(): GoString {
    return this.exact;
  }
}
