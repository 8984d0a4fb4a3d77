/**
 * Two installations that write one Secret would undo each other's work, and each would prune what the other still wants.
 *
 * Seen are those whose ConfigMaps are in a namespace of this deployment and may be listed. Where both have their
 * ExternalSecrets as custom resources, the owner of the Secret tells the job.
 */
import { checkManifests } from '../../core/api/manifests.ts';
import { readIntentsConfig } from '../../core/deploy/intents-config.ts';
import { pinsOf, type IntentsPin } from '../../core/deploy/intents-pins.ts';
import { labelsOf, type Installation } from '../../core/deploy/installation.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { targetOf } from '../../core/model/target.ts';
import { claimsWhole } from '../../core/plan/guards.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { findCronJob } from './installed-cron-job.ts';

interface ForeignClaim {
  /** `namespace/name`. */
  readonly installation: string;
  readonly intent: PullIntent;
}

export async function claimProblems(
  objects: Objects,
  installation: Installation,
  intents: readonly PullIntent[],
): Promise<readonly Problem[]> {
  const namespaces = [...new Set([installation.namespace, ...intents.map(({ ref }) => ref.namespace)])];
  const configMaps = (await Promise.all(namespaces.map((namespace) => intentsIn(objects, namespace)))).flat();
  const found = await Promise.all(configMaps.map((one) => claimsOf(one, installation, objects)));
  const claims = new Map(found.flat().map((claim) => [refText(targetOf(claim.intent)), claim]));
  return intents.flatMap((intent) => {
    const claim = claims.get(refText(targetOf(intent)));
    return claim === undefined || !(claimsWhole(claim.intent) || claimsWhole(intent)) ? [] : [claimed(intent, claim)];
  });
}

async function intentsIn(objects: Objects, namespace: string): Promise<readonly KubernetesObject[]> {
  const all = Object.entries(labelsOf({ name: '' }, 'intents'));
  const labels = Object.fromEntries(all.filter(([label]) => label !== 'app.kubernetes.io/instance'));
  try {
    return await objects.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace }, labels);
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return [];
    throw error;
  }
}

/** What an earlier deployment of it left, and what is not as it was deployed, claims nothing. */
async function claimsOf(
  configMap: KubernetesObject,
  own: Installation,
  objects: Pick<Objects, 'read'>,
): Promise<readonly ForeignClaim[]> {
  const { namespace = '', labels = {} } = configMap.metadata;
  const name = labels['app.kubernetes.io/instance'] ?? '';
  if (name === own.name && namespace === own.namespace) return [];
  const pin = (await pinsOfOther(objects, { name, namespace })).find((one) => one.name === configMap.metadata.name);
  const stored = pin === undefined ? undefined : readIntentsConfig(configMap, pin);
  if (stored === undefined || 'problem' in stored || stored.home === 'custom-resources') return [];
  const { intents } = checkManifests(stored.documents, namespace);
  return intents.map((intent) => ({ installation: `${namespace}/${name}`, intent }));
}

async function pinsOfOther(objects: Pick<Objects, 'read'>, other: Installation): Promise<readonly IntentsPin[]> {
  try {
    const cronJob = await findCronJob(objects, other);
    return cronJob === undefined ? [] : pinsOf(cronJob);
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return [];
    throw error;
  }
}

function claimed(intent: PullIntent, { installation, intent: other }: ForeignClaim): Problem {
  return {
    severity: 'error',
    code: 'target-claimed',
    at: intent.ref,
    ...(intent.origin === undefined ? {} : { origin: intent.origin }),
    field: 'spec.target.name',
    what: `is ${refText(targetOf(intent))}, which ${refText(other.ref)} of installation ${installation} writes`,
    fix: 'Choose another target.name, or take it out of one of the two installations.',
  };
}
