/** The plan of a deployment: what its pass would write, with the state where `deploy` keeps it, and what it would apply. */
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { planDeployment } from '../commands/plan-deployment.ts';
import { namespacedIntents } from '../core/deploy/deployed-intents.ts';
import { findInstallation } from '../core/deploy/where-to-install.ts';
import { problemText } from '../core/model/problem.ts';
import type { Report } from '../core/model/report.ts';
import { ofDeployment } from '../core/plan/fingerprint.ts';
import { filteredProblem } from '../core/report/filtered.ts';
import { problemsOf, withProblems } from '../core/report/build-report.ts';
import type { Settings } from '../core/settings/parse.ts';
import { load } from '../engine/sync/load.ts';
import { unlessStopped } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { deploymentSourceOf } from './deployment.ts';
import { deployedManifestsOf, readingOf } from './manifests.ts';
import { connectionOf, openRealCluster } from './open-cluster.ts';
import { refuse } from './refuse.ts';
import { repositoryOfRun } from './repository.ts';
import type { PlannedDeployment } from './run.ts';
import { planWithCluster, type ClusterRun } from './plan-and-sync.ts';

export interface DeploymentPlanRequest extends Pick<ClusterRun, 'outside' | 'base' | 'inPhase'> {
  /** Of the plan. */
  readonly settings: Settings;
  /** What is planned: the settings of `deploy`; without them only what its pass would write. */
  readonly deployment: PlannedDeployment;
  readonly version: string;
  /** To the cluster, where there is one already. */
  readonly connection?: Connection;
}

/** Rejects with a PortError where deploy would not know where to install, or the cluster refuses. */
export async function runDeploymentPlan(request: DeploymentPlanRequest): Promise<Report> {
  const { settings, deployment, outside, version, ...rest } = request;
  const manifests = deployedManifestsOf(settings);
  const connection = request.connection ?? (await connectionOf(settings, outside));
  const context = connection?.contextNamespace;
  const reading = readingOf(settings, context);
  const placed = await withInstallationNamespace(settings, manifests, context);
  const given = connection === undefined ? {} : { connection };
  const report = await planWithCluster({ settings: placed, outside, manifests, ...rest, ...given });
  if (deployment.settings === undefined) return report;
  const source = await deploymentSourceOf(deployment.settings, outside.environment, version);
  const { objects, stateOf } = await openRealCluster(settings, outside, connection);
  const ports = { manifests: source.manifests, objects, stateOf };
  const { installation, problems } = await unlessStopped(outside, () =>
    planDeployment(ports, { ...source.request, reading, repository: repositoryOfRun(outside.environment) }),
  );
  const told = new Set(problemsOf(report).map(problemText));
  const found = problems.map((problem) => filteredProblem(problem, (text) => outside.masker.redact(text)));
  const all = withProblems(
    report,
    found.filter((problem) => !told.has(problemText(problem))),
  );
  if (installation === undefined) return all;
  return { ...all, installation, fingerprint: ofDeployment(report.fingerprint, installation.digest) };
}

/** Settings whose state is where `deploy` would keep it.  */
async function withInstallationNamespace(
  settings: Settings,
  manifests: ManifestSource,
  context: string | undefined,
): Promise<Settings> {
  const { installation: name, installationNamespace, namespace, controllerClass } = settings;
  if (installationNamespace !== undefined) return settings;
  const given = namespace === undefined ? {} : { namespace };
  const loaded = await load(manifests, { only: [], controllerClass, ...readingOf(settings, context) });
  const found = findInstallation({ installation: { name }, ...given }, namespacedIntents(loaded));
  if ('installation' in found) return { ...settings, installationNamespace: found.installation.namespace };
  refuse(found.problems);
  return settings;
}
