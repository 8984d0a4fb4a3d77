/** Secrets that go on under another ExternalSecret must be free before the pass, and outlive their resource. */
import { handedOver } from '../../core/deploy/gone-intents.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { ownershipOf } from '../../core/deploy/ownership.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import { roleOf } from '../../core/model/kinds.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Logger } from '../../ports/logger.ts';
import { together } from '../limits.ts';
import { isStopping, type Stoppable } from '../stop.ts';
import type { FactPorts } from './cluster-facts.ts';
import { disown } from './leave.ts';

export interface HandOverPorts extends FactPorts, Stoppable {
  readonly logger: Logger;
}

export interface HandOverInput {
  readonly installation: Installation;
  /** Of the deployment. */
  readonly intents: readonly PullIntent[];
  /** What is no longer part of the deployment. */
  readonly gone: readonly KubernetesObject[];
}

/** Rejects with a PortError. Begins no other where it is asked to stop. */
export async function handOver(ports: HandOverPorts, { installation, intents, gone }: HandOverInput): Promise<void> {
  const { objects, stateOf, logger } = ports;
  const { state } = stateOf(installation);
  const current = new Set(intents.map(({ ref }) => refText(ref)));
  const own = gone.filter((one) => roleOf(one.kind) === 'pull' && ownershipOf(one, installation) === 'own');
  await together(own, async (live) => {
    if (isStopping(ports)) return;
    const { namespace = '', name } = live.metadata;
    const ref = { kind: live.kind, namespace, name };
    const disowned = await disown(objects, live, handedOver(live, intents), installation);
    for (const secret of disowned) logger.info(`${refText(secret)}: taken off ${refText(ref)}`);
    if (!current.has(refText(ref)) && (await state.read(ref)) !== undefined) await state.forget(ref);
  });
}
