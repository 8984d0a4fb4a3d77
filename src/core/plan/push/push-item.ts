/** The parts that every planned PushSecret is made of. ESO 2.9, 6.6: conditions and Events. */
import type { ObjectEvent, SyncedPushSecrets, SyncState } from '../../model/condition.ts';
import { fieldText } from '../../model/origin.ts';
import type { Verdict } from '../../model/plan.ts';
import { problemText, type Problem, type Severity } from '../../model/problem.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import type { PushedEntry, PushPlan, PushResult } from '../../model/push-plan.ts';

export function pushProblem(intent: PushIntent, fault: PushFault, severity: Severity = 'error'): Problem {
  const { code, path, what, fix, hasSubject } = fault;
  const origin = intent.locate(path);
  return {
    severity,
    code,
    at: intent.ref,
    ...(path.length === 0 ? {} : { field: fieldText(path) }),
    ...(origin === undefined ? {} : { origin }),
    what,
    fix,
    ...(hasSubject === undefined ? {} : { hasSubject }),
  };
}

/** Nothing is done, nothing is told, nothing forgotten. */
export function nothingPushed(intent: PushIntent, verdict: Verdict, reason?: string): PushPlan {
  return {
    intent,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    entries: [],
    changes: [],
    kept: [],
    remembered: {},
    stores: [],
    problems: [],
    result: { refreshed: false, events: [] },
  };
}

/** The whole pass came to nothing: what was pushed before stays, and stays remembered. */
export function failedPush(intent: PushIntent, problems: readonly Problem[], verdict: Verdict = 'failed'): PushPlan {
  return { ...nothingPushed(intent, verdict), problems, result: notReady(problems) };
}

/** ESO 2.9: `Errored`, with a Warning. */
export function notReady(problems: readonly Problem[]): PushResult {
  const message = problems
    .filter(({ severity }) => severity === 'error')
    .map(problemText)
    .join('\n');
  return {
    condition: { status: 'False', reason: 'Errored', message },
    refreshed: false,
    events: [{ type: 'Warning', reason: 'Errored', message }],
  };
}

export function ready(intent: PushIntent): Pick<PushResult, 'condition' | 'events'> {
  const existing = intent.updatePolicy === 'IfNotExists' ? '. Existing secrets in providers unchanged.' : '';
  const message = `PushSecret synced successfully${existing}`;
  const event: ObjectEvent = { type: 'Normal', reason: 'Synced', message };
  return { condition: { status: 'True', reason: 'Synced', message }, events: [event] };
}

export function sourceDeleted(): Pick<PushResult, 'condition' | 'events'> {
  const message = 'source secret deleted; provider secrets cleaned up';
  const event: ObjectEvent = { type: 'Normal', reason: 'SourceDeleted', message };
  return { condition: { status: 'False', reason: 'SourceDeleted', message }, events: [event] };
}

/** ESO 2.9: `status.syncedPushSecrets` of the entries that went well; a store without any is named all the same. */
export function syncedOf(stores: readonly string[], entries: readonly PushedEntry[]): SyncedPushSecrets {
  const synced: Record<string, Record<string, PushedEntry['written']>> = {};
  for (const store of stores) synced[store] = {};
  for (const { store, reference, written, problem } of entries) {
    if (problem === undefined) (synced[store] ??= {})[reference] = written;
  }
  return synced;
}

/** ESO 2.9: of a pass that failed, what it pushed and what was there before; for equal keys the older one. */
export function withEarlier(synced: SyncedPushSecrets, before: SyncState | undefined): SyncedPushSecrets {
  const merged: Record<string, SyncedPushSecrets[string]> = { ...synced };
  for (const [store, entries] of Object.entries(before?.syncedPushSecrets ?? {})) {
    merged[store] = { ...merged[store], ...entries };
  }
  return merged;
}
