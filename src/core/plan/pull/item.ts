/** The parts that every plan item is made of: how it stands, what is told of it, what is remembered. */
import { type Message } from '../../model/message.ts';
import type { ObjectEvent } from '../../model/condition.ts';
import type { PullIntent } from '../../model/intent.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { Change, IntentPlan, IntentResult } from '../../model/plan.ts';
import { problemText, type Problem } from '../../model/problem.ts';
import type { LiveSecret } from '../../model/secret.ts';
import { targetOf, targetRecord } from '../../model/target.ts';
import { reasonFor } from './target-words.ts';

/** The intent, and what stands where it wants to write. */
export interface PullSubject {
  readonly intent: PullIntent;
  readonly live: LiveSecret | undefined;
}

/** Nothing is done and nothing is told. */
export function nothing(intent: PullIntent, verdict: IntentPlan['verdict']): IntentPlan {
  return { intent, verdict, changes: [], result: { refreshed: false, events: [] }, problems: [] };
}

/** ESO 2.9's reason for a refresh that went well. */
export function syncedCondition(intent: PullIntent, message: string) {
  return { status: 'True', reason: reasonFor(intent, 'Synced'), message } as const;
}

/** The refresh went well; what is written comes with `withChanges`. */
export function succeeded(
  intent: PullIntent,
  condition: NonNullable<IntentResult['condition']>,
  events: readonly ObjectEvent[] = [],
): IntentPlan {
  return { ...nothing(intent, 'unchanged'), result: { condition, refreshed: true, events } };
}

/** The target is, or will be, as it should be. */
export function synced(intent: PullIntent, events: readonly ObjectEvent[]): IntentPlan {
  const item = succeeded(intent, syncedCondition(intent, 'secret synced'), events);
  return { ...item, result: { ...item.result, binding: targetRecord(targetOf(intent)) } };
}

/** The same with something to write. */
export function withChanges(item: IntentPlan, changes: readonly Change[]): IntentPlan {
  return { ...item, verdict: 'change', changes };
}

/** Whatever becomes of the target, this is to be told as well. */
export function withWarnings(item: IntentPlan, warnings: readonly Problem[]): IntentPlan {
  return warnings.length === 0 ? item : { ...item, problems: [...item.problems, ...warnings] };
}

/** The API server would refuse the write: told in its words, before anything is sent. */
export function refused(
  { intent, live }: PullSubject,
  finding: { readonly what: Message; readonly fix: Message },
): IntentPlan {
  const problem: Problem = {
    severity: 'error',
    code: 'cluster-invalid',
    at: intent.ref,
    ...(intent.origin === undefined ? {} : { origin: intent.origin }),
    hasSubject: true,
    ...finding,
  };
  const item = failed(intent, [problem], []);
  return live === undefined ? item : { ...item, result: { ...item.result, binding: targetRecord(targetOf(intent)) } };
}

/** A read failed: the condition names the cause, the target is left as it is. */
export function failed(intent: PullIntent, problems: readonly Problem[], events: readonly ObjectEvent[]): IntentPlan {
  const message = problems.map(problemText).join('\n');
  const warning: ObjectEvent = { type: 'Warning', reason: 'UpdateFailed', message };
  return {
    ...nothing(intent, 'failed'),
    result: {
      condition: { status: 'False', reason: reasonFor(intent, 'SyncedError'), message },
      refreshed: false,
      events: [...events, warning],
    },
    problems,
  };
}

export interface BlockedField {
  readonly field: FieldPath;
  readonly what: Message;
  readonly fix: Message;
}

/** What was not to be updated binds nothing. */
const UNBOUND: readonly string[] = ['delete-without-owner', 'not-ours-to-delete', 'system-secret', 'key-contested'];

/** A rule forbids the write: the condition and the problem name it, the target is left as it is. */
export function blocked({ intent, live }: PullSubject, code: string, finding: BlockedField): IntentPlan {
  const origin = intent.locate(finding.field);
  const problem: Problem = {
    severity: 'error',
    code,
    at: intent.ref,
    field: fieldText(finding.field),
    ...(origin === undefined ? {} : { origin }),
    what: finding.what,
    fix: finding.fix,
  };
  const item = failed(intent, [problem], []);
  const isUpdate = live !== undefined && !UNBOUND.includes(code);
  return {
    ...item,
    verdict: 'blocked',
    result: { ...item.result, ...(isUpdate ? { binding: targetRecord(targetOf(intent)) } : {}) },
  };
}
