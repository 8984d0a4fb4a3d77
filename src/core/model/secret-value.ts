/**
 * Bytes that cannot be printed by accident.
 *
 * `toString`, `toJSON` and `console.log` all give `[redacted]`. `reveal()` is the only way out and
 * appears only in `core/transform` and `core/push`, where bytes are hashed (`core/plan`, `core/resolve`), and in adapters.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { REDACTED } from './names.ts';

/** Stands for bytes that are not known here, only recognized when they are shown. */
interface Fingerprint {
  readonly match: (bytes: Uint8Array) => boolean;
  readonly mark: string;
}

export class SecretValue {
  readonly #bytes: Uint8Array;
  readonly #fingerprint: Fingerprint | undefined;

  private constructor(bytes: Uint8Array, fingerprint?: Fingerprint) {
    this.#bytes = bytes;
    this.#fingerprint = fingerprint;
  }

  static of(bytes: Uint8Array): SecretValue {
    return new SecretValue(bytes);
  }

  /** UTF-8 bytes of a text. */
  static ofText(text: string): SecretValue {
    return new SecretValue(new TextEncoder().encode(text));
  }

  /**
   * An opaque value: it can be compared with a known one, never revealed.
   *
   * `mark` names the bytes without telling them (a keyed hash). Two opaque values are equal when they are the same
   * object or carry the same mark that is not empty; without marks nobody can tell, so they count as different.
   */
  static fingerprint(match: (bytes: Uint8Array) => boolean, mark = ''): SecretValue {
    return new SecretValue(new Uint8Array(), { match, mark });
  }

  /** True where the bytes are not known: `reveal()` throws then, and `size` is 0. */
  get isOpaque(): boolean {
    return this.#fingerprint !== undefined;
  }

  reveal(): Uint8Array {
    if (this.#fingerprint !== undefined) {
      throw new Error('Bug: an opaque secret value cannot be revealed, only compared; ask isOpaque first');
    }
    return this.#bytes;
  }

  /** Number of bytes; 0 for an opaque value. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /** Compares digests, so that the time taken tells neither length nor content. */
  equals(other: SecretValue): boolean {
    const [mine, theirs] = [this.#fingerprint, other.#fingerprint];
    if (mine !== undefined && theirs !== undefined) {
      return this === other || (mine.mark !== '' && mine.mark === theirs.mark);
    }
    if (mine !== undefined) return mine.match(other.#bytes);
    if (theirs !== undefined) return theirs.match(this.#bytes);
    return timingSafeEqual(digest(this.#bytes), digest(other.#bytes));
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
