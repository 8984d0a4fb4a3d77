/**
 * Whether there is room for what a deployment makes: a dry run asks for one object at a time, and finds room for each
 * where there is none for all of them. Where quotas may not be read, the deployment tells how far it came.
 */
import type { Deployment } from '../../core/deploy/deployment.ts';
import { names, type Installation } from '../../core/deploy/installation.ts';
import { definitionOf, KINDS } from '../../core/model/kinds.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { together } from '../limits.ts';

/** Kubernetes: how quotas call the number of objects of a kind. */
const COUNTED_AS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['configmaps', 'count/configmaps'],
  ServiceAccount: ['count/serviceaccounts'],
  Role: ['count/roles.rbac.authorization.k8s.io'],
  RoleBinding: ['count/rolebindings.rbac.authorization.k8s.io'],
  CronJob: ['count/cronjobs.batch'],
  Job: ['count/jobs.batch'],
  Lease: ['count/leases.coordination.k8s.io'],
  ...Object.fromEntries(
    KINDS.filter(({ notBuilt, scope }) => notBuilt === undefined && scope === 'namespace').map((row) => [
      row.kind,
      [`count/${definitionOf(row)}`],
    ]),
  ),
};

/** One problem for each number that is too small, in the installation's own namespace. */
export async function roomProblems(
  objects: Objects,
  installation: Installation,
  deployment: Deployment,
): Promise<readonly Problem[]> {
  const quotas = await quotasOf(objects, installation.namespace);
  const limits = quotas.flatMap((quota) => limitsOf(quota));
  if (limits.length === 0) return [];
  const needed = await missingByKind(objects, installation, deployment);
  return limits.flatMap((limit) => {
    const count = needed.get(limit.kind) ?? 0;
    return count > limit.hard - limit.used ? [noRoom(limit, count)] : [];
  });
}

interface Limit {
  readonly quota: KubernetesObject;
  /** `count/jobs.batch`. */
  readonly resource: string;
  readonly kind: string;
  readonly hard: number;
  readonly used: number;
}

async function quotasOf(objects: Objects, namespace: string): Promise<readonly KubernetesObject[]> {
  try {
    return await objects.list({ apiVersion: 'v1', kind: 'ResourceQuota', namespace }, {});
  } catch (error) {
    if (error instanceof PortError && !error.whole) return [];
    throw error;
  }
}

function limitsOf(quota: KubernetesObject): readonly Limit[] {
  const { hard = {}, used = {} } = (quota['status'] ?? {}) as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
  return Object.entries(COUNTED_AS).flatMap(([kind, resources]) =>
    resources.flatMap((resource) => {
      const [most, now] = [numberOf(hard[resource]), numberOf(used[resource])];
      return most === undefined || now === undefined ? [] : [{ quota, resource, kind, hard: most, used: now }];
    }),
  );
}

/** Counts are written as plain numbers; what is written in another way is left to the API server. */
function numberOf(quantity: unknown): number | undefined {
  return typeof quantity === 'string' && /^\d{1,9}$/u.test(quantity) ? Number(quantity) : undefined;
}

/** What is not there yet, with what the first pass makes: its Job, its Lease, its state and its report. */
async function missingByKind(
  objects: Objects,
  installation: Installation,
  deployment: Deployment,
): Promise<ReadonlyMap<string, number>> {
  const { namespace, name } = installation;
  const configMap = (one: string): TypedRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: one });
  const made = [names.inventory(installation), names.state(installation, 0), names.report(installation)].map(configMap);
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
  const own = deployment.objects.map(typedRefOf).filter((ref) => ref.namespace === namespace);
  const absent = await together([...own, ...made, lease], async (ref) =>
    (await isAbsent(objects, ref)) ? [ref.kind] : [],
  );
  const counts = new Map<string, number>([['Job', 1]]);
  for (const kind of absent.flat()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** What may not be read is taken to be there. */
async function isAbsent(objects: Objects, ref: TypedRef): Promise<boolean> {
  try {
    return (await objects.read(ref)) === undefined;
  } catch (error) {
    if (error instanceof PortError && !error.whole) return false;
    throw error;
  }
}

function noRoom({ quota, resource, hard, used }: Limit, needed: number): Problem {
  const { namespace, name } = quota.metadata;
  return {
    severity: 'error',
    code: 'no-room',
    at: { kind: 'ResourceQuota', name, ...(namespace === undefined ? {} : { namespace }) },
    what: `allows ${hard} ${resource}, of which ${used} are used, and the installation needs ${needed} more`,
    fix: 'Nothing was applied. Raise the quota, or remove something.',
  };
}
