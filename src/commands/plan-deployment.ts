/** `plan` of a deployment, beside what its pass would write: what would become of the installation's own objects. */
import type { Repository } from '../core/deploy/repository.ts';
import type { InstallationPlan } from '../core/model/installation-plan.ts';
import type { Problem } from '../core/model/problem.ts';
import { clusterFacts, type FactPorts } from '../engine/installation/cluster-facts.ts';
import { planInstallation } from '../engine/installation/plan-installation.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { render, type RenderRequest } from './render.ts';

export interface DeploymentPlan {
  /** Absent where a problem is an error: `deploy` would apply nothing. */
  readonly installation?: InstallationPlan;
  readonly problems: readonly Problem[];
}

/** Reads only. Rejects with a PortError where the cluster refuses more than single objects. */
export async function planDeployment(
  ports: FactPorts & { readonly manifests: ManifestSource },
  request: RenderRequest & { readonly repository?: Repository | undefined },
): Promise<DeploymentPlan> {
  const { deployment, installation, problems } = await render(ports.manifests, request, clusterFacts(ports, request));
  if (deployment === undefined || installation === undefined) return { problems };
  const { objects } = ports;
  const { repository } = request;
  const planned = await planInstallation({ objects, installation, deployment, repository });
  return { installation: planned.plan, problems: [...problems, ...planned.problems] };
}
