/**
 * A pod of the Job, tried before anything is applied. The API server looks at pods only when the Job makes one, minutes
 * after everything was applied; what a quota, a LimitRange or a policy says to it then can be known before.
 *
 * Whoever deploys need not be allowed to make pods: then nothing is known, and the Job's Events tell it later. What may
 * pass by itself, or is not understood, is left to them as well: the pod that is tried is not quite the Job's own.
 */
import { say } from '../../core/model/message.ts';
import { explainRefusal } from '../../core/deploy/explain-refusal.ts';
import { managerOf, type Installation } from '../../core/deploy/installation.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Objects } from '../../ports/objects.ts';

export async function podRefusals(
  objects: Objects,
  installation: Installation,
  cronJob: KubernetesObject,
): Promise<readonly Problem[]> {
  const { namespace, name } = installation;
  const account = await objects.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name });
  const pod = podOf(cronJob, account === undefined ? 'default' : name);
  const refusal = await objects.refusalOf(pod, managerOf(installation));
  const explanation = refusal === undefined ? undefined : explainRefusal(refusal);
  if (explanation === undefined || explanation.mayPass) return [];
  const { what, fix } = explanation;
  const at = { kind: 'CronJob', namespace, name };
  return [{ severity: 'error', code: 'cannot-be-applied', at, what, fix: say`Nothing was applied. ${fix}` }];
}

interface CronJobSpec {
  readonly jobTemplate: {
    readonly spec: { readonly template: { readonly metadata: object; readonly spec: object } };
  };
}

/** With a ServiceAccount that is there, since a pod of one that comes with the deployment would be refused. */
function podOf(cronJob: KubernetesObject, serviceAccountName: string): KubernetesObject {
  const { template } = (cronJob['spec'] as CronJobSpec).jobTemplate.spec;
  const { namespace, name } = cronJob.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `${name}-tried`, ...(namespace === undefined ? {} : { namespace }) },
    spec: { ...template.spec, serviceAccountName },
  };
}
