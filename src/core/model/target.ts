/** What intents write to. */
import type { PullIntent } from './intent.ts';
import type { ObjectRef } from './object-ref.ts';
import { secretRef } from './secret.ts';

/** The Secret that an intent writes to. */
export function targetOf(intent: PullIntent): ObjectRef {
  return secretRef(intent.ref.namespace, intent.target.name);
}
