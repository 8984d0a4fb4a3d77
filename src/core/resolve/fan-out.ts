/**
 * Which children a cluster-wide manifest has here and now: one for each namespace that one of its selectors matches.
 *
 * ESO 2.9: no selector means no namespace, an empty one all of them. A namespace that has an object of that name by
 * itself keeps it, and is told.
 */
import type { FanOut } from '../model/fan-out.ts';
import { compareText, refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { selects } from '../model/label-selector.ts';

export interface NamespaceFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Expanded<Child> {
  /** By namespace. */
  readonly children: readonly Child[];
  /** ESO 2.9: `status.failedNamespaces`. */
  readonly failed: readonly { readonly namespace: string; readonly reason: string }[];
  readonly problems: readonly Problem[];
}

/** `isTaken`: is there an object of that name that is not of this manifest? */
export function expand<Child>(
  fanOut: FanOut<Child>,
  namespaces: readonly NamespaceFacts[],
  isTaken: (child: ObjectRef) => boolean,
): Expanded<Child> {
  const { childKind: kind, childName: name } = fanOut;
  const matched = namespaces.filter(({ labels }) => fanOut.selectors.some((selector) => selects(selector, labels)));
  const refs = matched
    .map(({ name: namespace }) => ({ kind, namespace, name }))
    .toSorted((a, b) => compareText(a.namespace, b.namespace));
  const taken = refs.filter(isTaken);
  return {
    children: refs.filter((ref) => !taken.includes(ref)).map(({ namespace }) => fanOut.childIn(namespace)),
    failed: taken.map(({ namespace }) => ({ namespace, reason: alreadyExists(kind) })),
    problems: taken.map((ref) => takenProblem(fanOut, ref)),
  };
}

/** ESO 2.9: `push secret already exists in namespace`, `external secret already exists in namespace`. */
function alreadyExists(kind: string): string {
  return `${kind.replaceAll(/\B[A-Z]/gu, ' $&').toLowerCase()} already exists in namespace`;
}

function takenProblem({ ref: at, origin }: Pick<FanOut<unknown>, 'ref' | 'origin'>, child: ObjectRef): Problem {
  return {
    severity: 'error',
    code: 'child-exists',
    at,
    ...(origin === undefined ? {} : { origin }),
    what: `makes ${refText(child)}, which is there by itself and is left as it is`,
    fix: 'Remove the one that is there, or leave its namespace out of the selectors.',
  };
}
