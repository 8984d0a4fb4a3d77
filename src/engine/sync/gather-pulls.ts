/** Reads what planning one ExternalSecret needs: state and live Secret, then only where it is due its vault objects. */
import pLimit from 'p-limit';
import type { SyncState } from '../../core/model/condition.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import { CREATED_BY_LABEL } from '../../core/model/names.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import { isSecret, recordedTarget, targetOf, targetRecord } from '../../core/model/target.ts';
import { createdBy } from '../../core/plan/pull/ownership.ts';
import type { PullInput } from '../../core/plan/pull/pull-input.ts';
import { asPortError, failureOf } from '../../ports/errors.ts';
import { RunStopped, runStopped } from '../stop.ts';
import { clusterProblem, failedSource } from './findings.ts';
import type { ReadPorts } from './ports.ts';
import { resolvePull, type ResolvedPull } from './resolve.ts';
import type { Session } from './session.ts';

/** In the order of the intents. A failed read becomes data about one intent and never stops another. */
export async function gatherPulls(intents: readonly PullIntent[], session: Session): Promise<readonly PullInput[]> {
  return await pLimit(session.settings.concurrency).map(intents, (intent) => gatherPull(intent, session));
}

/** Secret and state are read afresh, vault objects as far as this session has not read them. */
export async function gatherPull(intent: PullIntent, session: Session): Promise<PullInput> {
  const { ports, settings, stores, others } = session;
  const resolved = await resolvePull(intent, stores.world, ports, settings);
  const { state, live, settled } = resolved;
  const base = { intent, state, live, stale: [], ...others };
  if (settled?.kind === 'not-due') ports.logger.debug(`${refText(intent.ref)}: ${settled.reason}`);
  return settled === undefined ? await readDue(resolved, session) : { ...base, source: settled };
}

async function readDue(resolved: ResolvedPull, session: Session): Promise<PullInput> {
  const { intent, state, live } = resolved;
  const { ports, others, readSource } = session;
  try {
    const source = await readSource(resolved, session);
    ports.logger.debug(`${refText(intent.ref)}: read`);
    const stale = source.kind === 'data' ? await staleSecrets(intent, state, ports) : [];
    return { intent, state, live, stale, ...others, source };
  } catch (error) {
    const problem = error instanceof RunStopped ? stoppedReading(intent) : clusterProblem(intent, failureOf(error));
    return { intent, state: undefined, live: undefined, stale: [], ...others, source: failedSource(problem) };
  }
}

/** Seen only where an object is read again while others are written: a run that only reads ends as a whole. */
function stoppedReading({ ref }: PullIntent): Problem {
  return { ...runStopped('this was not read to its end', 'Run it again.'), at: ref };
}

/**
 * Secrets of an earlier target name. Searched for only where the record says that the name has changed:
 * by label where listing is allowed, else by the recorded name. What is no Secret is never listed.
 */
async function staleSecrets(
  intent: PullIntent,
  state: SyncState | undefined,
  ports: ReadPorts,
): Promise<readonly LiveSecret[]> {
  const previous = state?.lastTarget ?? state?.binding ?? '';
  const owns = intent.target.creationPolicy === 'Owner';
  if (!owns || previous === '' || previous === targetRecord(targetOf(intent))) return [];
  const target = recordedTarget(intent.ref.namespace, previous);
  if (!isSecret(target)) return await asList(ports.cluster.getSecret(target));
  try {
    return await ports.cluster.listSecrets(intent.ref.namespace, {
      key: CREATED_BY_LABEL,
      value: createdBy(intent.ref),
    });
  } catch (error) {
    if (asPortError(error).kind !== 'Forbidden') throw error;
    return await asList(ports.cluster.getSecret(target));
  }
}

async function asList(found: Promise<LiveSecret | undefined>): Promise<readonly LiveSecret[]> {
  const secret = await found;
  return secret === undefined ? [] : [secret];
}
