/**
 * Every command that people and workflows give: settings → outcome. The only place that knows which command takes which
 * way; an entry reads arguments or inputs, calls `run`, and shows what it gives.
 *
 * The SDKs are loaded only for commands that need them: they cost most of the start.
 */
import { template } from '../commands/template.ts';
import { offlineOutcome } from '../core/report/offline.ts';
import type { Outcome } from '../core/report/outcome.ts';
import { templateOutcome } from '../core/report/template.ts';
import { upgradeOutcome } from '../core/report/upgrade.ts';
import { validationOutcome } from '../core/report/validation.ts';
import type { CommandName } from '../core/model/command-names.ts';
import type { Settings } from '../core/settings/parse.ts';
import { unlessStopped } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { filteredFailure } from './failure.ts';
import { deployedManifestsOf } from './manifests.ts';
import { runOffline } from './offline.ts';
import type { RunContext } from './ports.ts';
import type { InStage } from './stage.ts';
import { tellStopping } from './stop-signal.ts';
import { templateInputsOf } from './template.ts';
import { runUpgrade, runValidation } from './validation.ts';
import type { ClusterCommands, Reached } from './with-cluster.ts';

/** The pass in the cluster is a program of its own. */
export type Command = Exclude<CommandName, 'job'>;

export interface RunRequest {
  readonly command: Command;
  readonly settings: Settings;
  readonly outside: Omit<RunContext, 'connectToAks'>;
  /** What a plan of manifests is compared with. */
  readonly base: () => Promise<ManifestSource>;
  /** With plan, where it is what `deploy` would do that is asked for, not what `sync` would. */
  readonly deployment?: PlannedDeployment;
  readonly inStage?: InStage;
}

export interface PlannedDeployment {
  /** Those of `deploy`; absent where only some of its manifests are looked at. */
  readonly settings?: Settings;
}

/** Rejects with a PortError or RunStopped where there is nothing to report. */
export async function run(request: RunRequest): Promise<Outcome> {
  const { command, outside } = request;
  switch (command) {
    case 'validate':
      return await unlessStopped(outside, () => validated(request));
    case 'template':
      return await unlessStopped(outside, () => templated(request));
    case 'render':
      return await unlessStopped(outside, () => rendered(request));
    case 'plan':
      return await planned(request);
    case 'sync':
      return await reaching(request, ({ sync }, reached) => sync(reached));
    case 'deploy':
      return await deployed(request);
    case 'status':
      return await reaching(request, ({ status }, reached) => status(reached));
    case 'suspend':
      return await reaching(request, ({ suspend }, reached) => suspend(reached));
    case 'resume':
      return await reaching(request, ({ resume }, reached) => resume(reached));
    case 'uninstall':
      return await reaching(request, ({ uninstall }, reached) => uninstall(reached));
    default:
      return command satisfies never;
  }
}

/** Of manifests alone, of what `deploy` would do, or of what `sync` would. */
async function planned(request: RunRequest): Promise<Outcome> {
  const { settings, deployment } = request;
  if (settings.planLevel === 'offline') return await unlessStopped(request.outside, () => plannedOffline(request));
  if (deployment === undefined) return await reaching(request, ({ plan }, reached) => plan(reached));
  return await reaching(request, ({ planDeployment }, reached) => planDeployment({ ...reached, deployment }));
}

/** With the engine runner it is a `sync` that takes manifests and plain inputs as `deploy` does; a dry run is a plan. */
async function deployed(request: RunRequest): Promise<Outcome> {
  const { settings } = request;
  const { dryRun, engine } = settings;
  if (engine === 'runner') {
    const manifests = deployedManifestsOf(settings);
    return await reaching(request, ({ plan, sync }, reached) => (dryRun ? plan : sync)({ ...reached, manifests }));
  }
  if (!dryRun) return await reaching(request, ({ deploy }, reached) => deploy(reached));
  const pruning = { ...request, settings: { ...settings, prune: true } };
  return await reaching(pruning, ({ planDeployment }, reached) =>
    planDeployment({ ...reached, deployment: { settings } }),
  );
}

async function validated({ settings, outside: { stop } }: RunRequest): Promise<Outcome> {
  if (settings.upgrade) return upgradeOutcome(await runUpgrade(settings, { stop }));
  return validationOutcome(await runValidation(settings, { stop }));
}

async function templated({ settings, outside: { stop } }: RunRequest): Promise<Outcome> {
  return templateOutcome(await template(templateInputsOf(settings, stop)));
}

async function plannedOffline({ settings, outside: { stop }, base }: RunRequest): Promise<Outcome> {
  return offlineOutcome(await runOffline(settings, { stop, base: await base() }));
}

async function rendered({ settings, outside: { environment } }: RunRequest): Promise<Outcome> {
  const { render } = await import('./with-cluster.ts');
  return await render(settings, environment);
}

/** Whatever reaches vault and cluster. What refuses everything says it without values that the run has seen. */
async function reaching(
  request: RunRequest,
  work: (commands: ClusterCommands, reached: Reached) => Promise<Outcome>,
): Promise<Outcome> {
  const { outside } = request;
  tellStopping(outside);
  try {
    const { CLUSTER_COMMANDS, reachedBy } = await import('./with-cluster.ts');
    return await work(CLUSTER_COMMANDS, reachedBy(request));
  } catch (error) {
    throw filteredFailure(error, outside.masker);
  }
}
