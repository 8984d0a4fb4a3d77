/** What `deploy` would do to the objects of an installation, from reading alone: whoever plans needs no right to write. */
import { appliedDigest, goneFrom, type Deployment } from '../../core/deploy/deployment.ts';
import { isGivenAccount } from '../../core/deploy/given-accounts.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { liveChanges } from '../../core/deploy/live-changes.ts';
import { managerFor, ownershipOf } from '../../core/deploy/ownership.ts';
import { printObjects } from '../../core/deploy/print.ts';
import { suspendedProblems } from '../../core/deploy/suspended.ts';
import { hashText } from '../../core/go/go-hash.ts';
import { otherRepository, type Repository } from '../../core/deploy/repository.ts';
import type { InstallationPlan, PlannedObject } from '../../core/model/installation-plan.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { knownObjects } from './inventory.ts';
import { together } from '../limits.ts';

export interface PlanInstallationInput {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly deployment: Deployment;
  /** Where the deployment would come from. */
  readonly repository: Repository | undefined;
}

/** What may not be read is unknown; rejects with a PortError for anything else. */
export async function planInstallation(input: PlanInstallationInput): Promise<{
  readonly plan: InstallationPlan;
  /** Why `deploy` would refuse it, or what is to be known of what is there. */
  readonly problems: readonly Problem[];
}> {
  const { objects, installation, deployment } = input;
  const before = await unlessForbidden(() => knownObjects(objects, installation));
  const digests = new Map((before?.refs ?? []).map(({ digest, ...ref }) => [refText(ref), digest]));
  const looked = await together(deployment.objects, (object) => planObject(object, input, digests));
  const known = goneFrom(before?.refs ?? [], deployment.objects);
  const gone = await together(known, (ref) => planGone(ref, input));
  const plan = {
    installation: `${installation.namespace}/${installation.name}`,
    objects: [...looked.map(({ planned }) => planned), ...gone.flat()],
    digest: hashText(printObjects(deployment.objects)),
  };
  const foreign = otherRepository(before?.repository, input.repository, installation);
  const cronJob = looked.find(({ live }) => live?.kind === 'CronJob')?.live;
  const problems = [...(foreign === undefined ? [] : [foreign]), ...suspendedProblems(cronJob, installation)];
  return { plan, problems };
}

async function planObject(
  wanted: KubernetesObject,
  { objects, installation }: PlanInstallationInput,
  digests: ReadonlyMap<string, string | undefined>,
): Promise<{ readonly planned: PlannedObject; readonly live?: KubernetesObject }> {
  const ref = typedRefOf(wanted);
  const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
  const object = refText(ref);
  if (read === undefined) return { planned: { object, action: 'unknown', fields: [] } };
  const { live } = read;
  if (live === undefined) return { planned: { object, action: 'create', fields: [] } };
  if (isGivenAccount(wanted) && ownershipOf(live, installation) === 'others') {
    return { planned: { object, action: 'unchanged', fields: [] }, live };
  }
  const changes = liveChanges(asApplied(wanted, live, installation), live, {
    manager: managerFor(wanted, installation),
    isAsApplied: digests.get(object) === appliedDigest(wanted),
  });
  const fields = changes.map(({ field }) => field);
  const setBy = Object.fromEntries(
    changes.flatMap(({ field, setBy: managers }) => (managers === undefined ? [] : [[field, managers]])),
  );
  const taken = Object.keys(setBy).length === 0 ? {} : { setBy };
  return { planned: { object, action: fields.length === 0 ? 'unchanged' : 'change', fields, ...taken }, live };
}

/** A ServiceAccount that somebody else made does not become the installation's: installation/install.ts. */
function asApplied(wanted: KubernetesObject, live: KubernetesObject, installation: Installation): KubernetesObject {
  if (wanted.kind !== 'ServiceAccount' || ownershipOf(live, installation) !== 'others') return wanted;
  return { ...wanted, metadata: { ...wanted.metadata, labels: {} } };
}

async function planGone(
  ref: TypedRef,
  { objects, installation }: PlanInstallationInput,
): Promise<readonly PlannedObject[]> {
  const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
  const object = refText(ref);
  if (read === undefined) return [{ object, action: 'unknown', fields: [] }];
  if (read.live === undefined || ownershipOf(read.live, installation) !== 'own') return [];
  return [{ object, action: 'delete', fields: [] }];
}

async function unlessForbidden<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return undefined;
    throw error;
  }
}
