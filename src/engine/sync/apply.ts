/**
 * Carries a plan out. Each write insists on what was read; a conflict is planned again, never sent again.
 *
 * One object's failure is its own: the others go on. A stopped plan writes nothing.
 */
import pLimit from 'p-limit';
import { heldFix, heldSentence } from '../../core/model/held.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Change, DeleteChange, IntentPlan, Plan } from '../../core/model/plan.ts';
import { failed } from '../../core/plan/pull/item.ts';
import { planPull } from '../../core/plan/pull/pull.ts';
import { fieldManager } from '../../core/go/go-hash.ts';
import { asPortError, failureOf, PortError } from '../../ports/errors.ts';
import type { AppliedPush } from './apply-pushes.ts';
import { clusterProblem, findingOf } from './findings.ts';
import type { Gathered } from './gather.ts';
import { gatherPull } from './gather-pulls.ts';
import type { Ports } from './ports.ts';
import { publish, record } from './publish.ts';
import { afresh, type Session } from './session.ts';
import type { RunSettings } from './settings.ts';
import { isStopping, stoppedProblem } from '../stop.ts';
import type { Problem } from '../../core/model/problem.ts';
import { targetOf } from '../../core/model/target.ts';

/** How one plan item ended: `item` is the one that was carried out last, `done` the changes that took place. */
export interface Applied {
  readonly item: IntentPlan;
  readonly done: readonly Change[];
  /** True = the run was asked to stop before this item was finished. Its outcome is not recorded. */
  readonly left?: true;
}

export interface AppliedPlan {
  readonly items: readonly Applied[];
  readonly prunes: readonly AppliedPrune[];
  /** Absent where it was stopped before. */
  readonly pushes?: readonly AppliedPush[];
  /** Set when the run was asked to stop and left something. */
  readonly stopped?: Problem;
}

export interface AppliedPrune {
  readonly change: DeleteChange;
  readonly problem?: Problem;
  readonly left?: true;
}

/** Outcomes are recorded beside the writes, more of them at once: a state that is one file takes many in one go. */
const RECORDS_PER_WRITE = 8;

/** After so many conflicts in a row somebody else is writing all the time; that is for people to solve. */
const MAX_ATTEMPTS = 4;

/** A plan, and what it was made from. */
export interface ToApply {
  readonly plan: Plan;
  readonly gathered: Pick<Gathered, 'forgets' | 'pulls'>;
  readonly session: Session;
  /** When the pass began. */
  readonly began: Date;
}

export async function apply(
  { plan, gathered, session, began }: ToApply,
  ports: Ports,
  settings: RunSettings,
): Promise<AppliedPlan> {
  const limit = pLimit(settings.concurrency);
  const groups = newcomersFirst(groupsOf(plan.items), gathered.pulls);
  const records = pLimit(settings.concurrency * RECORDS_PER_WRITE);
  const published: Promise<void>[] = [];
  const announce = (one: Applied) => void published.push(records(() => publish(one, began, ports, settings)));
  const attempts = settings.onlyAsPlanned === true ? 1 : MAX_ATTEMPTS;
  const writing = { session, ports, attempts, announce };
  const applied = await limit.map(groups, (group) => applyGroup(group, writing));
  await Promise.all(published);
  const byRef = new Map(applied.flat().map((one) => [refText(one.item.intent.ref), one]));
  const items = plan.items.flatMap((item) => byRef.get(refText(item.intent.ref)) ?? []);
  const prunes = await applyPrunes(plan.prunes, ports);
  const left = [...items, ...prunes].filter((one) => one.left === true).length;
  if (left > 0) return { items, prunes, stopped: stoppedProblem(left) };
  for (const ref of gathered.forgets) await record(ref, ports, () => ports.state.forget(ref));
  return { items, prunes };
}

/**
 * Items that touch a Secret in common, each group in plan order. A rename touches two: who takes over the old name
 * must come after the deletion.
 */
function groupsOf(items: readonly IntentPlan[]): readonly (readonly IntentPlan[])[] {
  const groups = new Map<string, readonly IntentPlan[]>();
  for (const item of items) {
    const others = new Set(touchedBy(item).flatMap((target) => groups.get(target) ?? []));
    const group = [...others, item];
    for (const target of group.flatMap(touchedBy)) groups.set(target, group);
  }
  const places = new Map(items.map((item, place) => [item, place]));
  const placeOf = (item: IntentPlan): number => places.get(item) ?? 0;
  return [...new Set(groups.values())].map((group) => group.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

function touchedBy(item: IntentPlan): readonly string[] {
  return [targetOf(item.intent), ...item.changes.map((change) => change.target)].map(refText);
}

/** Who never had a Secret waits for nobody who has one: of thousands that are due, the new one is written first. */
function newcomersFirst(groups: readonly (readonly IntentPlan[])[], pulls: Gathered['pulls']) {
  const known = pulls.filter(({ state }) => state?.refreshTime !== undefined).map(({ intent }) => refText(intent.ref));
  const synced = new Set(known);
  const isNew = (group: readonly IntentPlan[]) => group.some(({ intent }) => !synced.has(refText(intent.ref)));
  return [...groups.filter(isNew), ...groups.filter((group) => !isNew(group))];
}

interface Writing {
  readonly session: Session;
  readonly ports: Ports;
  /** How often a conflict is planned again, plus one. */
  readonly attempts: number;
  readonly announce: (one: Applied) => void;
}

/** One group, one after another; once one has written, the next is planned on what it left. */
async function applyGroup(items: readonly IntentPlan[], writing: Writing): Promise<readonly Applied[]> {
  const { session, ports, announce } = writing;
  const applied: Applied[] = [];
  for (const item of items) {
    const moved = applied.some((earlier) => earlier.done.length > 0);
    const again = moved && item.changes.length > 0 && !isStopping(ports);
    const fresh = again ? planPull(await gatherPull(item.intent, session)) : item;
    const one = isStopping(ports) ? { item, done: [], left: true as const } : await applyItem(fresh, writing);
    announce(one);
    applied.push(one);
  }
  return applied;
}

async function applyItem(first: IntentPlan, { session, ports, attempts }: Writing): Promise<Applied> {
  const done: Change[] = [];
  let item = first;
  for (let attempt = 1; ; attempt++) {
    const error = await writeAll(item, done, ports);
    if (error === 'stopping') return { item, done, left: true };
    if (error === undefined) return { item, done };
    if (error.kind !== 'Conflict' || attempt === attempts) return { item: writeFailed(item, error, attempt), done };
    ports.logger.debug(`${refText(item.intent.ref)}: changed in between, planned again`, { attempt });
    item = planPull(await gatherPull(item.intent, afresh(session)));
    const unseen = item.changes.find((change) => change.action === 'delete' && !isPlanned(first, change));
    if (unseen !== undefined)
      return { item: writeFailed({ ...item, changes: [] }, unseenDeletion(unseen), attempt), done };
  }
}

/** The guards saw the first plan only: what it did not delete is not deleted either. */
function isPlanned(first: IntentPlan, deletion: Change): boolean {
  const target = refText(deletion.target);
  return first.changes.some((change) => change.action === 'delete' && refText(change.target) === target);
}

function unseenDeletion(deletion: Change): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'DeletionUnseen',
    what: `while this ran, things changed so that ${refText(deletion.target)} would now be deleted, which the plan did not show`,
    fix: 'It was left as it is. Run again.',
  });
}

/** Makes the changes in order; ends at the first that fails and returns its error, or before one if asked to stop. */
async function writeAll(item: IntentPlan, done: Change[], ports: Ports): Promise<PortError | 'stopping' | undefined> {
  const manager = fieldManager(item.intent.ref.name);
  try {
    for (const change of item.changes) {
      if (isStopping(ports)) return 'stopping';
      await write(change, manager, ports);
      done.push(change);
    }
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

async function write(change: Change, manager: string, { cluster }: Ports): Promise<void> {
  switch (change.action) {
    case 'create':
      await cluster.createSecret(change.desired, manager);
      return;
    case 'update':
      await cluster.updateSecret(change.desired, change.precondition.resourceVersion, manager);
      return;
    case 'delete':
      await deleteWholly(change, cluster);
  }
}

/** Rejects where it is still there: nobody is to be told that it is gone. */
async function deleteWholly({ live, target }: DeleteChange, cluster: Ports['cluster']): Promise<void> {
  const finalizers = await cluster.deleteSecret(live);
  if (finalizers.length === 0) return;
  const what = heldSentence(target, finalizers);
  throw new PortError({ kind: 'Invalid', code: 'DeletionHeld', what, fix: heldFix(target) });
}

function writeFailed(item: IntentPlan, error: PortError, attempts: number): IntentPlan {
  const { intent } = item;
  const finding = error.kind === 'Conflict' ? endlessConflict(item, error, attempts) : clusterProblem(intent, error);
  const refused = failed(intent, [...item.problems, finding], []);
  const isUpdate = item.changes.some((change) => change.action === 'update');
  return {
    ...refused,
    changes: item.changes,
    result: { ...refused.result, ...(isUpdate ? { binding: intent.target.name } : {}) },
  };
}

function endlessConflict({ intent, changes }: IntentPlan, error: PortError, attempts: number): Problem {
  const target = changes[0]?.target ?? targetOf(intent);
  const show = `kubectl get ${target.kind.toLowerCase()} ${target.name} -n ${target.namespace ?? ''} --show-managed-fields -o yaml`;
  const times =
    attempts === 1 ? 'after the plan was approved' : `${attempts} times in a row while it was being written`;
  return {
    ...clusterProblem(intent, error),
    what: `somebody else changed ${refText(target)} ${times}`,
    fix: `It was left as it is. Find out who writes it (${show}) and run again.`,
  };
}

async function applyPrunes(prunes: readonly DeleteChange[], ports: Ports): Promise<AppliedPlan['prunes']> {
  const results: AppliedPrune[] = [];
  for (const change of prunes) {
    if (isStopping(ports)) {
      results.push({ change, left: true });
      continue;
    }
    try {
      await deleteWholly(change, ports.cluster);
      await ports.state.forget(change.owner);
      results.push({ change });
    } catch (error) {
      results.push({ change, problem: { ...findingOf(asPortError(error)), code: 'prune-failed', at: change.owner } });
    }
  }
  return results;
}
