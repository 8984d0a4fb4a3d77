/**
 * Tells later whether a source has changed, and whether what a vault has is what was about to be written, without
 * holding a hash that anybody could compare guesses with.
 */
import { createHmac } from 'node:crypto';
import { SecretValue } from '../../model/secret-value.ts';
import type { RemoteType } from '../../model/vault.ts';
import { publicKeyText } from '../../push/key-content.ts';

const LENGTH = 32;

/** `key`: what only who may read the source can know: the uid of its Secret. '' = nothing is remembered. */
export function sourceHash(value: SecretValue, key: string): string | undefined {
  if (key === '' || value.isOpaque) return undefined;
  return createHmac('sha256', key).update(value.reveal()).digest('hex').slice(0, LENGTH);
}

/** Of what a read gives of an object: a value, a public key as JWK, the leaf of a certificate. */
export function contentMark(type: RemoteType, read: SecretValue | undefined, key: string): string | undefined {
  if (read === undefined || read.isOpaque) return undefined;
  const text = type === 'key' ? publicKeyText(read) : undefined;
  return sourceHash(text === undefined ? read : SecretValue.ofText(text), key);
}
