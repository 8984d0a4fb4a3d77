/** Takes objects of an installation away, and says of each what became of it. */
import type { Installation } from '../../core/deploy/installation.ts';
import type { TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import { plural } from '../../core/model/plural.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Objects } from '../../ports/objects.ts';
import { together } from '../limits.ts';
import { isStopping, runStopped, type Stoppable } from '../stop.ts';
import type { Handled } from './leave-secrets.ts';
import { tryRemove } from './leave.ts';

export interface RemovalPorts extends Stoppable {
  readonly objects: Objects;
  readonly logger: Logger;
}

/** One kind after the other, as they were applied backwards; within a kind several at once. */
export async function removeAll(
  refs: readonly TypedRef[],
  ports: RemovalPorts,
  installation: Installation,
): Promise<readonly Handled[]> {
  const { objects, logger } = ports;
  const handled: Handled[] = [];
  let isBroken = false;
  for (const kind of new Set(refs.map((ref) => ref.kind))) {
    const own = refs.filter((ref) => ref.kind === kind);
    const removed = await together(own, async (ref): Promise<readonly Handled[]> => {
      if (isBroken || isStopping(ports)) return leftAlone([ref]);
      const { outcome, problem, isOfAll } = await tryRemove(objects, ref, installation);
      isBroken ||= isOfAll === true;
      if (outcome === 'absent') return [];
      logger.info(`${refText(ref)}: ${outcome}`);
      return [{ object: refText(ref), outcome, ...(problem === undefined ? {} : { problem }) }];
    });
    handled.push(...removed.flat());
  }
  return handled;
}

export function leftAlone(refs: readonly TypedRef[]): readonly Handled[] {
  return refs.map((ref) => ({ object: refText(ref), outcome: 'left' }));
}

export function isStillThere({ outcome }: Handled): boolean {
  return outcome === 'held' || outcome === 'failed';
}

/** Why things are still there, and whether the run was stopped before they went; `withSecrets` = Secrets that were to go. */
export function removalProblems(
  ports: Stoppable,
  handled: readonly Handled[],
  withSecrets: boolean,
): readonly Problem[] {
  const left = handled.filter(({ outcome }) => outcome === 'left').length;
  const problems = handled.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  return isStopping(ports) && left > 0 ? [...problems, stopProblem(left, withSecrets)] : problems;
}

function stopProblem(left: number, withSecrets: boolean): Problem {
  const secrets = withSecrets ? ', and Secrets that were to be deleted' : '';
  const what = `${plural(left, 'object')} of the installation left${secrets}; what was begun was finished`;
  return runStopped(what, 'Run it again: it goes on where this ended.');
}
