/**
 * Applies a deployment: inventory first, then every object in order, then what is gone.
 *
 * The inventory holds old and new until everything is applied, so that a run that dies in between forgets nothing.
 */
import { goneFrom, inventoryOf, joined, readInventory, type Deployment } from '../core/deploy/deployment.ts';
import { labelsOf, managerOf, names, type Installation } from '../core/deploy/installation.ts';
import { VERSION_ANNOTATION } from '../core/deploy/cron-job.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Applied, Objects } from '../ports/objects.ts';

export interface InstallInput {
  readonly objects: Objects;
  readonly logger: Logger;
  readonly installation: Installation;
  readonly deployment: Deployment;
}

export interface InstalledObject {
  readonly ref: TypedRef;
  readonly outcome: Applied['outcome'];
}

/** Everything is applied; what went away is not deleted yet. */
export interface Installed {
  readonly applied: readonly InstalledObject[];
  /** Of the earlier inventory, in the order in which they are to be deleted. */
  readonly gone: readonly TypedRef[];
  readonly cronJob: KubernetesObject;
}

export async function install(input: InstallInput): Promise<Installed> {
  const { objects, installation, deployment, logger } = input;
  const before = await knownObjects(objects, installation);
  const now = deployment.objects.map(typedRefOf);
  const manager = managerOf(installation);
  await objects.apply(inventoryOf(joined(before, now), installation), manager);
  const applied: InstalledObject[] = [];
  let cronJob: KubernetesObject | undefined;
  for (const object of deployment.objects) {
    const { outcome, object: stored } = await applyOne(objects, await asFound(input, object), manager);
    const ref = typedRefOf(object);
    if (outcome === 'unchanged') logger.debug(`${refText(ref)}: unchanged`);
    else logger.info(`${refText(ref)}: ${outcome}`);
    applied.push({ ref, outcome });
    if (object.kind === 'CronJob') cronJob = stored;
  }
  if (cronJob === undefined) throw new Error('Bug: a deployment without a CronJob. Please report this.');
  return { applied, gone: goneFrom(before, deployment.objects), cronJob };
}

/** Deletes what went away, as far as it is still the installation's own; then the inventory holds what is there. */
export async function prune(input: InstallInput, gone: readonly TypedRef[]): Promise<readonly TypedRef[]> {
  const { objects, installation, deployment, logger } = input;
  const pruned: TypedRef[] = [];
  for (const ref of gone) {
    if (!(await isOwn(objects, ref, installation))) continue;
    await objects.delete(ref);
    logger.info(`${refText(ref)}: deleted, no longer part of the deployment`);
    pruned.push(ref);
  }
  await objects.apply(inventoryOf(deployment.objects.map(typedRefOf), installation), managerOf(installation));
  return pruned;
}

/** What the installation applied before; nothing where there is none. */
export async function knownObjects(objects: Objects, installation: Installation): Promise<readonly TypedRef[]> {
  const { namespace } = installation;
  const name = names.inventory(installation);
  const inventory = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
  if (inventory === undefined) return [];
  const known = readInventory(inventory);
  if (known !== undefined) return known;
  throw new PortError({
    kind: 'Invalid',
    code: 'UnreadableInventory',
    whole: true,
    what: `ConfigMap ${namespace}/${name}, which lists what was deployed, is not what Keyferry writes there`,
    fix: 'Restore it, or delete it and deploy again; what it listed is then no longer cleaned up.',
  });
}

/** An inventory may be edited by hand; only what carries the installation's label is ever deleted. */
export async function isOwn(objects: Objects, ref: TypedRef, installation: Installation): Promise<boolean> {
  const live = await objects.read(ref);
  if (live === undefined) return false;
  const instance = 'app.kubernetes.io/instance';
  return live.metadata.labels?.[instance] === labelsOf(installation, '')[instance];
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
async function asFound({ objects, installation }: InstallInput, object: KubernetesObject): Promise<KubernetesObject> {
  const ref = typedRefOf(object);
  if (object.kind !== 'ServiceAccount' || (await isOwn(objects, ref, installation))) return object;
  if ((await objects.read(ref)) === undefined) return object;
  return { ...object, metadata: { ...object.metadata, labels: {} } };
}

/** An object whose immutable fields changed is made anew: a RoleBinding's role, a ConfigMap that is immutable. */
async function applyOne(objects: Objects, object: KubernetesObject, manager: string): Promise<Applied> {
  try {
    return await objects.apply(object, manager);
  } catch (error) {
    const canBeRemade = ['RoleBinding', 'ConfigMap'].includes(object.kind);
    if (!(error instanceof PortError) || error.kind !== 'Invalid' || !canBeRemade) throw error;
    await objects.delete(typedRefOf(object));
    return { ...(await objects.apply(object, manager)), outcome: 'changed' };
  }
}
