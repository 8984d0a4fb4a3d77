/**
 * A template failed while it ran.
 *
 * `message` is exactly what Go says, which may contain values of the data; `safe` is the same with these redacted, for
 * everything that a person or a log may see.
 */
import type { GoString } from '../values.ts';

export class ExecError extends Error {
  override readonly name = 'ExecError';
  readonly safe: GoString;
  /** Go's words without the place, redacted. */
  readonly what: GoString;
  /** Counted from 1, and the byte in that line counted from 0, as Go does. */
  readonly line: number;
  readonly column: number;

  constructor(parts: {
    readonly place: GoString;
    readonly line: number;
    readonly column: number;
    readonly what: GoString;
    readonly exact: GoString;
  }) {
    super(parts.place + parts.exact);
    this.safe = parts.place + parts.what;
    this.what = parts.what;
    this.line = parts.line;
    this.column = parts.column;
  }
}
