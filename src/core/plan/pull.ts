/**
 * Decides what happens to the target of one ExternalSecret. ESO 2.9, steps 8–14 of its reconcile, without the writes.
 *
 * An absent vault object is not an error here: `deletionPolicy` says what it means. A failed read never gets this
 * far as data: it arrives as `failed` and nothing is planned for the target.
 */
import { heldProblem, heldSentence } from '../model/held.ts';
import { marksOf, type Marks, type ObjectEvent, type SyncState } from '../model/condition.ts';
import { entryPath, type PullIntent } from '../model/intent.ts';
import { fieldText } from '../model/origin.ts';
import { UNTOLD_KEY, type IntentPlan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { DesiredSecret, LiveSecret } from '../model/secret.ts';
import type { RenderResult } from '../secret-template/content.ts';
import type { Missing } from '../transform/assemble.ts';
import { tellsEmptyFind } from '../transform/find-nothing.ts';
import { desiredSecret, withManagedLabel } from './desired-secret.ts';
import { creation, deletion, updateOf } from './changes.ts';
import { isEmpty } from './diff.ts';
import { foreignWarnings } from './foreign-content.ts';
import { creationProblems, refusalOf, replacementProblems } from './kubernetes-rules.ts';
import { MANAGED_LABEL } from '../model/names.ts';
import { failed, nothing, refused, succeeded, SYNCED, synced, withChanges, withWarnings } from './item.ts';
import { fetchedContent, settledContent, type TargetContent } from './target-content.ts';
import { belongsToAnother, claimOn, isOwn, wasWrittenBy, type OtherIntents } from './ownership.ts';
import {
  blockedByClaim,
  blockedByDeletion,
  blockedByImmutability,
  blockedByMaker,
  blockedByPolicy,
  blockedByType,
} from './blocked-target.ts';
import { blockedBySystem, systemKind } from './system-secret.ts';

/** What reading gave. */
export type Source =
  | { readonly kind: 'not-due'; readonly reason: string }
  | { readonly kind: 'other-class'; readonly reason: string }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[]; readonly missing: readonly Missing[] }
  | {
      readonly kind: 'data';
      readonly data: ReadonlyMap<string, SecretValue>;
      /** What the template made of the data; absent where there is none, or nothing to render. */
      readonly rendered?: RenderResult;
      readonly missing: readonly Missing[];
      readonly warnings: readonly Problem[];
      /** Of the versions that were read; absent where there are none. */
      readonly versionsMark?: string;
    };

export interface PullInput extends OtherIntents {
  readonly intent: PullIntent;
  readonly state: SyncState | undefined;
  readonly live: LiveSecret | undefined;
  /** Other Secrets of the namespace that carry this intent's created-by label. */
  readonly stale: readonly LiveSecret[];
  readonly source: Source;
}

export function planPull(input: PullInput): IntentPlan {
  const { source } = input;
  switch (source.kind) {
    case 'other-class':
      return { ...nothing(input.intent, 'other-class'), reason: source.reason };
    case 'failed':
      return failed(input.intent, source.problems, source.missing.map(missingEvent));
    case 'not-due':
      return { ...planLabel(input, nothing(input.intent, 'not-due')), reason: source.reason };
    case 'data':
      return planData(input, source);
  }
}

type DataSource = Extract<Source, { kind: 'data' }>;

function planData(input: PullInput, source: DataSource): IntentPlan {
  const missing = source.missing.map(missingEvent);
  if (isFoundMissing(input, source)) return failed(input.intent, source.warnings.map(asError), missing);
  const item = source.data.size === 0 ? planNothingFound(input, source) : planTarget(input, source);
  return {
    ...item,
    result: { ...item.result, ...marksIn(source), events: [...missing, ...item.result.events] },
    problems: [...source.warnings, ...item.problems],
  };
}

/**
 * A find without a match, and no Secret that Retain could keep: then nothing is there, and nothing would be told of it.
 * ESO 2.9 calls that synced.
 */
function isFoundMissing({ intent: { target }, live }: PullInput, { data, warnings }: DataSource): boolean {
  if (live !== undefined || data.size > 0 || target.deletionPolicy !== 'Retain') return false;
  return target.creationPolicy !== 'None' && warnings.some(tellsEmptyFind);
}

function asError(problem: Problem): Problem {
  return tellsEmptyFind(problem) ? { ...problem, severity: 'error' } : problem;
}

/** Remembered with the refresh, so that the next one can tell whether anything has changed. */
function marksIn({ rendered, versionsMark }: DataSource): Marks {
  return marksOf({ versionsMark, templateMark: rendered?.kind === 'rendered' ? rendered.content.mark : undefined });
}

/**
 * No key at all.
 *
 * | deletionPolicy | what happens                                                     |
 * | -------------- | ---------------------------------------------------------------- |
 * | Retain         | nothing is created or changed                                    |
 * | Delete         | the Secret goes, if it is this intent's own; only under Owner    |
 * | Merge          | as with data: the target loses this intent's keys                |
 */
function planNothingFound(input: PullInput, source: DataSource): IntentPlan {
  const { deletionPolicy, creationPolicy } = input.intent.target;
  if (deletionPolicy === 'Merge') return planTarget(input, source);
  if (deletionPolicy === 'Retain') {
    return planLabel(
      input,
      succeeded(input.intent, { ...SYNCED, message: 'secret retained due to DeletionPolicy=Retain' }),
    );
  }
  if (creationPolicy !== 'Owner') return blockedByPolicy(input);
  return planDeletion(input);
}

function planDeletion(input: PullInput): IntentPlan {
  const { intent, live } = input;
  const condition = {
    status: 'True',
    reason: 'SecretDeleted',
    message: 'secret deleted due to DeletionPolicy=Delete',
  } as const;
  if (live === undefined) return succeeded(intent, condition);
  if (!isOwn(live, intent)) return blockedByMaker(input, live);
  const system = blockedBySystem(input, live);
  if (system !== undefined) return system;
  if (live.deleting) return blockedByDeletion(input, live);
  const event: ObjectEvent = { type: 'Normal', reason: 'Deleted', message: condition.message };
  const change = deletion(intent.ref, live, 'every source is absent');
  return withChanges(succeeded(intent, condition, [event]), [change]);
}

/** ESO 2.9, 3.1: creationPolicy against what exists. */
function planTarget(input: PullInput, source: DataSource): IntentPlan {
  const { intent, live } = input;
  const { creationPolicy } = intent.target;
  if (creationPolicy === 'None') return planLabel(input, succeeded(intent, { ...SYNCED, message: 'secret synced' }));
  if (live === undefined && creationPolicy === 'Merge') {
    return succeeded(intent, {
      status: 'True',
      reason: 'SecretMissing',
      message: 'secret will not be created due to CreationPolicy=Merge',
    });
  }
  const { rendered } = source;
  if (rendered?.kind === 'refused' && !isFrozen(intent, live)) return notRendered(input, rendered);
  const item = planContent(input, contentOf(input, source));
  if (item.verdict === 'blocked' || item.verdict === 'failed' || creationPolicy !== 'Owner') return item;
  return withStale(input, item);
}

/** ESO 2.9: an immutable target that exists is not rendered for. */
function isFrozen({ target }: PullIntent, live: LiveSecret | undefined): boolean {
  return target.immutable && live !== undefined;
}

/** There is no use in mending a template for a Secret that is another's. */
function notRendered(input: PullInput, { findings }: Extract<RenderResult, { kind: 'refused' }>): IntentPlan {
  const { intent, live } = input;
  const notOurs = live === undefined ? undefined : blockedByOthers(input, live);
  if (notOurs !== undefined) return notOurs;
  const problems = findings.map(({ path, problem }): Problem => {
    const origin = intent.locate(path);
    return { ...problem, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
  });
  return failed(intent, problems, []);
}

/** The data that a source gives, whatever becomes of it; empty where it gives none. */
export function wantedData(input: PullInput): ReadonlyMap<string, SecretValue> {
  const { source } = input;
  return source.kind === 'data' && source.data.size > 0 ? contentOf(input, source).data : new Map();
}

function contentOf({ intent, live, state }: PullInput, { data, rendered }: DataSource): TargetContent {
  return rendered?.kind === 'rendered' ? settledContent(rendered.content, live, state) : fetchedContent(intent, data);
}

function planContent(input: PullInput, content: TargetContent): IntentPlan {
  return input.live === undefined ? planCreate(input.intent, content) : planUpdate(input, input.live, content);
}

function planCreate(intent: PullIntent, content: TargetContent): IntentPlan {
  const desired = desiredSecret(intent, content, undefined);
  const subject = { intent, live: undefined };
  const system = blockedBySystem(subject, desired);
  if (system !== undefined) return system;
  const problems = isTold(desired) ? creationProblems(desired) : [];
  if (problems.length > 0) return refused(subject, refusalOf(desired, problems));
  const event: ObjectEvent = { type: 'Normal', reason: 'Created', message: 'secret created' };
  return withChanges(synced(intent, [event]), [creation(intent.ref, desired)]);
}

function planUpdate(input: PullInput, live: LiveSecret, content: TargetContent): IntentPlan {
  const { intent } = input;
  const notOurs = blockedByOthers(input, live);
  if (notOurs !== undefined) return notOurs;
  if (live.deleting) return blockedByDeletion(input, live);
  const desired = desiredSecret(intent, content, live);
  if (desired.type !== undefined && desired.type !== live.type) return blockedByType(input, live, desired);
  const change = updateOf(intent.ref, live, desired);
  if (live.immutable === true && !isEmpty(change.keys)) return planFrozen(input, live, desired);
  const warnings = foreignWarnings(intent, content, change);
  if (isEmpty(change.keys) && change.metadata.length === 0) return withWarnings(synced(intent, []), warnings);
  const problems = isTold(desired) ? replacementProblems(live, desired) : [];
  if (problems.length > 0) return refused(input, refusalOf(desired, problems));
  const event: ObjectEvent = { type: 'Normal', reason: 'Updated', message: 'secret updated' };
  return withWarnings(withChanges(synced(intent, live.immutable === true ? [] : [event]), [change]), warnings);
}

/** Whose Secret it is comes before everything else that may be wrong. */
function blockedByOthers(input: PullInput, live: LiveSecret): IntentPlan | undefined {
  const claim = claimOn(live, input.intent, input);
  return claim.kind === 'free' ? blockedBySystem(input, live) : blockedByClaim(input, live, claim);
}

/** Are all keys known? Only then can be said what the API server makes of them. */
function isTold({ data }: DesiredSecret): boolean {
  return !data.has(UNTOLD_KEY);
}

/**
 * The live Secret is immutable and its data would have to change.
 *
 * ESO 2.9 still writes labels, owner and hash, on anybody's Secret. Here only on one that is this intent's own:
 * adopting another's Secret whose data cannot be set would only get it garbage-collected.
 */
function planFrozen(input: PullInput, live: LiveSecret, desired: DesiredSecret): IntentPlan {
  const item = blockedByImmutability(input, live);
  if (!isOwn(live, input.intent)) return item;
  const change = updateOf(input.intent.ref, live, { ...desired, data: live.data });
  return change.metadata.length === 0 ? item : { ...item, changes: [change] };
}

/**
 * Under Owner the Secrets of an earlier target name go. ESO 2.9 trusts the created-by label alone and deletes every
 * Secret that carries it, copies included; here it must also be one that this intent itself wrote.
 */
function withStale(input: PullInput, item: IntentPlan): IntentPlan {
  const { intent } = input;
  const all = input.stale.filter(
    (secret) =>
      secret.ref.name !== intent.target.name &&
      isOwn(secret, intent) &&
      wasWrittenBy(secret, intent.ref.name) &&
      systemKind(secret) === undefined,
  );
  const held = all.filter(({ deleting }) => deleting).map((secret) => heldStale(intent, secret));
  return withDeletions(
    input,
    { ...item, problems: [...item.problems, ...held] },
    all.filter(({ deleting }) => !deleting),
  );
}

/** Deleted by an earlier run, and still there. */
function heldStale(intent: PullIntent, { ref, finalizers }: LiveSecret): Problem {
  const what = heldSentence(ref, finalizers);
  return { ...heldProblem(ref, finalizers), severity: 'warning', at: intent.ref, what };
}

function withDeletions({ intent }: PullInput, item: IntentPlan, stale: readonly LiveSecret[]): IntentPlan {
  if (stale.length === 0) return item;
  const changes = stale.map((secret) => deletion(intent.ref, secret, 'target was renamed'));
  const events = stale.map((): ObjectEvent => ({
    type: 'Normal',
    reason: 'Deleted',
    message: 'secret deleted because it was orphaned',
  }));
  return withChanges({ ...item, result: { ...item.result, events: [...item.result.events, ...events] } }, [
    ...item.changes,
    ...changes,
  ]);
}

/**
 * ESO 2.9, step 8: an existing target gets the managed label whatever else happens to it, unless (ours) it belongs to
 * somebody else.
 */
function planLabel(input: PullInput, item: IntentPlan): IntentPlan {
  const { live } = input;
  if (live === undefined || live.deleting || live.labels.get(MANAGED_LABEL) === 'true') return item;
  if (belongsToAnother(live, input.intent) || systemKind(live) !== undefined) return item;
  return withChanges(item, [updateOf(input.intent.ref, live, withManagedLabel(live))]);
}

/** ESO 2.9, 2.5; its text says `dataFrom` for data entries too, ours names the entry. */
function missingEvent({ entry, key }: Missing): ObjectEvent {
  const suffix = key === undefined ? '' : ` (key=${key})`;
  return {
    type: 'Normal',
    reason: 'MissingProviderSecret',
    message: `secret does not exist at provider using ${fieldText(entryPath(entry))}${suffix}`,
  };
}
