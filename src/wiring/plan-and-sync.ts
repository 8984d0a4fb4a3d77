/** `plan` and `sync` with vault and cluster: settings → ports → command. */
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import { metadataLevel } from '../engine/sync/metadata-level.ts';
import type { InPhase } from '../engine/sync/phase.ts';
import type { RunSettings } from '../engine/sync/settings.ts';
import { approvalOf } from './approval.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { refuseLiveOperator } from './live-operator.ts';
import { metadataPortsOf } from './metadata-ports.ts';
import { connectionOf, waysOfARun } from './open-cluster.ts';
import { portsOf, type RunContext, type ReadingOf } from './ports.ts';
import { runSettingsOf } from './run-settings.ts';

export interface ClusterRun {
  readonly settings: Settings;
  readonly outside: RunContext;
  /** What a plan of manifests is compared with. */
  readonly base: () => Promise<ManifestSource>;
  /** Where they are not those that the settings name. */
  readonly manifests?: ManifestSource;
  /** To the cluster, where there is one already. */
  readonly connection?: Connection;
  readonly inPhase?: InPhase;
}

/** Rejects with a PortError or RunStopped where there is no report. */
export async function planWithCluster(request: ClusterRun): Promise<Report> {
  const { settings, outside, inPhase } = request;
  const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
  const reading = { ...readingGiven(request), connection };
  const runSettings = planSettingsOf(settings, connection);
  return settings.planLevel === 'metadata'
    ? await plan(await metadataPortsOf(settings, outside, reading), runSettings, { level: metadataLevel(), inPhase })
    : await plan(await portsOf(settings, outside, reading), runSettings, { inPhase });
}

/**
 * An approved plan is made once more at its own level, and compared; nothing is written before. All of it looks at the
 * cluster through one connection. Rejects with a PortError or RunStopped where there is no report.
 */
export async function syncWithCluster(request: ClusterRun): Promise<Report> {
  const { settings, outside, base, manifests, inPhase } = request;
  const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
  const runSettings = runSettingsOf(settings, connection?.contextNamespace);
  const reading = { ...readingGiven(request), connection };
  const planNow = async () =>
    await plan(await metadataPortsOf(settings, outside, reading), planSettingsOf(settings, connection), {
      level: metadataLevel(),
    });
  const approval = approvalOf({ settings, base, manifests, stop: outside.stop, planNow });
  const onlyAsPlanned = approval !== undefined;
  await refuseLiveOperator(settings, outside, connection);
  const ports = await portsOf(settings, outside, reading);
  return await sync(ports, { ...runSettings, onlyAsPlanned }, inPhase, approval?.refusal);
}

/** Whether a name is blocked by what was deleted is asked by a plan; a write finds it out by itself. */
function planSettingsOf(settings: Settings, connection: Connection | undefined): RunSettings {
  return { ...runSettingsOf(settings, connection?.contextNamespace), looksAtDeleted: true };
}

function readingGiven({ manifests, connection }: ClusterRun): Pick<ReadingOf, 'manifests' | 'connection'> {
  return { connection, ...(manifests === undefined ? {} : { manifests }) };
}
