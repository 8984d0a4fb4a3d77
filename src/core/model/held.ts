/**
 * What is deleted and still there, with all that it holds: finalizers keep it until whoever set them takes them off.
 * Whatever is written into it goes with it.
 */
import { refText, type ObjectRef } from './object-ref.ts';
import type { Problem } from './problem.ts';

/** `is being deleted, held by example.com/hold`. */
export function heldText(finalizers: readonly string[]): string {
  return finalizers.length === 0 ? 'is being deleted' : `is being deleted, held by ${finalizers.join(', ')}`;
}

/** How to get rid of it. */
export function heldFix(ref: ObjectRef): string {
  const { kind, namespace, name } = ref;
  const where = namespace === undefined ? '' : ` -n ${namespace}`;
  const show = `kubectl get ${kind.toLowerCase()} ${name}${where} -o jsonpath={.metadata.finalizers}`;
  return `It is still there with all that it holds, until whoever set that finalizer takes it off (${show}). Run again then.`;
}

/** Of an object that was to be deleted. */
export function heldProblem(ref: ObjectRef, finalizers: readonly string[]): Problem {
  const { kind, namespace, name } = ref;
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return { severity: 'error', code: 'deletion-held', at, what: heldText(finalizers), fix: heldFix(ref) };
}

/** The same of one that another object is about. */
export function heldSentence(ref: ObjectRef, finalizers: readonly string[]): string {
  return `${refText(ref)} ${heldText(finalizers)}`;
}
