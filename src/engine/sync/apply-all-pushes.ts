/** After the Secrets: everything that is pushed of them, and what is told and remembered of it. */
import pLimit from 'p-limit';
import { refText } from '../../core/model/object-ref.ts';
import { changesOf } from '../../core/model/plan.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import { secretRef } from '../../core/model/secret.ts';
import { targetText } from '../../core/model/target.ts';
import { failedPush } from '../../core/plan/push/push-item.ts';
import type { Problem } from '../../core/model/problem.ts';
import { failureOf } from '../../ports/errors.ts';
import { isStopping, stoppedProblem } from '../stop.ts';
import type { AppliedPlan } from './apply.ts';
import { applyPushes, type AppliedPush } from './apply-pushes.ts';
import { findingOf } from './findings.ts';
import type { Ports } from './ports.ts';
import { record } from './publish.ts';
import { holdPushes, holdStores, releaseEnded } from './hold.ts';
import { publishPush } from './publish-push.ts';
import { forgottenPushes } from './pushes.ts';
import type { Planned } from './run.ts';
import type { RunSettings } from './settings.ts';

export async function applyAllPushes(
  { plan, planAgain, loaded, pushes, session, began }: Planned,
  pulled: AppliedPlan,
  ports: Ports,
  settings: RunSettings,
): Promise<Pick<AppliedPlan, 'pushes' | 'stopped'>> {
  if (plan.pushes.length === 0) return {};
  if (isStopping(ports)) {
    const left = plan.pushes.filter(({ changes }) => changes.length > 0).length;
    return left === 0 ? {} : { stopped: pulled.stopped ?? stoppedProblem(left) };
  }
  const unnamed = await nameInstallation(pushes.push.ownership.installation, plan, ports);
  await holdPushes(
    plan.pushes.map(({ intent }) => intent),
    ports,
  );
  await holdStores(session.stores.world, { intents: loaded.knownPushes, ended: [] }, ports);
  const undone = undoneTargets(plan, pulled);
  const applied =
    unnamed === undefined
      ? await applyPushes(
          {
            pushes: plan.pushes,
            inputs: pushes.inputs,
            planAgain,
            push: { ...pushes.push, session, planned: new Map() },
            readAt: pushes.readAt,
            isOutdated: (intent) => readsAny(intent, undone),
            concurrency: settings.concurrency,
          },
          ports,
        )
      : plan.pushes.map((item): AppliedPush => ({ item: unwritten(item, unnamed), done: [] }));
  await pLimit(settings.concurrency).map(applied, (one) =>
    publishPush(one, { input: pushes.inputs.get(one.item.intent), began }, ports, settings),
  );
  const ended = await releaseEnded(applied, ports);
  for (const ref of ended) await record(ref, ports, () => ports.state.forget(ref));
  await holdStores(session.stores.world, { intents: loaded.knownPushes, ended }, ports);
  for (const ref of forgottenPushes(pushes.gone, applied)) await record(ref, ports, () => ports.state.forget(ref));
  const left = applied.filter((one) => one.left === true).length;
  return { pushes: applied, ...(left === 0 ? {} : { stopped: stoppedProblem(left) }) };
}

/** What an installation is called in a vault is stored before the first tag says so: else nobody would own what is written. */
async function nameInstallation(
  name: string,
  { pushes }: Planned['plan'],
  { state }: Ports,
): Promise<Omit<Problem, 'at'> | undefined> {
  if (pushes.every(({ changes }) => changes.length === 0)) return undefined;
  try {
    const stored = await state.nameInstallation(name);
    if (stored === name) return undefined;
    return {
      severity: 'error',
      code: 'push-installation-named',
      hasSubject: true,
      what: 'another run named this installation at the same time',
      fix: 'Nothing was pushed. Run again.',
    };
  } catch (error) {
    return findingOf(failureOf(error));
  }
}

function unwritten(item: Planned['plan']['pushes'][number], problem: Omit<Problem, 'at'>) {
  return item.changes.length === 0 ? item : failedPush(item.intent, [{ ...problem, at: item.intent.ref }]);
}

/** Secrets that the plan was to change, and that are not as it wanted them. */
function undoneTargets(plan: Planned['plan'], { items, prunes }: AppliedPlan): ReadonlySet<string> {
  const done = new Set([
    ...items.flatMap((one) => one.done.map(({ target }) => targetText(target))),
    ...prunes
      .filter((one) => one.problem === undefined && one.left === undefined)
      .map(({ change }) => targetText(change.target)),
  ]);
  return new Set(
    changesOf(plan)
      .map(({ target }) => targetText(target))
      .filter((text) => !done.has(text)),
  );
}

function readsAny({ ref, source }: PushIntent, targets: ReadonlySet<string>): boolean {
  if (targets.size === 0) return false;
  if (source.kind === 'secret') return targets.has(refText(secretRef(ref.namespace, source.name)));
  return source.kind === 'labels' && [...targets].some((text) => text.startsWith(`Secret ${ref.namespace}/`));
}
