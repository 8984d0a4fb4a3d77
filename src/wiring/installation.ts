/** The commands that make, look after and take away an installation: from settings to a report in three forms. */
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { deploy } from '../commands/deploy.ts';
import { render, type RenderedDeployment } from '../commands/render.ts';
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
import { filteredInstallation, type Redact } from '../core/report/filtered.ts';
import { formsOf, type Forms } from '../core/report/forms.ts';
import { planNotApproved } from '../core/plan/approval.ts';
import {
  statusAsJson,
  statusAsMarkdown,
  statusAsText,
  statusExitCode,
  type StatusReport,
} from '../core/report/status.ts';
import type { Settings } from '../core/settings/parse.ts';
import { wasStopped } from '../core/report/build-report.ts';
import { unlessStopped } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { deploymentSourceOf } from './deployment.ts';
import { runDeploymentPlan } from './deployment-plan.ts';
import type { Environment } from './environment.ts';
import { levelOfApproved } from './approval.ts';
import { readingOf } from './manifests.ts';
import { runOffline } from './offline.ts';
import { connectionOf, openRealCluster } from './open-cluster.ts';
import type { Outside } from './ports.ts';
import { refuse } from './refuse.ts';
import { repositoryOfRun } from './repository.ts';
import { runSettingsOf } from './run-settings.ts';

export type InstallationCommand = 'deploy' | 'status' | 'suspend' | 'resume' | 'uninstall';

export interface InstallationOutcome extends Forms {
  readonly report: DeploymentReport | StatusReport;
  readonly exitCode: 0 | 1;
  /** The run ended early because it was asked to. */
  readonly stopped: boolean;
}

/** Everything that `deploy` would apply; the problems tell why there is nothing. */
export async function renderInstallation(
  settings: Settings,
  environment: Environment,
  version: string,
): Promise<RenderedDeployment> {
  const { manifests, request } = await deploymentSourceOf(settings, environment, version);
  return await render(manifests, request);
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
  const shown = (report: DeploymentReport) => deploymentOutcome(filteredInstallation(report, redactOf(outside)));
  if (command === 'deploy') return shown(await runDeploy(request));
  const real = await unlessStopped(outside, () => openRealCluster(settings, outside));
  const { objects, installation } = real;
  refuse(installationProblems(installation));
  const { logger, stop } = outside;
  switch (command) {
    case 'status':
      return statusOutcome(
        filteredInstallation(
          await runStatus(settings, installation, { objects, clock: systemClock, logger, stop }),
          redactOf(outside),
        ),
      );
    case 'suspend':
      return shown(await suspend({ objects, stop }, installation));
    case 'resume':
      return shown(await resume({ objects, stop }, installation));
    case 'uninstall':
      return shown(
        await uninstall(
          { ...real, clock: systemClock, logger, stop },
          { installation, secrets: settings.secrets, repository: repositoryOfRun(outside.environment) },
        ),
      );
  }
}

function redactOf({ masker }: Outside): Redact {
  return (text) => masker.redact(text);
}

async function runDeploy(asked: InstallationRequest): Promise<DeploymentReport> {
  const { settings, outside, version } = asked;
  const connection = await approve(asked);
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
  const { allowDowngrade, waitTimeout } = settings;
  const { deletionLimits } = runSettingsOf(settings);
  const repository = repositoryOfRun(environment);
  const waitTimeoutMs = waitTimeout * 1000;
  return await deploy(ports, { ...request, reading, allowDowngrade, deletionLimits, waitTimeoutMs, repository });
}

/**
 * Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more.
 * Gives the connection that it made, if it had to.
 */
async function approve({ settings, outside, version, base }: InstallationRequest): Promise<Connection | undefined> {
  const { planFingerprint } = settings;
  if (planFingerprint === undefined) return undefined;
  const planLevel = levelOfApproved(planFingerprint);
  const plan = { settings: { ...settings, planLevel, prune: true }, deployment: { settings }, outside, version, base };
  const connection = planLevel === 'offline' ? undefined : await connectionOf(settings, outside);
  const { fingerprint } =
    connection === undefined
      ? await runOffline(settings, { base: await base(), stop: outside.stop })
      : await runDeploymentPlan({ ...plan, connection });
  refuse([planNotApproved(planFingerprint, fingerprint)].filter((problem) => problem !== undefined));
  return connection;
}

async function runStatus(
  settings: Settings,
  installation: Installation,
  ports: Parameters<typeof status>[0],
): Promise<StatusReport> {
  const { controllerClass, refresh, waitTimeout } = settings;
  const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
  return await status(ports, { installation, controllerClass, ...wait });
}

function statusOutcome(report: StatusReport): InstallationOutcome {
  return {
    report,
    exitCode: statusExitCode(report),
    stopped: false,
    ...formsOf(report, { text: statusAsText, json: statusAsJson, markdown: statusAsMarkdown }),
  };
}

function deploymentOutcome(report: DeploymentReport): InstallationOutcome {
  return {
    report,
    exitCode: deploymentExitCode(report),
    stopped: wasStopped(report),
    ...formsOf(report, { text: deploymentAsText, json: deploymentAsJson, markdown: deploymentAsMarkdown }),
  };
}
