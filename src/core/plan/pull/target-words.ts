/** How conditions and Events call a target. ESO 2.9: a Secret in its own words, everything else as a resource. */
import type { ObjectEvent } from '../../model/condition.ts';
import type { PullIntent } from '../../model/intent.ts';
import { isSecret, targetOf, type Target } from '../../model/target.ts';

type Outcome = 'Synced' | 'SyncedError' | 'Deleted' | 'Missing';

/** `SecretSynced`, `ResourceSynced`. */
export function reasonFor(intent: PullIntent, outcome: Outcome): string {
  return `${isSecret(targetOf(intent)) ? 'Secret' : 'Resource'}${outcome}`;
}

/** Its message for success is the same for both; that of a target that may not be made is not. */
export function missingMessage(intent: PullIntent): string {
  const what = isSecret(targetOf(intent)) ? 'secret' : 'resource';
  return `${what} will not be created due to CreationPolicy=Merge`;
}

/** What was done to a target; `told` is what is said of a Secret. */
export function targetEvent(target: Target, reason: 'Created' | 'Updated' | 'Deleted', told: string): ObjectEvent {
  const message = isSecret(target) ? told : `${reason} ${target.kind} ${target.name}`;
  return { type: 'Normal', reason, message };
}
