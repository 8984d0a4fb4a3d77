/** Deletes what is no longer part of a deployment, or leaves it to who else applies it. */
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Logger } from '../../ports/logger.ts';
import { together } from '../limits.ts';
import { isStopping, type Stoppable } from '../stop.ts';
import type { Followed } from './follow.ts';
import { runsOfOneKind, type HandledRef } from './install.ts';
import { recordPruned, type InventoryInput } from './inventory.ts';
import { tryRemove, type TriedRemoval } from './leave.ts';

export interface PruneInput extends InventoryInput, Stoppable {
  readonly logger: Logger;
}

export interface Pruned {
  readonly pruned: readonly HandledRef<'deleted' | 'held' | 'kept' | 'left' | 'failed'>[];
  readonly problems: readonly Problem[];
}

/** What went away goes last: until the pass has run, a pod of before may still need it. */
export async function pruneAfterPass(
  input: PruneInput,
  gone: readonly KubernetesObject[],
  followed: Followed,
): Promise<Pruned> {
  if ('pass' in followed) return await prune(input, gone);
  const left = gone.map((object) => ({ ref: typedRefOf(object), outcome: 'left' as const }));
  return { pruned: 'stopped' in followed ? left : [], problems: [] };
}

/** Then the inventory holds what is there. Where it is asked to stop before that, the inventory still holds all. */
async function prune(input: PruneInput, gone: readonly KubernetesObject[]): Promise<Pruned> {
  const removed: Removed[] = [];
  for (const run of runsOfOneKind(gone)) {
    removed.push(...(await together(run, (object) => removeUnlessStopping(typedRefOf(object), input))));
  }
  const pruned = removed.flatMap(({ ref, outcome }) => (outcome === 'absent' ? [] : [{ ref, outcome }]));
  const problems = removed.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (pruned.some(({ outcome }) => outcome === 'left')) return { pruned, problems };
  const there = pruned.filter(({ outcome }) => outcome === 'held' || outcome === 'failed').map(({ ref }) => ref);
  await recordPruned(input, there);
  return { pruned, problems };
}

interface Removed extends TriedRemoval {
  readonly ref: TypedRef;
}

async function removeUnlessStopping(ref: TypedRef, input: PruneInput): Promise<Removed> {
  const { objects, installation, logger } = input;
  if (isStopping(input)) return { ref, outcome: 'left' };
  const removal = await tryRemove(objects, ref, installation);
  if (removal.outcome === 'deleted') logger.info(`${refText(ref)}: deleted, no longer part of the deployment`);
  return { ref, ...removal };
}
