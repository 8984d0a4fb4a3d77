/**
 * Decides what happens to the target of one ExternalSecret. ESO 2.9, steps 8–14 of its reconcile, without the writes.
 *
 * An absent vault object is not an error here: `deletionPolicy` says what it means. A failed read never gets this
 * far as data: it arrives as `failed` and nothing is planned for the target.
 */
import { marksOf, type Marks, type ObjectEvent } from '../../model/condition.ts';
import { entryPath, type PullIntent } from '../../model/intent.ts';
import { MANAGED_LABEL } from '../../model/names.ts';
import type { KeptKeys } from '../../model/left-out.ts';
import { fieldText } from '../../model/origin.ts';
import type { IntentPlan } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { LiveSecret } from '../../model/secret.ts';
import type { RenderResult } from '../../secret-template/content.ts';
import type { Missing } from '../../transform/assemble.ts';
import { tellsEmptyFind } from '../../transform/find-nothing.ts';
import { blockedByDeletion, blockedByMaker, blockedByPolicy } from './blocked-target.ts';
import { creation, deletion, updateOf } from './changes.ts';
import { desiredSecret, withManagedLabel } from './desired-secret.ts';
import { failed, nothing, refused, succeeded, synced, syncedCondition, withChanges } from './item.ts';
import { creationProblems, refusalOf } from './kubernetes-rules.ts';
import { openTargetWarnings } from './open-target.ts';
import { belongsToAnother, isOwn } from './ownership.ts';
import { blockedByOthers, isTold, planUpdate } from './plan-update.ts';
import type { DataSource, PullInput } from './pull-input.ts';
import { withStale } from './stale-targets.ts';
import { blockedBySystem, systemKind } from './system-secret.ts';
import { missingMessage, reasonFor, targetEvent } from './target-words.ts';
import { fetchedContent, settledContent, withGenerated, type TargetContent } from './target-content.ts';
import { shorthandFault } from './shorthand-fault.ts';

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

function planData(input: PullInput, source: DataSource): IntentPlan {
  const missing = source.missing.map(missingEvent);
  if (isFoundMissing(input, source)) return failed(input.intent, source.warnings.map(asError), missing);
  const { leftOut = [] } = source;
  const item = source.data.size === 0 ? planNothingFound(input, source) : planTarget(input, source);
  const drawn = item.verdict === 'change' ? source.generated?.drawn : undefined;
  return {
    ...item,
    ...(drawn === undefined ? {} : { reason: drawn }),
    result: { ...item.result, ...marksIn(source), events: [...missing, ...item.result.events] },
    problems: [...source.warnings, ...item.problems],
    ...(leftOut.length === 0 ? {} : { leftOut }),
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
function marksIn({ rendered, versionsMark, sourceMarks, renewBy }: DataSource): Marks {
  const templateMark = rendered?.kind === 'rendered' ? rendered.content.mark : undefined;
  return marksOf({ versionsMark, templateMark, sourceMarks, renewBy });
}

/**
 * No key at all.
 *
 * | deletionPolicy | what happens                                                     |
 * | -------------- | ---------------------------------------------------------------- |
 * | Retain         | nothing is created or changed                                    |
 * | Delete         | the Secret goes, if it is this intent's own; only under Owner    |
 * | Merge          | as with data: the target loses this intent's keys                |
 * | any            | where the manifest leaves something out: see `planAllLeftOut`    |
 */
function planNothingFound(input: PullInput, source: DataSource): IntentPlan {
  const { deletionPolicy, creationPolicy } = input.intent.target;
  if (source.kept !== undefined) return planAllLeftOut(input, source, source.kept);
  if (deletionPolicy === 'Merge') return planTarget(input, source);
  if (deletionPolicy === 'Retain') {
    return planLabel(
      input,
      succeeded(input.intent, syncedCondition(input.intent, 'secret retained due to DeletionPolicy=Retain')),
    );
  }
  if (creationPolicy !== 'Owner') return blockedByPolicy(input);
  return planDeletion(input);
}

/** What is there and left out takes nothing along: not the Secret, and no key but those of entries that are absent. */
function planAllLeftOut(input: PullInput, source: DataSource, kept: KeptKeys): IntentPlan {
  const { deletionPolicy, template } = input.intent.target;
  const hasAbsentKeys = input.live !== undefined && source.missing.length > 0 && kept.length > 0;
  const canBeWritten = deletionPolicy === 'Merge' || template === undefined;
  if (hasAbsentKeys && canBeWritten) return planTarget(input, source);
  const message = 'secret left as it is: every source is left out';
  return planLabel(input, succeeded(input.intent, syncedCondition(input.intent, message)));
}

function planDeletion(input: PullInput): IntentPlan {
  const { intent, live } = input;
  const condition = {
    status: 'True',
    reason: reasonFor(intent, 'Deleted'),
    message: 'secret deleted due to DeletionPolicy=Delete',
  } as const;
  if (live === undefined) return succeeded(intent, condition);
  if (!isOwn(live, intent)) return blockedByMaker(input, live);
  const system = blockedBySystem(input, live);
  if (system !== undefined) return system;
  if (live.deleting) return blockedByDeletion(input, live);
  const event = targetEvent(live.ref, 'Deleted', condition.message);
  const change = deletion(intent.ref, live, 'every source is absent');
  return withChanges(succeeded(intent, condition, [event]), [change]);
}

/** ESO 2.9, 3.1: creationPolicy against what exists. */
function planTarget(input: PullInput, source: DataSource): IntentPlan {
  const { intent, live } = input;
  const { creationPolicy } = intent.target;
  if (creationPolicy === 'None') return planLabel(input, succeeded(intent, syncedCondition(intent, 'secret synced')));
  if (live === undefined && creationPolicy === 'Merge') {
    return succeeded(intent, {
      status: 'True',
      reason: reasonFor(intent, 'Missing'),
      message: missingMessage(intent),
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
  const { standsFor } = intent.target.template ?? {};
  if (standsFor !== undefined) return failed(intent, [shorthandFault(intent, standsFor, findings)], []);
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

function contentOf({ intent, live, state }: PullInput, source: DataSource): TargetContent {
  const { data, rendered, generated, kept } = source;
  const content =
    rendered?.kind === 'rendered' ? settledContent(rendered.content, live, state) : fetchedContent(intent, data);
  return { ...withGenerated(content, generated), ...(kept === undefined ? {} : { kept }) };
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
  const event = targetEvent(desired.ref, 'Created', 'secret created');
  const item = withChanges(synced(intent, [event]), [creation(intent.ref, desired)]);
  return { ...item, problems: openTargetWarnings(intent, undefined) };
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
