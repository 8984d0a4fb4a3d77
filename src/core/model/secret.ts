/** Kubernetes Secrets, and ConfigMaps as targets, as this program sees them: live ones, and ones it wants. */
import type { ObjectRef } from './object-ref.ts';
import type { SecretValue } from './secret-value.ts';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** What one field manager owns of a Secret, read from `metadata.managedFields` (operation Apply or Update alike). */
export interface OwnedFields {
  readonly manager: string;
  readonly data: readonly string[];
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
}

/** The part of a Secret that a write may set. */
export interface SecretContent {
  readonly type?: string;
  readonly immutable?: boolean;
  readonly data: ReadonlyMap<string, SecretValue>;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly ownerReferences: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  /** Of a ConfigMap: keys that stand under `binaryData`. What is no text goes there in any case. */
  readonly binaryKeys?: readonly string[];
}

/** A Secret to write; its reference tells where it is a ConfigMap. */
export interface DesiredSecret extends SecretContent {
  readonly ref: ObjectRef;
}

/** A Secret as it was read. */
export interface LiveSecret extends SecretContent {
  readonly ref: ObjectRef;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly deleting: boolean;
  readonly ownedFields: readonly OwnedFields[];
}

export function secretRef(namespace: string, name: string): ObjectRef {
  return { kind: 'Secret', namespace, name };
}
