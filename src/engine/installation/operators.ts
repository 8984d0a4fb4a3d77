/** Looks for an External Secrets Operator that syncs the same resources, as far as the rights reach. */
import {
  contestedResources,
  operatorProblems,
  OPERATOR_LABELS,
  type OperatorFacts,
} from '../../core/deploy/live-operator.ts';
import { setOthersAside } from '../../core/api/other-controllers.ts';
import { checkManifests } from '../../core/api/manifests.ts';
import type { ManifestDocument } from '../../core/model/document.ts';
import { roleOf } from '../../core/model/kinds.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { typedRefOf } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';

export async function findOperators(
  objects: Objects,
  facts: Omit<OperatorFacts, 'deployments' | 'events'>,
): Promise<readonly Problem[]> {
  const deployments = await listOperators(objects);
  const contested = 'unseen' in deployments ? contestedResources(facts) : [];
  const namespaces = [...new Set(contested.flatMap(({ metadata: { namespace } }) => namespace ?? []))];
  const events = await Promise.all(namespaces.map((namespace) => listEvents(objects, namespace)));
  return operatorProblems({ ...facts, deployments, events: events.flat() });
}

/**
 * The same for a sync of the cluster's own resources: stores of no class are everybody's, so that an operator syncs
 * them too. Where it cannot be seen and no store is of that kind, there is nothing to tell.
 */
export async function operatorsBeside(
  objects: Objects,
  documents: readonly ManifestDocument[],
  { controllerClass, now }: Pick<OperatorFacts, 'controllerClass' | 'now'>,
): Promise<readonly Problem[]> {
  const { intents, pushes } = setOthersAside(checkManifests(documents), documents, { controllerClass });
  const everybodys = documents
    .filter(({ head }) => roleOf(head.kind) === 'store')
    .map(({ value }) => value as KubernetesObject)
    .filter(({ spec }) => classOf(spec) === '');
  const live = new Map(everybodys.map((store) => [refText(typedRefOf(store)), store]));
  const problems = await findOperators(objects, { live, intents, pushes, controllerClass, now });
  return problems.filter(({ code }) => code === 'operator-live' || live.size > 0);
}

function classOf(spec: unknown): string {
  return ((spec ?? {}) as { readonly controller?: string }).controller ?? '';
}

async function listOperators(objects: Objects): Promise<OperatorFacts['deployments']> {
  try {
    return await objects.list({ apiVersion: 'apps/v1', kind: 'Deployment' }, OPERATOR_LABELS);
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return { unseen: error.what };
    throw error;
  }
}

async function listEvents(objects: Objects, namespace: string): Promise<readonly KubernetesObject[]> {
  try {
    return await objects.list({ apiVersion: 'v1', kind: 'Event', namespace }, {});
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return [];
    throw error;
  }
}
