/** The commands that make, look after and take away an installation: from settings to a report. */
import type { KubernetesPorts } from '../adapters/kubernetes/open-kubernetes.ts';
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { deploy } from '../commands/deploy.ts';
import { render, type RenderedDeployment } from '../commands/render.ts';
import { status } from '../commands/status.ts';
import { resume, suspend } from '../commands/suspend.ts';
import { uninstall } from '../commands/uninstall.ts';
import { installationProblems } from '../core/deploy/installation.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import type { StatusReport } from '../core/report/status.ts';
import type { Settings } from '../core/settings/parse.ts';
import { unlessStopped } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { deploymentSourceOf } from './deployment.ts';
import { runDeploymentPlan } from './deployment-plan.ts';
import type { Environment } from './environment.ts';
import { approvalOf } from './approval.ts';
import { readingOf } from './manifests.ts';
import { connectionOf, openRealCluster } from './open-cluster.ts';
import type { RunContext } from './ports.ts';
import { refuse } from './refuse.ts';
import { repositoryOfRun } from './repository.ts';
import { runSettingsOf } from './run-settings.ts';

/** Everything that `deploy` would apply; the problems tell why there is nothing. */
export async function renderInstallation(
  settings: Settings,
  environment: Environment,
  version: string,
): Promise<RenderedDeployment> {
  const { manifests, request } = await deploymentSourceOf(settings, environment, version);
  return await render(manifests, request);
}

interface InstallationRequest {
  readonly settings: Settings;
  readonly outside: RunContext;
}

export interface DeployRunRequest extends InstallationRequest {
  readonly version: string;
  /** What an approved plan of manifests was compared with. */
  readonly base: () => Promise<ManifestSource>;
}

export async function suspendInstallation(request: InstallationRequest): Promise<DeploymentReport> {
  const { objects, installation } = await installed(request);
  return await suspend({ objects, stop: request.outside.stop }, installation);
}

export async function resumeInstallation(request: InstallationRequest): Promise<DeploymentReport> {
  const { objects, installation } = await installed(request);
  return await resume({ objects, stop: request.outside.stop }, installation);
}

export async function uninstallInstallation(request: InstallationRequest): Promise<DeploymentReport> {
  const { settings, outside } = request;
  const { environment, logger, stop } = outside;
  const real = await installed(request);
  const { installation } = real;
  return await uninstall(
    { ...real, clock: systemClock, logger, stop },
    {
      installation,
      secrets: settings.secrets,
      vaultObjects: settings.vaultObjects,
      waitTimeoutMs: settings.waitTimeout * 1000,
      repository: repositoryOfRun(environment),
    },
  );
}

export async function runStatus(request: InstallationRequest): Promise<StatusReport> {
  const { controllerClass, refresh, waitTimeout, takeOver, resolve } = request.settings;
  const { logger, stop } = request.outside;
  const { objects, installation } = await installed(request);
  const wait = refresh ? { refreshWithinMs: waitTimeout * 1000, pass: { takeOver, resolve } } : {};
  return await status({ objects, clock: systemClock, logger, stop }, { installation, controllerClass, ...wait });
}

/** The cluster, and what the settings say is installed there. Rejects with a PortError where the cluster refuses. */
async function installed({ settings, outside }: InstallationRequest): Promise<KubernetesPorts> {
  const real = await unlessStopped(outside, () => openRealCluster(settings, outside));
  refuse(installationProblems(real.installation));
  return real;
}

export async function runDeploy(asked: DeployRunRequest): Promise<DeploymentReport> {
  const { settings, outside, version } = asked;
  const connection = await approvedConnection(asked);
  const { environment, logger, stop } = outside;
  // The cluster first: where none is named, that is what has to be told, not what would be installed.
  const real = await unlessStopped(outside, () => openRealCluster(settings, outside, connection));
  const { manifests, request } = await deploymentSourceOf(settings, environment, version);
  const reading = readingOf(settings, real.connection.contextNamespace);
  const ports = {
    manifests,
    objects: real.objects,
    stateOf: real.stateOf,
    clock: systemClock,
    logger,
    stop,
  };
  const { allowDowngrade, waitTimeout, takeOver, resolve } = settings;
  const { deletionLimits } = runSettingsOf(settings);
  const repository = repositoryOfRun(environment);
  const waitTimeoutMs = waitTimeout * 1000;
  const pass = { takeOver, resolve };
  return await deploy(ports, { ...request, reading, allowDowngrade, deletionLimits, waitTimeoutMs, pass, repository });
}

/**
 * Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more.
 * Gives the connection that it made, if it had to.
 */
async function approvedConnection(request: DeployRunRequest): Promise<Connection | undefined> {
  const { settings, outside, base } = request;
  let connection: Connection | undefined;
  const approval = approvalOf({
    settings,
    base,
    stop: outside.stop,
    planNow: async (planLevel) => {
      connection = await connectionOf(settings, outside);
      const pruning = { ...settings, planLevel, prune: true };
      const given = connection === undefined ? {} : { connection };
      return await runDeploymentPlan({ ...request, settings: pruning, deployment: { settings }, ...given });
    },
  });
  const refusal = await approval?.refusal();
  refuse(refusal === undefined ? [] : [refusal]);
  return connection;
}
