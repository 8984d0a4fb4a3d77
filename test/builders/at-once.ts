/** The result of work in pieces, without a turn for anything else. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (let piece = work.next(); ; piece = work.next()) if (piece.done === true) return piece.value;
}
