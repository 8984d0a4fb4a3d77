/** Keeping values of the data out of error texts. */
import { quote } from '../strconv/quote.ts';
import { GoList, GoMap } from '../values.ts';
import type { GoString, GoValue } from '../values.ts';

export const REDACTED = '[redacted]';

/** A common part as long as this is taken for the value's, not for a coincidence. */
const SHORTEST_PART = 4;
/** Longer messages are cut: they can only be made of values. */
const LONGEST_MESSAGE = 4000;

/**
 * Replaces in a message every part that one of the values has too: whole values, and stretches of four bytes and more of
 * them, also as they look inside quotes.
 */
export function redact(message: GoString, values: readonly GoValue[]): GoString {
  const texts = new Set(values.flatMap((value) => textsOf(value)).filter((text) => text !== ''));
  if (texts.size === 0) return message;
  const hidden = [...texts].flatMap((text) => [text, quote(text).slice(1, -1)]);
  const parts: GoString[] = [];
  const cut = message.slice(0, LONGEST_MESSAGE);
  for (let at = 0; at < cut.length;) {
    const length = longestPart(cut, at, hidden);
    if (length === 0) parts.push(cut.charAt(at));
    else if (parts.at(-1) !== REDACTED) parts.push(REDACTED);
    at += length === 0 ? 1 : length;
  }
  return parts.join('');
}

/** How many bytes from here are part of a hidden text. */
function longestPart(message: GoString, at: number, hidden: readonly GoString[]): number {
  let longest = 0;
  for (const text of hidden) {
    if (text.length < SHORTEST_PART) {
      if (message.startsWith(text, at)) longest = Math.max(longest, text.length);
      continue;
    }
    while (at + Math.max(longest + 1, SHORTEST_PART) <= message.length) {
      const length = Math.max(longest + 1, SHORTEST_PART);
      if (!text.includes(message.slice(at, at + length))) break;
      longest = length;
    }
  }
  return longest;
}

/** All texts in a value, at any depth. */
function textsOf(value: GoValue): GoString[] {
  if (typeof value === 'string') return [value];
  if (value instanceof GoList) return value.items.flatMap((item) => textsOf(item));
  return value instanceof GoMap ? [...value.entries.values()].flatMap((entry) => textsOf(entry)) : [];
}
