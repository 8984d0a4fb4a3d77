/**
 * One Secret, or ConfigMap, as the YAML that stands in a file, and back.
 *
 * With values shown it is a Secret that `kubectl apply` takes. Without, it holds no value at all: neither under
 * `data` nor in an annotation that is known to repeat one.
 */
import type { Message } from '../../core/model/message.ts';
import { fieldsOf } from '../../core/model/fields.ts';
import { DATA_HASH_ANNOTATION, REDACTED } from '../../core/model/names.ts';
import { isUtf8 } from 'node:buffer';
import { stringify } from 'yaml';
import type { FieldPath } from '../../core/model/origin.ts';
import { compareText, type ObjectRef } from '../../core/model/object-ref.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { OwnerReference, SecretContent } from '../../core/model/secret.ts';
import { isSecret } from '../../core/model/target.ts';
import { isRedactedText, type Fingerprints } from './fingerprints.ts';
import type { FileContent } from './atomic-file.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const REDACTED_HEADER = '# The values are redacted, so Kubernetes refuses this file.\n';
/** Kubernetes takes whatever text a ConfigMap holds. */
const REDACTED_TEXTS_HEADER = '# The values are redacted: not to be applied to a cluster.\n';

/** Something in a Secret's document that Kubernetes would not take. */
export interface DocumentFault {
  readonly path: FieldPath;
  readonly what: Message;
}

export interface ReadSecret {
  readonly content: SecretContent;
  readonly deleting: boolean;
  readonly faults: readonly DocumentFault[];
}

export interface ValueCodec {
  readonly showValues: boolean;
  readonly fingerprints: Fingerprints;
}

/** The file of one Secret; keys sorted, so that equal Secrets are equal files. */
export function printSecret(ref: ObjectRef, content: SecretContent, codec: ValueCodec): FileContent {
  const text = stringify(
    {
      apiVersion: 'v1',
      kind: ref.kind,
      metadata: printMetadata(ref, content, codec.showValues),
      ...(content.immutable === undefined ? {} : { immutable: content.immutable }),
      ...(isSecret(ref) ? printData(ref, content, codec) : printTexts(ref, content, codec)),
    },
    { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false },
  );
  if (codec.showValues) return { text, mode: 0o600 };
  return { text: (isSecret(ref) ? REDACTED_HEADER : REDACTED_TEXTS_HEADER) + text, mode: 0o644 };
}

function printData(ref: ObjectRef, { type = 'Opaque', data }: SecretContent, codec: ValueCodec): object {
  return {
    type,
    data: sortedFields([...data].map(([key, value]) => [key, printValue(placeOf(ref, key), value, codec)])),
  };
}

/** Of a ConfigMap: texts as they are, everything else in base64. */
function printTexts(ref: ObjectRef, { data, binaryKeys = [] }: SecretContent, codec: ValueCodec): object {
  const isBinary = (key: string, value: SecretValue) => binaryKeys.includes(key) || !isTextual(value);
  const [binary, plain] = [true, false].map((wanted) => [...data].filter((entry) => isBinary(...entry) === wanted));
  const plainText = (key: string, value: SecretValue) =>
    codec.showValues && !value.isOpaque
      ? Buffer.from(value.reveal()).toString('utf8')
      : printValue(placeOf(ref, key), value, codec);
  return {
    data: sortedFields((plain ?? []).map(([key, value]) => [key, plainText(key, value)])),
    ...(binary === undefined || binary.length === 0
      ? {}
      : { binaryData: sortedFields(binary.map(([key, value]) => [key, printValue(placeOf(ref, key), value, codec)])) }),
  };
}

function isTextual(value: SecretValue): boolean {
  return value.isOpaque || isUtf8(value.reveal());
}

/** What a document of kind Secret or ConfigMap says; what is wrong in it is reported, not thrown. */
export function readSecretDocument(
  ref: ObjectRef,
  document: Readonly<Record<string, unknown>>,
  codec: ValueCodec,
): ReadSecret {
  const faults: DocumentFault[] = [];
  const metadata = fieldsOf(document['metadata']);
  const texts = (path: FieldPath, value: unknown): ReadonlyMap<string, string> => readTexts(path, value, faults);
  const { type, immutable } = document;
  const content: SecretContent = {
    ...(isSecret(ref) ? { type: typeof type === 'string' && type !== '' ? type : 'Opaque' } : {}),
    ...(typeof immutable === 'boolean' ? { immutable } : {}),
    ...(isSecret(ref)
      ? { data: readData(ref, document, codec, faults) }
      : readConfigMapData(ref, document, codec, faults)),
    labels: texts(['metadata', 'labels'], metadata['labels']),
    annotations: texts(['metadata', 'annotations'], metadata['annotations']),
    ownerReferences: Array.isArray(metadata['ownerReferences'])
      ? metadata['ownerReferences'].map(readOwnerReference)
      : [],
    finalizers: Array.isArray(metadata['finalizers']) ? metadata['finalizers'].map(String) : [],
  };
  return { content, deleting: typeof metadata['deletionTimestamp'] === 'string', faults };
}

function printMetadata(ref: ObjectRef, content: SecretContent, showValues: boolean): object {
  const { labels, ownerReferences, finalizers } = content;
  const annotations = showValues ? content.annotations : redactAnnotations(content.annotations);
  return {
    name: ref.name,
    namespace: ref.namespace,
    ...(labels.size === 0 ? {} : { labels: sortedFields([...labels]) }),
    ...(annotations.size === 0 ? {} : { annotations: sortedFields([...annotations]) }),
    ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
    ...(finalizers.length === 0 ? {} : { finalizers }),
  };
}

/** The data hash lets a weak value be guessed; the record that kubectl keeps of a Secret holds its values. */
function redactAnnotations(annotations: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const tells = (key: string, text: string): boolean =>
    key === DATA_HASH_ANNOTATION || (key === LAST_APPLIED && text.includes('"kind":"Secret"'));
  return new Map([...annotations].map(([key, text]) => [key, tells(key, text) ? REDACTED : text]));
}

function printValue(place: string, value: SecretValue, codec: ValueCodec): string {
  if (!codec.showValues) return codec.fingerprints.redact(place, value);
  // A key that somebody else owns stays redacted when nobody knows its value.
  if (value.isOpaque) return codec.fingerprints.textOf(place, value);
  return Buffer.from(value.reveal()).toString('base64');
}

function readData(
  ref: ObjectRef,
  document: Readonly<Record<string, unknown>>,
  codec: ValueCodec,
  faults: DocumentFault[],
): ReadonlyMap<string, SecretValue> {
  const data = new Map<string, SecretValue>();
  for (const [key, text] of readTexts(['data'], document['data'], faults)) {
    const value = readValue(placeOf(ref, key), text, codec);
    if (value === undefined) faults.push({ path: ['data', key], what: `data[${key}] is not base64` });
    else data.set(key, value);
  }
  for (const [key, text] of readTexts(['stringData'], document['stringData'], faults)) {
    data.set(key, SecretValue.ofText(text));
  }
  return data;
}

function readConfigMapData(
  ref: ObjectRef,
  document: Readonly<Record<string, unknown>>,
  codec: ValueCodec,
  faults: DocumentFault[],
): Pick<SecretContent, 'data' | 'binaryKeys'> {
  const data = new Map<string, SecretValue>();
  for (const [key, text] of readTexts(['data'], document['data'], faults)) {
    const redacted = isRedactedText(text) ? readValue(placeOf(ref, key), text, codec) : undefined;
    data.set(key, redacted ?? SecretValue.ofText(text));
  }
  const binary = readTexts(['binaryData'], document['binaryData'], faults);
  for (const [key, text] of binary) {
    const value = readValue(placeOf(ref, key), text, codec);
    if (value === undefined) faults.push({ path: ['binaryData', key], what: `binaryData[${key}] is not base64` });
    else data.set(key, value);
  }
  return { data, ...(binary.size === 0 ? {} : { binaryKeys: [...binary.keys()] }) };
}

function readValue(place: string, text: string, codec: ValueCodec): SecretValue | undefined {
  if (isRedactedText(text)) {
    return codec.showValues ? codec.fingerprints.forgotten(place, text) : codec.fingerprints.recognize(place, text);
  }
  const packed = text.replaceAll(/[\r\n]/gu, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(packed)) return undefined;
  return SecretValue.of(Buffer.from(packed, 'base64'));
}

function readTexts(path: FieldPath, value: unknown, faults: DocumentFault[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [key, text] of Object.entries(fieldsOf(value))) {
    if (typeof text === 'string') texts.set(key, text);
    else if (text === null) texts.set(key, '');
    else faults.push({ path: [...path, key], what: `${path.join('.')}[${key}] is not a text; put it in quotes` });
  }
  return texts;
}

function readOwnerReference(value: unknown): OwnerReference {
  const { apiVersion, kind, name, uid, controller, blockOwnerDeletion } = fieldsOf(value);
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  return {
    apiVersion: text(apiVersion),
    kind: text(kind),
    name: text(name),
    uid: text(uid),
    ...(typeof controller === 'boolean' ? { controller } : {}),
    ...(typeof blockOwnerDeletion === 'boolean' ? { blockOwnerDeletion } : {}),
  };
}

/** Names one value of the folder. */
export function placeOf(ref: ObjectRef, key: string): string {
  const path = `${ref.namespace ?? ''}/${ref.name}/${key}`;
  return isSecret(ref) ? path : `${ref.kind}/${path}`;
}

function sortedFields(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => compareText(a, b)));
}
