/** The commands that need vault or cluster, and so the SDKs: settings → outcome. */
import { endGroup, startGroup } from '@actions/core';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { connectToAks } from '../wiring/aks-cluster.ts';
import type { Environment } from '../wiring/environment.ts';
import { runInstallationCommand, withInstallationNamespace, type InstallationCommand } from '../wiring/installation.ts';
import { deployedManifestsOf } from '../wiring/manifests.ts';
import { portsOf, type Outside } from '../wiring/ports.ts';
import { runSettingsOf } from '../wiring/run-settings.ts';
import { VERSION } from '../wiring/version.ts';
import { inGroup, workflowLogger } from './log.ts';
import { outcomeOfInstallation, outcomeOfReport, type StepOutcome } from './outcome.ts';
import { WorkflowMasker } from './workflow-masker.ts';

export type ClusterCommand = 'plan' | 'sync' | InstallationCommand;

interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Rejects with a PortError or RunStopped where there is nothing to report. */
export async function runAgainstCluster(
  command: ClusterCommand,
  settings: Settings,
  surroundings: Surroundings,
): Promise<StepOutcome> {
  const outside = outsideOf(settings, surroundings);
  if (command === 'plan' || command === 'sync') return await runFromHere(command, settings, outside);
  if (command === 'deploy' && settings.engine === 'runner') {
    return await runFromHere('sync', settings, outside, deployedManifestsOf(settings));
  }
  startGroup(TITLES[command]);
  try {
    return outcomeOfInstallation(await runInstallationCommand(command, settings, outside, VERSION));
  } finally {
    endGroup();
  }
}

/** What the pass of a deployment would write: with the state where `deploy` keeps it, and what it would delete. */
export async function planOfDeployment(settings: Settings, surroundings: Surroundings): Promise<StepOutcome> {
  const manifests = deployedManifestsOf(settings);
  const placed = await withInstallationNamespace(settings, manifests);
  return await runFromHere('plan', placed, outsideOf(settings, surroundings), manifests);
}

async function runFromHere(
  command: 'plan' | 'sync',
  settings: Settings,
  outside: Outside,
  manifests?: ManifestSource,
): Promise<StepOutcome> {
  const ports = await portsOf(settings, outside, manifests);
  return outcomeOfReport(await { plan, sync }[command](ports, runSettingsOf(settings), inGroup));
}

const TITLES: Readonly<Record<InstallationCommand, string>> = {
  deploy: 'Apply the installation, and follow a pass',
  status: 'Look at the installation',
  suspend: 'Suspend the CronJob',
  resume: 'Resume the CronJob',
  uninstall: 'Take the installation away',
};

function outsideOf(settings: Settings, { environment, stop }: Surroundings): Outside {
  const redacting = new RedactingMasker();
  const masker = new WorkflowMasker(redacting);
  return { environment, stop, masker, connectToAks, logger: workflowLogger(settings, redacting) };
}
