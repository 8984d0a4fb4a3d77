/** Secrets that ExternalSecrets left behind which are in no manifest any more. */
import { heldProblem, heldSentence } from '../../core/model/held.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { DeleteChange } from '../../core/model/plan.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import { recordedTarget, targetOf } from '../../core/model/target.ts';
import { deletion } from '../../core/plan/pull/changes.ts';
import { wasMadeBy } from '../../core/plan/pull/ownership.ts';
import { systemKind } from '../../core/plan/pull/system-secret.ts';
import { asPortError } from '../../ports/errors.ts';
import { findingOf } from './findings.ts';
import type { Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import type { NamespacedRef } from './resolve.ts';

export interface Gone {
  readonly prunes: readonly DeleteChange[];
  /** ExternalSecrets that are gone and left nothing: they are forgotten. */
  readonly forgets: readonly ObjectRef[];
  readonly problems: readonly Problem[];
}

/** Whoever asks to prune is told why it did not happen to so many. */
export function pruneWithheld(count: number): readonly Problem[] {
  if (count === 0) return [];
  const objects = count === 1 ? '1 ExternalSecret' : `${count} ExternalSecrets`;
  return [
    {
      severity: 'warning',
      code: 'prune-withheld',
      what: `what ${objects} of earlier runs left behind was not pruned: documents with errors may hold or replace them, or no ExternalSecret of that namespace is in these manifests`,
      fix: 'Mend those documents, and give all manifests of the namespace; the last Secrets of a namespace are deleted by hand.',
    },
  ];
}

/** A Secret that an ExternalSecret of the manifests writes to is never pruned, whoever made it. */
export async function gatherGone(gone: readonly NamespacedRef[], loaded: Loaded, ports: ReadPorts): Promise<Gone> {
  const wanted = new Set(loaded.known.map((intent) => refText(targetOf(intent))));
  const prunes: DeleteChange[] = [];
  const forgets: NamespacedRef[] = [];
  const problems: Problem[] = [];
  for (const ref of gone) {
    try {
      const own = await secretOfForgotten(ref, ports);
      const kind = own === undefined ? undefined : systemKind(own);
      if (own !== undefined && kind !== undefined) problems.push(systemSecretLeft(ref, own, kind));
      if (own === undefined || kind !== undefined || wanted.has(refText(own.ref))) forgets.push(ref);
      else if (own.deleting) problems.push(heldPrune(ref, own));
      else prunes.push(deletion(ref, own, 'no longer in the manifests'));
    } catch (error) {
      problems.push({ ...findingOf(asPortError(error)), code: 'prune-read', at: ref });
    }
  }
  return { prunes, forgets, problems };
}

/** Written by an earlier version; what it is now is not ours to delete. */
function systemSecretLeft(at: ObjectRef, { ref }: LiveSecret, kind: string): Problem {
  return {
    severity: 'warning',
    code: 'system-secret',
    at,
    hasSubject: true,
    what: `${refText(ref)} is ${kind} and is not pruned`,
    fix: 'It was left as it is. Delete it by hand if it is not needed.',
  };
}

/** Deleted by an earlier run, and still there: remembered until it is gone. */
function heldPrune(at: NamespacedRef, { ref, finalizers }: LiveSecret): Problem {
  return { ...heldProblem(ref, finalizers), at, what: heldSentence(ref, finalizers) };
}

async function secretOfForgotten(ref: NamespacedRef, ports: ReadPorts): Promise<LiveSecret | undefined> {
  const state = await ports.state.read(ref);
  const record = state?.lastTarget ?? state?.binding ?? '';
  if (record === '') return undefined;
  const secret = await ports.cluster.getSecret(recordedTarget(ref.namespace, record));
  return secret !== undefined && wasMadeBy(secret, ref) ? secret : undefined;
}
