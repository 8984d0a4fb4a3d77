/**
 * Everything that could stand in the way of a deployment, looked at before anything is applied: whose the objects are,
 * who else writes what they make, what would go, and what the API server says to each of them in a dry run.
 */
import { isCustomResource } from '../../core/deploy/custom-resources.ts';
import type { DeployedIntents } from '../../core/deploy/deployed-intents.ts';
import { goneFrom, type Deployment, type DeploymentInput } from '../../core/deploy/deployment.ts';
import { suspendedProblems } from '../../core/deploy/suspended.ts';
import { tooManyGone, tooManyVaultObjectsGone } from '../../core/deploy/gone-intents.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { otherInstallation, ownershipOf } from '../../core/deploy/ownership.ts';
import { otherRepository, type Repository } from '../../core/deploy/repository.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import { hasErrors, type Problem } from '../../core/model/problem.ts';
import type { DeletionLimits } from '../../core/plan/guards.ts';
import type { Objects } from '../../ports/objects.ts';
import { claimProblems } from './claims.ts';
import { knownObjects, type Known } from './inventory.ts';
import { findCronJob } from './installed-cron-job.ts';
import { findOperators } from './operators.ts';
import { roomProblems } from './quotas.ts';
import { about, Refusals, tryAll } from './trial.ts';
import { podRefusals } from './try-pod.ts';
import { together } from '../limits.ts';

export interface PreflightInput extends DeployedIntents {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly deployment: Deployment;
  readonly remembered: DeploymentInput['remembered'];
  readonly controllerClass: string;
  /** On Secrets that go with their ExternalSecret; `undefined` = no limit. */
  readonly deletionLimits: DeletionLimits | undefined;
  readonly now: Date;
  /** Where this deployment comes from. */
  readonly repository: Repository | undefined;
}

export interface Preflight {
  /** With an error among them nothing is to be applied. */
  readonly problems: readonly Problem[];
  /** The earlier inventory. */
  readonly before: Known;
  /** What of it is no longer part of the deployment and still the installation's, in the order of deletion. */
  readonly gone: readonly KubernetesObject[];
  /** Custom resources that this installation alone applies, by `refText`: what people changed in them is set right. */
  readonly own: ReadonlySet<string>;
}

/** Rejects with a PortError for what concerns everything, as a login that is not accepted. */
export async function preflight(input: PreflightInput): Promise<Preflight> {
  const { objects, installation, deployment, intents } = input;
  const refusals = new Refusals(deployment);
  const before = await knownObjects(objects, installation);
  const foreign = otherRepository(before.repository, input.repository, installation);
  if (foreign !== undefined) return { problems: [foreign], before, gone: [], own: new Set() };
  const found = await readAll(goneFrom(before.refs, deployment.objects), objects, refusals);
  const gone = found.filter((object) => ownershipOf(object, installation) !== 'others');
  const resources = deployment.objects.filter(isCustomResource);
  const live = byRef(await readAll(resources.map(typedRefOf), objects, refusals));
  const own = new Set([...live].filter(([, one]) => ownershipOf(one, installation) === 'own').map(([text]) => text));
  const tooMany = tooManyGone(gone.filter(isOwnOf(installation)), intents, input.deletionLimits);
  const tooManyInVaults = tooManyVaultObjectsGone(input.remembered, input.deletionLimits);
  const problems = [
    ...[...live.values()].flatMap((object) => takenProblem(object, input)),
    ...(resources.length === 0 ? [] : await operators(live, input)),
    ...(await claimProblems(objects, installation, intents)),
    ...(tooMany === undefined ? [] : [tooMany]),
    ...(tooManyInVaults === undefined ? [] : [tooManyInVaults]),
    ...(await roomProblems(objects, installation, deployment)),
    ...(await suspended(input)),
  ];
  if (!hasErrors(problems)) await tryAll({ ...input, own }, refusals);
  const ofPod = hasErrors(problems) ? [] : await podProblems(input);
  return { problems: [...problems, ...refusals.problems(), ...ofPod], before, gone, own };
}

async function podProblems({ objects, installation, deployment }: PreflightInput): Promise<readonly Problem[]> {
  const cronJob = deployment.objects.find(({ kind }) => kind === 'CronJob');
  return cronJob === undefined ? [] : await podRefusals(objects, installation, cronJob);
}

async function suspended({ objects, installation }: PreflightInput): Promise<readonly Problem[]> {
  return suspendedProblems(await findCronJob(objects, installation), installation);
}

function isOwnOf(installation: Installation): (object: KubernetesObject) => boolean {
  return (object) => ownershipOf(object, installation) === 'own';
}

/** Those that exist, in the order of the refs. */
async function readAll(
  refs: readonly TypedRef[],
  objects: Objects,
  refusals: Refusals,
): Promise<readonly KubernetesObject[]> {
  const read = await together(refs, (ref) => refusals.unlessRefused(ref, () => objects.read(ref)));
  return read.filter((object) => object !== undefined);
}

function byRef(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [refText(typedRefOf(object)), object]));
}

function takenProblem(live: KubernetesObject, { installation, deployment }: PreflightInput): readonly Problem[] {
  const other = otherInstallation(live, installation);
  if (other === undefined) return [];
  return [
    {
      ...about(typedRefOf(live), deployment),
      code: 'resource-taken',
      what: `belongs to installation ${other}`,
      fix: 'Leave it out here, or out of that one.',
    },
  ];
}

async function operators(
  live: ReadonlyMap<string, KubernetesObject>,
  input: PreflightInput,
): Promise<readonly Problem[]> {
  const problems = await findOperators(input.objects, { ...input, live });
  return problems.map((problem) =>
    problem.at === undefined ? problem : { ...about(problem.at, input.deployment), ...problem },
  );
}
