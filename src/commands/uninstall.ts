/**
 * `uninstall`: takes away what `deploy` made, and with `secrets: delete` the Secrets that the job made. Never a
 * CustomResourceDefinition.
 *
 * First the CronJob and its Jobs, and the pass that is under way is waited for, so that nothing is written while the rest
 * goes; the inventory last, so that a run that dies in between can be repeated. A Secret that is kept loses its
 * ownerReference before its custom resource goes, or the garbage collector would delete it.
 */
import { labelsOf, managerOf, names, type Installation } from '../core/deploy/installation.ts';
import { ownershipOf } from '../core/deploy/ownership.ts';
import { otherRepository, type Repository } from '../core/deploy/repository.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import { plural } from '../core/model/plural.ts';
import type { Problem } from '../core/model/problem.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { knownObjects } from '../engine/installation/install.ts';
import { tryRemove } from '../engine/installation/leave.ts';
import { handleSecrets, type Handled, type HandledSecrets } from '../engine/installation/leave-secrets.ts';
import { holdLease } from '../engine/installation/lease.ts';
import {
  beginUnlessStopping,
  isStopping,
  RunStopped,
  runStopped,
  unlessStopped,
  type Stoppable,
} from '../engine/stop.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Objects } from '../ports/objects.ts';
import type { State } from '../ports/state.ts';
import { notInstalled } from './suspend.ts';
import { together } from '../engine/limits.ts';

export interface UninstallPorts extends Stoppable {
  readonly objects: Objects;
  readonly cluster: Cluster;
  readonly state: State;
  readonly stateCount: () => Promise<number>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface UninstallRequest {
  readonly installation: Installation;
  readonly secrets: 'keep' | 'delete';
  /** The repository that this run is of. */
  readonly repository?: Repository | undefined;
}

/** A pass that was told to stop finishes one write; one whose pod is gone holds its Lease for a minute. */
const PATIENCE_MS = 120_000;

/** Rejects with RunStopped where it is asked to stop before its first write; after that it reports what is left. */
export async function uninstall(ports: UninstallPorts, request: UninstallRequest): Promise<DeploymentReport> {
  const { installation } = request;
  const { own, jobs, problem } = await unlessStopped(ports, () => lookBefore(ports, request));
  if (problem !== undefined) return reportOf(ports, request, [], [problem]);
  beginUnlessStopping(ports);
  const jobsGone = await removeAll(jobs, ports, installation);
  // A CronJob that is still there goes on starting passes: they need what they have.
  const isRunning = jobsGone.some(({ outcome }) => outcome === 'failed');
  const rest = isRunning ? { handled: leftOf(own), areDone: false } : await takeAway(ports, request, own);
  const handled = [...jobsGone, ...rest.handled];
  const left = handled.filter(({ outcome }) => outcome === 'left').length;
  const problems = handled.flatMap(({ problem: one }) => (one === undefined ? [] : [one]));
  const isCut = isStopping(ports) && left > 0;
  const stop = isCut ? [stopProblem(left, request.secrets === 'delete' && !rest.areDone)] : [];
  return reportOf(ports, request, handled, [...problems, ...stop]);
}

/** Everything but what starts passes, Secrets first, and the records last. */
async function takeAway(
  ports: UninstallPorts,
  request: UninstallRequest,
  own: readonly KubernetesObject[],
): Promise<HandledSecrets> {
  const { installation } = request;
  await untilNoPass(ports, installation);
  const secrets = await handleSecrets(ports, request, own);
  // A Secret that still has its owner would go with it.
  const isOwned = request.secrets === 'keep' && secrets.handled.some(({ outcome }) => outcome === 'failed');
  const objects = isOwned ? leftOf(own) : await removeAll(restOf(own), ports, installation);
  const handled = [...secrets.handled, ...objects];
  // Without its records nobody could be told any more what is still there.
  const isOver = handled.every(({ outcome }) => outcome !== 'held' && outcome !== 'failed');
  for (const records of isOver ? [await jobsRecords(ports, installation), [inventory(installation)]] : [])
    handled.push(...(await removeAll(records, ports, installation)));
  return { handled, areDone: secrets.areDone };
}

function restOf(own: readonly KubernetesObject[]): readonly TypedRef[] {
  return own
    .map(typedRefOf)
    .filter((ref) => !isJob(ref))
    .toReversed();
}

function leftOf(own: readonly KubernetesObject[]): readonly Handled[] {
  return restOf(own).map((ref) => ({ object: refText(ref), outcome: 'left' }));
}

function stopProblem(left: number, withSecrets: boolean): Problem {
  const secrets = withSecrets ? ', and Secrets that were to be deleted' : '';
  const what = `${plural(left, 'object')} of the installation left${secrets}; what was begun was finished`;
  return runStopped(what, 'Run it again: it goes on where this ended.');
}

interface Found {
  /** What the installation applied, and is still its own. */
  readonly own: readonly KubernetesObject[];
  /** What starts passes, and those that were started. */
  readonly jobs: readonly TypedRef[];
  /** Why nothing of it may be taken away. */
  readonly problem?: Problem;
}

async function lookBefore({ objects }: UninstallPorts, request: UninstallRequest): Promise<Found> {
  const { installation } = request;
  const { refs: known, repository } = await knownObjects(objects, installation);
  const problem = otherRepository(repository, request.repository, installation);
  if (problem !== undefined) return { own: [], jobs: [], problem };
  if (known.length === 0) throw await nothingKnown(objects, installation);
  // Whoever may not read all of it may not delete it either: that shows before anything is gone.
  const live = await together(known, (ref) => objects.read(ref));
  const own = live.flatMap((object) =>
    object === undefined || ownershipOf(object, installation) === 'others' ? [] : [object],
  );
  return { own, jobs: [...own.map(typedRefOf).filter(isJob), ...(await leftJobs(objects, installation))] };
}

function isJob({ kind }: TypedRef): boolean {
  return kind === 'CronJob';
}

function reportOf(
  { objects: { description } }: UninstallPorts,
  { installation: { namespace, name } }: UninstallRequest,
  handled: readonly Handled[],
  problems: readonly Problem[] = [],
): DeploymentReport {
  const objects = handled.map(({ object, outcome }) => ({ object, outcome }));
  return { command: 'uninstall', installation: `${namespace}/${name}`, cluster: description, objects, problems };
}

/** What kubectl or a GitOps tool applied has no inventory; that tool would also bring back what is deleted here. */
async function nothingKnown(objects: Objects, installation: Installation): Promise<PortError> {
  const { namespace, name } = installation;
  const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
  if (cronJob === undefined) return notInstalled(objects, installation);
  return new PortError({
    kind: 'Invalid',
    code: 'NotDeployed',
    whole: true,
    what: `installation ${namespace}/${name} was not made by keyferry deploy, so it is not known what belongs to it`,
    fix: 'Take it away with what applied it, as kubectl delete -k.',
  });
}

/** One kind after the other, as they were applied backwards; within a kind several at once. */
async function removeAll(
  refs: readonly TypedRef[],
  ports: UninstallPorts,
  installation: Installation,
): Promise<readonly Handled[]> {
  const { objects, logger } = ports;
  const handled: Handled[] = [];
  let isBroken = false;
  for (const kind of new Set(refs.map((ref) => ref.kind))) {
    const own = refs.filter((ref) => ref.kind === kind);
    const removed = await together(own, async (ref): Promise<readonly Handled[]> => {
      if (isBroken || isStopping(ports)) return [{ object: refText(ref), outcome: 'left' }];
      const { outcome, problem, isOfAll } = await tryRemove(objects, ref, installation);
      isBroken ||= isOfAll === true;
      if (outcome === 'absent') return [];
      logger.info(`${refText(ref)}: ${outcome}`);
      return [{ object: refText(ref), outcome, ...(problem === undefined ? {} : { problem }) }];
    });
    handled.push(...removed.flat());
  }
  return handled;
}

/** A pass that ends after its Secrets were seen to would undo that. Waits for nothing where it is asked to stop. */
async function untilNoPass(ports: UninstallPorts, { name, namespace }: Installation): Promise<void> {
  if (isStopping(ports)) return;
  const lease = await holdLease({
    ...ports,
    namespace,
    name,
    holder: 'uninstall',
    labels: labelsOf({ name }, 'lease'),
    manager: managerOf({ name }),
    patienceMs: PATIENCE_MS,
  }).catch(unlessItStopped);
  await lease?.release();
}

function unlessItStopped(error: unknown): undefined {
  if (!(error instanceof RunStopped)) throw error;
}

/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects: Objects, { name, namespace }: Installation): Promise<readonly TypedRef[]> {
  const jobs = await objects.list(
    { apiVersion: 'batch/v1', kind: 'Job', namespace },
    { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' },
  );
  return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}

/** What the job itself wrote. */
async function jobsRecords(ports: UninstallPorts, installation: Installation): Promise<readonly TypedRef[]> {
  // Which of them there are is not known without asking.
  if (isStopping(ports)) return [];
  const { namespace, name } = installation;
  const states = Array.from({ length: await ports.stateCount() }, (_, index) => names.state(installation, index));
  return [
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
    ...[...states, names.report(installation)].map((one) => configMap(one, installation)),
  ];
}

function inventory(installation: Installation): TypedRef {
  return configMap(names.inventory(installation), installation);
}

function configMap(name: string, { namespace }: Installation): TypedRef {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}
