/**
 * The Secrets of an installation that is taken away: deleted, or kept, free of their owners. Only Secrets that its
 * ExternalSecrets made and wrote.
 */
import { isCustomResource } from '../../core/deploy/custom-resources.ts';
import { ownedTargetsOf } from '../../core/deploy/gone-intents.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { ownershipOf } from '../../core/deploy/ownership.ts';
import { heldProblem, heldText } from '../../core/model/held.ts';
import { roleOf } from '../../core/model/kinds.ts';
import { typedRefOf, type KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import { recordedTarget, type Target } from '../../core/model/target.ts';
import { wasMadeBy } from '../../core/plan/pull/ownership.ts';
import { systemKind } from '../../core/plan/pull/system-secret.ts';
import type { HandledObject } from '../../core/report/deployment.ts';
import type { Cluster } from '../../ports/cluster.ts';
import { failureOf } from '../../ports/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Objects } from '../../ports/objects.ts';
import type { State } from '../../ports/state.ts';
import { disown } from './leave.ts';
import { objectProblem } from './object-problem.ts';
import { isStopping, type Stoppable } from '../stop.ts';
import { together } from '../limits.ts';

export interface SecretPorts extends Stoppable {
  readonly objects: Objects;
  readonly cluster: Cluster;
  readonly state: State;
  readonly logger: Logger;
}

export interface SecretsRequest {
  readonly installation: Installation;
  /** What becomes of the Secrets that the job made. */
  readonly secrets: 'keep' | 'delete';
}

/** What became of an object, and why it is still there, where it is. */
export interface Handled extends HandledObject {
  readonly problem?: Problem;
}

/** What an ExternalSecret may have made, by its record and, where it is a custom resource, by its own word. */
interface Maker {
  readonly ref: ObjectRef;
  readonly resource?: KubernetesObject;
  readonly targets: readonly Target[];
}

export interface HandledSecrets {
  readonly handled: readonly Handled[];
  /** False where it was asked to stop before all were seen to. */
  readonly areDone: boolean;
}

/** One that is refused, or held, does not keep the others from being seen to. */
export async function handleSecrets(
  ports: SecretPorts,
  request: SecretsRequest,
  own: readonly KubernetesObject[],
): Promise<HandledSecrets> {
  if (isStopping(ports)) return { handled: [], areDone: false };
  const makers = await makersOf(ports, own);
  const handled = await together(makers, async (maker) =>
    isStopping(ports) ? 'left' : await handleSecretsOf(maker, ports, request),
  );
  return { handled: handled.flatMap((one) => (one === 'left' ? [] : one)), areDone: !handled.includes('left') };
}

async function handleSecretsOf(
  maker: Maker,
  { cluster, objects, logger }: SecretPorts,
  { secrets, installation }: SecretsRequest,
): Promise<readonly Handled[]> {
  const made = await madeBy(maker, cluster);
  if (secrets === 'delete') return await Promise.all(made.map((secret) => deleteSecret(secret, cluster, logger)));
  if (maker.resource !== undefined && ownershipOf(maker.resource, installation) === 'own') {
    const refused = await tryDisown(objects, maker.resource, { targets: maker.targets, installation });
    if (refused !== undefined) return [refused];
  }
  for (const { ref } of made) logger.info(`${refText(ref)}: kept`);
  return made.map(({ ref }) => ({ object: refText(ref), outcome: 'kept' }));
}

async function deleteSecret(secret: LiveSecret, cluster: Cluster, logger: Logger): Promise<Handled> {
  const ref = { apiVersion: 'v1', ...secret.ref };
  const object = refText(ref);
  try {
    const finalizers = await cluster.deleteSecret(secret);
    const isHeld = finalizers.length > 0;
    logger.info(`${object}: ${isHeld ? heldText(finalizers) : 'deleted'}`);
    return isHeld ? { object, outcome: 'held', problem: heldProblem(ref, finalizers) } : { object, outcome: 'deleted' };
  } catch (error) {
    return { object, outcome: 'failed', problem: { ...objectProblem(ref, failureOf(error)), code: 'removal-failed' } };
  }
}

/** What stands in the way, where the Secrets could not be taken off their owner. */
async function tryDisown(
  objects: Objects,
  resource: KubernetesObject,
  { targets, installation }: { readonly targets: readonly Target[]; readonly installation: Installation },
): Promise<Handled | undefined> {
  try {
    await disown(objects, resource, targets, installation);
    return undefined;
  } catch (error) {
    const ref = typedRefOf(resource);
    const problem = { ...objectProblem(ref, failureOf(error)), code: 'removal-failed' };
    return { object: refText(ref), outcome: 'failed', problem };
  }
}

async function makersOf({ state }: SecretPorts, own: readonly KubernetesObject[]): Promise<readonly Maker[]> {
  const resources = new Map(
    own
      .filter((object) => roleOf(object.kind) === 'pull' && isCustomResource(object))
      .map((resource) => [refText(typedRefOf(resource)), resource] as const),
  );
  const remembered = new Map((await state.remembered('pull')).map((ref) => [refText(ref), ref]));
  const texts = [...new Set([...remembered.keys(), ...resources.keys()])];
  return await together(texts, async (text): Promise<Maker> => {
    const resource = resources.get(text);
    const ref = remembered.get(text) ?? typedRefOf(resource as KubernetesObject);
    const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
    const record = lastTarget ?? binding;
    const recorded = record === '' ? [] : [recordedTarget(ref.namespace ?? '', record)];
    const all = [...recorded, ...(resource === undefined ? [] : ownedTargetsOf(resource))];
    const targets = [...new Map(all.map((target) => [refText(target), target])).values()];
    return { ref, targets, ...(resource === undefined ? {} : { resource }) };
  });
}

/** Only Secrets that this ExternalSecret made and wrote. */
async function madeBy({ ref: { namespace = '', name: owner }, targets }: Maker, cluster: Cluster) {
  const ref = { namespace, name: owner };
  const found = await Promise.all(targets.map((target) => cluster.getSecret(target)));
  return found.flatMap((secret) =>
    secret !== undefined && wasMadeBy(secret, ref) && systemKind(secret) === undefined ? [secret] : [],
  );
}
