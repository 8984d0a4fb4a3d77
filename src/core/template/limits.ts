/** What one render may use, against templates that would never end or would fill the memory. */
import { LimitError } from './runtime.ts';

export interface Limits {
  /** Bytes of a template's own text. */
  readonly maxText: number;
  /** Words, signs and texts that it is made of. */
  readonly maxTokens: number;
  /** Statements, commands and rounds of loops. */
  readonly maxSteps: number;
  /** Bytes of the result. */
  readonly maxOutput: number;
  /**
   * What functions read and make on the way, in bytes. Slow functions count for more, so that a unit takes some ten
   * nanoseconds, and keeps at most about a byte of memory.
   */
  readonly maxWork: number;
  /** Control structures, or parentheses, inside each other. */
  readonly maxNesting: number;
}

/**
 * A Secret holds 1 MiB: what reaches one of these was not meant for one. Together they keep the parsing of one text, and
 * one render of it, under a second: nothing else happens meanwhile, not even that a signal is heard.
 */
export const DEFAULT_LIMITS: Limits = {
  maxText: 2 * 1024 * 1024,
  maxTokens: 200_000,
  maxSteps: 1_000_000,
  maxOutput: 16 * 1024 * 1024,
  maxWork: 64 * 1024 * 1024,
  maxNesting: 1000,
};

/** What a RangeError means here: Node has reached a limit of its own before ours. */
export function limitOf(error: RangeError): LimitError {
  const isStack = error.message.includes('call stack');
  return new LimitError(isStack ? 'it is nested too deeply' : 'a text, list or number grew too large');
}

/** The account of one render. */
export class Account {
  private readonly limits: Limits;
  private steps = 0;
  private output = 0;
  private work = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  readonly step = (): void => {
    this.steps += 1;
    if (this.steps > this.limits.maxSteps) throw new LimitError(`it takes more than ${this.limits.maxSteps} steps`);
  };

  readonly write = (bytes: number): void => {
    this.output += bytes;
    if (this.output > this.limits.maxOutput) throw new LimitError(`its output exceeds ${this.limits.maxOutput} bytes`);
  };

  readonly spend = (units: number | bigint): void => {
    this.work += Math.max(Number(units), 0);
    // What is no number must not end all counting.
    if (!(this.work <= this.limits.maxWork)) {
      throw new LimitError(`its functions work on more than ${this.limits.maxWork} bytes`);
    }
  };
}
