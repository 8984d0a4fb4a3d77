/** `plan` and `sync` with vault and cluster: settings → ports → command. */
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import { metadataLevel } from '../engine/sync/metadata-level.ts';
import type { InPhase } from '../engine/sync/phase.ts';
import { approvalOf } from './approval.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { refuseLiveOperator } from './live-operator.ts';
import { metadataPortsOf } from './metadata-ports.ts';
import { connectionOf, waysOfARun } from './open-cluster.ts';
import { runOffline } from './offline.ts';
import { portsOf, type Outside, type ReadingOf } from './ports.ts';
import { runSettingsOf } from './run-settings.ts';

export interface RunRequest {
  readonly command: 'plan' | 'sync';
  readonly settings: Settings;
  readonly outside: Outside;
  /** What a plan of manifests is compared with. */
  readonly base: () => Promise<ManifestSource>;
  /** Where they are not those that the settings name. */
  readonly manifests?: ManifestSource;
  /** To the cluster, where there is one already. */
  readonly connection?: Connection;
  readonly inPhase?: InPhase;
}

/** Rejects with a PortError or RunStopped where there is no report. */
export async function runWithCluster(request: RunRequest): Promise<Report> {
  const { command, settings, outside, inPhase } = request;
  if (command === 'sync') return await runSync(request);
  const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
  const reading = { ...readingGiven(request), connection };
  const runSettings = runSettingsOf(settings, connection?.contextNamespace);
  return settings.planLevel === 'metadata'
    ? await plan(await metadataPortsOf(settings, outside, reading), runSettings, { level: metadataLevel(), inPhase })
    : await plan(await portsOf(settings, outside, reading), runSettings, { inPhase });
}

/**
 * An approved plan is made once more at its own level, and compared; nothing is written before. All of it looks at the
 * cluster through one connection.
 */
async function runSync(request: RunRequest): Promise<Report> {
  const { settings, outside, base, manifests, inPhase } = request;
  const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
  const runSettings = runSettingsOf(settings, connection?.contextNamespace);
  const reading = { ...readingGiven(request), connection };
  const approve = approvalOf(settings, async (level) => {
    if (level === 'offline')
      return (await runOffline(settings, { base: await base(), manifests, stop: outside.stop })).fingerprint;
    const ports = await metadataPortsOf(settings, outside, reading);
    return (await plan(ports, runSettings, { level: metadataLevel() })).fingerprint;
  });
  const onlyAsPlanned = approve !== undefined;
  await refuseLiveOperator(settings, outside, connection);
  const ports = await portsOf(settings, outside, reading);
  return await sync(ports, { ...runSettings, onlyAsPlanned }, inPhase, approve);
}

function readingGiven({ manifests, connection }: RunRequest): Pick<ReadingOf, 'manifests' | 'connection'> {
  return { connection, ...(manifests === undefined ? {} : { manifests }) };
}
