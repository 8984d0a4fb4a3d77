/**
 * What the Kubernetes API server accepts as a Secret, and which changes it refuses.
 *
 * In one place for every plan, and for every cluster that is not a real one. Texts follow the API server's, except that
 * they never show a value, not even one of a label or annotation: a template may have put a secret there.
 */
import type { Message } from '../../model/message.ts';
import { DATA_KEY, DNS_LABEL, DNS_SUBDOMAIN, QUALIFIED_NAME_PART } from '../../model/kubernetes-names.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import { refText, type ObjectRef } from '../../model/object-ref.ts';
import type { DesiredSecret, OwnerReference, SecretContent } from '../../model/secret.ts';

/** Kubernetes: `MaxSecretSize`, the sum of all values. */
export const MAX_SECRET_BYTES = 1_048_576;
/** Kubernetes: `TotalAnnotationSizeLimitB`, keys and values together. */
export const MAX_ANNOTATION_BYTES = 262_144;
export const DEFAULT_SECRET_TYPE = 'Opaque';

const STANDARD_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Why the Secret may not be created. */
export function creationProblems(desired: DesiredSecret): readonly string[] {
  return [...nameProblems(desired.ref), ...contentProblems(desired)];
}

/** Why the Secret may not replace `live`. An absent type keeps the live one. */
export function replacementProblems(
  live: SecretContent & { readonly deleting: boolean },
  desired: DesiredSecret,
): readonly string[] {
  const type = desired.type ?? live.type ?? DEFAULT_SECRET_TYPE;
  return [...contentProblems({ ...desired, type }), ...changeProblems(live, { ...desired, type })];
}

export function nameProblems(ref: ObjectRef): readonly string[] {
  const name = dnsSubdomainProblem(ref.name);
  const namespace = ref.namespace === undefined ? undefined : dnsLabelProblem(ref.namespace);
  return [
    ...(name === undefined ? [] : [`metadata.name: Invalid value: ${JSON.stringify(ref.name)}: ${name}`]),
    ...(namespace === undefined
      ? []
      : [`metadata.namespace: Invalid value: ${JSON.stringify(ref.namespace)}: ${namespace}`]),
  ];
}

export function contentProblems(content: SecretContent): readonly string[] {
  return [
    ...labelProblems(content.labels),
    ...annotationProblems(content.annotations),
    ...ownerReferenceProblems(content.ownerReferences),
    ...finalizerProblems(content.finalizers),
    ...dataProblems(content.data),
    ...typeProblems(content),
  ];
}

export function changeProblems(
  live: SecretContent & { readonly deleting: boolean },
  desired: SecretContent,
): readonly string[] {
  const problems: string[] = [];
  const type = desired.type ?? DEFAULT_SECRET_TYPE;
  const added = desired.finalizers.filter((name) => !live.finalizers.includes(name));
  if (live.deleting && added.length > 0) {
    problems.push(
      `metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${added.join(', ')}`,
    );
  }
  if (type !== (live.type ?? DEFAULT_SECRET_TYPE)) {
    problems.push(`type: Invalid value: ${JSON.stringify(type)}: field is immutable`);
  }
  if (live.immutable !== true) return problems;
  if (desired.immutable !== true) {
    problems.push('immutable: Forbidden: field is immutable when `immutable` is set');
  }
  if (!sameData(live.data, desired.data)) {
    problems.push('data: Forbidden: field is immutable when `immutable` is set');
  }
  return problems;
}

export function sameData(a: ReadonlyMap<string, SecretValue>, b: ReadonlyMap<string, SecretValue>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key)?.equals(value) === true);
}

/** Kubernetes: `IsConfigMapKey`. */
export function dataKeyProblem(key: string): string | undefined {
  if (key.length > 253) return 'must be no more than 253 characters';
  if (!DATA_KEY.test(key)) {
    return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
  }
  if (key === '.') return "must not be '.'";
  if (key === '..') return "must not be '..'";
  return key.startsWith('..') ? "must not start with '..'" : undefined;
}

export function dnsLabelProblem(text: string): string | undefined {
  if (text.length > 63) return 'must be no more than 63 characters';
  if (DNS_LABEL.test(text)) return undefined;
  return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
}

export function dnsSubdomainProblem(text: string): string | undefined {
  if (text.length > 253) return 'must be no more than 253 characters';
  if (DNS_SUBDOMAIN.test(text)) return undefined;
  return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
}

/** Kubernetes: `IsQualifiedName`, as label keys, annotation keys and finalizers must be. */
export function qualifiedNameProblem(text: string): string | undefined {
  const parts = text.split('/');
  if (parts.length > 2) return 'a qualified name must have at most one slash';
  const [name = '', prefix] = parts.toReversed();
  if (prefix === '') return 'prefix part must be non-empty';
  const prefixProblem = prefix === undefined ? undefined : dnsSubdomainProblem(prefix);
  if (prefixProblem !== undefined) return `prefix part ${prefixProblem}`;
  if (name === '') return 'name part must be non-empty';
  if (name.length > 63) return 'name part must be no more than 63 characters';
  if (QUALIFIED_NAME_PART.test(name)) return undefined;
  return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
}

export function labelValueProblem(value: string): string | undefined {
  if (value.length > 63) return 'must be no more than 63 characters';
  if (value === '' || QUALIFIED_NAME_PART.test(value)) return undefined;
  return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
}

function labelProblems(labels: ReadonlyMap<string, string>): readonly string[] {
  return [...labels].flatMap(([key, value]) => {
    const keyProblem = qualifiedNameProblem(key);
    const valueProblem = labelValueProblem(value);
    return [
      ...(keyProblem === undefined ? [] : [`metadata.labels: Invalid value: ${JSON.stringify(key)}: ${keyProblem}`]),
      ...(valueProblem === undefined ? [] : [`metadata.labels[${key}]: Invalid value: ${valueProblem}`]),
    ];
  });
}

function annotationProblems(annotations: ReadonlyMap<string, string>): readonly string[] {
  const keys = [...annotations.keys()].flatMap((key) => {
    const problem = qualifiedNameProblem(key.toLowerCase());
    return problem === undefined ? [] : [`metadata.annotations: Invalid value: ${JSON.stringify(key)}: ${problem}`];
  });
  const bytes = [...annotations].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes <= MAX_ANNOTATION_BYTES) return keys;
  return [
    ...keys,
    `metadata.annotations: Too long: ${bytes} bytes, may not be more than ${MAX_ANNOTATION_BYTES} bytes`,
  ];
}

function ownerReferenceProblems(references: readonly OwnerReference[]): readonly string[] {
  const fields = references.flatMap((reference) =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter((field) => reference[field] === '')
      .map((field) => `metadata.ownerReferences.${field}: Invalid value: "": must not be empty`),
  );
  const controllers = references.filter((reference) => reference.controller === true);
  if (controllers.length < 2) return fields;
  const names = controllers.map((reference) => `${reference.kind}/${reference.name}`).join(' and ');
  return [
    ...fields,
    `metadata.ownerReferences: Invalid value: Only one reference can have Controller set to true. Found "true" in references for ${names}`,
  ];
}

function finalizerProblems(finalizers: readonly string[]): readonly string[] {
  return finalizers.flatMap((name, index) => {
    const problem = qualifiedNameProblem(name) ?? standardFinalizerProblem(name);
    return problem === undefined
      ? []
      : [`metadata.finalizers[${index}]: Invalid value: ${JSON.stringify(name)}: ${problem}`];
  });
}

function standardFinalizerProblem(name: string): string | undefined {
  if (name.includes('/') || STANDARD_FINALIZERS.includes(name)) return undefined;
  return 'name is neither a standard finalizer name nor is it fully qualified';
}

function dataProblems(data: ReadonlyMap<string, SecretValue>): readonly string[] {
  const keys = [...data.keys()].flatMap((key) => {
    const problem = dataKeyProblem(key);
    return problem === undefined ? [] : [`data[${key}]: Invalid value: ${JSON.stringify(key)}: ${problem}`];
  });
  const bytes = [...data.values()].reduce((sum, value) => sum + value.size, 0);
  if (bytes <= MAX_SECRET_BYTES) return keys;
  return [...keys, `data: Too long: ${bytes} bytes, may not be more than ${MAX_SECRET_BYTES} bytes`];
}

function typeProblems(content: SecretContent): readonly string[] {
  const has = (key: string): boolean => content.data.has(key);
  switch (content.type) {
    case 'kubernetes.io/tls':
      return ['tls.crt', 'tls.key'].filter((key) => !has(key)).map(requiredKey);
    case 'kubernetes.io/basic-auth':
      return has('username') || has('password') ? [] : ['username', 'password'].map(requiredKey);
    case 'kubernetes.io/ssh-auth':
      return isEmpty(content.data.get('ssh-privatekey')) ? [requiredKey('ssh-privatekey')] : [];
    case 'kubernetes.io/dockerconfigjson':
      return jsonObjectProblems(content, '.dockerconfigjson');
    case 'kubernetes.io/dockercfg':
      return jsonObjectProblems(content, '.dockercfg');
    case 'kubernetes.io/service-account-token':
      return (content.annotations.get('kubernetes.io/service-account.name') ?? '') === ''
        ? ['metadata.annotations[kubernetes.io/service-account.name]: Required value']
        : [];
    default:
      return [];
  }
}

function requiredKey(key: string): string {
  return `data[${key}]: Required value`;
}

function isEmpty(value: SecretValue | undefined): boolean {
  return value === undefined || (!value.isOpaque && value.size === 0);
}

/** Go decodes into a map: an object or null passes, everything else does not. */
function jsonObjectProblems(content: SecretContent, key: string): readonly string[] {
  const value = content.data.get(key);
  if (value === undefined) return [requiredKey(key)];
  if (value.isOpaque || isJsonObject(AS_GO.decode(value.reveal()))) return [];
  return [`data[${key}]: Invalid value: "<secret contents redacted>": ${NOT_JSON}`];
}

/** A byte order mark stays, and spoils the JSON. */
const AS_GO = new TextDecoder('utf-8', { ignoreBOM: true });

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** `Secret shop/db is invalid: …`, as the API server says it; several reasons in brackets. At least one problem. */
export function refusalOf(
  { ref, type }: Pick<DesiredSecret, 'ref' | 'type'>,
  problems: readonly string[],
): { readonly what: Message; readonly fix: Message } {
  const reasons = problems.length === 1 ? problems.join() : `[${problems.join(', ')}]`;
  const byType = problems.some((problem) => isOfType(problem)) && type !== undefined ? ` (its type is ${type})` : '';
  return { what: `${refText(ref)} is invalid: ${reasons}${byType}`, fix: wayOut(ref.kind, problems) };
}

/** What only Secrets of some type must hold. */
function isOfType(problem: string): boolean {
  return problem.endsWith(': Required value') || problem.endsWith(NOT_JSON);
}

const NOT_JSON = 'it is not a JSON object';

/** What helps, by how the problem begins or ends; the first that fits one of them. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [/^data: Too long/u, 'Narrow find, or spread the keys over several ExternalSecrets.'],
  [
    new RegExp(`${NOT_JSON}$`, 'u'),
    'Make the JSON in the template (toJson; in auth b64enc of USER:PASSWORD), or mend the value in the vault.',
  ],
  [/^data\[.*: Required value$/u, 'Give it in data or in template.data, or choose another type or target.name.'],
  [/^data\[.*: Invalid value/u, 'Rename the key with secretKey, template.data or rewrite.'],
  [/^metadata\.(labels|annotations)/u, 'Change it in template.metadata, or in the metadata of the ExternalSecret.'],
];

function wayOut(kind: string, problems: readonly string[]): string {
  const way = WAYS_OUT.find(([pattern]) => problems.some((problem) => pattern.test(problem)))?.[1];
  return `Kubernetes refuses such a ${kind}. ${way ?? 'Change the ExternalSecret that makes it, or the value in the vault.'}`;
}
