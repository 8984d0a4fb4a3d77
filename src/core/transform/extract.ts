/**
 * Takes the members of a JSON object apart, for `dataFrom[].extract`.
 *
 * ESO 2.9, which is Go's encoding/json: a text is decoded, `null` is an empty value, everything else keeps its source
 * text (`1.0` stays `1.0`). Of equal names the last wins; `null` as a whole has no members. Must never put any of the
 * text into a message.
 */
import { jsonResult, membersOf, type Result } from './gjson/result.ts';
import { trim } from './gjson/scan.ts';

export type ExtractResult =
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, string> }
  /** Half a sentence: `is a JSON array`. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The members of the object that a text is. */
export function extractMembers(text: string): ExtractResult {
  const parsed = parseWhole(text);
  if (parsed.kind === 'refused') return parsed;
  if (parsed.value === null) return { kind: 'members', members: new Map() };
  if (typeof parsed.value !== 'object') return { kind: 'refused', reason: `is a JSON ${typeof parsed.value}` };
  if (Array.isArray(parsed.value)) return { kind: 'refused', reason: 'is a JSON array' };
  const members = membersOf(jsonResult(trim(text)));
  return { kind: 'members', members: new Map(members.map(({ key, value }) => [decoded(key), memberText(value)])) };
}

type Parsed = { readonly kind: 'parsed'; readonly value: unknown } | Extract<ExtractResult, { kind: 'refused' }>;

/** JSON.parse and Go agree on what is JSON. Its error is not used: the message quotes the text. */
function parseWhole(text: string): Parsed {
  if (trim(text) === '') return { kind: 'refused', reason: 'is empty' };
  try {
    return { kind: 'parsed', value: JSON.parse(text) };
  } catch {
    return { kind: 'refused', reason: 'is not valid JSON' };
  }
}

function memberText(value: Result): string {
  if (value.kind === 'text') return decoded(value);
  return value.kind === 'null' ? '' : value.raw;
}

/** gjson stops at what it cannot read and swallows what follows a lone surrogate; Go's decoder does neither. */
function decoded(value: Result): string {
  return String(JSON.parse(value.raw)).toWellFormed();
}
