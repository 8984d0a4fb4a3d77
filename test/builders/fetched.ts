/** What a vault gave, in as few words as a case needs. */
import { SecretValue } from '../../src/core/model/secret-value.ts';
import type { FetchedObject } from '../../src/core/model/vault.ts';

export function fetched(text: string, parts: Partial<FetchedObject> = {}): FetchedObject {
  return { value: SecretValue.ofText(text), tags: new Map(), attributes: {}, ...parts };
}
