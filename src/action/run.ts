/**
 * The commands that need vault or cluster, and so the SDKs: settings → outcome. Loaded as one, for a bundle holds what two
 * such parts share twice.
 */
import { endGroup, startGroup } from '@actions/core';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { printObjects } from '../core/deploy/print.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { connectToAks } from '../wiring/aks-cluster.ts';
import { runDeploymentPlan } from '../wiring/deployment-plan.ts';
import type { Environment } from '../wiring/environment.ts';
import { filteredFailure } from '../wiring/failure.ts';
import { renderInstallation, runInstallationCommand, type InstallationCommand } from '../wiring/installation.ts';
import { deployedManifestsOf } from '../wiring/manifests.ts';
import { outcomeOf } from '../wiring/plan-outcome.ts';
import type { Outside } from '../wiring/ports.ts';
import { runWithCluster, type RunRequest } from '../wiring/run-command.ts';
import { tellStopping } from '../wiring/stop-signal.ts';
import { VERSION } from '../wiring/version.ts';
import type { PlannedDeployment } from './inputs.ts';
import { inGroup, workflowLogger } from './log.ts';
import { outcomeOfInstallation, outcomeOfRendered, outcomeOfRun, type StepOutcome } from './outcome.ts';
import { saveRendered } from './results.ts';
import { WorkflowMasker } from './workflow-masker.ts';

export type ClusterCommand = 'plan' | 'sync' | InstallationCommand;

interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
  readonly allowExec: boolean;
  /** What a plan of manifests is compared with. */
  readonly base: () => Promise<ManifestSource>;
}

/** Rejects with a PortError or RunStopped where there is nothing to report. */
export async function runAgainstCluster(
  command: ClusterCommand,
  settings: Settings,
  surroundings: Surroundings,
): Promise<StepOutcome> {
  const outside = outsideOf(settings, surroundings);
  const { base } = surroundings;
  return await filtered(outside, async () => {
    if (command === 'plan' || command === 'sync') return await runFromHere({ command, settings, outside, base });
    if (command === 'deploy' && settings.engine === 'runner') {
      return await runFromHere({ command: 'sync', settings, outside, base, manifests: deployedManifestsOf(settings) });
    }
    return await inGroupOf(command, async () =>
      outcomeOfInstallation(await runInstallationCommand({ command, settings, outside, version: VERSION, base })),
    );
  });
}

async function inGroupOf<Result>(command: InstallationCommand, work: () => Promise<Result>): Promise<Result> {
  startGroup(TITLES[command]);
  try {
    return await work();
  } finally {
    endGroup();
  }
}

/** What refuses everything says it without values that the run has seen. */
async function filtered<Result>({ masker }: Outside, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw filteredFailure(error, masker);
  }
}

/** What the pass of a deployment would write and delete, and what would become of the installation's own objects. */
export async function planOfDeployment(
  deployment: PlannedDeployment,
  settings: Settings,
  surroundings: Surroundings,
): Promise<StepOutcome> {
  const { base } = surroundings;
  const outside = outsideOf(settings, surroundings);
  const request = { settings, deployment, outside, base, version: VERSION, inPhase: inGroup };
  return outcomeOfRun(outcomeOf(await filtered(outside, () => runDeploymentPlan(request))));
}

/** The objects go into a file of the folder. */
export async function render(settings: Settings, environment: Environment, folder: string): Promise<StepOutcome> {
  const { deployment, problems } = await renderInstallation(settings, environment, VERSION);
  if (deployment !== undefined) await saveRendered(printObjects(deployment.objects), folder);
  return outcomeOfRendered(deployment?.objects ?? [], problems);
}

async function runFromHere(request: RunRequest): Promise<StepOutcome> {
  return outcomeOfRun(outcomeOf(await runWithCluster({ ...request, inPhase: inGroup })));
}

const TITLES: Readonly<Record<InstallationCommand, string>> = {
  deploy: 'Apply the installation, and follow a pass',
  status: 'Look at the installation',
  suspend: 'Suspend the CronJob',
  resume: 'Resume the CronJob',
  uninstall: 'Take the installation away',
};

function outsideOf(settings: Settings, { environment, stop, allowExec }: Surroundings): Outside {
  const redacting = new RedactingMasker();
  const masker = new WorkflowMasker(redacting);
  const logger = workflowLogger(settings, redacting);
  tellStopping({ stop, logger });
  return { environment, stop, masker, connectToAks, allowExec, logger };
}
