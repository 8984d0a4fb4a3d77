/** `plan`: reads both sides and says what a sync would write, as far as its level tells. Writes nothing. */
import type { Report } from '../core/model/report.ts';
import { FULL, type Level } from '../engine/sync/levels.ts';
import { silently, type InPhase } from '../engine/sync/phase.ts';
import type { ReadPorts } from '../engine/sync/ports.ts';
import { planRun, reportRun } from '../engine/sync/run.ts';
import type { RunSettings } from '../engine/sync/settings.ts';

export interface HowToPlan {
  /** Of metadata: with ports that bring no value. */
  readonly level?: Level;
  readonly inPhase?: InPhase | undefined;
}

/** Rejects with RunStopped where it is asked to stop. */
export async function plan(
  ports: ReadPorts,
  settings: RunSettings,
  { level = FULL, inPhase = silently }: HowToPlan = {},
): Promise<Report> {
  const planned = await inPhase('read', () => planRun(ports, settings, level));
  return reportRun('plan', planned, undefined, ports);
}
