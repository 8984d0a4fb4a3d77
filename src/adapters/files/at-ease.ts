/** Long work in pieces: a signal, and whatever else waits, gets its turn in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 50;

/** All pieces, in their order. */
export async function atEase<Piece>(pieces: Iterable<Piece>): Promise<readonly Piece[]> {
  const done: Piece[] = [];
  let began = performance.now();
  for (const piece of pieces) {
    done.push(piece);
    if (performance.now() - began > TURN_MS) {
      await nextTurn();
      began = performance.now();
    }
  }
  return done;
}
