/** The binary digits of pi, which Blowfish takes for its tables. */

/** Digits that are computed beyond the wanted ones, so that rounding does not reach these. */
const GUARD_BITS = 64;

/** The first bits behind the point, as 32-bit words. John Machin, 1706: π/4 = 4·arctan(1/5) − arctan(1/239). */
export function piWords(count: number): Int32Array {
  const bits = 32 * count + GUARD_BITS;
  const pi = 4n * (4n * arctangentOfInverse(5n, bits) - arctangentOfInverse(239n, bits));
  const digits = BigInt.asUintN(32 * count, pi >> BigInt(GUARD_BITS));
  const hex = digits.toString(16).padStart(8 * count, '0');
  return Int32Array.from({ length: count }, (_, index) => parseInt(hex.slice(8 * index, 8 * index + 8), 16) | 0);
}

/** arctan(1/x) = 1/x − 1/3x³ + 1/5x⁵ − …, times 2^bits. */
function arctangentOfInverse(x: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / x;
  let sum = power;
  for (let divisor = 3n, isAdded = false; power !== 0n; divisor += 2n, isAdded = !isAdded) {
    power /= x * x;
    sum += isAdded ? power / divisor : -(power / divisor);
  }
  return sum;
}
