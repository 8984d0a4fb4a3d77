/**
 * Work that keeps a processor busy, done piece by piece: templates. Between two pieces everything else has a turn, so
 * that signals are heard and answers of vaults are taken.
 */
import pLimit from 'p-limit';
import { RunStopped, isStopping, type Stoppable } from '../stop.ts';

/** The work of one run. Of many pieces that wait one is done at a time: together they would leave no turn. */
export class Pieces {
  readonly #oneAtATime = pLimit(1);
  readonly #stoppable: Stoppable;

  constructor(stoppable: Stoppable) {
    this.#stoppable = stoppable;
  }

  /** The result of the work. Begins no piece once the run was asked to stop: rejects with RunStopped. */
  async run<Result>(work: Generator<void, Result>): Promise<Result> {
    return await this.#oneAtATime(async () => {
      for (;;) {
        await turn();
        if (isStopping(this.#stoppable)) throw new RunStopped();
        const piece = work.next();
        if (piece.done === true) return piece.value;
      }
    });
  }

  /** The result of work that is one piece. */
  async one<Result>(work: () => Result): Promise<Result> {
    return await this.run(alone(work));
  }
}

// eslint-disable-next-line require-yield -- one piece has no end between two
function* alone<Result>(work: () => Result): Generator<void, Result> {
  return work();
}

/** Ends when everything that waits has had its turn. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
