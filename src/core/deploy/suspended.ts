/** A CronJob that starts no passes by itself: deployed or not, nothing is refreshed, and no step fails for it. */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Problem } from '../model/problem.ts';
import { managerOf, type Installation } from './installation.ts';
import { managedFieldsOf } from './managed-fields.ts';

/** A warning, where it is so. */
export function suspendedProblems(
  cronJob: KubernetesObject | undefined,
  installation: Installation,
): readonly Problem[] {
  const spec = (cronJob?.['spec'] ?? {}) as { readonly suspend?: unknown };
  if (cronJob === undefined || spec.suspend !== true) return [];
  const { name, namespace } = installation;
  const own = name === 'keyferry' ? '' : ` --installation ${name}`;
  return [
    {
      severity: 'warning',
      code: 'suspended',
      at: { kind: 'CronJob', namespace, name },
      what: `is suspended${byWhom(cronJob, installation)}: nothing is refreshed until it goes on`,
      fix: `It stays so. To let it go on: keyferry resume${own} --installation-namespace ${namespace}.`,
    },
  ];
}

function byWhom(cronJob: KubernetesObject, installation: Installation): string {
  const managers = managedFieldsOf(cronJob).flatMap(({ manager = '', fieldsV1 }) =>
    fieldsV1?.['f:spec']?.['f:suspend'] === undefined ? [] : [manager],
  );
  const [manager] = managers;
  if (manager === undefined) return '';
  return manager === managerOf(installation) ? ' (by keyferry suspend)' : ` (set by "${manager}")`;
}
