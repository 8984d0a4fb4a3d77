/**
 * Tells the runner of every value before anything else happens to it, so that its log shows *** in their place.
 *
 * The runner looks for exact texts, so a value is given in the forms in which it may come out: whole, line by line, as
 * base64, and the leaves of a JSON document by themselves. The filter of our own log lines gets the same. Texts below
 * four characters are not masked: *** for every "1" would make the log unreadable, and so tell the value.
 */
import { setSecret } from '@actions/core';
import type { SecretValue } from '../core/model/secret-value.ts';
import { JSON_WORDS, leavesOf } from '../adapters/node/json-leaves.ts';
import type { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Masker } from '../ports/masker.ts';

const SHORTEST = 4;

export class WorkflowMasker implements Masker {
  readonly #redacting: RedactingMasker;
  readonly #told = new Set<string>();
  readonly #spared = new Set<string>();

  constructor(redacting: RedactingMasker) {
    this.#redacting = redacting;
  }

  spare(names: ReadonlySet<string>): void {
    for (const name of names) this.#spared.add(name);
    this.#redacting.spare(names);
  }

  mask(value: SecretValue): void {
    if (value.isOpaque) return;
    const bytes = Buffer.from(value.reveal());
    this.#redacting.mask(value);
    const leaves = leavesOf(bytes.toString('utf8')).filter((leaf) => !this.#spared.has(leaf));
    for (const part of [bytes, ...leaves.map((leaf) => Buffer.from(leaf))]) {
      for (const text of formsOf(part)) this.#tell(text);
    }
  }

  redact(text: string): string {
    return this.#redacting.redact(text);
  }

  #tell(text: string): void {
    if (text.length < SHORTEST || JSON_WORDS.includes(text) || this.#told.has(text)) return;
    this.#told.add(text);
    setSecret(text);
  }
}

function formsOf(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8');
  const lines = text.split(/\r\n|\r|\n/u).map((line) => line.trim());
  return [text, ...lines, bytes.toString('base64')];
}
