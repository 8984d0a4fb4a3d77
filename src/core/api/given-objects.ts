/**
 * ServiceAccounts and Secrets that stand beside the stores in the manifests, as guides write them: they count as present
 * for a login from this machine. Values of such a Secret never leave it: they are in no report, no ConfigMap, no apply.
 */
import { refOfHead, type ManifestDocument } from '../model/document.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Origin } from '../model/origin.ts';
import { SecretValue } from '../model/secret-value.ts';

export interface GivenSecret {
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  readonly type?: string;
  readonly data: ReadonlyMap<string, SecretValue>;
}

/** By `refText`. What stands in the manifests twice is not among them: which was meant cannot be known. */
export interface GivenObjects {
  readonly serviceAccounts: ReadonlyMap<string, KubernetesObject>;
  readonly secrets: ReadonlyMap<string, GivenSecret>;
}

/** `namespace` is for documents that name none; without it they are passed over. */
export function givenObjects(documents: readonly ManifestDocument[], namespace?: string): GivenObjects {
  const placed = documents.flatMap((document) => placedIn(document, namespace));
  const of = (kind: string) => placed.filter(({ ref }) => ref.kind === kind);
  return {
    serviceAccounts: once(of('ServiceAccount').map(({ ref, value }) => [ref, serviceAccountOf(ref, value)])),
    secrets: once(of('Secret').map(({ ref, value, document }) => [ref, secretOf(ref, value, document)])),
  };
}

interface Placed {
  readonly ref: ObjectRef;
  readonly value: Fields;
  readonly document: ManifestDocument;
}

function placedIn(document: ManifestDocument, given: string | undefined): readonly Placed[] {
  const { apiVersion, kind } = document.head;
  if (apiVersion !== 'v1' || (kind !== 'ServiceAccount' && kind !== 'Secret')) return [];
  const ref = refOfHead(document.head, given);
  return ref?.namespace === undefined ? [] : [{ ref, value: fieldsOf(document.value), document }];
}

function once<Value>(entries: readonly (readonly [ObjectRef, Value])[]): ReadonlyMap<string, Value> {
  const texts = entries.map(([ref]) => refText(ref));
  return new Map(
    entries.map(([ref, value]) => [refText(ref), value] as const).filter(([text]) => isSingle(texts, text)),
  );
}

function isSingle(texts: readonly string[], text: string): boolean {
  return texts.indexOf(text) === texts.lastIndexOf(text);
}

/** What people write of one; not what an API server adds. */
function serviceAccountOf({ name, namespace = '' }: ObjectRef, value: Fields): KubernetesObject {
  const { imagePullSecrets, automountServiceAccountToken } = value;
  const { labels, annotations } = fieldsOf(value['metadata']);
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels: textsIn(labels), annotations: textsIn(annotations) },
    ...(Array.isArray(imagePullSecrets) ? { imagePullSecrets } : {}),
    ...(typeof automountServiceAccountToken === 'boolean' ? { automountServiceAccountToken } : {}),
  };
}

function secretOf(ref: ObjectRef, value: Fields, { origin }: ManifestDocument): GivenSecret {
  const { type, data, stringData } = value;
  const decoded = Object.entries(textsIn(data)).map(
    ([key, text]) => [key, SecretValue.of(Buffer.from(text, 'base64'))] as const,
  );
  const plain = Object.entries(textsIn(stringData)).map(([key, text]) => [key, SecretValue.ofText(text)] as const);
  return {
    ref,
    ...(origin === undefined ? {} : { origin }),
    ...(typeof type === 'string' ? { type } : {}),
    data: new Map([...decoded, ...plain]),
  };
}

/** Kubernetes: the record of kubectl repeats the object, and is its own affair. */
function textsIn(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && entry[0] !== 'kubectl.kubernetes.io/last-applied-configuration',
    ),
  );
}
