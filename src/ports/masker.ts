/**
 * Told of every secret value the moment it arrives, before anything else is done with it, and takes these values out of
 * texts that are about to leave the program.
 */
import type { SecretValue } from '../core/model/secret-value.ts';

export interface Masker {
  mask(value: SecretValue): void;
  /** The text without any value that was masked so far. */
  redact(text: string): string;
}
