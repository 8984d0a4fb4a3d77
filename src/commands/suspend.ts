/** `suspend` and `resume`: whether the CronJob starts passes by itself. What is under way goes on. */
import { managerOf, type Installation } from '../core/deploy/installation.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { cronJobRef, readCronJob } from '../engine/installation/installed-cron-job.ts';
import { handledObjects, installationReport } from '../engine/installation/installation-report.ts';
import { unlessStopped, type Stoppable } from '../engine/stop.ts';
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
  const ref = cronJobRef(installation);
  const live = await unlessStopped(ports, () => readCronJob(objects, installation));
  const before = (live['spec'] as { readonly suspend?: boolean }).suspend === true;
  if (before !== suspended) await objects.patch(ref, { spec: { suspend: suspended } }, managerOf(installation));
  const command = suspended ? 'suspend' : 'resume';
  const handled = handledObjects([{ ref, outcome: before === suspended ? 'unchanged' : 'changed' }]);
  return installationReport({ command, objects, installation }, handled, []);
}
