/**
 * The commands that need vault or cluster, and so the SDKs: settings → ports → command → outcome. Loaded as one, for a
 * bundle holds what two such parts share twice.
 */
import { deploymentOutcome, type DeploymentReport } from '../core/report/deployment.ts';
import { filteredInstallation } from '../core/report/filtered.ts';
import type { Outcome } from '../core/report/outcome.ts';
import { renderOutcome } from '../core/report/render.ts';
import { runOutcome } from '../core/report/run.ts';
import { statusOutcome } from '../core/report/status.ts';
import { printObjects } from '../core/deploy/print.ts';
import { needText, printNeeds } from '../core/deploy/vault-needs.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { connectToAks } from './aks-cluster.ts';
import { runDeploymentPlan } from './deployment-plan.ts';
import type { Environment } from './environment.ts';
import {
  renderInstallation,
  resumeInstallation,
  runDeploy,
  runStatus,
  suspendInstallation,
  uninstallInstallation,
} from './installation.ts';
import type { RunContext } from './ports.ts';
import type { PlannedDeployment, RunRequest } from './run.ts';
import { planWithCluster, syncWithCluster } from './plan-and-sync.ts';
import type { InStage } from './stage.ts';
import { VERSION } from './version.ts';

/** What is asked for, with the ways out of this process. */
export interface Reached {
  readonly settings: Settings;
  readonly outside: RunContext;
  readonly base: () => Promise<ManifestSource>;
  readonly inStage: InStage;
  /** Where they are not those that the settings name. */
  readonly manifests?: ManifestSource;
}

export function reachedBy({ settings, outside, base, inStage = (_stage, work) => work() }: RunRequest): Reached {
  return { settings, outside: { ...outside, connectToAks }, base, inStage };
}

export async function render(settings: Settings, environment: Environment): Promise<Outcome> {
  const { deployment, problems } = await renderInstallation(settings, environment, VERSION);
  if (deployment === undefined) return renderOutcome({ problems }, '');
  const { objects, vaultNeeds } = deployment;
  const needs = vaultNeeds.map(needText);
  return renderOutcome({ objects, needs, problems }, printNeeds(vaultNeeds) + printObjects(objects));
}

async function plan({ inStage, ...request }: Reached): Promise<Outcome> {
  return runOutcome(await planWithCluster({ ...request, inPhase: inStage }));
}

async function sync({ inStage, ...request }: Reached): Promise<Outcome> {
  return runOutcome(await syncWithCluster({ ...request, inPhase: inStage }));
}

/** What the pass of a deployment would write and delete, and what would become of the installation's own objects. */
async function planDeployment({
  inStage,
  ...request
}: Reached & { readonly deployment: PlannedDeployment }): Promise<Outcome> {
  return runOutcome(await runDeploymentPlan({ ...request, version: VERSION, inPhase: inStage }));
}

async function deploy(request: Reached): Promise<Outcome> {
  const { settings, outside, base } = request;
  return await deployment('deploy', request, () => runDeploy({ settings, outside, base, version: VERSION }));
}

async function suspend(request: Reached): Promise<Outcome> {
  return await deployment('suspend', request, () => suspendInstallation(request));
}

async function resume(request: Reached): Promise<Outcome> {
  return await deployment('resume', request, () => resumeInstallation(request));
}

async function uninstall(request: Reached): Promise<Outcome> {
  return await deployment('uninstall', request, () => uninstallInstallation(request));
}

async function status(request: Reached): Promise<Outcome> {
  return await request.inStage('status', async () =>
    statusOutcome(filteredInstallation(await runStatus(request), redactOf(request))),
  );
}

async function deployment(
  command: DeploymentReport['command'],
  request: Reached,
  work: () => Promise<DeploymentReport>,
): Promise<Outcome> {
  return await request.inStage(command, async () =>
    deploymentOutcome(filteredInstallation(await work(), redactOf(request))),
  );
}

function redactOf({ outside: { masker } }: Reached): (text: string) => string {
  return (text) => masker.redact(text);
}

export const CLUSTER_COMMANDS = { plan, sync, planDeployment, deploy, status, suspend, resume, uninstall };

export type ClusterCommands = typeof CLUSTER_COMMANDS;
