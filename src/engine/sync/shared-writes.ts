/**
 * What several children of one ClusterPushSecret want alike is written by the first of them. The others count on it:
 * they remember the version that it made, and where it made none they are planned once more.
 */
import type { PushedObject } from '../../core/model/condition.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { PushPlan } from '../../core/model/push-plan.ts';
import { vaultRefKey } from '../../core/model/vault-object.ts';
import type { AppliedPush } from './apply-pushes.ts';

/** `planned` in the order of `applied`. One after the other: the first that writes spares it the rest. */
export async function settleShared(
  planned: readonly PushPlan[],
  applied: readonly AppliedPush[],
  again: (item: PushPlan) => Promise<AppliedPush>,
): Promise<readonly AppliedPush[]> {
  const settled: AppliedPush[] = [...applied];
  for (const [index, item] of planned.entries()) {
    const one = settled[index];
    if (one === undefined || one.left === true || (item.shared ?? []).length === 0) continue;
    const made = (item.shared ?? []).map((target) => madeBySibling(vaultRefKey(target), item, settled));
    if (made.every((record) => record !== undefined)) settled[index] = withVersions(one, made);
    else settled[index] = joined(one, await again(item));
  }
  return settled;
}

/** `undefined` = nobody wrote it in this run. */
function madeBySibling(
  key: string,
  { intent: { parent } }: PushPlan,
  applied: readonly AppliedPush[],
): PushedObject | undefined {
  const family = parent === undefined ? '' : refText(parent);
  const writer = applied.find(
    ({ item, done }) =>
      item.intent.parent !== undefined &&
      refText(item.intent.parent) === family &&
      done.some(({ action, target }) => action !== 'remove' && vaultRefKey(target) === key),
  );
  return writer?.item.result.pushed?.find((record) => vaultRefKey(record) === key);
}

function withVersions(one: AppliedPush, made: readonly PushedObject[]): AppliedPush {
  const versions = new Map(made.map((record) => [vaultRefKey(record), record.version]));
  const current = (record: PushedObject): PushedObject => {
    const version = versions.get(vaultRefKey(record));
    return version === undefined ? record : { ...record, version };
  };
  const { item } = one;
  if (item.result.pushed === undefined) return one;
  return { ...one, item: { ...item, result: { ...item.result, pushed: item.result.pushed.map(current) } } };
}

/** The log and the counts have each write once. */
function joined(one: AppliedPush, later: AppliedPush): AppliedPush {
  const changes = [...one.done, ...later.item.changes];
  return { ...later, item: { ...later.item, changes }, done: [...one.done, ...later.done] };
}
