/** Tells the outcome of one item: log line, state (status), Events. A failure here never undoes a sync. */
import { say } from '../../core/model/message.ts';
import { EMPTY_STATE, type SyncState } from '../../core/model/condition.ts';
import { isIntentKind, roleOf, type IntentRole } from '../../core/model/kinds.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Change } from '../../core/model/plan.ts';
import { problemMessage, problemText } from '../../core/model/problem.ts';
import { filteredItem, filteredProblem } from '../../core/report/filtered.ts';
import { nextState, setCondition } from '../../core/plan/status.ts';
import { failureOf } from '../../ports/errors.ts';
import type { Applied } from './apply.ts';
import type { Loaded } from './load.ts';
import type { Ports, ReadPorts } from './ports.ts';
import type { RunSettings } from './settings.ts';

export async function publish(
  carriedOut: Applied,
  began: Date,
  ports: Ports,
  settings: Pick<RunSettings, 'problemsInLog'>,
): Promise<void> {
  const applied = { ...carriedOut, item: filteredItem(carriedOut.item, ports.redact ?? unchanged) };
  log(applied, ports, settings);
  if (applied.left === true) return;
  const { intent, result } = applied.item;
  await record(intent.ref, ports, async () => {
    await writeState(applied, began, ports);
    for (const event of result.events) await ports.publisher.event(intent.ref, event);
  });
}

function unchanged(text: string): string {
  return text;
}

/** What cannot be recorded is told, and stops nothing: what was done stays done. */
export async function record(
  ref: ObjectRef,
  { logger }: Pick<ReadPorts, 'logger'>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { what, fix } = failureOf(error);
    logger.warn(say`${refText(ref)}: the outcome could not be recorded: ${what}. ${fix}`);
  }
}

/** ESO 2.9: how a status, and an event, says that an intent failed. */
const FAILED: Readonly<Record<IntentRole, { readonly reason: string; readonly event: string }>> = {
  pull: { reason: 'SecretSyncedError', event: 'UpdateFailed' },
  push: { reason: 'Errored', event: 'Errored' },
};

/** Intents that their own manifest keeps from being planned: their status says so, nothing else is touched. */
export async function publishRefused(loaded: Loaded, ports: Ports): Promise<void> {
  for (const ref of loaded.refused.filter(({ kind }) => isIntentKind(kind))) {
    await record(ref, ports, () => publishRefusal(ref, loaded, ports));
  }
}

async function publishRefusal(ref: ObjectRef, loaded: Loaded, ports: Ports): Promise<void> {
  const { state, publisher, clock, redact = unchanged } = ports;
  const own = loaded.problems.filter(
    ({ at, severity }) => at !== undefined && refText(at) === refText(ref) && severity === 'error',
  );
  const message = own.map((problem) => problemText(filteredProblem(problem, redact))).join('\n');
  const before = (await state.read(ref)) ?? EMPTY_STATE;
  const { reason, event } = FAILED[roleOf(ref.kind) === 'push' ? 'push' : 'pull'];
  const condition = { type: 'Ready', status: 'False', reason, message } as const;
  await state.write(ref, { ...before, conditions: setCondition(before.conditions, condition, clock.now()) });
  await publisher.event(ref, { type: 'Warning', reason: event, message });
}

async function writeState({ item }: Applied, began: Date, { state, clock }: Ports): Promise<void> {
  const before = await state.read(item.intent.ref);
  const after = nextState(item, before, { now: clock.now(), began });
  if (after !== undefined && !sameState(before, after)) await state.write(item.intent.ref, after);
}

function sameState(a: SyncState | undefined, b: SyncState): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify({ ...a, ...b });
}

function log(
  { item, done, left }: Applied,
  { logger }: Ports,
  { problemsInLog }: Pick<RunSettings, 'problemsInLog'>,
): void {
  for (const change of done) logger.info(changeText(change), changeFields(change));
  for (const problem of problemsInLog ? item.problems : []) {
    if (problem.severity === 'error') logger.error(problemMessage(problem), { code: problem.code });
    else logger.warn(problemMessage(problem), { code: problem.code });
  }
  if (done.length > 0 || item.problems.length > 0 || left === true) return;
  logger.debug(`${refText(item.intent.ref)}: ${item.reason ?? item.verdict}`);
}

/** `Secret shop/orders-db: update, 1 key changed (password)`. */
function changeText(change: Change): string {
  const keys = [...change.keys.added, ...change.keys.updated, ...change.keys.removed];
  const count = keys.length === 0 ? 'no key changed' : `${keys.length} ${keys.length === 1 ? 'key' : 'keys'} changed`;
  const names = keys.length === 0 || keys.length > 5 ? '' : ` (${keys.join(', ')})`;
  return `${refText(change.target)}: ${change.action}, ${count}${names}`;
}

function changeFields(change: Change) {
  const { added, updated, removed } = change.keys;
  return { owner: refText(change.owner), target: refText(change.target), added, updated, removed };
}
