/** `status`: the checklist of an installation: CronJob, last pass, stores, ExternalSecrets, Secrets, next due, problems. */
import { lookOf, passProblems } from '../core/deploy/live-cron-job.ts';
import type { Installation } from '../core/deploy/installation.ts';
import type { KubernetesObject } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import type { PassReport } from '../core/model/pass-report.ts';
import type { Problem } from '../core/model/problem.ts';
import { MANIFEST_KINDS, targetOf } from '../core/model/target.ts';
import { sourceText } from '../core/report/build-push-report.ts';
import type { StatusReport, StatusRow } from '../core/report/status.ts';
import { readCronJob } from '../engine/installation/installed-cron-job.ts';
import { keysOf } from '../engine/installation/live-keys.ts';
import { readReport, startAndFollow, type PassOptions } from '../engine/installation/follow.ts';
import { load } from '../engine/sync/load.ts';
import { RunStopped, unlessStopped, type Stoppable } from '../engine/stop.ts';
import { PinnedIntents, pinsOrRefusal, StoredIntentsSource } from '../engine/installation/stored-intents.ts';
import type { Clock } from '../ports/clock.ts';
import { failureOf } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Objects } from '../ports/objects.ts';

/** What was deployed is looked at as it is. */
const UNASKED = { logins: 'unasked', targetKinds: MANIFEST_KINDS } as const;

export interface StatusPorts extends Stoppable {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface StatusRequest {
  readonly installation: Installation;
  readonly controllerClass: string;
  /** Starts a pass and waits so long for it; absent = looks only. */
  readonly refreshWithinMs?: number;
  /** What that pass is told. */
  readonly pass?: PassOptions;
}

const PASS_GOES_ON =
  'the run was asked to stop; the pass that it started in the cluster is not. See how it ends with the command status.';

/** Rejects with RunStopped as soon as it is asked to stop. */
export async function status(ports: StatusPorts, request: StatusRequest): Promise<StatusReport> {
  const cronJob = await unlessStopped(ports, () => readCronJob(ports.objects, request.installation));
  const refreshProblems = await refresh(ports, request, cronJob);
  const text = request.refreshWithinMs === undefined ? undefined : PASS_GOES_ON;
  return await unlessStopped(ports, () => reportOf(ports, request, { cronJob, refreshProblems }), text);
}

interface Refreshed {
  readonly cronJob: KubernetesObject;
  readonly refreshProblems: readonly Problem[];
}

async function reportOf(
  ports: StatusPorts,
  request: StatusRequest,
  { cronJob, refreshProblems }: Refreshed,
): Promise<StatusReport> {
  const { objects } = ports;
  const { installation } = request;
  const { namespace, name } = installation;
  const pass = await readReport({ objects, installation });
  const { rows, problems } = await rowsOf(ports, request, cronJob);
  return {
    installation: `${namespace}/${name}`,
    cluster: objects.description,
    ...lookOf(cronJob),
    ...(pass === undefined ? {} : { pass }),
    rows: rows.map((row) => withPass(row, pass)),
    problems: [...refreshProblems, ...problems, ...passProblems(pass, cronJob, installation)],
  };
}

async function refresh(
  ports: StatusPorts,
  { installation, refreshWithinMs, pass = {} }: StatusRequest,
  cronJob: KubernetesObject,
): Promise<readonly Problem[]> {
  if (refreshWithinMs === undefined) return [];
  const followed = await startAndFollow({ ...ports, installation, cronJob, pass, timeoutMs: refreshWithinMs });
  if ('pass' in followed) return [];
  if ('stopped' in followed) throw followed.stopped === 'under-way' ? new RunStopped(PASS_GOES_ON) : new RunStopped();
  const { what, fix } = followed.explanation;
  return [{ severity: 'error', code: 'pass-missing', at: { kind: 'CronJob', ...installation }, what, fix }];
}

type DeployedRow = Omit<StatusRow, 'verdict' | 'nextDue' | 'targets'>;

/** Stores, ExternalSecrets and PushSecrets as deployed, and whether each Secret is there. */
async function rowsOf(
  { objects }: StatusPorts,
  { installation, controllerClass }: StatusRequest,
  cronJob: KubernetesObject,
): Promise<{ readonly rows: readonly DeployedRow[]; readonly problems: readonly Problem[] }> {
  try {
    const pins = () => Promise.resolve(pinsOrRefusal(cronJob, installation));
    const source = new StoredIntentsSource(objects, new PinnedIntents(objects, installation, pins));
    const { namespace } = installation;
    const loaded = await load(source, { only: [], controllerClass, namespace, ...UNASKED });
    const stores = loaded.stores.map(({ ref, place }): DeployedRow => ({
      object: refText(ref),
      detail: place,
    }));
    const intents = await Promise.all(
      loaded.intents.map(async (intent) => {
        const target = targetOf(intent);
        const { keys, held } = await keysOf(objects, target);
        return { row: { object: refText(intent.ref), secret: refText(target), keys }, held };
      }),
    );
    const held = intents.flatMap((one) => (one.held === undefined ? [] : [one.held]));
    const pushes = loaded.pushes.map((push): DeployedRow => ({ object: refText(push.ref), from: sourceText(push) }));
    return {
      rows: [...stores, ...intents.map(({ row }) => row), ...pushes],
      problems: [...loaded.problems, ...held],
    };
  } catch (error) {
    const { what, fix } = failureOf(error);
    return { rows: [], problems: [{ severity: 'error', code: 'unreadable-intents', what, fix }] };
  }
}

function withPass(row: DeployedRow, pass: PassReport | undefined): StatusRow {
  const push = pass?.pushes?.find(({ object }) => object === row.object);
  const seen = push ?? pass?.objects.find(({ object }) => object === row.object);
  if (seen === undefined) return row;
  const targets = push === undefined ? {} : { targets: push.targets };
  return {
    ...row,
    ...targets,
    verdict: seen.verdict,
    ...(seen.nextDue === undefined ? {} : { nextDue: seen.nextDue }),
  };
}
