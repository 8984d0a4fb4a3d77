/**
 * What a document says it is: ours, somebody else's, or ours and misspelt. One that was surely meant for us and is left
 * aside would look like a deleted one.
 */
import type { ManifestDocument } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import { nearest } from './nearest.ts';

const GROUP = 'external-secrets.io';
const GENERATORS = 'generators.external-secrets.io';
const GROUPS = [GROUP, GENERATORS];

export const CLUSTER_KINDS = ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret', 'ClusterGenerator'];
const KINDS = [
  'ExternalSecret',
  'SecretStore',
  'ClusterSecretStore',
  'ClusterExternalSecret',
  'PushSecret',
  'ClusterPushSecret',
];

/** Fields of every object. */
const FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const METADATA_FIELDS = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'uid', 'generation', 'resourceVersion'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'finalizers', 'managedFields'],
  ...['ownerReferences', 'selfLink'],
];

export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: unknown;
  readonly spec: unknown;
}

export type Meant = { readonly head: Head } | { readonly problem: Problem } | 'foreign';

/** Which object a document is about, or why that cannot be said. */
export function meantBy(document: ManifestDocument): Meant {
  const value = fieldsOf(document.value);
  const { apiVersion, kind, metadata, spec } = value;
  const head = { apiVersion: textOf(apiVersion), kind: textOf(kind), metadata, spec };
  const at: ObjectRef = { kind: head.kind === '' ? 'Object' : head.kind, name: nameOf(metadata) };
  const problem = headProblem({ at, document }, head, value);
  if (problem !== undefined) return { problem };
  return GROUPS.includes(groupOf(head.apiVersion)) ? { head } : 'foreign';
}

/** A document of another kind; not one whose kind or group is misspelt. */
export function isForeign(document: ManifestDocument): boolean {
  return meantBy(document) === 'foreign';
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}

export function nameOf(metadata: unknown): string {
  const { name } = fieldsOf(metadata);
  return typeof name === 'string' && name !== '' ? name : '(no name)';
}

/** Kinds of the operators before this one: worth a word to whoever migrates. */
const OTHER_OPERATORS: Readonly<Record<string, string>> = {
  'kubernetes-client.io': 'ExternalSecret',
  'spv.no': 'AzureKeyVaultSecret',
};

/** A warning about an object of an operator before External Secrets; `undefined` for any other. */
export function ofOtherOperator(document: ManifestDocument): Problem | undefined {
  const { apiVersion, kind: written, metadata } = fieldsOf(document.value);
  const [group, kind] = [groupOf(textOf(apiVersion)), textOf(written)];
  if (!Object.hasOwn(OTHER_OPERATORS, group) || kind !== OTHER_OPERATORS[group]) return undefined;
  const at = { kind, name: nameOf(metadata) };
  return fieldProblem({ at, document }, [], {
    severity: 'warning',
    code: 'other-operator',
    what: `is of an operator before External Secrets (${group}), and was left aside`,
    fix: `Write it anew as an ExternalSecret of ${GROUP}/v1, or leave it to that operator.`,
  });
}

/** Fields of the object itself and of its metadata that are nearly known ones. */
export function misspeltHead(subject: Subject): readonly Problem[] {
  if (subject.document.home === 'cluster') return [];
  const value = fieldsOf(subject.document.value);
  const metadata = fieldsOf(value['metadata']);
  return [
    ...misspelt(subject, [], Object.keys(value), FIELDS),
    ...misspelt(subject, ['metadata'], Object.keys(metadata), METADATA_FIELDS),
  ];
}

function misspelt(
  subject: Subject,
  path: readonly string[],
  fields: readonly string[],
  known: readonly string[],
): readonly Problem[] {
  return fields.flatMap((field) => {
    const meant = known.includes(field) ? undefined : nearest(field, known);
    if (meant === undefined) return [];
    const what = 'is not a field of this kind';
    return [fieldProblem(subject, [...path, field], { code: 'misspelt-field', what, fix: `Did you mean ${meant}?` })];
  });
}

function headProblem(subject: Subject, head: Head, value: Readonly<Record<string, unknown>>): Problem | undefined {
  if (head.apiVersion === '') return isNearKind(head.kind) ? noApiVersion(subject, value) : undefined;
  const group = groupOf(head.apiVersion);
  if (GROUPS.includes(group)) return head.kind === '' ? noKind(subject, value) : kindProblem(subject, head, group);
  const near = nearest(group, GROUPS);
  if (near !== undefined) return unserved(subject, head, `which nobody serves`, `Did you mean ${near}/v1?`);
  // Groups of definitions have a dot; a group without one is Kubernetes' own, and has no such kinds.
  if (!KINDS.includes(head.kind) || group.includes('.')) return undefined;
  return unserved(subject, head, `which has no ${head.kind}`, `Write ${GROUP}/v1.`);
}

function isNearKind(kind: string): boolean {
  return kind !== '' && nearest(kind, KINDS) !== undefined;
}

function noApiVersion(subject: Subject, value: Readonly<Record<string, unknown>>): Problem {
  return missing(subject, value, 'apiVersion', `Add it: apiVersion: ${GROUP}/v1.`);
}

function noKind(subject: Subject, value: Readonly<Record<string, unknown>>): Problem {
  return missing(subject, value, 'kind', 'Add it, as kind: ExternalSecret; letter case matters.');
}

function missing(subject: Subject, value: Readonly<Record<string, unknown>>, field: string, fix: string): Problem {
  const written = Object.keys(value).filter((name) => !FIELDS.includes(name) && nearest(name, FIELDS) === field);
  const [found] = misspelt(subject, [], written, FIELDS);
  return found ?? fieldProblem(subject, [field], { code: 'missing-field', what: 'is missing', fix });
}

/** Kinds of generators are many, and none of them is served yet. */
function kindProblem(subject: Subject, { kind }: Head, group: string): Problem | undefined {
  if (KINDS.includes(kind) || group === GENERATORS) return undefined;
  const hint = nearest(kind, KINDS);
  return fieldProblem(subject, ['kind'], {
    code: 'unknown-kind',
    what: `is ${kind}, which ${GROUP} does not have`,
    fix: hint === undefined ? `Its kinds are ${KINDS.join(', ')}.` : `Did you mean ${hint}?`,
  });
}

function unserved(subject: Subject, { apiVersion }: Head, why: string, fix: string): Problem {
  return fieldProblem(subject, ['apiVersion'], { code: 'unserved-version', what: `is ${apiVersion}, ${why}`, fix });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
