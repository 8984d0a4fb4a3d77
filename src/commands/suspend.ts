/** `suspend` and `resume`: whether the CronJob starts passes by itself. What is under way goes on. */
import { managerOf, type Installation } from '../core/deploy/installation.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { PortError } from '../ports/errors.ts';
import type { Objects } from '../ports/objects.ts';

export async function suspend(objects: Objects, installation: Installation): Promise<DeploymentReport> {
  return await setSuspended(objects, installation, true);
}

export async function resume(objects: Objects, installation: Installation): Promise<DeploymentReport> {
  return await setSuspended(objects, installation, false);
}

async function setSuspended(
  objects: Objects,
  installation: Installation,
  suspended: boolean,
): Promise<DeploymentReport> {
  const { namespace, name } = installation;
  const ref = { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name } as const;
  const live = await objects.read(ref);
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
