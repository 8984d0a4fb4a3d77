/**
 * Carries out what is pushed, after all Secrets. What a PushSecret no longer names goes last, and only where everything
 * else of it was written: one failed write deletes nothing.
 */
import pLimit from 'p-limit';
import type { Problem } from '../../core/model/problem.ts';
import { refText } from '../../core/model/object-ref.ts';
import { fieldText } from '../../core/model/origin.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { PushPlan, VaultChange } from '../../core/model/push-plan.ts';
import { vaultRefKey, vaultRefText } from '../../core/model/vault-object.ts';
import { planPush } from '../../core/plan/push/push.ts';
import { settled, type Made } from '../../core/plan/push/settle.ts';
import type { PushInput } from '../../core/plan/push/push-input.ts';
import { asPortError, failureOf, type PortError } from '../../ports/errors.ts';
import { isStopping } from '../stop.ts';
import { findingOf } from './findings.ts';
import { gatherPush, providerOf, type PushSession } from './gather-pushes.ts';
import type { Ports } from './ports.ts';
import { afresh } from './session.ts';
import { settleShared } from './shared-writes.ts';
import { writeVault } from './write-vault.ts';

/** How one PushSecret ended: `item` says what became of it, `done` the changes that took place. */
export interface AppliedPush {
  readonly item: PushPlan;
  readonly done: readonly VaultChange[];
  readonly left?: true;
}

export interface PushesToApply {
  readonly pushes: readonly PushPlan[];
  readonly inputs: ReadonlyMap<PushIntent, PushInput>;
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
  const applied = await pLimit(all.concurrency).map(all.pushes, (item) => applyPush(item, all, ports));
  const anew = { ...all, isOutdated: () => true };
  return await settleShared(all.pushes, applied, (item) => applyPush(item, anew, ports));
}

async function applyPush(first: PushPlan, all: PushesToApply, ports: Ports): Promise<AppliedPush> {
  const { intent } = first;
  if (first.changes.length === 0 && !all.isOutdated(intent)) return { item: first, done: [] };
  if (isStopping(ports)) return { item: first, done: [], left: true };
  const isOld = ports.clock.now().getTime() - all.readAt > OLDEST_READ_MS;
  const push = { ...all.push, session: afresh(all.push.session) };
  const input = all.inputs.get(intent);
  if (!isOld && !all.isOutdated(intent)) return await writeAll(first, input, { push, ports });
  const again = await gatherPush(intent, push);
  const item = withoutUnseen(planPush(again), first);
  return await writeAll(item, again, { push, ports });
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
  readonly push: PushSession;
  readonly ports: Ports;
}

async function writeAll(item: PushPlan, input: PushInput | undefined, means: Means): Promise<AppliedPush> {
  const made = new Map<VaultChange, Made>();
  const removals = item.changes.filter(({ action }) => action === 'remove');
  const writes = item.changes.filter(({ action }) => action !== 'remove');
  await pLimit(WRITES_AT_ONCE).map(writes, (change) => writeOne(change, item, made, means));
  const isSound = writes.every((change) => made.get(change)?.kind === 'made');
  if (isSound) for (const change of removals) await writeOne(change, item, made, means);
  const left = item.changes.some((change) => !made.has(change)) && isStopping(means.ports);
  const done = item.changes.filter((change) => made.get(change)?.kind === 'made');
  if (left) return { item, done, left };
  for (const change of removals) if (!made.has(change)) made.set(change, { kind: 'withheld' });
  return { item: settled(item, input?.state, made), done };
}

async function writeOne(
  change: VaultChange,
  { intent }: PushPlan,
  made: Map<VaultChange, Made>,
  { push, ports }: Means,
): Promise<void> {
  if (isStopping(ports)) return;
  try {
    const provider = await providerOf(change.store, intent, push);
    const writing = {
      intent,
      provider,
      ownership: push.ownership,
      confirm: (one: VaultChange) => confirmed(one, intent, push),
    };
    made.set(change, { kind: 'made', ...(await writeVault(change, writing)) });
  } catch (error) {
    made.set(change, { kind: 'failed', problem: writeProblem(intent, change, failureOf(error)) });
  }
}

/** Plans once more on what is there: the change is made where it is not wanted any more. */
async function confirmed(
  change: VaultChange,
  intent: PushIntent,
  push: PushSession,
): Promise<{ readonly version?: string } | undefined> {
  try {
    const input = await gatherPush(intent, { ...push, session: afresh(push.session) });
    const key = vaultRefKey(change.target);
    const found = input.observed.get(key);
    const isWanted = planPush(input).changes.some((one) => vaultRefKey(one.target) === key);
    if (isWanted || found === undefined || found.kind === 'failed') return undefined;
    if (found.kind === 'absent') return change.action === 'remove' ? {} : undefined;
    const { version } = found.object;
    return change.action === 'remove' ? undefined : version === undefined ? {} : { version };
  } catch (error) {
    asPortError(error);
    return undefined;
  }
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
    what: `${vaultRefText(target)} could not be ${action === 'remove' ? 'deleted' : 'written'}: ${finding.what}`,
    fix: `${finding.fix}${lost}`,
  };
}

/** `PushSecret shop/db`: for the log. */
export function pushText({ intent }: PushPlan): string {
  return refText(intent.ref);
}
