/** Whose fields of the CronJob a deployment takes: two that set one field undo each other's work at every turn. */
import { managerOf, type Installation } from '../core/deploy/installation.ts';
import { takenFields } from '../core/deploy/taken-fields.ts';
import { typedRefOf, type KubernetesObject } from '../core/model/kubernetes-object.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Objects } from '../ports/objects.ts';

export async function takenProblems(
  objects: Objects,
  installation: Installation,
  cronJob: KubernetesObject,
): Promise<readonly Problem[]> {
  const ref = typedRefOf(cronJob);
  const live = await objects.read(ref);
  if (live === undefined) return [];
  const at = { kind: 'CronJob', ...installation };
  return takenFields(cronJob, live, managerOf(installation)).map(({ field, managers }) => ({
    severity: 'warning',
    code: 'field-taken',
    at,
    field,
    what: `was set by ${managers.map((one) => `"${one}"`).join(', ')} to another value, and is taken from there`,
    fix: 'Let one of the two set it: give the option of deploy that says the same, or apply the installation with that tool alone.',
  }));
}
