/** What an intent writes: where it is and how it is called, whatever kind of thing it is. */
import type { PullIntent } from './intent.ts';
import { compareRefs, refText, type ObjectRef } from './object-ref.ts';
import { secretRef } from './secret.ts';

/** Kinds that `target.manifest` may name. ESO 2.9 writes any; in others a value would stand where nobody looks for it. */
export const MANIFEST_KINDS = ['ConfigMap'] as const;

export type ManifestKind = (typeof MANIFEST_KINDS)[number];

/** A Secret, or a ConfigMap; what is pushed is another kind of target. */
export type Target = ObjectRef;

/** The Secret that an ExternalSecret writes, or what its `target.manifest` names. */
export function targetOf({ ref, target }: PullIntent): Target {
  const { kind = 'Secret', name } = target;
  return { kind, namespace: ref.namespace, name };
}

/** Everything that an intent writes, in the order in which it is told. */
export function targetsOf(intent: PullIntent): readonly [Target, ...Target[]] {
  return [targetOf(intent)];
}

/** `Secret shop/orders-db`: equal texts are the same target. */
export function targetText(target: Target): string {
  return refText(target);
}

/** The one order of targets. */
export function compareTargets(a: Target, b: Target): number {
  return compareRefs(a, b);
}

export function isSecret({ kind }: Pick<Target, 'kind'>): boolean {
  return kind === 'Secret';
}

/** How a target is remembered within its namespace: `orders-db`, or `ConfigMap/orders-db`. No name holds a slash. */
export function targetRecord({ kind, name }: Pick<Target, 'kind' | 'name'>): string {
  return kind === 'Secret' ? name : `${kind}/${name}`;
}

/** The target of a record. */
export function recordedTarget(namespace: string, record: string): Target {
  const slash = record.indexOf('/');
  if (slash < 0) return secretRef(namespace, record);
  return { kind: record.slice(0, slash), namespace, name: record.slice(slash + 1) };
}
