/**
 * Bytes that cannot be printed by accident.
 *
 * `toString`, `toJSON` and `console.log` all give `[redacted]`. `reveal()` is the only way out and
 * appears only in `core/transform`, `core/plan` (hashing) and adapters, where a reviewer can find it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

const REDACTED = '[redacted]';

export class SecretValue {
  readonly #bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  static of(bytes: Uint8Array): SecretValue {
    return new SecretValue(bytes);
  }

  /** UTF-8 bytes of a text. */
  static ofText(text: string): SecretValue {
    return new SecretValue(new TextEncoder().encode(text));
  }

  reveal(): Uint8Array {
    return this.#bytes;
  }

  /** Number of bytes. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /** Compares digests, so that the time taken tells neither length nor content. */
  equals(other: SecretValue): boolean {
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
