/** Lists that must fit somewhere: cut between lines, with the number of those that are left out. */

export interface CutLines {
  readonly lines: readonly string[];
  /** How many did not fit. */
  readonly left: number;
}

/** As many lines as have room, in bytes of UTF-8; each takes one more for its end. */
export function cutLines(lines: readonly string[], room: number): CutLines {
  let bytes = 0;
  const first = lines.findIndex((line) => (bytes += bytesOf(line) + 1) > room);
  const fitting = first === -1 ? lines : lines.slice(0, first);
  return { lines: fitting, left: lines.length - fitting.length };
}

/** In UTF-8, which is never less than the characters that some places count. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
