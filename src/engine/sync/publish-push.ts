/** Tells the outcome of one PushSecret: log lines, state (status), Events. A failure here never undoes a push. */
import type { SyncState } from '../../core/model/condition.ts';
import { refText } from '../../core/model/object-ref.ts';
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
  { item: carriedOut, done, left }: AppliedPush,
  input: PushInput | undefined,
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
  if (left === true) return;
  const { ref } = item.intent;
  await record(ref, ports, async () => {
    await writeState(item, input?.state, ports);
    for (const event of item.result.events) await publisher.event(ref, event);
  });
}

async function writeState(
  item: AppliedPush['item'],
  before: SyncState | undefined,
  { state, clock }: Ports,
): Promise<void> {
  const after = nextPushState(item, before, clock.now());
  if (after !== undefined && JSON.stringify(after) !== JSON.stringify(before))
    await state.write(item.intent.ref, after);
}
