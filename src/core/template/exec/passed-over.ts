/** Failures that Go passes over: heard of in strict renders, and forgotten in others. */
import { say, type Message } from '../message.ts';

export interface PassedOverFailure {
  readonly what: Message;
  /** A nil was printed; else a function failed. */
  readonly isNil: boolean;
}

/** What the function that runs now has told, until it is taken. */
export class PassedOver {
  private readonly isStrict: boolean;
  private failure: PassedOverFailure | undefined;

  constructor(isStrict: boolean) {
    this.isStrict = isStrict;
  }

  readonly note = (what: Message): void => {
    if (this.isStrict) this.failure ??= { what, isNil: false };
  };

  readonly noteNil = (): void => {
    if (this.isStrict) this.failure ??= { what: say`it prints a value that is nil`, isNil: true };
  };

  take(): PassedOverFailure | undefined {
    const { failure } = this;
    this.failure = undefined;
    return failure;
  }
}
