/**
 * `conversionStrategy`: makes keys out of names that a Secret cannot hold.
 *
 * ESO 2.9: letters and numbers of any script, `-`, `.` and `_` stay. Every other character becomes `_`, or, with
 * Unicode, `_U`, its code point in at least four hex digits, and `_`.
 */
import { groupBy } from '../model/group-by.ts';
import type { ConversionStrategy } from '../model/intent.ts';

const NOT_ALLOWED = /[^\p{L}\p{N}\-._]/gu;

export type ConvertResult<Value> =
  | { readonly kind: 'converted'; readonly values: ReadonlyMap<string, Value> }
  /** The key that several names turn into, and these names. */
  | { readonly kind: 'collision'; readonly key: string; readonly names: readonly string[] };

/** Converts all names. Two that turn into the same key are an error and not a choice. */
export function convertKeys<Value>(
  values: ReadonlyMap<string, Value>,
  strategy: ConversionStrategy,
): ConvertResult<Value> {
  const byKey = groupBy(values, ([name]) => convertKey(name, strategy));
  for (const [key, members] of byKey) {
    if (members.length > 1) return { kind: 'collision', key, names: members.map(([name]) => name) };
  }
  return {
    kind: 'converted',
    values: new Map([...values].map(([name, value]) => [convertKey(name, strategy), value])),
  };
}

/** Converts one name. */
export function convertKey(name: string, strategy: ConversionStrategy): string {
  return name.replace(NOT_ALLOWED, (sign) => (strategy === 'Unicode' ? codePointText(sign) : '_'));
}

function codePointText(sign: string): string {
  return `_U${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}_`;
}
