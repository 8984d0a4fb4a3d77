/** The CronJob of an installation: what says that there is one. */
import { say, setting } from '../../core/model/message.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import type { KubernetesObject, TypedRef } from '../../core/model/kubernetes-object.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';

export function cronJobRef({ namespace, name }: Installation): TypedRef {
  return { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name };
}

/** `undefined` = there is none. */
export async function findCronJob(
  objects: Pick<Objects, 'read'>,
  installation: Installation,
): Promise<KubernetesObject | undefined> {
  return await objects.read(cronJobRef(installation));
}

/** Rejects with a PortError where there is none. */
export async function readCronJob(objects: Objects, installation: Installation): Promise<KubernetesObject> {
  const cronJob = await findCronJob(objects, installation);
  if (cronJob === undefined) throw notInstalled(objects, installation);
  return cronJob;
}

export function notInstalled({ description }: Objects, { namespace, name }: Installation): PortError {
  return new PortError({
    kind: 'NotFound',
    code: 'NotInstalled',
    whole: true,
    what: `${description} has no installation ${namespace}/${name}`,
    fix: say`Check ${setting('installation')} and ${setting('installation-namespace')}.`,
  });
}
