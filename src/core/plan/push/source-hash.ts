/** Tells later whether a source has changed, without holding a hash that anybody could compare guesses with. */
import { createHmac } from 'node:crypto';
import type { SecretValue } from '../../model/secret-value.ts';

const LENGTH = 32;

/** `key`: what only who may read the source can know: the uid of its Secret. '' = nothing is remembered. */
export function sourceHash(value: SecretValue, key: string): string | undefined {
  if (key === '' || value.isOpaque) return undefined;
  return createHmac('sha256', key).update(value.reveal()).digest('hex').slice(0, LENGTH);
}
