/**
 * Applies a deployment: inventory first, then every object in order. What is gone goes later, when a pass has run.
 */
import { isGivenAccount } from '../../core/deploy/given-accounts.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { managerFor, ownershipOf } from '../../core/deploy/ownership.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { failureOf, PortError } from '../../ports/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { AppliedObject, ApplyOptions, Objects } from '../../ports/objects.ts';
import { recordApplied, recordBeginning, type InventoryInput } from './inventory.ts';
import { objectProblem } from './object-problem.ts';
import { remake, type Making } from './remake.ts';
import { beginUnlessStopping, isStopping, type Stoppable } from '../stop.ts';
import { together } from '../limits.ts';

export interface InstallInput extends InventoryInput, Stoppable {
  readonly logger: Logger;
  /** Whose fields may be taken, and whose not. */
  readonly howFor: (object: KubernetesObject) => ApplyOptions;
}

export interface HandledRef<Outcome extends string> {
  readonly ref: TypedRef;
  readonly outcome: Outcome;
}

/** What went away is not deleted yet. */
export interface Installed {
  /** `left` = asked to stop, or something failed, before its turn. */
  readonly applied: readonly HandledRef<AppliedObject['outcome'] | 'left' | 'failed'>[];
  /** Why something was not applied; nothing was begun after it. */
  readonly problems: readonly Problem[];
  /** As stored; absent where it was left. */
  readonly cronJob?: KubernetesObject;
}

/**
 * Rejects where not even the inventory could be written, and with RunStopped where it is asked to stop before anything
 * was; after that, what is begun is finished, and told.
 */
export async function install(input: InstallInput): Promise<Installed> {
  beginUnlessStopping(input);
  await recordBeginning(input);
  const handled: Attempted[] = [];
  for (const run of runsOfOneKind(input.deployment.objects)) {
    const isBroken = handled.some(({ outcome }) => outcome === 'failed');
    const one = async (object: KubernetesObject) =>
      isBroken ? leave(object) : await applyUnlessStopping(object, input);
    handled.push(...(await together(run, one)));
  }
  const problems = handled.flatMap((one) => ('problem' in one ? [one.problem] : []));
  const applied = handled.map(({ outcome, object }) => ({ ref: typedRefOf(object), outcome }));
  if (applied.every(({ outcome }) => outcome !== 'left' && outcome !== 'failed')) await recordApplied(input);
  const cronJob = handled.find(({ object }) => object.kind === 'CronJob');
  if (cronJob === undefined) throw new Error('Bug: a deployment without a CronJob. Please report this.');
  const isThere = cronJob.outcome !== 'left' && cronJob.outcome !== 'failed';
  return { applied, problems, ...(isThere ? { cronJob: cronJob.object } : {}) };
}

/** In order, cut where the kind changes: objects of one kind do not need each other. */
export function runsOfOneKind(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  const runs: KubernetesObject[][] = [];
  for (const object of objects) {
    const last = runs.at(-1);
    if (last?.[0]?.kind === object.kind) last.push(object);
    else runs.push([object]);
  }
  return runs;
}

type Attempted =
  | AppliedObject
  | { readonly outcome: 'left'; readonly object: KubernetesObject }
  | { readonly outcome: 'failed'; readonly object: KubernetesObject; readonly problem: Problem };

function leave(object: KubernetesObject): Attempted {
  return { outcome: 'left', object };
}

async function applyUnlessStopping(object: KubernetesObject, input: InstallInput): Promise<Attempted> {
  if (isStopping(input)) return leave(object);
  try {
    return await applyOne(object, input);
  } catch (error) {
    const problem = { ...objectProblem(typedRefOf(object), failureOf(error)), code: 'apply-failed' };
    return { outcome: 'failed', object, problem };
  }
}

/** An inventory may be edited by hand; only what is the installation's is ever deleted. */
async function isOwn(objects: Objects, ref: TypedRef, installation: Installation): Promise<boolean> {
  const live = await objects.read(ref);
  return live !== undefined && ownershipOf(live, installation) !== 'others';
}

/**
 * A ServiceAccount that somebody else made, perhaps for pods of their own, does not become the installation's: without
 * the label, uninstall and prune leave it alone.
 */
async function asFound(object: KubernetesObject, { objects, installation }: InstallInput): Promise<KubernetesObject> {
  const ref = typedRefOf(object);
  if (object.kind !== 'ServiceAccount' || (await isOwn(objects, ref, installation))) return object;
  if ((await objects.read(ref)) === undefined) return object;
  return { ...object, metadata: { ...object.metadata, labels: {} } };
}

/** A ServiceAccount of the manifests that is there, and not ours; `undefined` = the object is to be applied. */
export async function givenElsewhere(
  object: KubernetesObject,
  { objects, installation }: Pick<InstallInput, 'objects' | 'installation'>,
): Promise<KubernetesObject | undefined> {
  if (!isGivenAccount(object)) return undefined;
  const live = await objects.read(typedRefOf(object));
  return live !== undefined && ownershipOf(live, installation) === 'others' ? live : undefined;
}

async function applyOne(object: KubernetesObject, input: InstallInput): Promise<AppliedObject> {
  const { objects, installation, logger, howFor } = input;
  const there = await givenElsewhere(object, input);
  if (there !== undefined) return { outcome: 'unchanged', object: there };
  const manager = managerFor(object, installation);
  const applied = await applyOrRemake(objects, await asFound(object, input), { manager, how: howFor(object) });
  const text = refText(typedRefOf(object));
  if (applied.outcome === 'unchanged') logger.debug(`${text}: unchanged`);
  else logger.info(`${text}: ${applied.outcome}`);
  return applied;
}

/** An object whose immutable fields changed is made anew: a RoleBinding's role, a ConfigMap that is immutable. */
async function applyOrRemake(objects: Objects, object: KubernetesObject, making: Making): Promise<AppliedObject> {
  try {
    return await objects.apply(object, making.manager, making.how);
  } catch (error) {
    if (!(error instanceof PortError) || !mustBeRemade(error, object)) throw error;
    return await remake(objects, object, making);
  }
}

/** Only the API server's word that a field is immutable is a reason to delete; a refusal never is. */
export function mustBeRemade({ code }: PortError, { kind }: KubernetesObject): boolean {
  return code === 'ImmutableField' && ['RoleBinding', 'ClusterRoleBinding', 'ConfigMap'].includes(kind);
}
