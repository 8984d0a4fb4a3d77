/**
 * ExternalSecrets that are no longer part of a deployment, as custom resources: what of theirs goes with them.
 *
 * The garbage collector deletes the Secret of a custom resource with it, whatever its deletionPolicy (ESO 2.9: Retain
 * does not protect it), so that the limits on deletions count here. A Secret that goes on under another
 * ExternalSecret, or under the same one in a ConfigMap, is taken out of its hands first.
 */
import type { PullIntent } from '../model/intent.ts';
import { roleOf } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { secretRef } from '../model/secret.ts';
import { targetOf } from '../model/target.ts';
import { overLimits, type DeletionLimits } from '../plan/guards.ts';

/** Names of the Secrets that an ExternalSecret may own: by its status and by its spec. */
export function secretNamesOf({ metadata, spec, status }: KubernetesObject): readonly string[] {
  const { target } = (spec ?? {}) as { readonly target?: { readonly name?: string } };
  const { binding } = (status ?? {}) as { readonly binding?: { readonly name?: string } };
  const names = [target?.name ?? '', binding?.name ?? ''].filter((name) => name !== '');
  return names.length === 0 ? [metadata.name] : [...new Set(names)];
}

/** Those of its Secrets that an intent of the deployment goes on with. */
export function handedOver(externalSecret: KubernetesObject, intents: readonly PullIntent[]): readonly string[] {
  const { namespace = '' } = externalSecret.metadata;
  const wanted = new Set(intents.map((intent) => refText(targetOf(intent))));
  return secretNamesOf(externalSecret).filter((name) => wanted.has(refText(secretRef(namespace, name))));
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
