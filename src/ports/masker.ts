/**
 * Told of every secret value the moment it arrives, before anything else is done with it, and takes these values out of
 * texts that are about to leave the program.
 */
import type { SecretValue } from '../core/model/secret-value.ts';

export interface Masker {
  /**
   * Names of objects that the manifests show. A part of a JSON value that is the same text is not taken out from now on:
   * "ExternalSecret [redacted]/orders" would hide what everybody knows, and tell that the value is the same.
   */
  spare(names: ReadonlySet<string>): void;
  mask(value: SecretValue): void;
  /** The text without any value that was masked so far. */
  redact(text: string): string;
}
