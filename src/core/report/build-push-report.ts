/** Planned and applied pushes → what is told of them. */
import type { PushPlan, VaultChange } from '../model/push-plan.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { PushChangeReport, PushReport, ReportCounts } from '../model/report.ts';
import { compareVaultRefs, vaultRefKey, type VaultRef } from '../model/vault-object.ts';

export interface AppliedPushReport {
  readonly item: PushPlan;
  readonly done: readonly VaultChange[];
  readonly left?: true;
}

interface How {
  readonly unapplied: PushChangeReport['state'];
  readonly nextPush: (item: PushPlan) => Date | undefined;
}

export function pushReports(
  planned: readonly PushPlan[],
  applied: { readonly pushes?: readonly AppliedPushReport[] } | undefined,
  { unapplied, nextPush }: How,
): readonly PushReport[] {
  const all = applied?.pushes ?? planned.map((item): AppliedPushReport => ({ item, done: [] }));
  const isApplied = applied?.pushes !== undefined;
  return all.map(({ item, done, left }) => {
    const unmade = left === true || (applied !== undefined && !isApplied) ? 'left' : 'failed';
    const stateOf = (change: VaultChange) => (done.includes(change) ? 'done' : isApplied ? unmade : unapplied);
    return pushReport(item, stateOf, nextPush(item));
  });
}

function pushReport(
  item: PushPlan,
  stateOf: (change: VaultChange) => PushChangeReport['state'],
  nextDue: Date | undefined,
): PushReport {
  const { intent, verdict, reason, changes, problems } = item;
  return {
    ref: intent.ref,
    ...(intent.origin === undefined ? {} : { origin: intent.origin }),
    targets: targetsIn(item),
    from: sourceText(intent),
    verdict,
    ...(reason === undefined ? {} : { reason }),
    changes: changes.map((change) => changeReport(change, stateOf(change))),
    problems,
    ...(nextDue === undefined ? {} : { nextDue }),
  };
}

function targetsIn({ entries, changes }: PushPlan): readonly VaultRef[] {
  const all = [...entries.flatMap(({ target }) => target ?? []), ...changes.map(({ target }) => target)];
  return [...new Map(all.map((target) => [vaultRefKey(target), target])).values()].toSorted(compareVaultRefs);
}

/** Of a PushSecret that is in no manifest any more, or names none. */
export const NO_SOURCE = 'no Secret';

/** `Secret shop/db`; `Secrets of shop with app=db`. */
export function sourceText({ ref, source }: Pick<PushIntent, 'ref' | 'source'>): string {
  switch (source.kind) {
    case 'secret':
      return `Secret ${ref.namespace}/${source.name}`;
    case 'labels': {
      const labels = Object.entries(source.selector.matchLabels).map(([name, value]) => `${name}=${value}`);
      const others = source.selector.matchExpressions.map(({ key, operator }) => `${key} ${operator}`);
      return `Secrets of ${ref.namespace} with ${[...labels, ...others].join(', ') || 'any labels'}`;
    }
    case 'none':
      return NO_SOURCE;
  }
}

function changeReport(change: VaultChange, state: PushChangeReport['state']): PushChangeReport {
  const { target, keys, metadata, precondition } = change;
  return {
    action: change.action === 'set' && precondition === 'deleted' ? 'recover' : change.action,
    target,
    keys,
    metadata,
    ...(typeof precondition === 'string' ? {} : { version: precondition.version }),
    ...(change.action === 'remove' ? { reason: change.reason } : {}),
    state,
  };
}

export function pushCounts(
  pushes: readonly PushReport[],
): Required<Pick<ReportCounts, 'pushed' | 'pushRemoved' | 'pushFailed'>> {
  const made = pushes.flatMap(({ changes }) => changes).filter(({ state }) => state !== 'failed' && state !== 'left');
  return {
    pushed: made.filter(({ action }) => action !== 'remove').length,
    pushRemoved: made.filter(({ action }) => action === 'remove').length,
    pushFailed: pushes.filter(({ verdict }) => verdict === 'failed' || verdict === 'blocked').length,
  };
}
