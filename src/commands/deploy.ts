/** `deploy`: render → look before → apply → run one Job now → follow it to its end → prune → report. */
import type { Repository } from '../core/deploy/repository.ts';
import { hasErrors } from '../core/model/problem.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { clusterFacts } from '../engine/installation/cluster-facts.ts';
import { afterApplied, halfApplied } from '../engine/installation/deployment-problems.ts';
import { refuseDowngrade } from '../engine/installation/downgrade.ts';
import { firstPass, type FirstPassInput, type FirstPassPorts } from '../engine/installation/first-pass.ts';
import { install } from '../engine/installation/install.ts';
import { handledObjects, installationReport } from '../engine/installation/installation-report.ts';
import { preflight, type Preflight } from '../engine/installation/preflight.ts';
import { pruneAfterPass } from '../engine/installation/prune.ts';
import { yieldingFor } from '../engine/installation/trial.ts';
import { unlessStopped } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { render, type RenderedDeployment, type RenderRequest } from './render.ts';

export interface DeployPorts extends FirstPassPorts {
  readonly manifests: ManifestSource;
}

/** The limits are on Secrets that go with custom resources too. */
export interface DeployRequest
  extends RenderRequest, Pick<FirstPassInput, 'deletionLimits' | 'waitTimeoutMs' | 'pass'> {
  readonly allowDowngrade: boolean;
  /** The repository that this run is of. */
  readonly repository?: Repository | undefined;
}

/**
 * Applies nothing where anything stands in its way that can be seen before. Rejects with a PortError where the cluster
 * refuses, and with RunStopped where it is asked to stop before its first write; after that it reports.
 */
export async function deploy(ports: DeployPorts, request: DeployRequest): Promise<DeploymentReport> {
  const looked = await unlessStopped(ports, () => lookBefore(ports, request));
  return 'command' in looked ? looked : await carryOut(ports, request, looked);
}

interface Ready extends Required<RenderedDeployment>, Omit<Preflight, 'problems'> {}

/** The report of a deployment that is refused, or what is to be applied. Writes nothing. */
async function lookBefore(ports: DeployPorts, request: DeployRequest): Promise<DeploymentReport | Ready> {
  const { objects, clock } = ports;
  const reported = { command: 'deploy', objects } as const;
  const rendered = await render(ports.manifests, request, clusterFacts(ports, request));
  const { deployment, installation, remembered, problems } = rendered;
  if (deployment === undefined || installation === undefined || remembered === undefined) {
    const { name, namespace = request.namespace } = request.installation;
    return installationReport({ ...reported, installation: installation ?? { name, namespace } }, [], problems);
  }
  if (!request.allowDowngrade) await refuseDowngrade(objects, installation, request.version);
  const { controllerClass, deletionLimits, repository } = request;
  const ready = { ...rendered, deployment, installation, remembered };
  const input = { ...ready, objects, controllerClass, deletionLimits, repository, now: clock.now() };
  const { problems: found, ...looked } = await preflight(input);
  if (hasErrors(found)) return installationReport({ ...reported, installation }, [], [...problems, ...found]);
  return { ...ready, ...looked, problems: [...problems, ...found] };
}

async function carryOut(ports: DeployPorts, request: DeployRequest, ready: Ready): Promise<DeploymentReport> {
  const { installation, gone, own, problems } = ready;
  const reported = { command: 'deploy', objects: ports.objects, installation } as const;
  const input = { ...ports, ...ready, repository: request.repository, howFor: yieldingFor(own) };
  const installed = await install(input);
  const { applied, cronJob, problems: failed } = installed;
  if (failed.length > 0) {
    return installationReport(reported, handledObjects(applied), [...problems, ...failed, halfApplied(installed)]);
  }
  const followed = await firstPass(ports, { ...ready, ...request, installation, cronJob });
  const pruned = await pruneAfterPass(input, gone, followed);
  const told = [...problems, ...afterApplied(installation, installed, { followed, ...pruned })];
  const report = installationReport(reported, handledObjects([...applied, ...pruned.pruned]), told);
  return 'pass' in followed ? { ...report, pass: followed.pass } : report;
}
