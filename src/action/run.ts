/** `plan` and `sync` of the action: what needs vault and cluster, and so the SDKs. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { refuseLiveOperator } from '../wiring/live-operator.ts';
import { portsOf } from '../wiring/ports.ts';
import { runSettingsOf } from '../wiring/run-settings.ts';
import { inGroup, workflowLogger } from './log.ts';
import { WorkflowMasker } from './workflow-masker.ts';

/** Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  { environment, stop }: { readonly environment: Environment; readonly stop: AbortSignal },
): Promise<Report> {
  const redacting = new RedactingMasker();
  const masker = new WorkflowMasker(redacting);
  const logger = workflowLogger(settings, redacting);
  const outside = { environment, logger, masker, stop };
  if (command === 'sync') await refuseLiveOperator(settings, outside);
  const ports = await portsOf(settings, outside);
  return await { plan, sync }[command](ports, runSettingsOf(settings), inGroup);
}
