/**
 * Writes secret values as texts that tell nothing, and recognizes the values by them later.
 *
 * `[redacted] hmac-sha256:<hex>`: keyed by a random key that stays on this machine, and bound to the place of the
 * value, so that equal passwords of two Secrets do not look equal. No base64 decoder accepts it, so the API server
 * refuses such a file. Without the key nothing is recognized; every value then counts as changed.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { REDACTED } from '../../core/model/names.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import { PortError } from '../../ports/errors.ts';
import { createFile, readText } from './atomic-file.ts';
import { pathOf, type FileInFolder } from './no-links.ts';

const REDACTED_VALUE = /^\[redacted\] hmac-sha256:[0-9a-f]{64}$/u;
const KEY_FILE = 'fingerprint.key';
const KEY = /^[0-9a-f]{64}$/u;

/** `namespace/name/key`: where a value stands. */
export type ValuePlace = string;

export function isRedactedText(text: string): boolean {
  return REDACTED_VALUE.test(text);
}

export class Fingerprints {
  readonly #folder: string;
  /** The texts of opaque values that were read, so that an untouched one is written as it was. */
  readonly #texts = new WeakMap<SecretValue, { readonly place: ValuePlace; readonly text: string }>();
  #key: Buffer | undefined;

  /** The key is kept in `.keyferry` of this folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads the key if there is one. Call it before `recognize`. */
  async load(): Promise<void> {
    this.#key ??= await this.#read();
  }

  /** Reads the key, or makes one. Call it before `redact`. */
  async ensure(): Promise<void> {
    await this.load();
    if (this.#key !== undefined) return;
    await createFile(this.#file('.gitignore'), { text: 'fingerprint.key\n*.tmp\n', mode: 0o644 });
    await createFile(this.#file(KEY_FILE), { text: `${randomBytes(32).toString('hex')}\n`, mode: 0o600 });
    await this.load();
  }

  redact(place: ValuePlace, value: SecretValue): string {
    if (value.isOpaque) return this.textOf(place, value);
    if (this.#key === undefined) throw new Error('Bug: a value was to be redacted before the key was read');
    return textFor(this.#key, place, value.reveal());
  }

  /** The text that an opaque value was read from. It is worth nothing in another place. */
  textOf(place: ValuePlace, value: SecretValue): string {
    const known = this.#texts.get(value);
    if (known?.place === place) return known.text;
    throw new Error(`Bug: the redacted value of ${known?.place ?? 'another folder'} was to be written as ${place}`);
  }

  /** A value that equals the one that was redacted. */
  recognize(place: ValuePlace, text: string): SecretValue {
    const key = this.#key;
    const value = SecretValue.fingerprint(
      (bytes) => key !== undefined && timingSafeEqual(Buffer.from(textFor(key, place, bytes)), Buffer.from(text)),
      text,
    );
    this.#texts.set(value, { place, text });
    return value;
  }

  /** A value that equals no other, so that it is written again as soon as it is known. */
  forgotten(place: ValuePlace, text: string): SecretValue {
    const value = SecretValue.fingerprint(() => false);
    this.#texts.set(value, { place, text });
    return value;
  }

  async #read(): Promise<Buffer | undefined> {
    const text = (await readText(this.#file(KEY_FILE)))?.trim();
    if (text === undefined) return undefined;
    if (KEY.test(text)) return Buffer.from(text, 'hex');
    throw new PortError({
      kind: 'Invalid',
      what: `file ${pathOf(this.#file(KEY_FILE))} is not a key of 64 hexadecimal digits`,
      fix: 'Remove it; a new one is made, and every redacted value is then written once more.',
    });
  }

  #file(name: string): FileInFolder {
    return { folder: this.#folder, file: `.keyferry/${name}` };
  }
}

function textFor(key: Buffer, place: ValuePlace, bytes: Uint8Array): string {
  const hash = createHmac('sha256', key).update(`${place}\0`).update(bytes).digest('hex');
  return `${REDACTED} hmac-sha256:${hash}`;
}
