/** A template text is no template. `message` is Go's, with the name of the template and the line. */
import type { GoString } from '../values.ts';

export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly line: number;
  /** Go's message without the place. */
  readonly what: GoString;

  constructor(templateName: GoString, line: number, what: GoString) {
    super(`template: ${templateName}:${line}: ${what}`);
    this.line = line;
    this.what = what;
  }
}
