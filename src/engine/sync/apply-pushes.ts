/**
 * Carries out what is pushed, after all Secrets. What a PushSecret no longer names goes last, and only where everything
 * else of it was written: one failed write deletes nothing.
 */
import pLimit from 'p-limit';
import type { PushedObject, SyncState } from '../../core/model/condition.ts';
import type { Problem } from '../../core/model/problem.ts';
import { say } from '../../core/model/message.ts';
import { fieldText } from '../../core/model/origin.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { PushPlan, VaultChange } from '../../core/model/push-plan.ts';
import { vaultRefKey, vaultRefText, type VaultRef } from '../../core/model/vault-object.ts';
import type { PlanAgain } from '../../core/plan/push/plan-pushes.ts';
import { failedPush } from '../../core/plan/push/push-item.ts';
import { settled, type Made } from '../../core/plan/push/settle.ts';
import type { PushInput } from '../../core/plan/push/push-input.ts';
import { failureOf, type PortError } from '../../ports/errors.ts';
import { isStopping } from '../stop.ts';
import { findingOf } from './findings.ts';
import { gatherAgain } from './gather-gone-pushes.ts';
import { providerOf, type PushSession } from './push-vaults.ts';
import type { Ports } from './ports.ts';
import { afresh } from './session.ts';
import { settleShared } from './shared-writes.ts';
import { WriteAhead } from './write-ahead.ts';
import { isRecoveredOnly, writeVault } from './write-vault.ts';

/** How one PushSecret ended: `item` says what became of it, `done` the changes that took place. */
export interface AppliedPush {
  readonly item: PushPlan;
  readonly done: readonly VaultChange[];
  /** True = the run was asked to stop before it was finished: nothing is told of it. */
  readonly left?: true;
  /** What was remembered of it before its first write; absent = nothing was. */
  readonly ahead?: SyncState;
  /** What is to be remembered of one that was left, for what was written of it. */
  readonly pushed?: readonly PushedObject[];
}

export interface PushesToApply {
  readonly pushes: readonly PushPlan[];
  readonly inputs: ReadonlyMap<PushIntent, PushInput>;
  readonly planAgain: PlanAgain;
  readonly push: PushSession;
  /** When they were read, in milliseconds since 1970. */
  readonly readAt: number;
  /** Of a PushSecret that reads what a pull was to write and did not: it is planned anew. */
  readonly isOutdated: (intent: PushIntent) => boolean;
  readonly concurrency: number;
}

/** Key Vault has no compare-and-set: what was read longer ago than this is read again before it is written over. */
export const OLDEST_READ_MS = 10_000;
const WRITES_AT_ONCE = 8;

export async function applyPushes(all: PushesToApply, ports: Ports): Promise<readonly AppliedPush[]> {
  const notes = new WriteAhead(ports);
  // All at once, so that they go together into one write.
  if (!isStopping(ports)) {
    await Promise.all(all.pushes.map((item) => notes.note(item, all.inputs.get(item.intent)?.state)));
  }
  const means: Applying = { ...all, notes };
  const applied = await pLimit(all.concurrency).map(all.pushes, (item) => applyPush(item, means, ports));
  const anew = { ...means, isOutdated: () => true };
  return await settleShared(all.pushes, applied, (item) => applyPush(item, anew, ports));
}

interface Applying extends PushesToApply {
  readonly notes: WriteAhead;
}

async function applyPush(first: PushPlan, all: Applying, ports: Ports): Promise<AppliedPush> {
  const { intent } = first;
  if (first.changes.length === 0 && !all.isOutdated(intent)) return { item: first, done: [] };
  if (isStopping(ports)) return { item: first, done: [], left: true };
  const isOld = ports.clock.now().getTime() - all.readAt > OLDEST_READ_MS;
  const push = { ...all.push, session: afresh(all.push.session) };
  const input = all.inputs.get(intent);
  const means = { push, ports, planAgain: all.planAgain, notes: all.notes };
  if (!isOld && !all.isOutdated(intent)) return await writeAll(first, input, means);
  const again = await gatherAgain(intent, input, push);
  const item = withoutUnseen(all.planAgain(again), first);
  return await writeAll(item, again, means);
}

/** The guards saw the first plan only: what it did not delete is not deleted either. */
function withoutUnseen(item: PushPlan, first: PushPlan): PushPlan {
  const seen = new Set(first.changes.map((change) => `${change.action} ${vaultRefKey(change.target)}`));
  const changes = item.changes.filter(
    (change) => change.action !== 'remove' || seen.has(`remove ${vaultRefKey(change.target)}`),
  );
  return changes.length === item.changes.length ? item : { ...item, changes };
}

interface Means {
  readonly planAgain: PlanAgain;
  readonly push: PushSession;
  readonly ports: Ports;
  readonly notes: WriteAhead;
}

/** What one PushSecret is written from, and what has become of it so far. */
interface Writing extends Means {
  readonly item: PushPlan;
  readonly input: PushInput | undefined;
  readonly made: Map<VaultChange, Made>;
}

async function writeAll(item: PushPlan, input: PushInput | undefined, means: Means): Promise<AppliedPush> {
  const noted = await means.notes.note(item, input?.state);
  if ('problem' in noted) return { item: failedPush(item.intent, [noted.problem]), done: [] };
  const made = new Map<VaultChange, Made>();
  const writing = { ...means, item, input, made };
  const removals = item.changes.filter(({ action }) => action === 'remove');
  const writes = item.changes.filter(({ action }) => action !== 'remove');
  await pLimit(WRITES_AT_ONCE).map(writes, (change) => writeOne(change, writing));
  const isSound = writes.every((change) => made.get(change)?.kind === 'made');
  if (isSound) for (const change of removals) await writeOne(change, writing);
  const isLeft = item.changes.some((change) => !made.has(change)) && isStopping(means.ports);
  const done = item.changes.filter((change) => made.get(change)?.kind === 'made');
  for (const change of item.changes) if (!made.has(change)) made.set(change, { kind: 'withheld' });
  const ended = settled(item, input?.state, made);
  if (!isLeft) return { item: ended, done, ...noted };
  return { item, done, left: true, ...noted, ...(done.length === 0 ? {} : { pushed: ended.result.pushed ?? [] }) };
}

async function writeOne(change: VaultChange, writing: Writing): Promise<void> {
  const { ports, push, item, made } = writing;
  const { intent } = item;
  if (isStopping(ports)) return;
  try {
    const provider = await providerOf(change.store, intent, push);
    const confirm = (one: VaultChange) => confirmed(one, writing);
    const written = await writeVault(change, { intent, provider, ownership: push.ownership, confirm });
    made.set(change, { kind: 'made', ...written });
  } catch (error) {
    const failure = failureOf(error);
    const problem = writeProblem(intent, change, failure);
    const left = isRecoveredOnly(failure) ? 'recovered' : failure.uncertain ? 'unknown' : undefined;
    made.set(change, { kind: 'failed', problem, ...(left === undefined ? {} : { left }) });
  }
}

/** Plans once more on what is there: the change is made where that is as this PushSecret wants it. */
async function confirmed(
  change: VaultChange,
  { push, planAgain, item: { intent }, input }: Writing,
): Promise<{ readonly version?: string } | undefined> {
  const again = await gatherAgain(intent, input, { ...push, session: afresh(push.session) });
  const key = vaultRefKey(change.target);
  const isIt = (one: Pick<VaultRef, 'vaultUrl' | 'type' | 'name'>): boolean => vaultRefKey(one) === key;
  const found = again.observed.get(key);
  if (found === undefined || found.kind === 'failed') return undefined;
  if (change.action === 'remove') return found.kind === 'absent' ? {} : undefined;
  const { changes, entries, kept } = planAgain(again);
  const isRefused = entries.some(
    ({ target, problem }) => target !== undefined && isIt(target) && problem !== undefined,
  );
  const isKept = kept.some(isIt) || change.pushed.properties?.length === 0;
  if (found.kind === 'absent' || isRefused || !isKept || changes.some(({ target }) => isIt(target))) return undefined;
  const { version } = found.object;
  return version === undefined ? {} : { version };
}

function writeProblem(intent: PushIntent, { field, target, action }: VaultChange, error: PortError): Problem {
  const origin = intent.locate(field);
  const finding = findingOf(error);
  const lost = error.uncertain ? ' Whether it was written is not known; the next pass looks.' : '';
  return {
    ...finding,
    code: finding.code.replace('provider-', 'push-'),
    at: intent.ref,
    field: fieldText(field),
    ...(origin === undefined ? {} : { origin }),
    what: say`${vaultRefText(target)} could not be ${action === 'remove' ? 'deleted' : 'written'}: ${finding.what}`,
    fix: say`${finding.fix}${lost}`,
  };
}
