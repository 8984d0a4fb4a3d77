/** The commands that make, look after and take away an installation: from settings to a report in three forms. */
import { systemClock } from '../adapters/node/clock.ts';
import { deploy } from '../commands/deploy.ts';
import { render, type Rendered } from '../commands/render.ts';
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
import type { Paint } from '../core/report/as-text.ts';
import { statusAsJson, statusAsMarkdown, statusAsText, statusExitCode } from '../core/report/status.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import { deploymentSourceOf } from './deployment.ts';
import type { Environment } from './environment.ts';
import { openRealCluster } from './open-cluster.ts';
import type { Outside } from './ports.ts';
import { runSettingsOf } from './run-settings.ts';

export type InstallationCommand = 'deploy' | 'status' | 'suspend' | 'resume' | 'uninstall';

export interface InstallationOutcome {
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

/** Rejects with a PortError where the cluster refuses. */
export async function runInstallationCommand(
  command: InstallationCommand,
  settings: Settings,
  outside: Outside,
  version: string,
): Promise<InstallationOutcome> {
  if (command === 'deploy') return deploymentOutcome(await runDeploy(settings, outside, version));
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
        await uninstall({ ...real, clock: systemClock, logger }, { installation, secrets: settings.secrets }),
      );
  }
}

async function runDeploy(settings: Settings, outside: Outside, version: string): Promise<DeploymentReport> {
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
  return await deploy(ports, { ...request, allowDowngrade, deletionLimits, waitTimeoutMs: waitTimeout * 1000 });
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
    exitCode: statusExitCode(report),
    text: (paint) => statusAsText(report, paint),
    json: () => statusAsJson(report),
    markdown: () => statusAsMarkdown(report),
  };
}

function deploymentOutcome(report: DeploymentReport): InstallationOutcome {
  return {
    exitCode: deploymentExitCode(report),
    text: (paint) => deploymentAsText(report, paint),
    json: () => deploymentAsJson(report),
    markdown: () => deploymentAsMarkdown(report),
  };
}

function refuseBadNames(installation: Installation): void {
  const [problem] = installationProblems(installation);
  if (problem === undefined) return;
  throw new PortError({ kind: 'Invalid', code: 'Setting', whole: true, what: problem.what, fix: problem.fix });
}
