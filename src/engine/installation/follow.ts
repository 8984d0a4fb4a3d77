/** Starts one Job of the CronJob now, and follows it until a pass has seen the intents, or something stands in the way. */
import { command, messageText, say, setting } from '../../core/model/message.ts';
import { jobOf } from '../../core/deploy/cron-job.ts';
import { explainJob, type Explanation } from '../../core/deploy/explain-pod.ts';
import { newestOf } from '../../core/deploy/pod-status.ts';
import { besideOurs, CONTAINER } from '../../core/deploy/sidecars.ts';
import { managerOf, names, type Installation } from '../../core/deploy/installation.ts';
import { readPassReport } from '../../core/deploy/pass-report-config.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import type { AskedResolution } from '../../core/model/push-intent.ts';
import type { PassReport } from '../../core/model/pass-report.ts';
import type { Clock } from '../../ports/clock.ts';
import { PortError } from '../../ports/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Objects } from '../../ports/objects.ts';
import { isStopping, RunStopped, unlessStopped } from '../stop.ts';

/** Of a pass that somebody waits for, and of none that the schedule starts. */
export interface PassOptions {
  /** Lifts the limits on deletions. */
  readonly force?: boolean;
  /** Vault objects of other installations are this one's. */
  readonly takeOver?: boolean;
  /** Answers to conflicts. */
  readonly resolve?: readonly AskedResolution[];
  /** It deletes what its PushSecrets wrote, and does nothing else. */
  readonly vaultObjects?: 'delete';
}

export interface FollowInput {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly installation: Installation;
  readonly cronJob: KubernetesObject;
  /** A pass counts only if it has seen these intents; absent = any. */
  readonly intentsDigest?: string;
  /** What this one pass is told beside what all are. */
  readonly pass?: PassOptions;
  readonly timeoutMs: number;
  readonly stop?: AbortSignal;
}

export type Followed =
  /** `beside`: containers in its pod that are not Keyferry's, and that a Job waits for too. */
  | { readonly pass: PassReport; readonly beside?: readonly string[] }
  /** Asked to stop: no Job was made, or the one that was made goes on. */
  | { readonly stopped: 'not-started' | 'under-way' }
  | { readonly explanation: Explanation; readonly timedOut: boolean; readonly log: string };

const ASK_EVERY_MS = 1_000;

export async function startAndFollow(input: FollowInput): Promise<Followed> {
  const { installation, clock } = input;
  const before = await readReport(input);
  const stamp = clock.now().getTime().toString(36);
  const name = `${installation.name.slice(0, 63 - stamp.length - 1)}-${stamp}`;
  if (isStopping(input)) return { stopped: 'not-started' };
  const made = await create(input, onePass(jobOf(input.cronJob, name), input.pass ?? {}));
  if ('refused' in made) return { explanation: made.refused, timedOut: false, log: '' };
  const { job } = made;
  return await unlessStopped(input, () => follow(input, job, before?.finishedAt)).catch(underWay);
}

/** A Job that is refused, as by a quota on Jobs, is told like one that gets nowhere: everything else was applied. */
async function create(
  { objects, installation }: FollowInput,
  job: KubernetesObject,
): Promise<{ readonly job: KubernetesObject } | { readonly refused: Explanation }> {
  try {
    return { job: await objects.create(job, managerOf(installation)) };
  } catch (error) {
    if (!(error instanceof PortError) || error.whole) throw error;
    const { what, fix } = error;
    return { refused: { what: say`no pass could be started: ${what}`, fix, mayPass: false } };
  }
}

/** Following only reads, so that it is left at once. */
function underWay(error: unknown): Followed {
  if (error instanceof RunStopped) return { stopped: 'under-way' };
  throw error;
}

/** A pass that somebody waits for starts at once and is the only one. */
const OF_THE_SCHEDULE = ['KEYFERRY_WINDOW', 'KEYFERRY_START_DELAY'];

function variablesOf({
  force,
  takeOver,
  vaultObjects,
  resolve = [],
}: PassOptions): readonly { name: string; value: string }[] {
  const answers = resolve.map(({ push, side, version }) => `${push}=${side}@${version}`).join(',');
  return [
    ...(force === true ? [{ name: 'KEYFERRY_FORCE', value: 'true' }] : []),
    ...(takeOver === true ? [{ name: 'KEYFERRY_TAKE_OVER', value: 'true' }] : []),
    ...(vaultObjects === undefined ? [] : [{ name: 'KEYFERRY_VAULT_OBJECTS', value: vaultObjects }]),
    ...(answers === '' ? [] : [{ name: 'KEYFERRY_RESOLVE', value: answers }]),
  ];
}

/** The Job that is started by hand makes one pass over everything, due or not: whoever waits for it wants the values of now. */
function onePass(job: KubernetesObject, options: PassOptions): KubernetesObject {
  const spec = job['spec'] as { template: { spec: { containers: readonly { env?: readonly { name: string }[] }[] } } };
  const { template } = spec;
  const containers = template.spec.containers.map((container) => ({
    ...container,
    env: [
      ...(container.env ?? []).filter(({ name }) => !OF_THE_SCHEDULE.includes(name)),
      { name: 'KEYFERRY_DUE', value: 'false' },
      ...variablesOf(options),
    ],
  }));
  return { ...job, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } };
}

async function follow(input: FollowInput, job: KubernetesObject, lastSeen: string | undefined): Promise<Followed> {
  const { clock, timeoutMs } = input;
  const deadline = clock.now().getTime() + timeoutMs;
  const patience = new Patience(input);
  for (;;) {
    const pass = await newPass(input, lastSeen);
    if (pass !== undefined) return await withNeighbours(input, job, pass);
    const explanation = await explain(input, job);
    const late = clock.now().getTime() >= deadline;
    if (late || patience.isOver(explanation)) {
      // The report may have been written between the two looks.
      const last = await newPass(input, lastSeen);
      if (last !== undefined) return await withNeighbours(input, job, last);
      return { explanation: explanation ?? nothingYet(timeoutMs), timedOut: late, log: await logOf(input, job) };
    }
    // Nobody waits for it any more.
    if (isStopping(input)) return { stopped: 'under-way' };
    await clock.sleep(ASK_EVERY_MS);
  }
}

/** What stands in the way is told when it is first seen, and is waited for as long as that makes sense. */
class Patience {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #told = '';
  #since = 0;

  constructor({ clock, logger }: FollowInput) {
    this.#clock = clock;
    this.#logger = logger;
  }

  isOver(explanation: Explanation | undefined): boolean {
    const now = this.#clock.now().getTime();
    if (explanation === undefined) {
      this.#since = 0;
      return false;
    }
    const { what, fix, mayPass, withinMs } = explanation;
    if (!mayPass) return true;
    const said = messageText(what);
    if (said !== this.#told) this.#logger.warn(say`${what}. ${fix}`);
    // Numbers in the words may change from one attempt to the next.
    if (this.#since === 0 || withinMs === undefined) this.#since = now;
    this.#told = said;
    return withinMs !== undefined && now - this.#since >= withinMs;
  }
}

async function withNeighbours(input: FollowInput, job: KubernetesObject, pass: PassReport): Promise<Followed> {
  const pod = newestOf(await podsOf(input, job).catch(() => []));
  const beside = pod === undefined ? [] : besideOurs(pod);
  return beside.length === 0 ? { pass } : { pass, beside };
}

async function newPass(input: FollowInput, lastSeen: string | undefined): Promise<PassReport | undefined> {
  const report = await readReport(input);
  if (report === undefined || report.finishedAt === lastSeen) return undefined;
  const { intentsDigest } = input;
  return intentsDigest === undefined || report.intentsDigest === intentsDigest ? report : undefined;
}

export async function readReport({
  objects,
  installation,
}: Pick<FollowInput, 'objects' | 'installation'>): Promise<PassReport | undefined> {
  const { namespace } = installation;
  const name = names.report(installation);
  const configMap = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
  return configMap === undefined ? undefined : readPassReport(configMap);
}

async function podsOf(
  { objects }: Pick<FollowInput, 'objects'>,
  { metadata: { namespace = '', name } }: KubernetesObject,
): Promise<readonly KubernetesObject[]> {
  return await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { 'batch.kubernetes.io/job-name': name });
}

async function explain(input: FollowInput, started: KubernetesObject): Promise<Explanation | undefined> {
  const { objects } = input;
  const { namespace = '', name } = started.metadata;
  const job = await objects.read({ apiVersion: 'batch/v1', kind: 'Job', namespace, name });
  if (job === undefined) return { what: `Job ${namespace}/${name} was deleted`, fix: 'Deploy again.', mayPass: false };
  const pods = await podsOf(input, started);
  const involved = new Set([name, ...pods.map((pod) => pod.metadata.name)]);
  const events = await eventsOf(objects, namespace, involved);
  return explainJob({ job, pods, events });
}

/** Where Events may not be read, the status of the pods must do. */
async function eventsOf(
  objects: Objects,
  namespace: string,
  involved: ReadonlySet<string>,
): Promise<readonly KubernetesObject[]> {
  try {
    const events = await objects.list({ apiVersion: 'v1', kind: 'Event', namespace }, {});
    return events.filter((event) => {
      const { name = '' } = (event['involvedObject'] ?? {}) as { readonly name?: string };
      return involved.has(name);
    });
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Forbidden') return [];
    throw error;
  }
}

/** The last lines of Keyferry's container in the newest pod; '' where there are none. */
async function logOf(input: FollowInput, job: KubernetesObject): Promise<string> {
  try {
    const pod = newestOf(await podsOf(input, job));
    if (pod === undefined) return '';
    const { namespace = '', name } = pod.metadata;
    const text = await input.objects.log(namespace, name, CONTAINER);
    return text.trimEnd().split('\n').slice(-10).join('\n');
  } catch {
    return '';
  }
}

function nothingYet(timeoutMs: number): Explanation {
  return {
    what: `no pass came to its end within ${Math.round(timeoutMs / 1000)} s`,
    fix: say`Give it more time with ${setting('wait-timeout')}, or look with ${command('status')}.`,
    mayPass: true,
  };
}
