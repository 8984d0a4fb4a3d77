/**
 * All documents → the objects Keyferry works on, the number of those it leaves alone, and every problem at once.
 */
import { say, setting } from '../model/message.ts';
import type { ManifestDocument, OpenPlaceholder } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import type { ClusterPushIntent } from '../model/fan-out.ts';
import type { Generator as ValueGenerator } from '../model/generator.ts';
import type { PullIntent } from '../model/intent.ts';
import { isClusterWide } from '../model/kinds.ts';
import { compareRefs, refText, type ObjectRef } from '../model/object-ref.ts';
import { fieldText, originText } from '../model/origin.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import type { ManifestKind } from '../model/target.ts';
import { checkShape, fieldProblem, type Subject } from './check.ts';
import { meantBy, misspeltHead, namedAs, ofOtherOperator, unservedVersion } from './heads.ts';
import { KIND_CHECKS, type CheckedObject, type Intent } from './kind-checks.ts';
import { kindNotBuiltYet } from './not-built-yet.ts';
import { oldWordProblems } from './old-words.ts';
import { operatorProblems } from './operator/check.ts';
import type { OperatorRelease } from './operator/release.ts';
import { openPlaceholder, openPlaceholders } from './placeholders.ts';
import { metadataSchema, type WrittenMetadata } from './schema.ts';
import type { WrittenObject } from './written-object.ts';

export interface CheckedManifests {
  readonly stores: readonly Store[];
  readonly generators: readonly ValueGenerator[];
  readonly intents: readonly PullIntent[];
  readonly pushes: readonly PushIntent[];
  readonly clusterPushes: readonly ClusterPushIntent[];
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
  /** Kinds that `target.manifest` may name in this run; absent = none. */
  readonly targetKinds?: readonly ManifestKind[];
  /** What this release of External Secrets Operator would do otherwise is told. */
  readonly operator?: OperatorRelease;
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
  const definitions: Definitions = new Map();
  const checked: CheckedDocument[] = [];
  for (const document of documents) {
    checked.push(checkDocument(document, reading, definitions));
    yield undefined;
  }
  const repeated = new Set(checked.flatMap(({ repeats }) => repeats ?? []));
  const found = checked.flatMap((one) => one.found ?? []).filter(isSingle(repeated));
  return {
    stores: sortedOf(found.filter(isStore)),
    generators: sortedOf(found.filter(isGenerator)),
    intents: sortedOf(found.filter((one) => isOf(one, 'pull'))),
    pushes: sortedOf(found.filter((one) => isOf(one, 'push'))),
    clusterPushes: sortedOf(found.filter((one) => isOf(one, 'fan-out'))),
    refused: checked.flatMap(({ refused }) => refused ?? []),
    unjudged: checked.flatMap(({ unjudged }) => unjudged ?? []),
    foreign: checked.filter(({ isForeign }) => isForeign).length,
    problems: checked.flatMap(({ problems }) => problems),
  };
}

/** Object → where it was first defined. */
type Definitions = Map<string, string>;

/** What one document comes to. */
interface CheckedDocument {
  readonly found?: CheckedObject;
  readonly refused?: ObjectRef;
  readonly unjudged?: ObjectRef;
  readonly isForeign?: boolean;
  /** The object that was defined before: none of the definitions counts. */
  readonly repeats?: string;
  readonly problems: readonly Problem[];
}

function isStore(found: CheckedObject): found is Store {
  return 'provider' in found;
}

function isOf<Kind extends Intent['kind']>(found: CheckedObject, kind: Kind): found is Extract<Intent, { kind: Kind }> {
  return !isStore(found) && !isGenerator(found) && found.kind === kind;
}

function isGenerator(found: CheckedObject): found is ValueGenerator {
  return 'spec' in found;
}

function isSingle(repeated: ReadonlySet<string>): (object: CheckedObject) => boolean {
  return ({ ref }) => !repeated.has(refText(ref));
}

function sortedOf<T extends CheckedObject>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compareRefs(a.ref, b.ref));
}

function checkDocument(document: ManifestDocument, reading: Reading, definitions: Definitions): CheckedDocument {
  const meant = meantBy(document);
  if (meant === 'ours') return checkOurs(document, reading, definitions);
  if (meant === 'foreign') {
    const other = ofOtherOperator(document);
    return { isForeign: true, problems: [...(other === undefined ? [] : [other]), ...foreignPlaceholders(document)] };
  }
  const { problem } = meant;
  return { refused: { kind: 'ExternalSecret', name: problem.at?.name ?? '(no name)' }, problems: [problem] };
}

/** Their own business, unless everything was to be filled. */
function foreignPlaceholders(document: ManifestDocument): readonly Problem[] {
  const at = namedAs(document);
  return openPlaceholders(document).map((one) => openPlaceholder({ at, document }, one));
}

function checkOurs(document: ManifestDocument, reading: Reading, definitions: Definitions): CheckedDocument {
  const { written, named, problems: ofHead } = identify(document, reading);
  if (written === undefined) return { refused: named, problems: ofHead };
  const { found, repeats, problems: ofObject } = checkObject(written, definitions);
  const open = openPlaceholders(document);
  const own = [
    ...withoutOpen(ofObject, open),
    ...oldWordProblems(written),
    ...misspeltHead(written),
    ...(reading.operator === undefined ? [] : operatorProblems(written, reading.operator)),
    ...(reading.placeholders === 'kept' ? [] : open.map((one) => openPlaceholder(written, one))),
  ];
  return {
    ...(repeats === undefined ? {} : { repeats }),
    ...outcomeOf(found, own, written.at),
    problems: [...ofHead, ...own],
  };
}

/** What a field says that is still to be filled is no fault of it. */
function withoutOpen(problems: readonly Problem[], open: readonly OpenPlaceholder[]): readonly Problem[] {
  const places = new Set(open.map(({ path }) => fieldText(path)));
  return problems.filter(({ field }) => field === undefined || !places.has(field));
}

function outcomeOf(
  found: CheckedObject | undefined,
  problems: readonly Problem[],
  at: ObjectRef,
): Partial<CheckedDocument> {
  if (hasErrors(problems)) return { refused: at };
  return found === undefined ? { unjudged: at } : { found };
}

interface Identified {
  readonly written?: WrittenObject;
  /** As far as it could be made out; for the report. */
  readonly named: ObjectRef;
  readonly problems: readonly Problem[];
}

function identify(document: ManifestDocument, reading: Reading): Identified {
  const subject: Subject = { at: namedAs(document), document };
  const schemas = { loose: metadataSchema, strict: metadataSchema };
  const given = fieldsOf(document.value)['metadata'] ?? {};
  const { value: metadata, problems } = checkShape(subject, ['metadata'], schemas, given);
  if (metadata === undefined) {
    return { named: subject.at, problems: [...problems, ...misspeltHead(subject)] };
  }
  const at = placeOf(document.head.kind, metadata, reading);
  if (at === undefined) {
    return { named: subject.at, problems: [...problems, noNamespace(subject), ...misspeltHead(subject)] };
  }
  return { written: { at, document, metadata }, named: at, problems };
}

/** `undefined` where it is open which namespace is meant. */
function placeOf(kind: string, { name, namespace: own }: WrittenMetadata, reading: Reading): ObjectRef | undefined {
  if (isClusterWide(kind)) return { kind, name };
  const namespace = own ?? reading.namespace ?? (reading.namespaces === 'kept' ? '' : undefined);
  return namespace === undefined ? undefined : { kind, namespace, name };
}

function noNamespace(subject: Subject): Problem {
  return fieldProblem(subject, ['metadata', 'namespace'], {
    code: 'no-namespace',
    what: 'is missing, so it is open which namespace is meant',
    fix: say`Add it, or give ${setting('namespace')} for all documents without one.`,
  });
}

function checkObject(written: WrittenObject, definitions: Definitions): CheckedDocument {
  const key = refText(written.at);
  const first = definitions.get(key);
  if (first !== undefined) return { repeats: key, problems: [repeatedObject(written, first)] };
  const { origin } = written.document;
  definitions.set(key, origin === undefined ? 'elsewhere' : originText(origin));
  const unserved = unservedVersion(written);
  if (unserved !== undefined) return { problems: [unserved] };
  const check = KIND_CHECKS.get(written.at.kind)?.check;
  if (check === undefined) return { problems: [kindNotBuiltYet(written)] };
  const { value: found, problems } = check(written);
  return found === undefined ? { problems } : { found, problems };
}

const KUSTOMIZE =
  ' A base and its overlays are given as kustomize makes one of them: kustomize build … | keyferry … -f -';

/** Two documents for one object: which one was meant cannot be known, and file order must not decide. */
function repeatedObject(subject: Subject, first: string): Problem {
  const { origin } = subject.document;
  const isSameFile = origin !== undefined && first.startsWith(`${origin.file}:`);
  return fieldProblem(subject, [], {
    code: 'repeated-object',
    what: `is defined more than once, first at ${first}`,
    fix: `Keep one definition; none of them was used.${isSameFile ? '' : KUSTOMIZE}`,
  });
}
