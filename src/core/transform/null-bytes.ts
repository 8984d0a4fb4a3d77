/** `nullBytePolicy: Fail`: finds values that hold a byte 0. ESO 2.9: checked on the decoded value. */
import type { NullBytePolicy } from '../model/intent.ts';
import type { SecretValue } from '../model/secret-value.ts';
import { compareBytes } from '../go/go-hash.ts';

/** The keys, in byte order, whose values the policy refuses. */
export function keysWithNullBytes(values: ReadonlyMap<string, SecretValue>, policy: NullBytePolicy): readonly string[] {
  if (policy === 'Ignore') return [];
  return [...values]
    .filter(([, value]) => value.reveal().includes(0))
    .map(([key]) => key)
    .sort(compareBytes);
}
