/**
 * Which children a cluster-wide manifest has here and now: one for each namespace that one of its selectors matches.
 *
 * ESO 2.9: no selector means no namespace, an empty one all of them. A namespace that has an object of that name by
 * itself keeps it, and is told.
 */
import type { FailedNamespace, FanOut } from '../model/fan-out.ts';
import { selects } from '../model/label-selector.ts';
import { compareText, refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';

export interface NamespaceFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** `PushSecret a1/spread`. */
export type ChildRef = ObjectRef & { readonly namespace: string };

/** By namespace. */
export function childRefs(
  fanOut: Pick<FanOut<unknown>, 'childKind' | 'childName' | 'selectors'>,
  namespaces: readonly NamespaceFacts[],
): readonly ChildRef[] {
  return namespaces
    .filter(({ labels }) => fanOut.selectors.some((selector) => selects(selector, labels)))
    .map(({ name }) => childRef(fanOut, name))
    .toSorted((a, b) => compareText(a.namespace, b.namespace));
}

export function childRef(
  { childKind: kind, childName: name }: Pick<FanOut<unknown>, 'childKind' | 'childName'>,
  namespace: string,
): ChildRef {
  return { kind, namespace, name };
}

/** ESO 2.9: `push secret already exists in namespace`, `external secret already exists in namespace`. */
export function alreadyThere({ kind, namespace }: ChildRef): FailedNamespace {
  return { namespace, reason: `${kind.replaceAll(/\B[A-Z]/gu, ' $&').toLowerCase()} already exists in namespace` };
}

/** An object has the child's name that is not of this manifest. */
export function takenProblem({ ref: at, origin }: Pick<FanOut<unknown>, 'ref' | 'origin'>, child: ObjectRef): Problem {
  return {
    severity: 'error',
    code: 'child-exists',
    at,
    ...(origin === undefined ? {} : { origin }),
    what: `makes ${refText(child)}, which is there by itself and is left as it is`,
    fix: 'Remove the one that is there, or leave its namespace out of the selectors.',
  };
}
