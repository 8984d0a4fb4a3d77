/** The commands that make, look after and take away an installation: from settings to a report in three forms. */
import { systemClock } from '../adapters/node/clock.ts';
import { deploy } from '../commands/deploy.ts';
import { findInstallation, render, type Rendered } from '../commands/render.ts';
import { status } from '../commands/status.ts';
import { resume, suspend } from '../commands/suspend.ts';
import { uninstall } from '../commands/uninstall.ts';
import { installationProblems, type Installation } from '../core/deploy/installation.ts';
import {
  deploymentAsJson,
  deploymentAsMarkdown,
  deploymentAsText,
  deploymentExitCode,
  type DeploymentReport,
} from '../core/report/deployment.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Paint } from '../core/report/as-text.ts';
import { planNotApproved } from '../core/plan/approval.ts';
import {
  statusAsJson,
  statusAsMarkdown,
  statusAsText,
  statusExitCode,
  type StatusReport,
} from '../core/report/status.ts';
import type { Settings } from '../core/settings/parse.ts';
import { load } from '../engine/load.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { deploymentSourceOf } from './deployment.ts';
import type { Environment } from './environment.ts';
import { levelOfApproved } from './approval.ts';
import { deployedManifestsOf } from './manifests.ts';
import { runOffline } from './offline.ts';
import { openRealCluster } from './open-cluster.ts';
import type { Outside } from './ports.ts';
import { repositoryOfRun } from './repository.ts';
import { runWithCluster } from './run-command.ts';
import { runSettingsOf } from './run-settings.ts';

export type InstallationCommand = 'deploy' | 'status' | 'suspend' | 'resume' | 'uninstall';

export interface InstallationOutcome {
  readonly report: DeploymentReport | StatusReport;
  readonly exitCode: 0 | 1;
  readonly text: (paint: Paint) => string;
  readonly json: () => string;
  readonly markdown: () => string;
}

/** Everything that `deploy` would apply; the problems tell why there is nothing. */
export async function renderInstallation(
  settings: Settings,
  environment: Environment,
  version: string,
): Promise<Rendered> {
  const { manifests, request } = await deploymentSourceOf(settings, environment, version);
  return await render(manifests, request);
}

/** Settings whose state is where `deploy` would keep it. Rejects with a PortError where deploy would not know either. */
export async function withInstallationNamespace(settings: Settings, manifests: ManifestSource): Promise<Settings> {
  const { installation: name, installationNamespace, namespace, controllerClass } = settings;
  if (installationNamespace !== undefined) return settings;
  const given = namespace === undefined ? {} : { namespace };
  const { intents } = await load(manifests, { only: [], controllerClass, ...given });
  const found = findInstallation({ installation: { name }, ...given }, intents);
  if ('installation' in found) return { ...settings, installationNamespace: found.installation.namespace };
  refuse(found.problems);
  return settings;
}

export interface InstallationRequest {
  readonly command: InstallationCommand;
  readonly settings: Settings;
  readonly outside: Outside;
  readonly version: string;
  /** What an approved plan of manifests was compared with. */
  readonly base: () => Promise<ManifestSource>;
}

/** Rejects with a PortError where the cluster refuses. */
export async function runInstallationCommand(request: InstallationRequest): Promise<InstallationOutcome> {
  const { command, settings, outside } = request;
  if (command === 'deploy') return deploymentOutcome(await runDeploy(request));
  const real = await openRealCluster(settings, outside);
  const { objects, installation } = real;
  refuseBadNames(installation);
  const { logger } = outside;
  switch (command) {
    case 'status':
      return await runStatus(settings, installation, { objects, clock: systemClock, logger });
    case 'suspend':
      return deploymentOutcome(await suspend(objects, installation));
    case 'resume':
      return deploymentOutcome(await resume(objects, installation));
    case 'uninstall':
      return deploymentOutcome(
        await uninstall(
          { ...real, clock: systemClock, logger },
          { installation, secrets: settings.secrets, repository: repositoryOfRun(outside.environment) },
        ),
      );
  }
}

async function runDeploy(asked: InstallationRequest): Promise<DeploymentReport> {
  const { settings, outside, version } = asked;
  await approve(asked);
  const { environment, logger, stop } = outside;
  const { manifests, request } = await deploymentSourceOf(settings, environment, version);
  const real = await openRealCluster(settings, outside);
  const ports = {
    manifests,
    objects: real.objects,
    stateOf: (installation: Installation) => {
      const { state, stateCount } = real.stateOf(installation);
      return { state, count: stateCount };
    },
    clock: systemClock,
    logger,
    stop,
  };
  const { allowDowngrade, waitTimeout } = settings;
  const { deletionLimits } = runSettingsOf(settings);
  const repository = repositoryOfRun(environment);
  const waitTimeoutMs = waitTimeout * 1000;
  return await deploy(ports, { ...request, allowDowngrade, deletionLimits, waitTimeoutMs, repository });
}

/** Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more. */
async function approve({ settings, outside, base }: InstallationRequest): Promise<void> {
  const { planFingerprint } = settings;
  if (planFingerprint === undefined) return;
  const manifests = deployedManifestsOf(settings);
  const placed = { ...(await withInstallationNamespace(settings, manifests)), prune: true };
  const planLevel = levelOfApproved(planFingerprint);
  const fingerprint =
    planLevel === 'offline'
      ? (await runOffline(placed, await base(), manifests)).fingerprint
      : (await runWithCluster({ command: 'plan', settings: { ...placed, planLevel }, outside, base, manifests }))
          .fingerprint;
  const problem = planNotApproved(planFingerprint, fingerprint);
  if (problem !== undefined) refuse([problem]);
}

async function runStatus(
  settings: Settings,
  installation: Installation,
  ports: Parameters<typeof status>[0],
): Promise<InstallationOutcome> {
  const { controllerClass, refresh, waitTimeout } = settings;
  const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
  const report = await status(ports, { installation, controllerClass, ...wait });
  return {
    report,
    exitCode: statusExitCode(report),
    text: (paint) => statusAsText(report, paint),
    json: () => statusAsJson(report),
    markdown: () => statusAsMarkdown(report),
  };
}

function deploymentOutcome(report: DeploymentReport): InstallationOutcome {
  return {
    report,
    exitCode: deploymentExitCode(report),
    text: (paint) => deploymentAsText(report, paint),
    json: () => deploymentAsJson(report),
    markdown: () => deploymentAsMarkdown(report),
  };
}

function refuseBadNames(installation: Installation): void {
  refuse(installationProblems(installation));
}

function refuse([problem]: readonly Problem[]): void {
  if (problem === undefined) return;
  throw new PortError({ kind: 'Invalid', code: 'Setting', whole: true, what: problem.what, fix: problem.fix });
}
