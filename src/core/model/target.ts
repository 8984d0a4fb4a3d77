/** What an intent writes: where it is and how it is called, whatever kind of thing it is. */
import type { PullIntent } from './intent.ts';
import { compareRefs, refText, type ObjectRef } from './object-ref.ts';
import { secretRef } from './secret.ts';

/** A Secret; what is pushed will be another kind of target. */
export type Target = ObjectRef;

/** The Secret that an ExternalSecret writes. */
export function targetOf(intent: PullIntent): Target {
  return secretRef(intent.ref.namespace, intent.target.name);
}

/** Everything that an intent writes, in the order in which it is told. */
export function targetsOf(intent: PullIntent): readonly [Target, ...Target[]] {
  return [targetOf(intent)];
}

/** `Secret shop/orders-db`: equal texts are the same target. */
export function targetText(target: Target): string {
  return refText(target);
}

/** The one order of targets. */
export function compareTargets(a: Target, b: Target): number {
  return compareRefs(a, b);
}
