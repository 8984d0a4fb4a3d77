/** Secrets, and ConfigMaps as targets, as the API server writes them and as this program sees them. Values never stay text. */
import { compareText, type ObjectRef } from '../../core/model/object-ref.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { DesiredSecret, LiveSecret, OwnedFields, OwnerReference } from '../../core/model/secret.ts';
import { isSecret } from '../../core/model/target.ts';
import { configMapContent, configMapData } from './config-map-object.ts';
import type { Json } from './object-api.ts';

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFields[];
}

interface ManagedFields {
  readonly manager?: string;
  readonly fieldsV1?: Json;
}

export function metadataOf(object: Json): Metadata {
  return object['metadata'] ?? {};
}

/** A list does not say of its items which kind they are. */
export function toLiveSecret(object: Json, kind = 'Secret'): LiveSecret {
  const metadata = metadataOf(object);
  const { namespace = '', name = '' } = metadata;
  const { type, immutable } = object as { readonly type?: string; readonly immutable?: boolean };
  return {
    ref: { kind, namespace, name },
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    deleting: metadata.deletionTimestamp !== undefined,
    ...(type === undefined ? {} : { type }),
    ...(immutable === undefined ? {} : { immutable }),
    ...(kind === 'Secret' ? { data: secretData(object) } : configMapContent(object)),
    labels: new Map(Object.entries(metadata.labels ?? {})),
    annotations: new Map(Object.entries(metadata.annotations ?? {})),
    ownerReferences: metadata.ownerReferences ?? [],
    finalizers: metadata.finalizers ?? [],
    // Stryker disable next-line ArrayDeclaration: an entry that names no manager owns no key
    ownedFields: ownedFields(metadata.managedFields ?? []),
  };
}

function secretData(object: Json): LiveSecret['data'] {
  return new Map(Object.entries(texts(object['data'])).map(([key, text]) => [key, decoded(text)]));
}

/** The whole Secret, or ConfigMap; empty parts are left out, as the API server does. */
export function toSecretObject(secret: DesiredSecret, resourceVersion: string): Json {
  const { labels, annotations, finalizers, ownerReferences } = secret;
  return {
    metadata: {
      resourceVersion,
      ...(labels.size === 0 ? {} : { labels: Object.fromEntries(labels) }),
      ...(annotations.size === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
      ...(finalizers.length === 0 ? {} : { finalizers }),
      ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
    },
    ...(secret.type === undefined ? {} : { type: secret.type }),
    ...(secret.immutable === undefined ? {} : { immutable: secret.immutable }),
    ...(isSecret(secret.ref) ? encodedData(secret.data) : configMapData(secret)),
  };
}

function encodedData(data: DesiredSecret['data']): Json {
  if (data.size === 0) return {};
  return { data: Object.fromEntries([...data].map(([key, value]) => [key, encoded(value)])) };
}

/** What may be shown of a Secret when the API server quotes it: names, never values of data, labels or annotations. */
export function namesOf(secret: DesiredSecret): readonly string[] {
  const { ref, type, data, labels, annotations, finalizers } = secret;
  const owners = secret.ownerReferences.flatMap(({ kind, name, uid }) => [kind, name, uid]);
  const keys = [...data.keys(), ...labels.keys(), ...annotations.keys()];
  return [ref.name, ref.namespace ?? '', ...(type === undefined ? [] : [type]), ...keys, ...finalizers, ...owners];
}

/**
 * One entry per manager name, whatever the operation, without those that own no key; names and keys sorted.
 * Kubernetes: FieldsV1 writes the key `x` of a map as `f:x`.
 */
export function ownedFields(entries: readonly ManagedFields[]): readonly OwnedFields[] {
  const managers = [...new Set(entries.map(({ manager = '' }) => manager))].sort(compareText);
  return managers
    .map((manager) => {
      const own = entries.filter((entry) => entry.manager === manager).map(({ fieldsV1 = {} }) => fieldsV1);
      return {
        manager,
        data: [...new Set([...keysAt(own, ['f:data']), ...keysAt(own, ['f:binaryData'])])].sort(compareText),
        labels: keysAt(own, ['f:metadata', 'f:labels']),
        annotations: keysAt(own, ['f:metadata', 'f:annotations']),
      };
    })
    .filter(({ data, labels, annotations }) => data.length + labels.length + annotations.length > 0);
}

export function isSameRef(object: Json, ref: ObjectRef): boolean {
  const { name, namespace } = metadataOf(object);
  return object['kind'] === ref.kind && name === ref.name && namespace === ref.namespace;
}

function keysAt(fields: readonly Json[], path: readonly string[]): readonly string[] {
  const keys = fields.flatMap((field) => {
    const at = path.reduce<Json>((value, part) => (value[part] ?? {}) as Json, field);
    return Object.keys(at).filter((key) => key.startsWith('f:'));
  });
  return [...new Set(keys.map((key) => key.slice(2)))].sort(compareText);
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Readonly<Record<string, string>>;
}

function decoded(text: string): SecretValue {
  return SecretValue.of(Buffer.from(text, 'base64'));
}

function encoded(value: SecretValue): string {
  return Buffer.from(value.reveal()).toString('base64');
}
