/** `sync`: plans, and carries the plan out from here. */
import type { Report } from '../core/model/report.ts';
import { silently, type InPhase } from '../engine/phase.ts';
import type { Ports } from '../engine/ports.ts';
import { applyRun, planRun, reportRun } from '../engine/run.ts';
import type { RunSettings } from '../engine/settings.ts';

export async function sync(ports: Ports, settings: RunSettings, inPhase: InPhase = silently): Promise<Report> {
  const planned = await inPhase('read', () => planRun(ports, settings));
  const applied = await inPhase('write', () => applyRun(planned, ports, settings));
  return reportRun('sync', planned, applied, ports);
}
