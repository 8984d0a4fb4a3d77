/** `suspend` and `resume`: whether the CronJob starts passes by itself. What is under way goes on. */
import { managerOf, type Installation } from '../core/deploy/installation.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { unlessStopped, type Stoppable } from '../engine/stop.ts';
import { PortError } from '../ports/errors.ts';
import type { Objects } from '../ports/objects.ts';

export interface SuspendPorts extends Stoppable {
  readonly objects: Objects;
}

/** Rejects with RunStopped where it is asked to stop before its one write. */
export async function suspend(ports: SuspendPorts, installation: Installation): Promise<DeploymentReport> {
  return await setSuspended(ports, installation, true);
}

/** The same. */
export async function resume(ports: SuspendPorts, installation: Installation): Promise<DeploymentReport> {
  return await setSuspended(ports, installation, false);
}

async function setSuspended(
  ports: SuspendPorts,
  installation: Installation,
  suspended: boolean,
): Promise<DeploymentReport> {
  const { objects } = ports;
  const { namespace, name } = installation;
  const ref = { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name } as const;
  const live = await unlessStopped(ports, () => objects.read(ref));
  if (live === undefined) throw notInstalled(objects, installation);
  const before = (live['spec'] as { readonly suspend?: boolean }).suspend === true;
  if (before !== suspended) await objects.patch(ref, { spec: { suspend: suspended } }, managerOf(installation));
  return {
    command: suspended ? 'suspend' : 'resume',
    installation: `${namespace}/${name}`,
    cluster: objects.description,
    objects: [{ object: `CronJob ${namespace}/${name}`, outcome: before === suspended ? 'unchanged' : 'changed' }],
    problems: [],
  };
}

export function notInstalled({ description }: Objects, { namespace, name }: Installation): PortError {
  return new PortError({
    kind: 'NotFound',
    code: 'NotInstalled',
    whole: true,
    what: `${description} has no installation ${namespace}/${name}`,
    fix: 'Check --installation and --installation-namespace.',
  });
}
