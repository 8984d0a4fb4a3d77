/** Before a sync of the cluster's own resources: is an operator at them already? The job does not ask, its deployment did. */
import { say } from '../core/model/message.ts';
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { problemMessage, type Problem } from '../core/model/problem.ts';
import { refText } from '../core/model/object-ref.ts';
import type { Settings } from '../core/settings/parse.ts';
import { operatorsBeside } from '../engine/installation/operators.ts';
import { PortError } from '../ports/errors.ts';
import { openRealCluster } from './open-cluster.ts';
import type { RunContext } from './ports.ts';

/** Rejects with a PortError where one is; one that cannot be seen is a warning. */
export async function refuseLiveOperator(
  settings: Settings,
  outside: RunContext,
  connection?: Connection,
): Promise<void> {
  if (settings.home !== 'custom-resources') return;
  const { objects, manifests } = await openRealCluster(settings, outside, connection);
  const { documents } = (await manifests?.load()) ?? { documents: [] };
  const { controllerClass } = settings;
  const problems = await operatorsBeside(objects, documents, { controllerClass, now: systemClock.now() });
  const [first] = problems.filter(({ severity }) => severity === 'error');
  if (first !== undefined) throw refusal(first);
  for (const problem of problems) outside.logger.warn(problemMessage(problem));
}

function refusal({ at, what, fix }: Problem): PortError {
  const object = at === undefined ? '' : `${refText(at)} `;
  return new PortError({ kind: 'Conflict', code: 'OperatorLive', whole: true, what: say`${object}${what}`, fix });
}
