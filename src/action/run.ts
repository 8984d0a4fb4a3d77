/** `plan` and `sync` of the action: what needs vault and cluster, and so the SDKs. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Environment } from '../wiring/environment.ts';
import { runWithCluster } from '../wiring/run-command.ts';
import { inGroup, workflowLogger } from './log.ts';
import { WorkflowMasker } from './workflow-masker.ts';

interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
  readonly base: () => Promise<ManifestSource>;
}

/** Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  { environment, stop, base }: Surroundings,
): Promise<Report> {
  const redacting = new RedactingMasker();
  const masker = new WorkflowMasker(redacting);
  const logger = workflowLogger(settings, redacting);
  const outside = { environment, logger, masker, stop };
  return await runWithCluster({ command, settings, outside, base, inPhase: inGroup });
}
