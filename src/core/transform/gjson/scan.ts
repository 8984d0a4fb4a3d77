/**
 * Finds where JSON values begin and end, in text that may be cut off or may not be JSON at all.
 *
 * ESO 2.9: a `property` is a gjson path, and gjson never validates what it searches. So nothing in here throws or
 * rejects: every function returns an index between its start and the end of the text. Each runs in linear time and
 * without recursion.
 */

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What the character at which a value begins says about it. */
export type ValueStart = 'text' | 'object' | 'array' | 'literal' | 'number';

const STARTS: Readonly<Record<string, ValueStart>> = {
  '"': 'text',
  '{': 'object',
  '[': 'array',
  t: 'literal',
  f: 'literal',
  ...Object.fromEntries(Array.from('+-0123456789iIN', (sign) => [sign, 'number'] as const)),
};

/** The sort of value that begins at an index; `undefined` where none begins. `nan` is a number, `null` a literal. */
export function valueStartAt(json: string, index: number): ValueStart | undefined {
  if (json[index] !== 'n') return STARTS[json[index] ?? ''];
  return index + 1 < json.length && json[index + 1] !== 'u' ? 'number' : 'literal';
}

export interface StringEnd {
  /** Index after the closing quote, or the end of the text. */
  readonly end: number;
  readonly closed: boolean;
  readonly escaped: boolean;
}

/** The end of the string whose opening quote stands at `start`. */
export function endOfString(json: string, start: number): StringEnd {
  let escaped = false;
  for (let index = start + 1; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code === QUOTE) return { end: index + 1, closed: true, escaped };
    if (code !== BACKSLASH) continue;
    escaped = true;
    index++;
  }
  return { end: json.length, closed: false, escaped };
}

/** The end of `true`, `false`, `null` or any other word of lower-case letters. */
export function endOfLiteral(json: string, start: number): number {
  let index = start + 1;
  while (index < json.length && json.charCodeAt(index) >= 0x61 && json.charCodeAt(index) <= 0x7a) index++;
  return index;
}

/** The end of a number: the next space, comma or closing bracket. */
export function endOfNumber(json: string, start: number): number {
  let index = start + 1;
  while (index < json.length && json.charCodeAt(index) > SPACE && !',]}'.includes(json.charAt(index))) index++;
  return index;
}

/** The end of the object, array, parenthesis or string that begins at `start`. Brackets count without their sort. */
export function endOfGroup(text: string, start: number): number {
  return text.charCodeAt(start) === QUOTE ? endOfString(text, start).end : endOfBrackets(text, start);
}

/**
 * As endOfGroup, but takes whatever stands at `start` for an opening bracket.
 *
 * One more than the length of the text when that ends inside of a string: gjson then gives up the array around it.
 */
export function endOfBrackets(text: string, start: number): number {
  let depth = 1;
  for (let index = start + 1; index < text.length; index++) {
    const sign = text.charAt(index);
    if (sign === '"') {
      const { end, closed } = endOfString(text, index);
      if (!closed) return text.length + 1;
      index = end - 1;
    } else if (sign === '{' || sign === '[' || sign === '(') depth++;
    else if (sign === '}' || sign === ']' || sign === ')') depth--;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** How many brackets are open at the deepest place of a text. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < json.length; index++) {
    const sign = json.charAt(index);
    if (sign === '"') index = endOfString(json, index).end - 1;
    else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign === '}' || sign === ']') depth--;
  }
  return deepest;
}

/** The first index at or after `start` where a value begins, or the length of the text. */
export function findValue(json: string, start: number): number {
  let index = start;
  while (index < json.length && valueStartAt(json, index) === undefined) index++;
  return index;
}

/** Removes what gjson counts as space at both ends: every character up to U+0020. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= SPACE) start++;
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end--;
  return text.slice(start, end);
}
