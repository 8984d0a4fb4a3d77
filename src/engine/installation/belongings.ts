/** What belongs to an installation, for whoever takes it away: as its inventory says, and what its job made beside that. */
import { command, say } from '../../core/model/message.ts';
import { names, type Installation } from '../../core/deploy/installation.ts';
import { ownershipOf } from '../../core/deploy/ownership.ts';
import { otherRepository, type Repository } from '../../core/deploy/repository.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { together } from '../limits.ts';
import { isStopping, type Stoppable } from '../stop.ts';
import { findCronJob, notInstalled } from './installed-cron-job.ts';
import { inventoryRef, knownObjects } from './inventory.ts';

export interface Belongings {
  /** What the installation applied, and is still its own. */
  readonly own: readonly KubernetesObject[];
  /** What starts passes, and those that were started. */
  readonly jobs: readonly TypedRef[];
  /** Why nothing of it may be taken away. */
  readonly problem?: Problem;
}

export interface BelongingsRequest {
  readonly installation: Installation;
  /** The repository that this run is of. */
  readonly repository?: Repository | undefined;
}

/** Rejects with a PortError where nothing is known of it. */
export async function belongingsOf(
  objects: Objects,
  { installation, repository: own }: BelongingsRequest,
): Promise<Belongings> {
  const { refs, repository } = await knownObjects(objects, installation);
  const problem = otherRepository(repository, own, installation);
  if (problem !== undefined) return { own: [], jobs: [], problem };
  if (refs.length === 0) throw await nothingKnown(objects, installation);
  return await readBelongings(objects, refs, installation);
}

/** Whoever may not read all of it may not delete it either: that shows before anything is gone. */
async function readBelongings(
  objects: Objects,
  refs: readonly TypedRef[],
  installation: Installation,
): Promise<Belongings> {
  const live = await together(refs, (ref) => objects.read(ref));
  const own = live.flatMap((object) =>
    object === undefined || ownershipOf(object, installation) === 'others' ? [] : [object],
  );
  return { own, jobs: [...own.map(typedRefOf).filter(isCronJob), ...(await leftJobs(objects, installation))] };
}

/** All but what starts passes, as it was applied backwards. */
export function exceptJobs(own: readonly KubernetesObject[]): readonly TypedRef[] {
  return own
    .map(typedRefOf)
    .filter((ref) => !isCronJob(ref))
    .toReversed();
}

function isCronJob({ kind }: TypedRef): boolean {
  return kind === 'CronJob';
}

/** What kubectl or a GitOps tool applied has no inventory; that tool would also bring back what is deleted here. */
async function nothingKnown(objects: Objects, installation: Installation): Promise<PortError> {
  const { namespace, name } = installation;
  if ((await findCronJob(objects, installation)) === undefined) return notInstalled(objects, installation);
  return new PortError({
    kind: 'Invalid',
    code: 'NotDeployed',
    whole: true,
    what: say`installation ${namespace}/${name} was not made by ${command('deploy')}, so it is not known what belongs to it`,
    fix: 'Take it away with what applied it, as kubectl delete -k.',
  });
}

/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects: Objects, { name, namespace }: Installation): Promise<readonly TypedRef[]> {
  const jobs = await objects.list(
    { apiVersion: 'batch/v1', kind: 'Job', namespace },
    { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' },
  );
  return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}

export interface RecordPorts extends Stoppable {
  /** ConfigMaps that hold its state. */
  readonly stateCount: () => Promise<number>;
}

/**
 * What says what there is, in groups that go one after the other: the inventory last, so that a run that dies in between
 * can be repeated.
 */
export async function recordsOf(
  ports: RecordPorts,
  installation: Installation,
): Promise<readonly (readonly TypedRef[])[]> {
  return [await jobsRecords(ports, installation), [inventoryRef(installation)]];
}

/** What the job itself wrote. */
async function jobsRecords(ports: RecordPorts, installation: Installation): Promise<readonly TypedRef[]> {
  // Which of them there are is not known without asking.
  if (isStopping(ports)) return [];
  const { namespace, name } = installation;
  const states = Array.from({ length: await ports.stateCount() }, (_, index) => names.state(installation, index));
  return [
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
    ...[...states, names.report(installation)].map((one) => configMap(one, installation)),
  ];
}

function configMap(name: string, { namespace }: Installation): TypedRef {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}
