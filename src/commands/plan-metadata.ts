/** `plan --plan-level metadata`: says what a sync may write, as far as names, versions and times tell. */
import type { Report } from '../core/model/report.ts';
import { planMetadataRun } from '../engine/sync/metadata-run.ts';
import { silently, type InPhase } from '../engine/sync/phase.ts';
import type { ReadPorts } from '../engine/sync/ports.ts';
import { reportRun } from '../engine/sync/run.ts';
import type { RunSettings } from '../engine/sync/settings.ts';

/** The ports bring no value: a cluster without values, providers of metadata. */
export async function planMetadata(
  ports: ReadPorts,
  settings: RunSettings,
  inPhase: InPhase = silently,
): Promise<Report> {
  const planned = await inPhase('read', () => planMetadataRun(ports, settings));
  return reportRun('plan', planned, undefined, ports);
}
