/** Says which names cannot be keys of a Secret. */
import { compareBytes } from '../go/go-hash.ts';
import { encodeUtf8 } from './utf8.ts';

const LONGEST = 253;
const SHOWN = 60;
const NOT_ALLOWED = /[^\p{L}\p{N}\-._]/u;

export interface CheckedKeys<Value> {
  readonly values: ReadonlyMap<string, Value>;
  /** What is wrong, in byte order of the keys: one sentence each, without full stop. */
  readonly faults: readonly string[];
}

/**
 * Drops the empty key and reports keys that are too long or hold other characters.
 *
 * ESO 2.9: at most 253 bytes; letters and numbers of any script, `-`, `.` and `_`. What passes here may still be
 * refused by the API server: letters beyond ASCII, and the keys `.` and `..`.
 */
export function checkKeys<Value>(values: ReadonlyMap<string, Value>): CheckedKeys<Value> {
  const kept = new Map([...values].filter(([key]) => key !== ''));
  const faults = [...kept.keys()].sort(compareBytes).flatMap((key) => keyFault(key) ?? []);
  return { values: kept, faults };
}

function keyFault(key: string): string | undefined {
  const length = encodeUtf8(key).length;
  if (length > LONGEST) return `has the key "${key.slice(0, SHOWN)}…" of ${length} bytes, and ${LONGEST} are allowed`;
  const sign = NOT_ALLOWED.exec(key)?.[0];
  if (sign === undefined) return undefined;
  return `has the key ${JSON.stringify(key)} with ${JSON.stringify(sign)}, which a Secret key cannot hold`;
}
