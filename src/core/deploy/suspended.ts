/** A CronJob that starts no passes by itself: deployed or not, nothing is refreshed, and no step fails for it. */
import { command, say, type Message } from '../model/message.ts';
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
  const own = name === 'keyferry' ? [] : [{ setting: 'installation', value: name } as const];
  return [
    {
      severity: 'warning',
      code: 'suspended',
      at: { kind: 'CronJob', namespace, name },
      what: say`is suspended${byWhom(cronJob, installation)}: nothing is refreshed until it goes on`,
      fix: say`It stays so. To let it go on: ${command('resume', ...own, { setting: 'installation-namespace', value: namespace })}.`,
    },
  ];
}

function byWhom(cronJob: KubernetesObject, installation: Installation): Message {
  const managers = managedFieldsOf(cronJob).flatMap(({ manager = '', fieldsV1 }) =>
    fieldsV1?.['f:spec']?.['f:suspend'] === undefined ? [] : [manager],
  );
  const [manager] = managers;
  if (manager === undefined) return '';
  return manager === managerOf(installation) ? say` (by ${command('suspend')})` : ` (set by "${manager}")`;
}
