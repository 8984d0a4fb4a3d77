/**
 * All documents → the objects Keyferry works on, the number of those it leaves alone, and every problem at once.
 */
import type { ManifestDocument } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import type { PullIntent } from '../model/intent.ts';
import { compareRefs, refText, type ObjectRef } from '../model/object-ref.ts';
import { fieldText, originText } from '../model/origin.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { checkShape, fieldProblem, type Subject } from './check.ts';
import { checkExternalSecret } from './external-secret.ts';
import { CLUSTER_KINDS, meantBy, misspeltHead, nameOf, ofOtherOperator, type Head } from './heads.ts';
import { kindNotBuiltYet } from './not-built-yet.ts';
import { oldWordProblems } from './old-words.ts';
import { openPlaceholder, openPlaceholders } from './placeholders.ts';
import { metadataSchema, type WrittenMetadata } from './schema.ts';
import { checkStore } from './secret-store.ts';

const SERVED_VERSIONS = ['external-secrets.io/v1', 'external-secrets.io/v1beta1'];

export interface CheckedManifests {
  readonly stores: readonly Store[];
  readonly intents: readonly PullIntent[];
  /** Objects of the External Secrets groups that have errors and were left out, in manifest order. */
  readonly refused: readonly ObjectRef[];
  /** Objects that cannot be judged before their placeholders are filled, and have no error besides. */
  readonly unjudged: readonly ObjectRef[];
  /** Documents of other kinds: Deployments, kustomizations … */
  readonly foreign: number;
  readonly problems: readonly Problem[];
}

/** What is still open about manifests that are only looked at, or what else is to be looked at. */
export interface Reading {
  /** For documents of namespaced kinds that name none. */
  readonly namespace?: string;
  /** `kept`: they will be filled before anything is done with the manifests. */
  readonly placeholders?: 'refused' | 'kept';
  /** `kept`: a namespace may be missing, which a cluster's context gives later; it is '' until then. */
  readonly namespaces?: 'refused' | 'kept';
}

interface Collected {
  readonly reading: Reading;
  readonly stores: Map<string, Store>;
  readonly intents: Map<string, PullIntent>;
  readonly seen: Map<string, string>;
  /** Objects that are defined more than once: none of the definitions counts. */
  readonly repeated: Set<string>;
  readonly refused: ObjectRef[];
  readonly unjudged: ObjectRef[];
  readonly problems: Problem[];
  foreign: number;
}

/** `namespace` is for documents of namespaced kinds that name none (`--namespace`). */
export function checkManifests(documents: readonly ManifestDocument[], namespace?: string): CheckedManifests {
  const steps = manifestChecks(documents, namespace === undefined ? {} : { namespace });
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** The same, one document a step, so that whoever has many of them may let others work in between. */
export function* manifestChecks(
  documents: readonly ManifestDocument[],
  reading: Reading,
): Generator<undefined, CheckedManifests> {
  const collected: Collected = {
    reading,
    stores: new Map(),
    intents: new Map(),
    seen: new Map(),
    repeated: new Set(),
    refused: [],
    unjudged: [],
    problems: [],
    foreign: 0,
  };
  for (const document of documents) {
    collect(collected, document);
    yield undefined;
  }
  const { refused, unjudged, foreign, problems } = collected;
  return {
    stores: unrepeated(collected.stores, collected.repeated),
    intents: unrepeated(collected.intents, collected.repeated),
    refused,
    unjudged,
    foreign,
    problems,
  };
}

function unrepeated<T extends { readonly ref: ObjectRef }>(
  objects: Map<string, T>,
  repeated: Set<string>,
): readonly T[] {
  const kept = [...objects].filter(([key]) => !repeated.has(key)).map(([, object]) => object);
  return kept.sort((a, b) => compareRefs(a.ref, b.ref));
}

function collect(collected: Collected, document: ManifestDocument): void {
  const meant = meantBy(document);
  if (meant === 'foreign') {
    collected.foreign += 1;
    const other = ofOtherOperator(document);
    collected.problems.push(...(other === undefined ? [] : [other]), ...foreignPlaceholders(document));
  } else if ('problem' in meant) {
    collected.problems.push(meant.problem);
    collected.refused.push({ kind: 'ExternalSecret', name: meant.problem.at?.name ?? '(no name)' });
  } else collectOurs(collected, document, meant.head);
}

function collectOurs(collected: Collected, document: ManifestDocument, head: Head): void {
  const identified = identify(document, head, collected.reading);
  collected.problems.push(...identified.problems);
  if (identified.at === undefined || identified.metadata === undefined) {
    collected.refused.push(identified.named);
    return;
  }
  const subject: Subject = { at: identified.at, document };
  const open = openPlaceholders(document);
  const isKept = collected.reading.placeholders === 'kept';
  const checked = checkObject(collected, subject, head, identified.metadata);
  const places = new Set(open.map(({ path }) => fieldText(path)));
  const own = checked.problems.filter(({ field }) => field === undefined || !places.has(field));
  const problems = [
    ...own,
    ...oldWordProblems(subject),
    ...misspeltHead(subject),
    ...(isKept ? [] : open.map((one) => openPlaceholder(subject, one))),
  ];
  collected.problems.push(...problems);
  if (hasErrors(problems)) collected.refused.push(identified.at);
  else if (checked.found === undefined) collected.unjudged.push(identified.at);
  else keep(collected, checked.found);
}

/** Their own business, unless everything was to be filled. */
function foreignPlaceholders(document: ManifestDocument): readonly Problem[] {
  const { kind, metadata } = fieldsOf(document.value);
  const at = { kind: typeof kind === 'string' ? kind : 'Object', name: nameOf(metadata) };
  return openPlaceholders(document).map((one) => openPlaceholder({ at, document }, one));
}

interface Identified {
  readonly at?: ObjectRef;
  readonly metadata?: WrittenMetadata;
  /** As far as it could be made out; for the report. */
  readonly named: ObjectRef;
  readonly problems: readonly Problem[];
}

function identify(document: ManifestDocument, head: Head, reading: Reading): Identified {
  const provisional: ObjectRef = { kind: head.kind, name: nameOf(head.metadata) };
  const subject: Subject = { at: provisional, document };
  const schemas = { loose: metadataSchema, strict: metadataSchema };
  const { value: metadata, problems } = checkShape(subject, ['metadata'], schemas, head.metadata ?? {});
  if (metadata === undefined) {
    return { named: provisional, problems: [...problems, ...misspeltHead(subject)] };
  }
  if (CLUSTER_KINDS.includes(head.kind)) {
    const at = { kind: head.kind, name: metadata.name };
    return { at, metadata, named: at, problems };
  }
  const space = metadata.namespace ?? reading.namespace ?? (reading.namespaces === 'kept' ? '' : undefined);
  if (space === undefined) {
    return { named: provisional, problems: [...problems, noNamespace(subject), ...misspeltHead(subject)] };
  }
  const at = { kind: head.kind, namespace: space, name: metadata.name };
  return { at, metadata, named: at, problems };
}

function noNamespace(subject: Subject): Problem {
  return fieldProblem(subject, ['metadata', 'namespace'], {
    code: 'no-namespace',
    what: 'is missing, so it is open which namespace is meant',
    fix: 'Add it, or give --namespace for all documents without one.',
  });
}

interface CheckedObject {
  /** Absent where there are errors, or nothing of it is of use. */
  readonly found?: Store | PullIntent | undefined;
  readonly problems: readonly Problem[];
}

function checkObject(collected: Collected, written: Subject, head: Head, metadata: WrittenMetadata): CheckedObject {
  const { at } = written;
  const early = repeatedObject(collected, written) ?? unservedVersion(written, head);
  if (early !== undefined) return { problems: [early] };
  const { document } = written;
  const { spec } = head;
  if (head.kind === 'SecretStore' || head.kind === 'ClusterSecretStore') {
    const { value, problems } = checkStore(at, document, spec ?? {});
    return { found: value, problems };
  }
  if (head.kind === 'ExternalSecret' && at.namespace !== undefined) {
    const ref = { ...at, namespace: at.namespace };
    const { value, problems } = checkExternalSecret(ref, document, metadata, spec, head.apiVersion);
    return { found: value, problems };
  }
  return { problems: [kindNotBuiltYet(at, written, head.apiVersion)] };
}

function keep(collected: Collected, found: Store | PullIntent): void {
  if ('provider' in found) collected.stores.set(refText(found.ref), found);
  else collected.intents.set(refText(found.ref), found);
}

const KUSTOMIZE =
  ' A base and its overlays are given as kustomize makes one of them: kustomize build … | keyferry … -f -';

/** Two documents for one object: which one was meant cannot be known, and file order must not decide. */
function repeatedObject(collected: Collected, subject: Subject): Problem | undefined {
  const key = refText(subject.at);
  const first = collected.seen.get(key);
  const { origin } = subject.document;
  if (first === undefined) {
    collected.seen.set(key, origin === undefined ? 'elsewhere' : originText(origin));
    return undefined;
  }
  collected.repeated.add(key);
  const isSameFile = origin !== undefined && first.startsWith(`${origin.file}:`);
  return fieldProblem(subject, [], {
    code: 'repeated-object',
    what: `is defined more than once, first at ${first}`,
    fix: `Keep one definition; none of them was used.${isSameFile ? '' : KUSTOMIZE}`,
  });
}

function unservedVersion(subject: Subject, head: Head): Problem | undefined {
  const isMain = ['SecretStore', 'ClusterSecretStore', 'ExternalSecret', 'ClusterExternalSecret'].includes(head.kind);
  if (!isMain || SERVED_VERSIONS.includes(head.apiVersion)) return undefined;
  return fieldProblem(subject, ['apiVersion'], {
    code: 'unserved-version',
    what: `is ${head.apiVersion}, which is not served`,
    fix: 'Write external-secrets.io/v1.',
  });
}
