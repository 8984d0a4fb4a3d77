/** Told of every secret value the moment it arrives, before anything else is done with it. */
import type { SecretValue } from '../core/model/secret-value.ts';

export interface Masker {
  mask(value: SecretValue): void;
}
