/** Whole numbers out of random bytes. */

/** As many random bytes as are asked for. */
export type RandomBytes = (count: number) => Uint8Array;

/** From 0 on, below the bound; every one is equally likely: what is drawn beyond it is thrown away. */
export function drawBelow(bytes: RandomBytes, bound: number): number {
  const bits = (bound - 1).toString(2).length;
  for (;;) {
    const drawn = bytes(4).reduce((number, byte) => number * 256 + byte, 0) % 2 ** bits;
    if (drawn < bound) return drawn;
  }
}
