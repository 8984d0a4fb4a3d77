/**
 * Tells the runner of every value before anything else happens to it, so that its log shows *** in their place.
 *
 * The runner looks for exact texts, so a value is given in the forms in which it may come out: whole, line by line, as
 * base64, and the leaves of a JSON document by themselves. The filter of our own log lines gets the same. Texts below
 * four characters are not masked: *** for every "1" would make the log unreadable, and so tell the value.
 */
import { setSecret } from '@actions/core';
import { SecretValue } from '../core/model/secret-value.ts';
import type { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Masker } from '../ports/masker.ts';

const SHORTEST = 4;
/** JSON's own words are no secrets, wherever they stand. */
const WORDS = ['true', 'false', 'null'];

export class WorkflowMasker implements Masker {
  readonly #redacting: RedactingMasker;
  readonly #told = new Set<string>();

  constructor(redacting: RedactingMasker) {
    this.#redacting = redacting;
  }

  mask(value: SecretValue): void {
    if (value.isOpaque) return;
    const bytes = Buffer.from(value.reveal());
    for (const part of [bytes, ...leavesOf(bytes.toString('utf8')).map((leaf) => Buffer.from(leaf))]) {
      this.#redacting.mask(SecretValue.of(part));
      for (const text of formsOf(part)) this.#tell(text);
    }
  }

  #tell(text: string): void {
    if (text.length < SHORTEST || WORDS.includes(text) || this.#told.has(text)) return;
    this.#told.add(text);
    setSecret(text);
  }
}

function formsOf(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8');
  const lines = text.split(/\r\n|\r|\n/u).map((line) => line.trim());
  return [text, ...lines, bytes.toString('base64')];
}

/** Every string and number in a JSON document, however deep; none where the text is no object or list. */
function leavesOf(text: string): readonly string[] {
  if (!/^\s*[[{]/u.test(text)) return [];
  try {
    return leaves(JSON.parse(text));
  } catch {
    return [];
  }
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return WORDS.includes(value) ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
