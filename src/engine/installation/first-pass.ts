/** The pass that a deployment waits for, after the Secrets that go on elsewhere were handed over. */
import { say } from '../../core/model/message.ts';
import type { Deployment } from '../../core/deploy/deployment.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import type { DeletionLimits } from '../../core/plan/guards.ts';
import type { Clock } from '../../ports/clock.ts';
import { PortError } from '../../ports/errors.ts';
import { startAndFollow, type Followed, type PassOptions } from './follow.ts';
import { handOver, type HandOverInput, type HandOverPorts } from './hand-over.ts';

export interface FirstPassPorts extends HandOverPorts {
  readonly clock: Clock;
}

export interface FirstPassInput extends HandOverInput {
  readonly deployment: Deployment;
  /** As stored; absent where it was not applied any more. */
  readonly cronJob: KubernetesObject | undefined;
  /** `undefined` = no limit, for this pass as well. */
  readonly deletionLimits: DeletionLimits | undefined;
  readonly waitTimeoutMs: number;
  /** What it is told beside the limits. */
  readonly pass?: Omit<PassOptions, 'force'>;
}

/** Everything is applied by now, and that must be told: rejects for nothing that servers do. */
export async function firstPass(ports: FirstPassPorts, input: FirstPassInput): Promise<Followed> {
  const { installation, deployment, cronJob, deletionLimits, waitTimeoutMs: timeoutMs } = input;
  const { intentsDigest } = deployment;
  const pass = { ...input.pass, force: deletionLimits === undefined };
  if (cronJob === undefined) return { stopped: 'not-started' };
  try {
    await handOver(ports, input);
    return await startAndFollow({ ...ports, installation, cronJob, intentsDigest, pass, timeoutMs });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    const { what, fix } = error;
    return { explanation: { what: say`no pass was seen: ${what}`, fix, mayPass: false }, timedOut: false, log: '' };
  }
}
