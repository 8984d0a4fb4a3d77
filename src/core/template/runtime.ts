/** What a template may use beyond its data: randomness, keys, the clock; and the limits that a render must keep. */

import type { Message } from './message.ts';

/** Which key pair Go would make. */
export type KeyPairRequest =
  | { readonly type: 'rsa'; readonly bits: number }
  | { readonly type: 'dsa'; readonly bits: number; readonly divisorBits: number }
  | { readonly type: 'ec'; readonly curve: 'P-224' | 'P-256' | 'P-384' | 'P-521' }
  | { readonly type: 'ed25519' };

/** The outside world of templates. Given by who renders, so that a render is repeatable. */
export interface TemplateEnvironment {
  /** Nanoseconds since 1970 in UTC. Asked once per call of `now`. */
  readonly nowNanoseconds: () => bigint;
  readonly randomBytes: (count: number) => Uint8Array;
  /** A new private key as PKCS#8 DER. */
  readonly generatePrivateKey: (request: KeyPairRequest) => Uint8Array;
}

/** What is told while values are printed. */
export interface Printing {
  /**
   * Announces work or output before it is done: bytes of a text, elements of a list, rounds of a loop. Throws
   * `LimitError` when the render has used up what it may use.
   */
  readonly spend: (units: number | bigint) => void;
  /** A nil is printed as a text. */
  readonly printsNil: () => void;
}

/** What every function is given first: the environment, the account of this render, and whom to tell of failures. */
export interface TemplateRuntime extends TemplateEnvironment, Printing {
  /** For a Secret that must work: what Go's functions pass over is a failure, and a result that cannot serve is mended. */
  readonly isStrict: boolean;
  /** Tells of a failure in whose place Go gives some value, so that a template goes on: an error text, or nothing. */
  readonly passOver: (what: Message) => void;
}

/** What one value of a list or map counts for, in bytes: it is larger than a byte, and so is the work on it. */
export const VALUE = 64;

/** For texts that nobody will read as a value, such as those of errors: a nil may be printed there. */
export function allowingNil({ spend }: Printing): Printing {
  return { spend, printsNil: () => undefined };
}

/** A render reached a limit. It ends at once: no function may catch this. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
