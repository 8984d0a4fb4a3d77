/**
 * `uninstall`: takes away what `deploy` made, with `secrets: delete` the Secrets that the job made, and with
 * `vaultObjects: delete` what it wrote into vaults. Never a CustomResourceDefinition.
 *
 * First vault objects, as long as there is a job that can delete them. Then the CronJob and its Jobs, and the pass that is under way is waited for, so that nothing is written while the rest
 * goes; the inventory last, so that a run that dies in between can be repeated. A Secret that is kept loses its
 * ownerReference before its custom resource goes, or the garbage collector would delete it.
 */
import type { KubernetesObject } from '../core/model/kubernetes-object.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import {
  belongingsOf,
  exceptJobs,
  recordsOf,
  type BelongingsRequest,
  type RecordPorts,
} from '../engine/installation/belongings.ts';
import { installationReport } from '../engine/installation/installation-report.ts';
import {
  handleSecrets,
  type HandledSecrets,
  type SecretPorts,
  type SecretsRequest,
} from '../engine/installation/leave-secrets.ts';
import { isStillThere, leftAlone, removalProblems, removeAll } from '../engine/installation/take-away.ts';
import { untilNoPass } from '../engine/installation/until-no-pass.ts';
import { handleVaultObjects, type VaultPorts, type VaultObjectsRequest } from '../engine/installation/vault-objects.ts';
import { beginUnlessStopping, unlessStopped } from '../engine/stop.ts';

export type UninstallPorts = SecretPorts & RecordPorts & VaultPorts;

export type UninstallRequest = BelongingsRequest & SecretsRequest & VaultObjectsRequest;

/** Rejects with RunStopped where it is asked to stop before its first write; after that it reports what is left. */
export async function uninstall(ports: UninstallPorts, request: UninstallRequest): Promise<DeploymentReport> {
  const { objects } = ports;
  const { installation } = request;
  const reported = { command: 'uninstall', objects, installation } as const;
  const { problem } = await unlessStopped(ports, () => belongingsOf(objects, request));
  if (problem !== undefined) return installationReport(reported, [], [problem]);
  beginUnlessStopping(ports);
  const pushed = await handleVaultObjects(ports, request);
  if (!pushed.areDone) return installationReport(reported, pushed.handled, pushed.problems);
  // With the Job of that pass.
  const { own, jobs } = await belongingsOf(objects, request);
  const jobsGone = await removeAll(jobs, ports, installation);
  // A CronJob that is still there goes on starting passes: they need what they have.
  const isRunning = jobsGone.some(({ outcome }) => outcome === 'failed');
  const rest = isRunning
    ? { handled: leftAlone(exceptJobs(own)), areDone: false }
    : await takeRest(ports, request, own);
  const handled = [...jobsGone, ...rest.handled];
  const problems = removalProblems(ports, handled, request.secrets === 'delete' && !rest.areDone);
  return installationReport(reported, [...pushed.handled, ...handled], [...pushed.problems, ...problems]);
}

/** Everything but what starts passes, Secrets first, and the records last. */
async function takeRest(
  ports: UninstallPorts,
  request: UninstallRequest,
  own: readonly KubernetesObject[],
): Promise<HandledSecrets> {
  const { installation } = request;
  await untilNoPass(ports, installation);
  const secrets = await handleSecrets(ports, request, own);
  // A Secret that still has its owner would go with it.
  const isOwned = request.secrets === 'keep' && secrets.handled.some(({ outcome }) => outcome === 'failed');
  const objects = isOwned ? leftAlone(exceptJobs(own)) : await removeAll(exceptJobs(own), ports, installation);
  const handled = [...secrets.handled, ...objects];
  // Without its records nobody could be told any more what is still there; the inventory knows of the other records.
  const records = handled.some(isStillThere) ? [] : await recordsOf(ports, installation);
  for (const group of records) {
    if (handled.some(isStillThere)) break;
    handled.push(...(await removeAll(group, ports, installation)));
  }
  return { handled, areDone: secrets.areDone };
}
