/** The texts and numbers of a JSON document: each may be a secret by itself, as a property of it is. */

/** JSON's own words are no secrets, wherever they stand. */
export const JSON_WORDS: readonly string[] = ['true', 'false', 'null'];

/** Every string and number in a JSON document, however deep; none where the text is no object or list. */
export function leavesOf(text: string): readonly string[] {
  if (!/^\s*[[{]/u.test(text)) return [];
  try {
    return leaves(JSON.parse(text));
  } catch {
    return [];
  }
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return JSON_WORDS.includes(value) ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
