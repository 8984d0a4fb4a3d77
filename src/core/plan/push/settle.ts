/** What a planned PushSecret comes to, once it is known which of its changes were made. */
import type { PushedObject, SyncedPushSecrets, SyncState } from '../../model/condition.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushPlan, PushResult, VaultChange } from '../../model/push-plan.ts';
import { vaultRefKey } from '../../model/vault-object.ts';
import { recordAhead } from './movement.ts';
import { notReady, ready, sourceDeleted, syncedOf, withEarlier } from './push-item.ts';
import type { PushDraft } from './push.ts';

/** What became of one change. */
export type Made =
  | { readonly kind: 'made'; readonly version?: string }
  /** `left`: it may have been written all the same, or what was deleted came back and nothing more. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly left?: 'unknown' | 'recovered' }
  /** A deletion that was not tried, since something else failed. */
  | { readonly kind: 'withheld' };

/** Changes that are in no map count as made: that is the plan. */
export function settled(
  draft: PushDraft,
  before: SyncState | undefined,
  made: ReadonlyMap<VaultChange, Made> = new Map(),
): PushPlan {
  const failures = new Map<string, Problem>();
  for (const [change, outcome] of made) {
    if (outcome.kind === 'failed') failures.set(vaultRefKey(change.target), outcome.problem);
  }
  const entries = draft.entries.map((entry) => {
    const problem = entry.target === undefined ? undefined : failures.get(vaultRefKey(entry.target));
    return problem === undefined || entry.problem !== undefined ? entry : { ...entry, problem };
  });
  const problems = [...draft.problems, ...failures.values()];
  const isFailed = problems.some(({ severity }) => severity === 'error');
  const verdict = isFailed ? 'failed' : draft.changes.length > 0 ? 'change' : 'unchanged';
  const { intent, changes, kept, remembered, stores, isSourceGone, isEnding } = draft;
  const result = resultOf({ ...draft, entries, problems }, before, made, isFailed);
  const gone = { ...(isSourceGone === true ? { isSourceGone } : {}), ...(isEnding === true ? { isEnding } : {}) };
  return { intent, verdict, entries, changes, kept, remembered, problems, result, stores, ...gone };
}

function resultOf(
  draft: PushDraft,
  before: SyncState | undefined,
  made: ReadonlyMap<VaultChange, Made>,
  isFailed: boolean,
): PushResult {
  const { intent, stores, entries, remembered, problems, isSourceGone, isEnding } = draft;
  const pushed = pushedAfter(draft, before, made);
  if (isEnding === true && !isFailed) return { refreshed: false, events: [], pushed };
  if (isSourceGone === true || isEnding === true) {
    if (isFailed) return { ...notReady(problems), synced: leftOf(draft, before, made), pushed };
    return { ...sourceDeleted(), refreshed: false, synced: leftOf(draft, before, made), pushed };
  }
  const now = syncedOf(stores, entries);
  if (isFailed) return { ...notReady(problems), synced: withEarlier(now, before), pushed };
  return { ...ready(intent), refreshed: true, synced: merged(now, remembered), pushed };
}

/** What is still to be deleted of a source that is gone. */
function leftOf(
  { remembered }: PushDraft,
  before: SyncState | undefined,
  made: ReadonlyMap<VaultChange, Made>,
): SyncedPushSecrets {
  const hasFailed = [...made.values()].some(({ kind }) => kind !== 'made');
  return hasFailed ? merged(remembered, before?.syncedPushSecrets ?? {}) : remembered;
}

function merged(one: SyncedPushSecrets, other: SyncedPushSecrets): SyncedPushSecrets {
  const both: Record<string, SyncedPushSecrets[string]> = { ...one };
  for (const [store, entries] of Object.entries(other)) both[store] = { ...entries, ...both[store] };
  return both;
}

function pushedAfter(
  { changes, kept }: PushDraft,
  before: SyncState | undefined,
  made: ReadonlyMap<VaultChange, Made>,
): readonly PushedObject[] {
  const written = changes.flatMap((change): readonly PushedObject[] => {
    const outcome = made.get(change);
    if (outcome?.kind === 'failed' || outcome?.kind === 'withheld') {
      const key = vaultRefKey(change.target);
      const records = (before?.pushed ?? []).filter((one) => vaultRefKey(one) === key);
      const left = outcome.kind === 'failed' ? outcome.left : undefined;
      if (left === undefined) return records;
      if (left === 'recovered' || change.action === 'remove') return records.map(withoutVersion);
      return change.mark === undefined ? records.map(withoutVersion) : [recordAhead(change, records[0])];
    }
    if (change.action === 'remove' || change.pushed.properties?.length === 0) return [];
    const pushed = withoutVersion(change.pushed);
    return [
      outcome?.kind !== 'made' || outcome.version === undefined ? pushed : { ...pushed, version: outcome.version },
    ];
  });
  return [...kept, ...written];
}

/** Which version is there is not known: what is found next may be our own, and is no change by somebody else. */
function withoutVersion(record: PushedObject): PushedObject {
  const { version, ...others } = record;
  return version === undefined ? record : others;
}
