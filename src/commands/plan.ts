/** `plan`: reads both sides and says what a sync would write. Writes nothing. */
import type { Report } from '../core/model/report.ts';
import { silently, type InPhase } from '../engine/sync/phase.ts';
import type { ReadPorts } from '../engine/sync/ports.ts';
import { planRun, reportRun } from '../engine/sync/run.ts';
import type { RunSettings } from '../engine/sync/settings.ts';

export async function plan(ports: ReadPorts, settings: RunSettings, inPhase: InPhase = silently): Promise<Report> {
  const planned = await inPhase('read', () => planRun(ports, settings));
  return reportRun('plan', planned, undefined, ports);
}
