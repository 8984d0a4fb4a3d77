/** `sync`: plans, and carries the plan out from here. */
import type { Report } from '../core/model/report.ts';
import type { Ports } from '../engine/ports.ts';
import { applyRun, planRun, reportRun } from '../engine/run.ts';
import type { RunSettings } from '../engine/settings.ts';

export async function sync(ports: Ports, settings: RunSettings): Promise<Report> {
  const planned = await planRun(ports, settings);
  return reportRun('sync', planned, await applyRun(planned, ports, settings));
}
