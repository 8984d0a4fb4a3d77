/**
 * Making an object anew whose fields cannot change: it is deleted first, for two of one name cannot be.
 *
 * Only once the API server itself has said that a field is immutable. Where the second half does not work, what was there
 * is put back; where not even that works, it is said what is missing.
 */
import { say, withTexts } from '../../core/model/message.ts';
import { heldFix, heldText } from '../../core/model/held.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import { asPortError, failureOf, PortError } from '../../ports/errors.ts';
import type { AppliedObject, ApplyOptions, Objects } from '../../ports/objects.ts';

export interface Making {
  readonly manager: string;
  readonly how: ApplyOptions;
}

/** Rejects with a PortError that says what is there now. */
export async function remake(objects: Objects, object: KubernetesObject, making: Making): Promise<AppliedObject> {
  const ref = typedRefOf(object);
  const before = await objects.read(ref);
  const finalizers = await objects.delete(ref);
  if (finalizers.length > 0) throw stillThere(ref, finalizers);
  try {
    return { ...(await objects.apply(object, making.manager, making.how)), outcome: 'changed' };
  } catch (error) {
    throw await afterPuttingBack(objects, before, { ref, error: failureOf(error), manager: making.manager });
  }
}

function stillThere(ref: TypedRef, finalizers: readonly string[]): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'DeletionHeld',
    what: `${refText(ref)} has to be made anew, for a field of it cannot change, and ${heldText(finalizers)}`,
    fix: heldFix(ref),
  });
}

interface HalfDone {
  readonly ref: TypedRef;
  readonly error: PortError;
  readonly manager: string;
}

async function afterPuttingBack(
  objects: Objects,
  before: KubernetesObject | undefined,
  { ref, error, manager }: HalfDone,
): Promise<PortError> {
  const { kind, code, what, fix } = error;
  const words = { kind, cause: error, ...(code === undefined ? {} : { code }) };
  try {
    if (before !== undefined) await objects.apply(asItWas(before), manager);
    return new PortError({ ...words, what, fix: say`What was there before is put back. ${fix}` });
  } catch (second) {
    const { what: why } = asPortError(second);
    return new PortError({
      ...words,
      what: say`${refText(ref)} is missing now: it was deleted to be made anew, and then ${withTexts(what, (text) => text.replace(`${refText(ref)} `, 'it '))}`,
      fix: say`It could not be put back either (${why}). ${fix} Then deploy again at once: the passes in the cluster need it.`,
    });
  }
}

/** What the API server keeps of an object by itself. */
const KEPT_BY_SERVER = ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'generation', 'selfLink'];

function asItWas(object: KubernetesObject): KubernetesObject {
  const { name } = object.metadata;
  const own = Object.entries(object.metadata).filter(([field]) => !KEPT_BY_SERVER.includes(field));
  const fields = Object.entries(object).filter(([field]) => field !== 'status');
  const { apiVersion, kind } = object;
  return { ...Object.fromEntries(fields), apiVersion, kind, metadata: { ...Object.fromEntries(own), name } };
}
