/** The order in which go-yaml writes the keys of a map: numbers inside of texts count as numbers, `a2` before `a10`. */
import { codesOf } from '../text/runes.ts';
import { isDigit, isLetter } from '../text/letter-case.ts';
import type { GoString } from '../../values.ts';

const ZERO = 0x30;

export function compareKeys(a: GoString, b: GoString): number {
  const [left, right] = [codesOf(a), codesOf(b)];
  const at = left.findIndex((code, index) => code !== right[index]);
  if (at < 0 || at >= right.length) return left.length - right.length;
  return compareFrom(left, right, at);
}

/** Where two keys begin to differ: letters come last, then numbers are compared, then characters. */
function compareFrom(left: readonly number[], right: readonly number[], at: number): number {
  const [one, other] = [left[at] ?? 0, right[at] ?? 0];
  if (isLetter(one) || isLetter(other)) {
    return isLetter(one) && isLetter(other) ? one - other : Number(isLetter(one)) - Number(isLetter(other));
  }
  const first = (one === ZERO || other === ZERO) && isInsideNumber(left, at) ? 1n : 0n;
  const [a, b] = [readNumber(left, at, first), readNumber(right, at, first)];
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.length === b.length ? one - other : a.length - b.length;
}

/** Whether the digits before make a zero here count: not when they are zeros themselves. */
function isInsideNumber(codes: readonly number[], at: number): boolean {
  for (let index = at - 1; index >= 0 && isDigit(codes[index] ?? 0); index--) {
    if (codes[index] !== ZERO) return true;
  }
  return false;
}

interface Run {
  readonly value: bigint;
  readonly length: number;
}

/** The digits from a place on, behind what came before them; like Go's int64 the value wraps around. */
function readNumber(codes: readonly number[], at: number, first: bigint): Run {
  let value = first;
  let end = at;
  for (; end < codes.length && isDigit(codes[end] ?? 0); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((codes[end] ?? 0) - ZERO));
  }
  return { value, length: end - at };
}
