/**
 * Taking objects of an installation away without taking anything else along.
 *
 * The garbage collector deletes a Secret together with the custom resource that owns it, so a Secret that is to stay
 * loses its ownerReference first. A custom resource that another tool applies as well is left to that tool.
 */
import { isCustomResource } from '../../core/deploy/custom-resources.ts';
import { isGivenAccount } from '../../core/deploy/given-accounts.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { managerFor, ownershipOf } from '../../core/deploy/ownership.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { PUSH_FINALIZER, STORE_FINALIZER } from '../../core/model/lifecycle.ts';
import { heldProblem } from '../../core/model/held.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { OwnerReference } from '../../core/model/secret.ts';
import type { Target } from '../../core/model/target.ts';
import { failureOf, PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { objectProblem } from './object-problem.ts';

/** ESO 2.9: a running operator sets them; once that is gone, nobody takes them off. A sync of resources sets two of them too. */
const OPERATOR_FINALIZERS: readonly string[] = [
  'externalsecrets.external-secrets.io/externalsecret-cleanup',
  PUSH_FINALIZER,
  STORE_FINALIZER,
];
const ATTEMPTS = 4;

/** `absent` = it is not there, or not the installation's. */
export interface TriedRemoval {
  readonly outcome: 'deleted' | 'held' | 'kept' | 'absent' | 'left' | 'failed';
  /** Why it is still there. */
  readonly problem?: Problem;
  /** The others would fail as this one did. */
  readonly isOfAll?: true;
}

/** Removes it, or says why it is still there: one refusal does not keep the others from going. */
export async function tryRemove(objects: Objects, ref: TypedRef, installation: Installation): Promise<TriedRemoval> {
  try {
    return await removeObject(objects, ref, installation);
  } catch (error) {
    const failure = failureOf(error);
    const problem = { ...objectProblem(ref, failure), code: 'removal-failed' };
    return { outcome: 'failed', problem, ...(failure.whole ? { isOfAll: true } : {}) };
  }
}

async function removeObject(objects: Objects, ref: TypedRef, installation: Installation): Promise<TriedRemoval> {
  const live = await objects.read(ref);
  const ownership = live === undefined ? 'others' : ownershipOf(live, installation);
  if (ownership === 'others') return { outcome: 'absent' };
  if (ownership === 'shared') return { outcome: await giveUp(objects, ref, installation) };
  if (live !== undefined && isGivenAccount(live) && (await hasPods(objects, ref))) return { outcome: 'kept' };
  const finalizers = await objects.delete(ref);
  if (isCustomResource(ref)) await dropFinalizer(objects, ref, installation);
  if (finalizers.length === 0) return { outcome: 'deleted' };
  const left = await objects.read(ref);
  const held = (left?.metadata['finalizers'] ?? []) as readonly string[];
  if (left === undefined || held.length === 0) return { outcome: 'deleted' };
  return { outcome: 'held', problem: heldProblem(ref, held) };
}

/** Whoever may not see the pods of a namespace cannot know that there are none. */
async function hasPods(objects: Objects, { namespace = '', name }: TypedRef): Promise<boolean> {
  try {
    const pods = await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, {});
    return pods.some(
      ({ spec }) => ((spec ?? {}) as { readonly serviceAccountName?: string }).serviceAccountName === name,
    );
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return true;
    throw error;
  }
}

/** An apply that names no field: what nobody else set goes, the rest is theirs. */
async function giveUp(objects: Objects, ref: TypedRef, installation: Installation): Promise<'kept'> {
  const { apiVersion, kind, name, namespace } = ref;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  try {
    await objects.apply({ apiVersion, kind, metadata }, managerFor(ref, installation), { yielding: true });
  } catch (error) {
    // The other tool has not set every field that must be there; then it stays as it is.
    if (!(error instanceof PortError) || error.kind !== 'Invalid') throw error;
  }
  return 'kept';
}

async function dropFinalizer(objects: Objects, ref: TypedRef, installation: Installation): Promise<void> {
  await patchedAsRead(objects, ref, installation, (live) => {
    const finalizers = (live.metadata['finalizers'] ?? []) as readonly string[];
    const others = finalizers.filter((one) => !OPERATOR_FINALIZERS.includes(one));
    return others.length === finalizers.length ? undefined : { finalizers: orNull(others) };
  });
}

/** Takes the ExternalSecret off the owners of these Secrets; gives those that it was taken off. */
export async function disown(
  objects: Objects,
  externalSecret: KubernetesObject,
  targets: readonly Target[],
  installation: Installation,
): Promise<readonly TypedRef[]> {
  const { uid } = externalSecret.metadata;
  const disowned: TypedRef[] = [];
  for (const target of targets) {
    const ref = { apiVersion: 'v1', ...target };
    const isDone = await patchedAsRead(objects, ref, installation, ({ metadata }) => {
      const owners = (metadata['ownerReferences'] ?? []) as readonly OwnerReference[];
      if (!owners.some((owner) => owner.uid === uid)) return undefined;
      return { ownerReferences: orNull(owners.filter((owner) => owner.uid !== uid)) };
    });
    if (isDone) disowned.push(ref);
  }
  return disowned;
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

/** Changes metadata of what was read; read again where somebody was faster. False = there was nothing to change. */
async function patchedAsRead(
  objects: Objects,
  ref: TypedRef,
  installation: Installation,
  change: (live: KubernetesObject) => object | undefined,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await objects.read(ref);
    const metadata = live === undefined ? undefined : change(live);
    if (live === undefined || metadata === undefined) return false;
    try {
      const { resourceVersion } = live.metadata;
      await objects.patch(
        typedRefOf(live),
        { metadata: { ...metadata, resourceVersion } },
        managerFor(ref, installation),
      );
      return true;
    } catch (error) {
      const isMoved = error instanceof PortError && (error.kind === 'Conflict' || error.kind === 'NotFound');
      if (!isMoved || attempt === ATTEMPTS) throw error;
    }
  }
}
