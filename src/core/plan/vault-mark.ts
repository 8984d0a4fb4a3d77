/**
 * A mark of the versions that were read from one vault: two of them tell whether something changed, and whether it was
 * one object.
 *
 * Objects are dealt out to eight parts by their names, and a part is the XOR of a hash of each object at its version. So
 * two Secrets for which the same object changed differ from before in the same part and by the same digits, whatever else
 * each of them reads; where many objects change, many parts do. Made from names and versions, never from a value.
 */
import { hashText } from '../go/go-hash.ts';

const PARTS = 8;
const DIGITS = 6;

/** `versions`: object (`secret/db@`) and version, each object once. 48 hex digits, in whatever order they come. */
export function vaultMark(versions: readonly (readonly [object: string, version: string])[]): string {
  const parts = Array.from({ length: PARTS }, () => 0);
  for (const [object, version] of versions) {
    const part = digitsOf(object) % PARTS;
    parts[part] = (parts[part] ?? 0) ^ digitsOf(`${object} ${version}`);
  }
  return parts.map(hex).join('');
}

/** What differs between two marks of one vault: equal where the same object changed. */
export interface VaultDifference {
  readonly text: string;
  /** Many objects are seldom in one part: then it is taken for the change of one. */
  readonly isOfOneObject: boolean;
}

/** `undefined` = nothing differs. */
export function vaultDifference(before: string, now: string): VaultDifference | undefined {
  if (before === now) return undefined;
  const parts = Array.from({ length: PARTS }, (_, part) => partOf(before, part) ^ partOf(now, part));
  return { text: parts.map(hex).join(''), isOfOneObject: parts.filter((part) => part !== 0).length === 1 };
}

function digitsOf(text: string): number {
  return Number.parseInt(hashText(text).slice(0, DIGITS), 16);
}

function partOf(mark: string, part: number): number {
  return Number.parseInt(mark.slice(part * DIGITS, (part + 1) * DIGITS), 16);
}

function hex(part: number): string {
  return part.toString(16).padStart(DIGITS, '0');
}
