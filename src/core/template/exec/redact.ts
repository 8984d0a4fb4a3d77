/** Keeping values of the data out of error texts. */
import { quote } from '../strconv/quote.ts';
import { GoList, GoMap } from '../values.ts';
import type { GoString, GoValue } from '../values.ts';

export const REDACTED = '[redacted]';

/** A common part as long as this is taken for the value's, not for a coincidence. Of shorter values, the whole. */
const SHORTEST_PART = 4;
/** Longer messages are cut: they can only be made of values. */
const LONGEST_MESSAGE = 4000;

/**
 * Replaces in a message every part that one of the values has too: whole values, and stretches of four bytes and more of
 * them, also as they look inside quotes. Takes time linear in the values.
 */
export function redact(message: GoString, values: readonly GoValue[]): GoString {
  const texts = textsOf(values);
  if (texts.size === 0) return message;
  const cut = message.slice(0, LONGEST_MESSAGE);
  const hidden = new Array<boolean>(cut.length).fill(false);
  const parts = Array.from({ length: SHORTEST_PART + 1 }, (_, length) => partsOf(cut, length));
  for (const text of texts) {
    for (const form of new Set([text, quote(text).slice(1, -1)])) {
      const length = Math.min(form.length, SHORTEST_PART);
      hide(form, { length, places: parts[length] ?? new Map<GoString, number[]>(), hidden });
    }
  }
  return withoutHidden(cut, hidden);
}

interface Parts {
  readonly length: number;
  /** Parts of the message of this length, not hidden yet, and where they stand. */
  readonly places: Map<GoString, number[]>;
  readonly hidden: boolean[];
}

/** Marks the bytes of the message that a text has too; what is marked once is not looked for again. */
function hide(text: GoString, { length, places, hidden }: Parts): void {
  for (let at = 0; at + length <= text.length && places.size > 0; at += 1) {
    const part = text.slice(at, at + length);
    for (const place of places.get(part) ?? []) hidden.fill(true, place, place + length);
    places.delete(part);
  }
}

function partsOf(message: GoString, length: number): Map<GoString, number[]> {
  const places = new Map<GoString, number[]>();
  for (let at = 0; at + length <= message.length; at += 1) {
    const part = message.slice(at, at + length);
    const known = places.get(part);
    if (known === undefined) places.set(part, [at]);
    else known.push(at);
  }
  return places;
}

function withoutHidden(message: GoString, hidden: readonly boolean[]): GoString {
  const parts: GoString[] = [];
  for (let at = 0; at < message.length; at += 1) {
    if (hidden[at] !== true) parts.push(message.charAt(at));
    else if (hidden[at - 1] !== true) parts.push(REDACTED);
  }
  return parts.join('');
}

/** All texts in the values, at any depth; a map may contain itself. */
function textsOf(values: readonly GoValue[]): ReadonlySet<GoString> {
  const texts = new Set<GoString>();
  const seen = new Set<GoValue>();
  const waiting: GoValue[] = [...values];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && value !== '') texts.add(value);
    if (seen.has(value)) continue;
    seen.add(value);
    const inner = value instanceof GoList ? value.items : value instanceof GoMap ? value.entries.values() : [];
    for (const part of inner) waiting.push(part);
  }
  return texts;
}
