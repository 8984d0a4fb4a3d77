/**
 * Makes, puts right and removes children that are custom resources, before anything is pushed, and tells it in the status
 * of the cluster-wide ones. What is pushed then counts as that of the resource that was made.
 */
import type { FailedNamespace, FanOutStatus } from '../../core/model/fan-out.ts';
import { fanOutStatusFields } from '../../core/model/fan-out.ts';
import { canonicalText } from '../../core/model/canonical-text.ts';
import { typedRefOf, type KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { messageText } from '../../core/model/message.ts';
import { compareText, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { problemText, type Problem } from '../../core/model/problem.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { PushPlan } from '../../core/model/push-plan.ts';
import { failedPush } from '../../core/plan/push/push-item.ts';
import { isAsWanted } from '../../core/resolve/child-resource.ts';
import type { ChildRef } from '../../core/resolve/fan-out.ts';
import { asPortError } from '../../ports/errors.ts';
import type { FanOuts } from '../../ports/fan-outs.ts';
import { isStopping } from '../stop.ts';
import { isAsked } from './asked.ts';
import { liveIntent, type Child, type FannedOut } from './fan-out.ts';
import { findingOf } from './findings.ts';
import type { Ports } from './ports.ts';
import { record } from './publish.ts';
import type { Planned } from './run.ts';
import type { RunSettings } from './settings.ts';

export interface AppliedFanOuts {
  /** What is left to push: as the children are now, without those that could not be made or removed. */
  readonly planned: Planned;
  /** Of those that could not. */
  readonly failed: readonly PushPlan[];
}

export async function applyFanOuts(
  planned: Planned,
  ports: Ports,
  settings: Pick<RunSettings, 'only'>,
): Promise<AppliedFanOuts> {
  const { fanOuts } = ports;
  if (fanOuts === undefined || isStopping(ports)) return { planned, failed: [] };
  const all: Written[] = [];
  for (const fanned of planned.loaded.fannedOut) all.push(await applyOne(fanned, { ...ports, fanOuts }, settings.only));
  const intents = new Map(all.flatMap(({ intents }) => [...intents]));
  const failed = all.flatMap(({ failures }) => failures);
  return {
    planned: asWritten(planned, intents, new Set(failed.map(({ ref }) => refText(ref)))),
    failed: failed.map(({ intent, problem }) => failedPush(intent, [problem])),
  };
}

interface Failure extends FailedNamespace {
  readonly ref: ChildRef;
  readonly intent: PushIntent;
  readonly problem: Problem;
}

interface Written {
  /** By `refText`. */
  readonly intents: ReadonlyMap<string, PushIntent>;
  readonly failures: readonly Failure[];
}

type FanOutPorts = Ports & { readonly fanOuts: FanOuts };

/** Who asks for one child asks for nothing else: neither for another, nor for what is told of all of them. */
async function applyOne(fanned: FannedOut, ports: FanOutPorts, only: readonly string[]): Promise<Written> {
  const { fanOut, children, stale } = fanned;
  const intents = new Map<string, PushIntent>();
  const failures: Failure[] = [];
  for (const live of only.length === 0 ? stale : []) {
    const ref = refOf(live);
    const problem = await attempt(fanned, () => remove(live, fanned, ports));
    if (problem !== undefined) failures.push(failure('could not delete', { ref, fanned, problem }));
  }
  for (const child of children.filter(({ ref }) => only.length === 0 || isAsked(ref, only))) {
    const { ref } = child;
    const problem = await attempt(fanned, async () => {
      const live = await write(child, fanned, ports);
      if (live !== undefined) intents.set(refText(ref), liveIntent(fanOut, ref, live));
    });
    if (problem !== undefined) failures.push(failure('could not create or update', { ref, fanned, problem }));
  }
  for (const { problem } of failures) ports.logger.warn(problemText(problem), { code: problem.code });
  if (only.length === 0) await tell(fanned, failures, ports);
  return { intents, failures };
}

function refOf(live: KubernetesObject): ChildRef {
  const { kind, namespace = '', name } = typedRefOf(live);
  return { kind, namespace, name };
}

async function attempt({ fanOut }: FannedOut, act: () => Promise<void>): Promise<Problem | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    const { ref: at, origin } = fanOut;
    return { ...findingOf(asPortError(error)), at, ...(origin === undefined ? {} : { origin }) };
  }
}

/** ESO 2.9: `could not create or update push secret: …`. */
function failure(
  what: string,
  { ref, fanned, problem }: { readonly ref: ChildRef; readonly fanned: FannedOut; readonly problem: Problem },
): Failure {
  const kind = ref.kind.replaceAll(/\B[A-Z]/gu, ' $&').toLowerCase();
  const intent = { ...fanned.fanOut.childIn(ref.namespace), ref };
  return { ref, intent, problem, namespace: ref.namespace, reason: `${what} ${kind}: ${messageText(problem.what)}` };
}

async function remove(live: KubernetesObject, { fanOut }: FannedOut, { fanOuts, logger }: FanOutPorts): Promise<void> {
  await fanOuts.deleteChild(live);
  logger.info(`${refText(refOf(live))}: removed`, { owner: refText(fanOut.ref) });
}

/** `undefined` = it was as it should be. */
async function write(
  { ref, live, wanted }: Child,
  { fanOut }: FannedOut,
  { fanOuts, logger }: FanOutPorts,
): Promise<KubernetesObject | undefined> {
  if (wanted === undefined || (live !== undefined && isAsWanted(live, wanted))) return undefined;
  const written = live === undefined ? await fanOuts.createChild(wanted) : await fanOuts.replaceChild(wanted);
  logger.info(`${refText(ref)}: ${live === undefined ? 'created' : 'put right'}`, { owner: refText(fanOut.ref) });
  return written;
}

/** Only what has changed: a status that says the same is not written again. */
async function tell(fanned: FannedOut, failures: readonly Failure[], ports: FanOutPorts): Promise<void> {
  const { fanOut, before } = fanned;
  const after = statusAfter(fanned, failures);
  const textOf = (status: FanOutStatus) => canonicalText(fanOutStatusFields(fanOut.ref, status));
  if (before !== undefined && textOf(before) === textOf(after)) return;
  await record(fanOut.ref, ports, () => ports.fanOuts.writeFanOut(fanOut.ref, after));
}

/** ESO 2.9: neither reason nor message where all is well, and no reason where a namespace failed. */
function statusAfter({ fanOut, isKnown, before, ...fanned }: FannedOut, failures: readonly Failure[]): FanOutStatus {
  const { childName } = fanOut;
  const failed = [...fanned.failed, ...failures.map(({ namespace, reason }) => ({ namespace, reason }))];
  const sorted = failed.toSorted((a, b) => compareText(a.namespace, b.namespace));
  if (!isKnown) {
    const ready = { status: 'False', reason: 'Errored', message: 'failed to get target Namespaces' } as const;
    const { provisioned = [] } = before ?? {};
    return { ready, childName: before?.childName ?? childName, provisioned, failed: before?.failed ?? [] };
  }
  const isFailed = new Set(failures.map(({ ref }) => refText(ref)));
  return {
    ready: failed.length === 0 ? { status: 'True' } : { status: 'False', message: 'one or more namespaces failed' },
    childName,
    provisioned: fanned.children.filter(({ ref }) => !isFailed.has(refText(ref))).map(({ ref }) => ref.namespace),
    failed: sorted,
  };
}

/** The same plan, of the resources as they are now. */
function asWritten(planned: Planned, intents: ReadonlyMap<string, PushIntent>, failed: ReadonlySet<string>): Planned {
  const now = (intent: PushIntent): PushIntent => intents.get(refText(intent.ref)) ?? intent;
  const isLeft = (ref: ObjectRef): boolean => !failed.has(refText(ref));
  const { plan, pushes } = planned;
  const inputs = [...pushes.inputs].map(([intent, input]) => [now(intent), { ...input, intent: now(intent) }] as const);
  const left = plan.pushes.filter(({ intent }) => isLeft(intent.ref));
  return {
    ...planned,
    plan: { ...plan, pushes: left.map((item) => ({ ...item, intent: now(item.intent) })) },
    pushes: {
      ...pushes,
      inputs: new Map(inputs),
      gone: { ...pushes.gone, forgets: pushes.gone.forgets.filter(isLeft) },
    },
  };
}
