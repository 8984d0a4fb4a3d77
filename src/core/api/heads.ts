/**
 * What a document says it is: ours, somebody else's, or ours and misspelt. One that was surely meant for us and is left
 * aside would look like a deleted one.
 */
import type { Message } from '../model/message.ts';
import type { DocumentHead, ManifestDocument } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import {
  apiVersionsOf,
  EXTERNAL_SECRETS,
  GENERATORS,
  groupOf,
  GROUPS,
  kindNamed,
  KINDS as ALL_KINDS,
} from '../model/kinds.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import { nearest } from '../model/nearest.ts';

const KINDS = ALL_KINDS.filter(({ group }) => group === EXTERNAL_SECRETS).map(({ kind }) => kind);

/** Fields of every object. */
const FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
export const METADATA_FIELDS: readonly string[] = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'uid', 'generation', 'resourceVersion'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'finalizers', 'managedFields'],
  ...['ownerReferences', 'selfLink'],
];

export type Meant = 'ours' | 'foreign' | { readonly problem: Problem };

/** Which object a document is about, or why that cannot be said. */
export function meantBy(document: ManifestDocument): Meant {
  const problem = headProblem({ at: namedAs(document), document }, document.head);
  if (problem !== undefined) return { problem };
  return GROUPS.includes(groupOf(document.head.apiVersion)) ? 'ours' : 'foreign';
}

/** A document of another kind; not one whose kind or group is misspelt. */
export function isForeign(document: ManifestDocument): boolean {
  return meantBy(document) === 'foreign';
}

/** As far as it can be made out, for messages about a document whose place is not known. */
export function namedAs({ head: { kind, name } }: ManifestDocument): ObjectRef {
  return { kind: kind === '' ? 'Object' : kind, name: name === undefined || name === '' ? '(no name)' : name };
}

/** Kinds of the operators before this one: worth a word to whoever migrates. */
const OTHER_OPERATORS: Readonly<Record<string, string>> = {
  'kubernetes-client.io': 'ExternalSecret',
  'spv.no': 'AzureKeyVaultSecret',
};

/** A warning about an object of an operator before External Secrets; `undefined` for any other. */
export function ofOtherOperator(document: ManifestDocument): Problem | undefined {
  const group = groupOf(document.head.apiVersion);
  if (!Object.hasOwn(OTHER_OPERATORS, group) || document.head.kind !== OTHER_OPERATORS[group]) return undefined;
  return fieldProblem({ at: namedAs(document), document }, [], {
    severity: 'warning',
    code: 'other-operator',
    what: `is of an operator before External Secrets (${group}), and was left aside`,
    fix: `Write it anew as an ExternalSecret of ${EXTERNAL_SECRETS}/v1, or leave it to that operator.`,
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

function headProblem(subject: Subject, head: DocumentHead): Problem | undefined {
  if (head.apiVersion === '') return isNearKind(head.kind) ? noApiVersion(subject) : undefined;
  const group = groupOf(head.apiVersion);
  if (GROUPS.includes(group)) return head.kind === '' ? noKind(subject) : kindProblem(subject, head, group);
  const near = nearest(group, GROUPS);
  if (near !== undefined) return unserved(subject, head, `which nobody serves`, `Did you mean ${near}/v1?`);
  // Groups of definitions have a dot; a group without one is Kubernetes' own, and has no such kinds.
  if (!KINDS.includes(head.kind) || group.includes('.')) return undefined;
  return unserved(subject, head, `which has no ${head.kind}`, `Write ${EXTERNAL_SECRETS}/v1.`);
}

function isNearKind(kind: string): boolean {
  return kind !== '' && nearest(kind, KINDS) !== undefined;
}

function noApiVersion(subject: Subject): Problem {
  return missing(subject, 'apiVersion', `Add it: apiVersion: ${EXTERNAL_SECRETS}/v1.`);
}

function noKind(subject: Subject): Problem {
  return missing(subject, 'kind', 'Add it, as kind: ExternalSecret; letter case matters.');
}

function missing(subject: Subject, field: string, fix: Message): Problem {
  const written = Object.keys(fieldsOf(subject.document.value)).filter(
    (name) => !FIELDS.includes(name) && nearest(name, FIELDS) === field,
  );
  const [found] = misspelt(subject, [], written, FIELDS);
  return found ?? fieldProblem(subject, [field], { code: 'missing-field', what: 'is missing', fix });
}

/** Kinds of generators are many, and none of them is served yet. */
function kindProblem(subject: Subject, { kind }: DocumentHead, group: string): Problem | undefined {
  if (KINDS.includes(kind) || group === GENERATORS) return undefined;
  const hint = nearest(kind, KINDS);
  return fieldProblem(subject, ['kind'], {
    code: 'unknown-kind',
    what: `is ${kind}, which ${EXTERNAL_SECRETS} does not have`,
    fix: hint === undefined ? `Its kinds are ${KINDS.join(', ')}.` : `Did you mean ${hint}?`,
  });
}

function unserved(subject: Subject, { apiVersion }: DocumentHead, why: string, fix: Message): Problem {
  return fieldProblem(subject, ['apiVersion'], { code: 'unserved-version', what: `is ${apiVersion}, ${why}`, fix });
}

/** A kind in a version that is not served. Of alpha kinds that are not built yet their refusal says enough. */
export function unservedVersion(subject: Subject): Problem | undefined {
  const { kind, apiVersion } = subject.document.head;
  const known = kindNamed(kind);
  if (known === undefined || apiVersionsOf(known).includes(apiVersion)) return undefined;
  if (known.notBuilt !== undefined && !known.versions.includes('v1')) return undefined;
  return unserved(subject, subject.document.head, 'which is not served', `Write ${apiVersionsOf(known)[0]}.`);
}
