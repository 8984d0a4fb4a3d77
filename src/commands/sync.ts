/** `sync`: plans, and carries the plan out from here. */
import type { Plan } from '../core/model/plan.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Report } from '../core/model/report.ts';
import { silently, type InPhase } from '../engine/sync/phase.ts';
import type { Ports } from '../engine/sync/ports.ts';
import { applyRun, planRun, reportRun, type Planned } from '../engine/sync/run.ts';
import type { RunSettings } from '../engine/sync/settings.ts';

/** Why a plan may not be carried out; `undefined` = it may. */
export type Approve = (plan: Pick<Plan, 'fingerprint'>) => Problem | undefined | Promise<Problem | undefined>;

export async function sync(
  ports: Ports,
  settings: RunSettings,
  inPhase: InPhase = silently,
  approve?: Approve,
): Promise<Report> {
  const planned = await inPhase('read', async () => approved(await planRun(ports, settings), approve));
  const applied = await inPhase('write', () => applyRun(planned, ports, settings));
  return reportRun('sync', planned, applied, ports);
}

/** A plan that is not approved is stopped like one that a guard stopped: it is told, and nothing of it is written. */
async function approved(planned: Planned, approve: Approve | undefined): Promise<Planned> {
  const stopped = await approve?.(planned.plan);
  return stopped === undefined ? planned : { ...planned, plan: { ...planned.plan, stopped } };
}
