/**
 * `*` and `?` in path components and in the `%` operator.
 *
 * `*` stands for any text, `?` for one character, a backslash takes the special sense from what follows.
 */

/** Says whether all of a text matches a pattern. Keeps one place to go back to, so it never takes exponential time. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const signs = Array.from(text);
  const parts = patternParts(pattern);
  let at = 0;
  let part = 0;
  let starPart = -1;
  let starAt = 0;
  while (at < signs.length) {
    if (parts[part] === ANY_TEXT) {
      starPart = part++;
      starAt = at;
    } else if (matchesOne(parts[part], signs[at])) {
      part++;
      at++;
    } else if (starPart >= 0) {
      part = starPart + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === ANY_TEXT);
}

const ANY_TEXT = Symbol('*');
const ANY_SIGN = Symbol('?');
/** A backslash at the very end matches nothing. */
const NOTHING = Symbol('\\');

type PatternPart = string | typeof ANY_TEXT | typeof ANY_SIGN | typeof NOTHING;

function patternParts(pattern: string): PatternPart[] {
  const signs = Array.from(pattern);
  const parts: PatternPart[] = [];
  for (let index = 0; index < signs.length; index++) {
    const sign = signs[index] ?? '';
    if (sign === '*') parts.push(ANY_TEXT);
    else if (sign === '?') parts.push(ANY_SIGN);
    else if (sign === '\\') parts.push(signs[++index] ?? NOTHING);
    else parts.push(sign);
  }
  return parts;
}

function matchesOne(part: PatternPart | undefined, sign: string | undefined): boolean {
  return part === ANY_SIGN || (part !== undefined && part === sign);
}
