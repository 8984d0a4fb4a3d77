/** What a function makes of the failure of another. Limits that a render meets, and faults of the program, pass by. */
import { say, type Message } from '../message.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { GoError, type GoString } from '../values.ts';

/** The result, or what is made of Go's error instead. */
export function recovering<T>(run: () => T, otherwise: (what: Message) => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GoError) return otherwise(error.what);
    throw error;
  }
}

/** Puts words before the error, as Go's `fmt.Errorf("…: %w", err)` does. */
export function prefixing<T>(prefix: Message, run: () => T): T {
  return recovering(run, (what) => {
    throw new GoError(say`${prefix}${what}`);
  });
}

/** For functions of which Go gives the text of an error as if it were the result. */
export function faultText({ passOver }: TemplateRuntime, what: Message): GoString {
  passOver(what);
  return what.revealExact();
}
