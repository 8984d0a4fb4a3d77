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
    const isLeft = left === true || (applied !== undefined && !isApplied);
    const unmade = (change: VaultChange) => (isLeft ? 'left' : isKept(change, item, done) ? 'kept' : 'failed');
    const stateOf = (change: VaultChange) => (done.includes(change) ? 'done' : isApplied ? unmade(change) : unapplied);
    return pushReport(item, stateOf, nextPush(item));
  });
}

/** A deletion is not tried where something of its PushSecret was not written. */
function isKept({ action }: VaultChange, { changes }: PushPlan, done: readonly VaultChange[]): boolean {
  return action === 'remove' && changes.some((change) => change.action !== 'remove' && !done.includes(change));
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

const UNMADE: readonly PushChangeReport['state'][] = ['failed', 'left', 'kept'];

/** Faults that other manifests alone can mend, of which some are found only when an entry has its turn. */
const OF_THE_MANIFEST: ReadonlySet<string> = new Set([
  'data-to-rewrite',
  'data-to-selector',
  'data-to-store',
  'push-contested',
  'push-expiry',
  'push-metadata',
  'push-property',
  'push-pull-loop',
  'push-tag',
  'push-tags-crowded',
  'regexp',
]);

/** How many errors of pushes the manifests alone give: running again cannot mend them. */
export function manifestErrorsOf(pushes: readonly Pick<PushReport, 'problems'>[]): number {
  const errors = pushes.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  return errors.filter(({ code }) => OF_THE_MANIFEST.has(code)).length;
}

export function pushCounts(
  pushes: readonly PushReport[],
): Required<Pick<ReportCounts, 'pushed' | 'pushRemoved' | 'pushFailed'>> {
  const made = pushes.flatMap(({ changes }) => changes).filter(({ state }) => !UNMADE.includes(state));
  return {
    pushed: made.filter(({ action }) => action !== 'remove').length,
    pushRemoved: made.filter(({ action }) => action === 'remove').length,
    pushFailed: pushes.filter(({ verdict }) => verdict === 'failed' || verdict === 'blocked').length,
  };
}
