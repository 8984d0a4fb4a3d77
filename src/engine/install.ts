/**
 * Applies a deployment: inventory first, then every object in order, then what is gone.
 *
 * The inventory holds old and new until everything is applied, so that a run that dies in between forgets nothing.
 */
import pLimit from 'p-limit';
import { inventoryOf, joined, readInventory, type Deployment } from '../core/deploy/deployment.ts';
import { isGivenAccount } from '../core/deploy/given-accounts.ts';
import { managerOf, names, type Installation } from '../core/deploy/installation.ts';
import { managerFor, ownershipOf } from '../core/deploy/ownership.ts';
import { repositoryOf, type Repository } from '../core/deploy/repository.ts';
import { VERSION_ANNOTATION } from '../core/deploy/cron-job.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Applied, ApplyOptions, Objects } from '../ports/objects.ts';
import { removeObject } from './leave.ts';
import { beginUnlessStopping, isStopping } from './stop.ts';

export interface InstallInput {
  readonly objects: Objects;
  readonly logger: Logger;
  readonly installation: Installation;
  readonly deployment: Deployment;
  /** The earlier inventory. */
  readonly before: Known;
  /** Where this deployment comes from. */
  readonly repository: Repository | undefined;
  /** Whose fields may be taken, and whose not. */
  readonly howFor: (object: KubernetesObject) => ApplyOptions;
  readonly stop?: AbortSignal;
}

export interface HandledRef<Outcome extends string> {
  readonly ref: TypedRef;
  readonly outcome: Outcome;
}

/** What went away is not deleted yet. */
export interface Installed {
  /** `left` = asked to stop before its turn. */
  readonly applied: readonly HandledRef<Applied['outcome'] | 'left'>[];
  /** As stored; absent where it was left. */
  readonly cronJob?: KubernetesObject;
}

/** Objects of one kind that are applied, or deleted, at once. */
const CONCURRENCY = 16;

/** Rejects with RunStopped where it is asked to stop before anything was written; after that, what is begun is finished. */
export async function install(input: InstallInput): Promise<Installed> {
  const { objects, installation, deployment, before } = input;
  const now = deployment.objects.map(typedRefOf);
  beginUnlessStopping(input);
  await objects.apply(inventoryOf(joined(before.refs, now), installation, belongsTo(input)), managerOf(installation));
  const handled: (Applied | Left)[] = [];
  for (const run of runsOfOneKind(deployment.objects)) {
    handled.push(...(await pLimit(CONCURRENCY).map(run, (object) => applyUnlessStopping(object, input))));
  }
  const applied = handled.map(({ outcome, object }) => ({ ref: typedRefOf(object), outcome }));
  const cronJob = handled.find(({ object }) => object.kind === 'CronJob');
  if (cronJob === undefined) throw new Error('Bug: a deployment without a CronJob. Please report this.');
  return cronJob.outcome === 'left' ? { applied } : { applied, cronJob: cronJob.object };
}

interface Left {
  readonly outcome: 'left';
  readonly object: KubernetesObject;
}

async function applyUnlessStopping(object: KubernetesObject, input: InstallInput): Promise<Applied | Left> {
  return isStopping(input) ? { outcome: 'left', object } : await applyOne(object, input);
}

/**
 * Deletes what went away, or leaves it to who else applies it; then the inventory holds what is there. Where it is asked
 * to stop before that, the inventory still holds all.
 */
export async function prune(
  input: InstallInput,
  gone: readonly KubernetesObject[],
): Promise<readonly HandledRef<'deleted' | 'kept' | 'left'>[]> {
  const { objects, installation, deployment, logger } = input;
  const pruned: HandledRef<'deleted' | 'kept' | 'left'>[] = [];
  for (const run of runsOfOneKind(gone)) {
    const handled = await pLimit(CONCURRENCY).map(run, async (object) => {
      const ref = typedRefOf(object);
      const outcome = isStopping(input) ? ('left' as const) : await removeObject(objects, ref, installation);
      if (outcome === 'deleted') logger.info(`${refText(ref)}: deleted, no longer part of the deployment`);
      return { ref, outcome };
    });
    pruned.push(...handled.flatMap(({ ref, outcome }) => (outcome === undefined ? [] : [{ ref, outcome }])));
  }
  if (pruned.some(({ outcome }) => outcome === 'left')) return pruned;
  const refs = deployment.objects.map(typedRefOf);
  await objects.apply(inventoryOf(refs, installation, belongsTo(input)), managerOf(installation));
  return pruned;
}

/** A deployment from a laptop in between does not make it nobody's: what is applied without the annotation loses it. */
function belongsTo({ repository, before }: InstallInput): Repository | undefined {
  return repository ?? before.repository;
}

/** In order, cut where the kind changes: objects of one kind do not need each other. */
function runsOfOneKind(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  const runs: KubernetesObject[][] = [];
  for (const object of objects) {
    const last = runs.at(-1);
    if (last?.[0]?.kind === object.kind) last.push(object);
    else runs.push([object]);
  }
  return runs;
}

/** What an inventory says. */
export interface Known {
  readonly refs: readonly TypedRef[];
  /** Whose the installation is. */
  readonly repository?: Repository;
}

/** What the installation applied before; nothing where there is none. */
export async function knownObjects(objects: Objects, installation: Installation): Promise<Known> {
  const { namespace } = installation;
  const name = names.inventory(installation);
  const inventory = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
  if (inventory === undefined) return { refs: [] };
  const refs = readInventory(inventory);
  const repository = repositoryOf(inventory);
  if (refs !== undefined) return { refs, ...(repository === undefined ? {} : { repository }) };
  throw new PortError({
    kind: 'Invalid',
    code: 'UnreadableInventory',
    whole: true,
    what: `ConfigMap ${namespace}/${name}, which lists what was deployed, is not what Keyferry writes there`,
    fix: 'Restore it, or delete it and deploy again; what it listed is then no longer cleaned up.',
  });
}

/** An inventory may be edited by hand; only what is the installation's is ever deleted. */
export async function isOwn(objects: Objects, ref: TypedRef, installation: Installation): Promise<boolean> {
  const live = await objects.read(ref);
  return live !== undefined && ownershipOf(live, installation) !== 'others';
}

/** A running engine that is newer is not replaced unasked: it may have written state that this version cannot read. */
export async function refuseDowngrade(
  objects: Objects,
  { namespace, name }: Installation,
  version: string,
): Promise<void> {
  const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
  const live = cronJob?.metadata.annotations?.[VERSION_ANNOTATION];
  if (live === undefined || !isNewer(live, version)) return;
  throw new PortError({
    kind: 'Invalid',
    code: 'Downgrade',
    whole: true,
    what: `installation ${namespace}/${name} runs version ${live}, this is version ${version}`,
    fix: 'Use that version or a newer one, or give --allow-downgrade.',
  });
}

function isNewer(live: string, own: string): boolean {
  const [a, b] = [live, own].map((text) => text.split(/[.-]/u).slice(0, 3).map(Number));
  const differing = (a ?? []).findIndex((part, index) => part !== b?.[index]);
  return differing >= 0 && (a?.[differing] ?? 0) > (b?.[differing] ?? 0);
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

async function applyOne(object: KubernetesObject, input: InstallInput): Promise<Applied> {
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
async function applyOrRemake(
  objects: Objects,
  object: KubernetesObject,
  { manager, how }: { readonly manager: string; readonly how: ApplyOptions },
): Promise<Applied> {
  try {
    return await objects.apply(object, manager, how);
  } catch (error) {
    if (!(error instanceof PortError) || error.kind !== 'Invalid' || !canBeRemade(object)) throw error;
    await objects.delete(typedRefOf(object));
    return { ...(await objects.apply(object, manager, how)), outcome: 'changed' };
  }
}

export function canBeRemade({ kind }: KubernetesObject): boolean {
  return ['RoleBinding', 'ClusterRoleBinding', 'ConfigMap'].includes(kind);
}
