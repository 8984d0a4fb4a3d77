/** Whose Secret is it? Every question about owner references and the created-by label is answered here. */
import type { PullIntent } from '../../model/intent.ts';
import { EXTERNAL_SECRETS, groupOf } from '../../model/kinds.ts';
import type { LiveSecret, OwnerReference } from '../../model/secret.ts';
import { fieldManager, hashText } from '../../go/go-hash.ts';
import { CREATED_BY_LABEL } from '../../model/names.ts';

/** ESO 2.9: the value of the created-by label, H("<namespace>/<name>"). */
export function createdBy(ref: { readonly namespace: string; readonly name: string }): string {
  return hashText(`${ref.namespace}/${ref.name}`);
}

/** The owner reference with `controller: true`, of which there is at most one. */
export function controllerOf(secret: LiveSecret): OwnerReference | undefined {
  return secret.ownerReferences.find((reference) => reference.controller === true);
}

/** ESO 2.9: kind and group decide; version and uid are ignored. */
export function isExternalSecret(reference: OwnerReference): boolean {
  return reference.kind === 'ExternalSecret' && groupOf(reference.apiVersion) === EXTERNAL_SECRETS;
}

/** Does this reference name the intent? By name, like ESO 2.9: a recreated ExternalSecret has another uid. */
export function isReferenceTo(intent: PullIntent, reference: OwnerReference): boolean {
  return isExternalSecret(reference) && reference.name === intent.ref.name;
}

/** Who stands in the way of a write, if anybody. */
export type Claim =
  | { readonly kind: 'free' }
  /** `name` is `namespace/name`; absent where only a label tells that there is one. */
  | { readonly kind: 'external-secret'; readonly name?: string }
  | { readonly kind: 'controller'; readonly name: string };

/** What is known of other ExternalSecrets, by the value of their created-by label. */
export interface OtherIntents {
  /** Gone for certain. */
  readonly gone: ReadonlySet<string>;
  /** In these manifests: label value → `namespace/name`. */
  readonly known: ReadonlyMap<string, string>;
}

/**
 * May the intent write this Secret?
 *
 * | the Secret's controller   | Owner      | Orphan, Merge, CreateOrMerge |
 * | ------------------------- | ---------- | ---------------------------- |
 * | none, or this intent      | free       | free                         |
 * | another ExternalSecret    | refused    | refused                      |
 * | anything else             | refused    | free                         |
 *
 * ESO 2.9, 3.5. Without custom resources there are no owner references of ours: then the created-by label of another
 * ExternalSecret counts as its reference, unless that one is known to be gone.
 */
export function claimOn(secret: LiveSecret, intent: PullIntent, others: OtherIntents): Claim {
  const controller = controllerOf(secret);
  if (controller !== undefined && !isReferenceTo(intent, controller)) {
    if (isExternalSecret(controller))
      return { kind: 'external-secret', name: `${intent.ref.namespace}/${controller.name}` };
    const name = `${controller.kind} ${controller.name}`;
    return intent.target.creationPolicy === 'Owner' ? { kind: 'controller', name } : { kind: 'free' };
  }
  const label = secret.labels.get(CREATED_BY_LABEL);
  if (intent.owner !== undefined || label === undefined || label === createdBy(intent.ref)) return { kind: 'free' };
  if (others.gone.has(label)) return { kind: 'free' };
  const name = others.known.get(label);
  return { kind: 'external-secret', ...(name === undefined ? {} : { name }) };
}

/** Does a controller own this Secret, and is it not this intent? */
export function belongsToAnother(secret: LiveSecret, intent: PullIntent): boolean {
  const controller = controllerOf(secret);
  return controller !== undefined && !isReferenceTo(intent, controller);
}

/** Was this Secret made or taken over by this intent? What is not may never be deleted for it. */
export function isOwn(secret: LiveSecret, intent: PullIntent): boolean {
  const controller = controllerOf(secret);
  if (controller !== undefined) return isReferenceTo(intent, controller);
  return secret.labels.get(CREATED_BY_LABEL) === createdBy(intent.ref);
}

/**
 * Did the ExternalSecret of this name itself write the Secret? A Secret that somebody copied keeps label and owner reference,
 * but not the record of who wrote its fields.
 */
export function wasWrittenBy(secret: LiveSecret, externalSecretName: string): boolean {
  const manager = fieldManager(externalSecretName);
  return secret.ownedFields.some((owned) => owned.manager === manager);
}

/** Made and written by this ExternalSecret: what is left of it may go when it goes. */
export function wasMadeBy(secret: LiveSecret, ref: { readonly namespace: string; readonly name: string }): boolean {
  return secret.labels.get(CREATED_BY_LABEL) === createdBy(ref) && wasWrittenBy(secret, ref.name);
}
