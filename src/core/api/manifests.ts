/**
 * All documents → the objects Keyferry works on, the number of those it leaves alone, and every problem at once.
 */
import type { ManifestDocument } from '../model/document.ts';
import type { PullIntent } from '../model/intent.ts';
import { compareRefs, refText, type ObjectRef } from '../model/object-ref.ts';
import { originText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { checkShape, fieldProblem, type Subject } from './check.ts';
import { checkExternalSecret } from './external-secret.ts';
import { nearest } from './nearest.ts';
import { kindNotBuiltYet } from './not-built-yet.ts';
import { metadataSchema, type WrittenMetadata } from './schema.ts';
import { checkStore } from './secret-store.ts';

const GROUPS = ['external-secrets.io', 'generators.external-secrets.io'];
const SERVED_VERSIONS = ['external-secrets.io/v1', 'external-secrets.io/v1beta1'];
const CLUSTER_KINDS = ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret', 'ClusterGenerator'];

export interface CheckedManifests {
  readonly stores: readonly Store[];
  readonly intents: readonly PullIntent[];
  /** Objects of the External Secrets groups that have errors and were left out, in manifest order. */
  readonly refused: readonly ObjectRef[];
  /** Documents of other kinds: Deployments, kustomizations … */
  readonly foreign: number;
  readonly problems: readonly Problem[];
}

interface Collected {
  readonly stores: Map<string, Store>;
  readonly intents: Map<string, PullIntent>;
  readonly seen: Map<string, string>;
  /** Objects that are defined more than once: none of the definitions counts. */
  readonly repeated: Set<string>;
  readonly refused: ObjectRef[];
  readonly problems: Problem[];
  foreign: number;
}

/** `namespace` is for documents of namespaced kinds that name none (`--namespace`). */
export function checkManifests(documents: readonly ManifestDocument[], namespace?: string): CheckedManifests {
  const collected: Collected = {
    stores: new Map(),
    intents: new Map(),
    seen: new Map(),
    repeated: new Set(),
    refused: [],
    problems: [],
    foreign: 0,
  };
  for (const document of documents) collect(collected, document, namespace);
  return {
    stores: unrepeated(collected.stores, collected.repeated),
    intents: unrepeated(collected.intents, collected.repeated),
    refused: collected.refused,
    foreign: collected.foreign,
    problems: collected.problems,
  };
}

function unrepeated<T extends { readonly ref: ObjectRef }>(
  objects: Map<string, T>,
  repeated: Set<string>,
): readonly T[] {
  const kept = [...objects].filter(([key]) => !repeated.has(key)).map(([, object]) => object);
  return kept.sort((a, b) => compareRefs(a.ref, b.ref));
}

function collect(collected: Collected, document: ManifestDocument, namespace: string | undefined): void {
  const head = readHead(document.value);
  const meant = head === undefined ? undefined : meantGroup(document, head);
  if (meant !== undefined) {
    collected.problems.push(meant);
    collected.refused.push({ kind: 'ExternalSecret', name: nameOf(head?.metadata) });
    return;
  }
  if (head === undefined || !GROUPS.includes(groupOf(head))) {
    collected.foreign += 1;
    return;
  }
  const identified = identify(document, head, namespace);
  collected.problems.push(...identified.problems);
  if (identified.at === undefined || identified.metadata === undefined) {
    collected.refused.push(identified.named);
    return;
  }
  const before = collected.problems.length;
  checkObject(collected, document, head, identified.at, identified.metadata);
  const fresh = collected.problems.slice(before);
  if (fresh.some((problem) => problem.severity === 'error')) collected.refused.push(identified.at);
}

interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: unknown;
  readonly spec: unknown;
}

function readHead(value: unknown): Head | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { apiVersion, kind, metadata, spec } = value as Record<string, unknown>;
  if (typeof apiVersion !== 'string') return undefined;
  return { apiVersion, kind: typeof kind === 'string' ? kind : '', metadata, spec };
}

/** A document of another kind; not one whose group is misspelt. */
export function isForeign(document: ManifestDocument): boolean {
  const head = readHead(document.value);
  return head === undefined || (meantGroup(document, head) === undefined && !GROUPS.includes(groupOf(head)));
}

function groupOf(head: Head): string {
  return head.apiVersion.split('/')[0] ?? '';
}

/** A document that was surely meant for us, but does not say so: left aside, it would look like a deleted one. */
function meantGroup(document: ManifestDocument, head: Head): Problem | undefined {
  const at: ObjectRef = { kind: head.kind === '' ? 'Object' : head.kind, name: nameOf(head.metadata) };
  if (GROUPS.includes(groupOf(head))) {
    if (head.kind !== '') return undefined;
    const fix = 'Add it, as kind: ExternalSecret; letter case matters.';
    return fieldProblem({ at, document }, ['kind'], { code: 'missing-field', what: 'is missing', fix });
  }
  const group = nearest(groupOf(head), GROUPS);
  if (group === undefined) return undefined;
  return fieldProblem({ at, document }, ['apiVersion'], {
    code: 'unserved-version',
    what: `is ${head.apiVersion}, which nobody serves`,
    fix: `Did you mean ${group}/v1?`,
  });
}

interface Identified {
  readonly at?: ObjectRef;
  readonly metadata?: WrittenMetadata;
  /** As far as it could be made out; for the report. */
  readonly named: ObjectRef;
  readonly problems: readonly Problem[];
}

function identify(document: ManifestDocument, head: Head, namespace: string | undefined): Identified {
  const provisional: ObjectRef = { kind: head.kind, name: nameOf(head.metadata) };
  const subject: Subject = { at: provisional, document };
  const schemas = { loose: metadataSchema, strict: metadataSchema };
  const { value: metadata, problems } = checkShape(subject, ['metadata'], schemas, head.metadata ?? {});
  if (metadata === undefined) return { named: provisional, problems };
  if (CLUSTER_KINDS.includes(head.kind)) {
    const at = { kind: head.kind, name: metadata.name };
    return { at, metadata, named: at, problems };
  }
  const space = metadata.namespace ?? namespace;
  if (space === undefined) {
    const problem = fieldProblem(subject, ['metadata', 'namespace'], {
      code: 'no-namespace',
      what: 'is missing, so it is open which namespace is meant',
      fix: 'Add it, or give --namespace for all documents without one.',
    });
    return { named: provisional, problems: [...problems, problem] };
  }
  const at = { kind: head.kind, namespace: space, name: metadata.name };
  return { at, metadata, named: at, problems };
}

function nameOf(metadata: unknown): string {
  if (typeof metadata === 'object' && metadata !== null && 'name' in metadata && typeof metadata.name === 'string') {
    return metadata.name === '' ? '(no name)' : metadata.name;
  }
  return '(no name)';
}

function checkObject(
  collected: Collected,
  document: ManifestDocument,
  head: Head,
  at: ObjectRef,
  metadata: WrittenMetadata,
): void {
  const subject: Subject = { at, document };
  const early = repeatedObject(collected, subject) ?? unservedVersion(subject, head);
  if (early !== undefined) {
    collected.problems.push(early);
    return;
  }
  if (head.kind === 'SecretStore' || head.kind === 'ClusterSecretStore') {
    const { value, problems } = checkStore(at, document, head.spec ?? {});
    collected.problems.push(...problems);
    if (value !== undefined) collected.stores.set(refText(at), value);
  } else if (head.kind === 'ExternalSecret' && at.namespace !== undefined) {
    const ref = { ...at, namespace: at.namespace };
    const { value, problems } = checkExternalSecret(ref, document, metadata, head.spec, head.apiVersion);
    collected.problems.push(...problems);
    if (value !== undefined) collected.intents.set(refText(at), value);
  } else {
    collected.problems.push(kindNotBuiltYet(at, subject, head.apiVersion));
  }
}

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
  return fieldProblem(subject, [], {
    code: 'repeated-object',
    what: `is defined more than once, first at ${first}`,
    fix: 'Keep one definition; none of them was used.',
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
