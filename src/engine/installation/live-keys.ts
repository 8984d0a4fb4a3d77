/** The keys of a Secret or ConfigMap that is there, by their names, and whether it is being deleted. Its values go no further than here. */
import { heldProblem } from '../../core/model/held.ts';
import type { ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';

export interface LiveKeys {
  /** Names; `undefined` = there is no Secret, `not readable` where the rights do not reach. */
  readonly keys: readonly string[] | 'not readable' | undefined;
  /** It is being deleted. */
  readonly held?: Problem;
}

export async function keysOf(objects: Objects, { kind, namespace = '', name }: ObjectRef): Promise<LiveKeys> {
  const ref = { apiVersion: 'v1', kind, namespace, name };
  try {
    const secret = await objects.read(ref);
    if (secret === undefined) return { keys: undefined };
    const keys = [secret['data'], secret['binaryData']].flatMap((part) => Object.keys(part ?? {})).sort();
    if (secret.metadata['deletionTimestamp'] === undefined) return { keys };
    return { keys, held: heldProblem(ref, (secret.metadata['finalizers'] ?? []) as readonly string[]) };
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return { keys: 'not readable' };
    throw error;
  }
}
