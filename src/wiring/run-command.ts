/** `plan` and `sync` with vault and cluster: settings → ports → command. */
import { plan } from '../commands/plan.ts';
import { planMetadata } from '../commands/plan-metadata.ts';
import { sync } from '../commands/sync.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { InPhase } from '../engine/phase.ts';
import { approvalOf } from './approval.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { metadataPortsOf } from './metadata-ports.ts';
import { runOffline } from './offline.ts';
import { portsOf, type Outside } from './ports.ts';
import { runSettingsOf } from './run-settings.ts';

export interface RunRequest {
  readonly command: 'plan' | 'sync';
  readonly settings: Settings;
  readonly outside: Outside;
  /** What a plan of manifests is compared with. */
  readonly base: () => Promise<ManifestSource>;
  readonly inPhase?: InPhase;
}

/** Rejects with a PortError or RunStopped where there is no report. */
export async function runWithCluster(request: RunRequest): Promise<Report> {
  const { command, settings, outside, inPhase } = request;
  if (command === 'sync') return await runSync(request);
  return settings.planLevel === 'metadata'
    ? await planMetadata(await metadataPortsOf(settings, outside), runSettingsOf(settings), inPhase)
    : await plan(await portsOf(settings, outside), runSettingsOf(settings), inPhase);
}

/** An approved plan is made once more at its own level, and compared; nothing is written before. */
async function runSync({ settings, outside, base, inPhase }: RunRequest): Promise<Report> {
  const runSettings = runSettingsOf(settings);
  const approve = approvalOf(settings, async (level) => {
    if (level === 'offline') return (await runOffline(settings, await base())).fingerprint;
    return (await planMetadata(await metadataPortsOf(settings, outside), runSettings)).fingerprint;
  });
  const onlyAsPlanned = approve !== undefined;
  return await sync(await portsOf(settings, outside), { ...runSettings, onlyAsPlanned }, inPhase, approve);
}
