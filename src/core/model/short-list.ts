/** More names than this are counted. */
const MOST_NAMES = 5;

/** `a, b, c, d, e and 3 more`: names in a sentence, never too many. */
export function shortList(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
