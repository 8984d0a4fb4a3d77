/** The run itself: load → resolve → gather → plan → guard → apply → publish. Commands choose how far it goes. */
import { roleOf } from '../../core/model/kinds.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { SyncState } from '../../core/model/condition.ts';
import type { IntentPlan, Plan } from '../../core/model/plan.ts';
import type { PlanLevel } from '../../core/model/plan-level.ts';
import type { Report } from '../../core/model/report.ts';
import { withPushes } from '../../core/plan/make-plan.ts';
import type { PlanAgain } from '../../core/plan/push/plan-pushes.ts';
import { nextPushState } from '../../core/plan/push/push-status.ts';
import { nextState } from '../../core/plan/status.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { filteredReport } from '../../core/report/filtered.ts';
import { withSources } from '../../core/report/sources.ts';
import { nextDue } from '../../core/resolve/refresh.ts';
import { renewalTime } from '../../core/resolve/renewal.ts';
import { apply, type AppliedPlan } from './apply.ts';
import { applyAllPushes } from './apply-all-pushes.ts';
import { applyFanOuts, type AppliedFanOuts } from './apply-fan-outs.ts';
import { fanOutAll } from './fan-out.ts';
import { gather, type Gathered } from './gather.ts';
import { withoutIntents } from './ending.ts';
import { FULL, type Level } from './levels.ts';
import { load, type Loaded } from './load.ts';
import type { Ports, ReadPorts } from './ports.ts';
import type { RunSettings } from './settings.ts';
import { publicNames } from './public-names.ts';
import { publishRefused } from './publish.ts';
import { gatherAllPushes, type GatheredPushes } from './pushes.ts';
import { unlessStopped } from '../stop.ts';
import { resolve } from './resolve.ts';
import { openSession, type Session } from './session.ts';
import { reportStores } from './stores.ts';

export interface Planned {
  readonly level: PlanLevel;
  /** When it began. */
  readonly began: Date;
  readonly loaded: Loaded;
  readonly gathered: Gathered;
  readonly pushes: GatheredPushes;
  /** What is still open: a plan that is carried out reads again where somebody was faster. */
  readonly session: Session;
  readonly plan: Plan;
  /** One PushSecret once more, among the others as they were read first. */
  readonly planAgain: PlanAgain;
}

/** Reads everything and decides everything. Writes nothing. Rejects with RunStopped where it is asked to stop. */
export async function planRun(ports: ReadPorts, settings: RunSettings, level: Level = FULL): Promise<Planned> {
  return await unlessStopped(ports, () => readAndPlan(ports, settings, level));
}

async function readAndPlan(ports: ReadPorts, settings: RunSettings, level: Level): Promise<Planned> {
  const began = ports.clock.now();
  const asked = await load(ports.manifests, settings);
  const loaded = settings.removesPushed === true ? withoutIntents(asked) : await fanOutAll(asked, ports, settings);
  ports.spare?.(publicNames(loaded));
  const resolved = await resolve(loaded, ports, settings);
  const session = openSession(resolved, ports, settings, level.readSource);
  const gathered = await gather(loaded, resolved, session);
  const pulls = level.makePlan({
    pulls: gathered.pulls,
    prunes: gathered.prunes,
    problems: [...loaded.problems, ...gathered.problems],
    deletionLimits: settings.deletionLimits,
    updateLimits: settings.updateLimits,
  });
  const pushes = await gatherAllPushes(loaded, session, { pulls, withValues: level.name === 'full' });
  const plannedPushes = level.planPushes(pushes, session);
  const told = { ...pulls, problems: [...pulls.problems, ...pushes.gone.problems] };
  const plan = withPushes(told, plannedPushes, {
    level: level.name,
    loops: pushes.loops,
    pulls: gathered.pulls,
  });
  const { planAgain } = plannedPushes;
  return { level: level.name, began, loaded, gathered, pushes, session, plan, planAgain };
}

/** Carries out what `planRun` decided, unless a guard stopped it. */
export async function applyRun(
  planned: Planned,
  ports: Ports,
  settings: RunSettings,
): Promise<AppliedPlan | undefined> {
  if (planned.plan.stopped !== undefined) return undefined;
  const pulled = await apply(planned, ports, settings);
  const fannedOut = await applyFanOuts(planned, ports, settings);
  const pushed = await applyAllPushes(fannedOut.planned, pulled, ports, settings);
  const applied = { ...pulled, ...withFailed(pushed, fannedOut) };
  if (settings.home === 'custom-resources' && applied.stopped === undefined) {
    await reportStores(planned.session.stores, ports);
    await publishRefused(planned.loaded, ports);
  }
  return applied;
}

function withFailed(
  pushed: Pick<AppliedPlan, 'pushes' | 'stopped'>,
  { failed }: AppliedFanOuts,
): Pick<AppliedPlan, 'pushes' | 'stopped'> {
  if (failed.length === 0) return pushed;
  return { ...pushed, pushes: [...(pushed.pushes ?? []), ...failed.map((item) => ({ item, done: [] }))] };
}

type ReportPorts = Pick<ReadPorts, 'clock' | 'cluster' | 'providers' | 'redact'>;

/** The run ends with this: the next due times are counted from now. */
export function reportRun(
  command: Report['command'],
  planned: Planned,
  applied: AppliedPlan | undefined,
  { clock, cluster, providers: { requestCount: requests }, redact }: ReportPorts,
): Report {
  const { level, began, plan, loaded, gathered, pushes, session } = planned;
  const now = clock.now();
  const states = new Map(gathered.pulls.map(({ intent, state }) => [refText(intent.ref), state]));
  const stateAfter = (item: IntentPlan): SyncState | undefined => {
    const before = states.get(refText(item.intent.ref));
    return applied === undefined ? before : (nextState(item, before, { now, began }) ?? before);
  };
  const report = buildReport({
    command,
    level,
    cluster: cluster.description,
    plan,
    applied,
    foreign: loaded.foreign,
    others: loaded.others.filter(({ kind }) => roleOf(kind) === 'pull').length,
    leftBehind: gathered.leftBehind,
    manifestErrors: loaded.problems.filter(({ severity }) => severity === 'error').length,
    reads: { ...session.reads.counts, ...(requests === undefined ? {} : { requests }) },
    durationMs: now.getTime() - began.getTime(),
    nextDue: (item) => nextDue({ refresh: item.intent.refresh, state: stateAfter(item), now }),
    renewal: (item) => {
      const time = renewalTime({ refresh: item.intent.refresh, state: stateAfter(item) });
      return time === undefined ? undefined : new Date(time);
    },
    nextPush: (item) => {
      const before = pushes.inputs.get(item.intent)?.state;
      const state = applied === undefined ? before : (nextPushState(item, before, { now, began }) ?? before);
      return nextDue({ refresh: item.intent.refresh, state, now });
    },
  });
  const whole = withSources(report, loaded);
  return redact === undefined ? whole : filteredReport(whole, redact);
}
