/** Tells the outcome of one PushSecret: log lines, state (status), Events. A failure here never undoes a push. */
import { EMPTY_STATE, type PushedObject, type SyncState } from '../../core/model/condition.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { problemText } from '../../core/model/problem.ts';
import { filteredPush } from '../../core/report/filtered.ts';
import { nextPushState } from '../../core/plan/push/push-status.ts';
import type { PushInput } from '../../core/plan/push/push-input.ts';
import type { AppliedPush } from './apply-pushes.ts';
import type { Ports } from './ports.ts';
import { record } from './publish.ts';
import type { RunSettings } from './settings.ts';
import { changeLine } from './write-vault.ts';

export async function publishPush(
  { item: carriedOut, done, left, pushed, ahead }: AppliedPush,
  { input, began }: { readonly input: PushInput | undefined; readonly began: Date },
  ports: Ports,
  { problemsInLog }: Pick<RunSettings, 'problemsInLog'>,
): Promise<void> {
  const { logger, redact = (text: string) => text, publisher } = ports;
  const item = filteredPush(carriedOut, redact);
  for (const change of done) logger.info(redact(changeLine(change)), { owner: refText(item.intent.ref) });
  for (const problem of problemsInLog ? item.problems : []) {
    if (problem.severity === 'error') logger.error(problemText(problem), { code: problem.code });
    else logger.warn(problemText(problem), { code: problem.code });
  }
  const { ref } = item.intent;
  if (left === true) {
    if (pushed !== undefined) await record(ref, ports, () => rememberOnly(ref, pushed, input?.state, ports));
    return;
  }
  await record(ref, ports, async () => {
    await writeState(item, { before: await stateBefore(ref, input, ports), ahead, began }, ports);
    for (const event of item.result.events) await publisher.event(ref, event);
  });
}

/** Of one that was left: what was written of it. Else the next run would take its own versions for somebody else's. */
async function rememberOnly(
  ref: ObjectRef,
  pushed: readonly PushedObject[],
  before: SyncState | undefined,
  { state }: Ports,
): Promise<void> {
  await state.write(ref, { ...(before ?? EMPTY_STATE), pushed });
}

/** Where reading it failed before: what is remembered is not written over unseen. */
async function stateBefore(ref: ObjectRef, input: PushInput | undefined, { state }: Ports) {
  return input?.source.kind === 'failed' && input.state === undefined ? await state.read(ref) : input?.state;
}

interface Remembering {
  readonly before: SyncState | undefined;
  /** What is stored by now, where it is not `before` any more. */
  readonly ahead: SyncState | undefined;
  readonly began: Date;
}

async function writeState(
  item: AppliedPush['item'],
  { before, ahead, began }: Remembering,
  { state, clock }: Ports,
): Promise<void> {
  const after = nextPushState(item, before, { now: clock.now(), began });
  if (after !== undefined && JSON.stringify(after) !== JSON.stringify(ahead ?? before))
    await state.write(item.intent.ref, after);
}
