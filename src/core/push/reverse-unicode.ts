/**
 * `conversionStrategy` of pushes: the names that keys had before a pull made keys of them.
 *
 * ESO 2.9: `_U`, four or five hex digits and `_` are that code point again, each match behind the last: of
 * `_U005b_U005d_` only the first is one. Halves of pairs become U+FFFD.
 */
import { groupBy } from '../model/group-by.ts';
import type { PushConversion } from '../model/push-intent.ts';

/** The names by key, or the first name that several keys have. */
export type ReversedNames =
  | { readonly kind: 'reversed'; readonly names: ReadonlyMap<string, string> }
  | { readonly kind: 'collision'; readonly name: string; readonly keys: readonly string[] };

export function reverseNames(keys: readonly string[], conversion: PushConversion): ReversedNames {
  const pairs = keys.map((key) => [key, conversion === 'None' ? key : reverseName(key)] as const);
  for (const [name, members] of groupBy(pairs, ([, reversed]) => reversed)) {
    if (members.length > 1) return { kind: 'collision', name, keys: members.map(([key]) => key).sort() };
  }
  return { kind: 'reversed', names: new Map(pairs) };
}

function reverseName(key: string): string {
  return key.replace(/_U([0-9a-fA-F]{4,5})_/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)).toWellFormed(),
  );
}
