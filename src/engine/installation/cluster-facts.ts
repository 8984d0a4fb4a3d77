/** What rendering asks of a cluster: which versions it serves, and what earlier deployments left there. */
import { NEWEST, type Served } from '../../core/deploy/custom-resources.ts';
import type { DeploymentInput } from '../../core/deploy/deployment.ts';
import type { GonePush } from '../../core/deploy/gone-intents.ts';
import type { DeployedIntents } from '../../core/deploy/deployed-intents.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { apiVersionsOf, SERVED_KINDS } from '../../core/model/kinds.ts';
import { storeRefOf } from '../../core/resolve/push-stores.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { recordedTarget, targetOf, targetRecord } from '../../core/model/target.ts';
import type { Objects } from '../../ports/objects.ts';
import type { State } from '../../ports/state.ts';
import { asDeployer } from './deployer-rights.ts';

export interface ClusterFacts {
  readonly served: () => Promise<Served>;
  /** What the cluster still holds of earlier deployments. */
  readonly remembered: (
    installation: Installation,
    deployed: DeployedIntents,
  ) => Promise<DeploymentInput['remembered']>;
}

/** What is taken for granted where no cluster is asked. */
export const OFFLINE: ClusterFacts = {
  served: () => Promise.resolve(NEWEST),
  remembered: () => Promise.resolve({ leftBehind: [], gonePushes: [], vaultObjects: 0, stateCount: 1 }),
};

export interface FactPorts {
  readonly objects: Objects;
  /** What the installation remembers, and in how many ConfigMaps. */
  readonly stateOf: (installation: Installation) => {
    readonly state: State;
    readonly stateCount: () => Promise<number>;
  };
}

/** Asked of the cluster that is deployed to. */
export function clusterFacts(ports: FactPorts, { home }: Pick<DeploymentInput, 'home'>): ClusterFacts {
  return {
    served: () => servedBy(ports.objects),
    remembered: (installation, deployed) =>
      asDeployer(installation.namespace, () => rememberedBy(ports, { installation, deployed, home })),
  };
}

async function servedBy(objects: Objects): Promise<Served> {
  const found = new Map<string, string>();
  for (const row of SERVED_KINDS) {
    for (const apiVersion of apiVersionsOf(row)) {
      if (!found.has(row.kind) && (await objects.serves(apiVersion, row.kind))) found.set(row.kind, apiVersion);
    }
  }
  return (kind) => found.get(kind);
}

interface Remembering extends Pick<DeploymentInput, 'home'> {
  readonly installation: Installation;
  readonly deployed: DeployedIntents;
}

/**
 * Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. Where
 * ExternalSecrets are custom resources, the Secret of one that is gone goes with it.
 */
async function rememberedBy(
  { stateOf }: Pick<FactPorts, 'stateOf'>,
  { installation, deployed, home }: Remembering,
): Promise<DeploymentInput['remembered']> {
  const { state, stateCount } = stateOf(installation);
  const targets = new Map(deployed.intents.map((intent) => [refText(intent.ref), intent]));
  const leftBehind: ObjectRef[] = [];
  for (const ref of await state.remembered('pull')) {
    const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
    const record = lastTarget ?? binding;
    const intent = targets.get(refText(ref));
    const isCurrent = intent !== undefined && targetRecord(targetOf(intent)) === record;
    const goesAlong = intent === undefined && home === 'custom-resources';
    if (record !== '' && !isCurrent && !goesAlong) leftBehind.push(recordedTarget(ref.namespace ?? '', record));
  }
  return { leftBehind, ...(await rememberedPushes(state, deployed)), stateCount: Math.max(1, await stateCount()) };
}

/** Of PushSecrets that are gone: what they wrote may have to be deleted by the next pass. */
async function rememberedPushes(
  state: Pick<State, 'read' | 'remembered'>,
  { pushes, clusterPushes }: DeployedIntents,
): Promise<Pick<DeploymentInput['remembered'], 'gonePushes' | 'vaultObjects'>> {
  const current = new Set(pushes.map(({ ref }) => refText(ref)));
  const children = new Set(clusterPushes.map(({ childName }) => childName));
  const gonePushes: GonePush[] = [];
  let vaultObjects = 0;
  for (const ref of await state.remembered('push')) {
    const pushed = (await state.read(ref))?.pushed ?? [];
    vaultObjects += pushed.length;
    if (current.has(refText(ref)) || children.has(ref.name)) continue;
    const deleted = pushed.filter(({ deletes }) => deletes === true);
    const storeRefs = [...new Set(deleted.map(({ store }) => store))].map(storeRefOf);
    gonePushes.push({ ref: { ...ref, namespace: ref.namespace ?? '' }, storeRefs, deletes: deleted.length });
  }
  return { gonePushes, vaultObjects };
}
