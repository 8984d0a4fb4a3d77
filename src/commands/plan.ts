/** `plan`: reads both sides and says what a sync would write. Writes nothing. */
import type { Report } from '../core/model/report.ts';
import type { Ports } from '../engine/ports.ts';
import { planRun, reportRun } from '../engine/run.ts';
import type { RunSettings } from '../engine/settings.ts';

export async function plan(ports: Ports, settings: RunSettings): Promise<Report> {
  return reportRun('plan', await planRun(ports, settings), undefined);
}
