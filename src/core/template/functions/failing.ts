/** What a function makes of the failure of another. Limits that a render meets, and faults of the program, pass by. */
import { GoError, type GoString } from '../values.ts';

/** The result, or what is made of Go's error text instead. */
export function recovering<T>(run: () => T, otherwise: (message: GoString) => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GoError) return otherwise(error.message);
    throw error;
  }
}

/** Puts words before the error text, as Go's `fmt.Errorf("…: %w", err)` does. */
export function prefixing<T>(prefix: string, run: () => T): T {
  return recovering(run, (message) => {
    throw new GoError(prefix + message);
  });
}
