/**
 * What an installation applied, as it wrote that down: a ConfigMap that holds old and new until everything is applied,
 * so that a run that dies in between forgets nothing.
 */
import {
  appliedDigest,
  inventoryOf,
  joined,
  readInventory,
  type Deployment,
  type InventoryRef,
} from '../../core/deploy/deployment.ts';
import { managerOf, names, type Installation } from '../../core/deploy/installation.ts';
import { repositoryOf, type Repository } from '../../core/deploy/repository.ts';
import { typedRefOf, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';

/** What an inventory says. */
export interface Known {
  readonly refs: readonly InventoryRef[];
  /** Whose the installation is. */
  readonly repository?: Repository;
}

/** What the installation applied before; nothing where there is none. */
export async function knownObjects(objects: Objects, installation: Installation): Promise<Known> {
  const inventory = await objects.read(inventoryRef(installation));
  if (inventory === undefined) return { refs: [] };
  const refs = readInventory(inventory);
  const repository = repositoryOf(inventory);
  if (refs !== undefined) return { refs, ...(repository === undefined ? {} : { repository }) };
  throw new PortError({
    kind: 'Invalid',
    code: 'UnreadableInventory',
    whole: true,
    what: `ConfigMap ${installation.namespace}/${names.inventory(installation)}, which lists what was deployed, is not what Keyferry writes there`,
    fix: 'Restore it, or delete it and deploy again; what it listed is then no longer cleaned up.',
  });
}

export function inventoryRef(installation: Installation): TypedRef {
  const { namespace } = installation;
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: names.inventory(installation) };
}

export interface InventoryInput {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly deployment: Deployment;
  /** The earlier inventory. */
  readonly before: Known;
  /** Where this deployment comes from. */
  readonly repository: Repository | undefined;
}

/** Before anything is applied: old and new, and of the new only what is known of it from before. */
export async function recordBeginning(input: InventoryInput): Promise<void> {
  await record(input, joined(input.before.refs, refsOf(input)));
}

/** From now on a plan knows what was applied, also where the API server made something else of it. */
export async function recordApplied(input: InventoryInput): Promise<void> {
  await record(input, joined(input.before.refs, appliedRefs(input)));
}

/** What was applied, and what of the old is still there and is tried again by the next deployment. */
export async function recordPruned(input: InventoryInput, there: readonly TypedRef[]): Promise<void> {
  await record(input, joined(there, appliedRefs(input)));
}

/** A deployment from a laptop in between does not make it nobody's: what is applied without the annotation loses it. */
async function record(input: InventoryInput, refs: readonly InventoryRef[]): Promise<void> {
  const { objects, installation, repository, before } = input;
  await objects.apply(inventoryOf(refs, installation, repository ?? before.repository), managerOf(installation));
}

/** What is applied now, with what is known of it from before: nothing where it is to become something else. */
function refsOf({ deployment, before }: InventoryInput): readonly InventoryRef[] {
  const known = new Map(before.refs.map(({ digest, ...ref }) => [refText(ref), digest]));
  return deployment.objects.map((object) => {
    const ref = typedRefOf(object);
    const digest = appliedDigest(object);
    return known.get(refText(ref)) === digest ? { ...ref, digest } : ref;
  });
}

/** As applied just now. */
function appliedRefs({ deployment }: InventoryInput): readonly InventoryRef[] {
  return deployment.objects.map((object) => ({ ...typedRefOf(object), digest: appliedDigest(object) }));
}
