/**
 * `uninstall`: takes away what `deploy` made, and with `secrets: delete` the Secrets that the job made.
 *
 * First the CronJob and its Jobs, so that nothing is written while the rest goes; the inventory last, so that a run that
 * dies in between can be repeated.
 */
import { names, type Installation } from '../core/deploy/installation.ts';
import { CREATED_BY_LABEL } from '../core/model/names.ts';
import type { TypedRef } from '../core/model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../core/model/object-ref.ts';
import { secretRef } from '../core/model/secret.ts';
import { createdBy, wasWrittenBy } from '../core/plan/ownership.ts';
import type { DeploymentReport, HandledObject } from '../core/report/deployment.ts';
import { isOwn, knownObjects } from '../engine/install.ts';
import type { Cluster } from '../ports/cluster.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Objects } from '../ports/objects.ts';
import type { State } from '../ports/state.ts';
import { notInstalled } from './suspend.ts';

export interface UninstallPorts {
  readonly objects: Objects;
  readonly cluster: Cluster;
  readonly state: State;
  readonly stateCount: () => Promise<number>;
  readonly logger: Logger;
}

export interface UninstallRequest {
  readonly installation: Installation;
  readonly secrets: 'keep' | 'delete';
}

export async function uninstall(ports: UninstallPorts, request: UninstallRequest): Promise<DeploymentReport> {
  const { installation } = request;
  const known = await knownObjects(ports.objects, installation);
  if (known.length === 0) throw await nothingKnown(ports.objects, installation);
  const handled: HandledObject[] = [];
  const remove = async (ref: TypedRef): Promise<void> => {
    if (!(await isOwn(ports.objects, ref, installation))) return;
    await ports.objects.delete(ref);
    ports.logger.info(`${refText(ref)}: deleted`);
    handled.push({ object: refText(ref), outcome: 'deleted' });
  };
  const isJob = ({ kind }: TypedRef): boolean => kind === 'CronJob';
  for (const ref of known.filter(isJob)) await remove(ref);
  for (const ref of await leftJobs(ports.objects, installation)) await remove(ref);
  handled.push(...(await handleSecrets(ports, request)));
  for (const ref of known.filter((one) => !isJob(one)).toReversed()) await remove(ref);
  for (const ref of await ownRecords(ports, installation)) await remove(ref);
  return {
    command: 'uninstall',
    installation: `${installation.namespace}/${installation.name}`,
    cluster: ports.objects.description,
    objects: handled,
    problems: [],
  };
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

/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects: Objects, { name, namespace }: Installation): Promise<readonly TypedRef[]> {
  const jobs = await objects.list(
    { apiVersion: 'batch/v1', kind: 'Job', namespace },
    { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' },
  );
  return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}

async function handleSecrets(
  { state, cluster, logger }: UninstallPorts,
  { secrets }: UninstallRequest,
): Promise<readonly HandledObject[]> {
  const handled: HandledObject[] = [];
  for (const ref of await state.remembered()) {
    const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
    const own = await ownSecret(cluster, ref, lastTarget ?? binding);
    if (own === undefined) continue;
    if (secrets === 'delete') await cluster.deleteSecret(own);
    logger.info(`${refText(own.ref)}: ${secrets === 'delete' ? 'deleted' : 'kept'}`);
    handled.push({ object: refText(own.ref), outcome: secrets === 'delete' ? 'deleted' : 'kept' });
  }
  return handled;
}

/** Only a Secret that this ExternalSecret made and wrote. */
async function ownSecret(cluster: Cluster, { kind, namespace = '', name: owner }: ObjectRef, name: string) {
  if (name === '') return undefined;
  const ref = { kind, namespace, name: owner };
  const secret = await cluster.getSecret(secretRef(namespace, name));
  const isOwn = secret?.labels.get(CREATED_BY_LABEL) === createdBy(ref) && wasWrittenBy(secret, ref.name);
  return isOwn ? secret : undefined;
}

/** What the job itself wrote, and the inventory at the very end. */
async function ownRecords(ports: UninstallPorts, installation: Installation): Promise<readonly TypedRef[]> {
  const { namespace, name } = installation;
  const configMap = (one: string): TypedRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: one });
  const states = Array.from({ length: await ports.stateCount() }, (_, index) => names.state(installation, index));
  return [
    ...states.map(configMap),
    configMap(names.report(installation)),
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
    configMap(names.inventory(installation)),
  ];
}
