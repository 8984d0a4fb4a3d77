/**
 * What is no longer part of a deployment, and what goes with it.
 *
 * The garbage collector deletes the Secret of a custom resource with it, whatever its deletionPolicy (ESO 2.9: Retain
 * does not protect it), so that the limits on deletions count here. A Secret that goes on under another
 * ExternalSecret, or under the same one in a ConfigMap, is taken out of its hands first.
 */
import type { PullIntent, StoreRef } from '../model/intent.ts';
import { roleOf } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { secretRef } from '../model/secret.ts';
import { targetOf, type Target } from '../model/target.ts';
import { overLimits, type DeletionLimits } from '../plan/guards.ts';

/** A PushSecret that is in no manifest any more. */
export interface GonePush {
  readonly ref: ObjectRef & { readonly namespace: string };
  /** By which its vault objects are deleted. */
  readonly storeRefs: readonly StoreRef[];
  /** How many vault objects go with it. */
  readonly deletes: number;
}

/** Would more vault objects go with their PushSecrets than the limits allow? They count apart from Secrets. */
export function tooManyVaultObjectsGone(
  { gonePushes, vaultObjects }: { readonly gonePushes: readonly GonePush[]; readonly vaultObjects: number },
  limits: DeletionLimits | undefined,
): Problem | undefined {
  const lost = gonePushes.reduce((sum, { deletes }) => sum + deletes, 0);
  return overLimits(lost, vaultObjects, limits, 'vault objects');
}

/** What an ExternalSecret may own: the Secrets of its status and its spec, or what its `target.manifest` names. */
export function ownedTargetsOf({ metadata, spec, status }: KubernetesObject): readonly Target[] {
  const { namespace = '' } = metadata;
  const { target } = (spec ?? {}) as { readonly target?: WrittenTarget };
  const { binding } = (status ?? {}) as { readonly binding?: { readonly name?: string } };
  const kind = target?.manifest?.kind ?? 'Secret';
  const bound = secretRef(namespace, binding?.name ?? '');
  const name = target?.name ?? (kind === 'Secret' ? '' : metadata.name);
  const found = [{ kind, namespace, name }, bound].filter((one) => one.name !== '');
  const all = found.length === 0 ? [{ kind, namespace, name: metadata.name }] : found;
  return [...new Map(all.map((one) => [refText(one), one])).values()];
}

interface WrittenTarget {
  readonly name?: string;
  readonly manifest?: { readonly kind?: string };
}

/** Those of its Secrets that an intent of the deployment goes on with. */
export function handedOver(externalSecret: KubernetesObject, intents: readonly PullIntent[]): readonly Target[] {
  const wanted = new Set(intents.map((intent) => refText(targetOf(intent))));
  return ownedTargetsOf(externalSecret).filter((target) => wanted.has(refText(target)));
}

/** Would more Secrets go with their ExternalSecrets than the limits allow? */
export function tooManyGone(
  gone: readonly KubernetesObject[],
  intents: readonly PullIntent[],
  limits: DeletionLimits | undefined,
): Problem | undefined {
  const lost = gone.filter((one) => ownsItsSecret(one) && handedOver(one, intents).length === 0).length;
  return overLimits(lost, intents.length + lost, limits);
}

function ownsItsSecret({ kind, spec }: KubernetesObject): boolean {
  const { target } = (spec ?? {}) as { readonly target?: { readonly creationPolicy?: string } };
  return roleOf(kind) === 'pull' && (target?.creationPolicy ?? 'Owner') === 'Owner';
}
