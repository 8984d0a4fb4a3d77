/**
 * Work that is done piece by piece, with a turn for everything else between two pieces: signals are heard, answers of
 * vaults are taken.
 */
import { RunStopped, isStopping, type Stoppable } from './stop.ts';

/** The result of the work. Begins no piece once the run was asked to stop: throws RunStopped. */
export async function inPieces<Result>(work: Generator<void, Result>, stoppable: Stoppable): Promise<Result> {
  for (;;) {
    if (isStopping(stoppable)) throw new RunStopped();
    const piece = work.next();
    if (piece.done === true) return piece.value;
    await turn();
  }
}

/** Ends when everything that waits has had its turn. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
