/** What a change of manifests means for Secrets, as far as manifests alone tell. */
import type { PullIntent } from '../model/intent.ts';
import { compareRefs, refText, type ObjectRef } from '../model/object-ref.ts';
import { targetOf } from '../model/target.ts';

/**
 * | action | what a sync would do |
 * | --- | --- |
 * | `create` | make the Secret, or take over one that is there |
 * | `merge` | write into a Secret of somebody else |
 * | `rename` | make one under the new name; under Owner the old one goes |
 * | `delete` | delete it: its ExternalSecret is gone, and pruning was asked for |
 * | `leave` | leave it where it is: its ExternalSecret is gone |
 */
export interface TargetChange {
  readonly action: 'create' | 'merge' | 'rename' | 'delete' | 'leave';
  readonly target: ObjectRef;
  /** The Secret under its old name. */
  readonly before?: ObjectRef;
  readonly owner: ObjectRef;
}

export interface Intents {
  readonly base: readonly PullIntent[];
  readonly head: readonly PullIntent[];
  /** ExternalSecrets that are written in the newer manifests, also those with errors: they are not gone. */
  readonly written: ReadonlySet<string>;
  readonly prune: boolean;
}

export function targetChanges({ base, head, written, prune }: Intents): readonly TargetChange[] {
  const before = new Map(base.map((intent) => [refText(intent.ref), intent]));
  const gone = base.filter(({ ref }) => !written.has(refText(ref)));
  const changes = [
    ...head.flatMap((intent) => changeOf(intent, before.get(refText(intent.ref)))),
    ...gone.flatMap((intent) => changeOfGone(intent, prune)),
  ];
  return changes.toSorted((a, b) => compareRefs(a.target, b.target) || compareRefs(a.owner, b.owner));
}

function changeOf(intent: PullIntent, before: PullIntent | undefined): readonly TargetChange[] {
  const { creationPolicy } = intent.target;
  if (creationPolicy === 'None') return [];
  const [owner, target] = [intent.ref, targetOf(intent)];
  if (before === undefined || before.target.creationPolicy === 'None') {
    return [{ action: creationPolicy === 'Merge' ? 'merge' : 'create', owner, target }];
  }
  if (before.target.name === intent.target.name) return [];
  return [{ action: 'rename', owner, target, before: targetOf(before) }];
}

/** Only what an ExternalSecret under Owner made is ever deleted for it. */
function changeOfGone(intent: PullIntent, prune: boolean): readonly TargetChange[] {
  const { creationPolicy } = intent.target;
  if (creationPolicy === 'None') return [];
  const action = prune && creationPolicy === 'Owner' ? 'delete' : 'leave';
  return [{ action, owner: intent.ref, target: targetOf(intent) }];
}
