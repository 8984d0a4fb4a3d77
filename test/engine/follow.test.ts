/** What `deploy` tells of the pods: before it applies anything, while it waits, and beside a pass that ended well. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { deploy, type DeployRequest } from '../../src/commands/deploy.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { INTENTS_ANNOTATION } from '../../src/core/deploy/cron-job.ts';
import { failedPass, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import type { KubernetesObject } from '../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { PortError } from '../../src/ports/errors.ts';
import { FakeClock, InMemoryCluster, InMemoryObjects, InMemoryState, RecordingLogger } from '../fakes/index.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

const INSTALLATION = { namespace: 'shop', name: 'keyferry' };
const REQUEST: DeployRequest = {
  installation: { name: 'keyferry' },
  home: 'config-maps',
  clusterRights: false,
  controllerClass: 'keyferry',
  extras: [],
  pod: { image: 'node:24', imagePullSecrets: [], environment: {}, tolerations: [] },
  engine: { packed: Buffer.from('engine') },
  version: '1.0.0',
  jobVariables: {},
  allowDowngrade: false,
  deletionLimits: undefined,
  waitTimeoutMs: 300_000,
};

let objects: InMemoryObjects;
let clock: FakeClock;
let logger: RecordingLogger;
/** What is there of the Job once it is made. */
let afterJob: (job: string) => readonly KubernetesObject[];

beforeEach(() => {
  objects = new InMemoryObjects();
  clock = new FakeClock();
  logger = new RecordingLogger();
  afterJob = () => [];
  objects.before = ({ kind, name }, verb) => {
    if (kind !== 'Job' || verb !== 'create') return;
    for (const object of afterJob(name)) void objects.apply(object);
  };
});

async function deployed(request: Partial<DeployRequest> = {}) {
  const text = yaml(STORE, externalSecret('db'));
  const started = clock.now().getTime();
  const report = await deploy(
    {
      manifests: { load: () => Promise.resolve(parseDocuments('all.yaml', text)) },
      objects,
      stateOf: () => ({
        state: new InMemoryState(new InMemoryCluster()),
        stateCount: () => Promise.resolve(1),
      }),
      clock,
      logger,
    },
    { ...REQUEST, ...request },
  );
  const seconds = Math.round((clock.now().getTime() - started) / 1000);
  return { problems: report.problems.map(problemText), applied: report.objects.length, seconds };
}

function pod(job: string, status: object, others: readonly string[] = []): KubernetesObject {
  const containers = ['keyferry', ...others].map((name) => ({ name, image: 'node:24' }));
  const metadata = { name: `${job}-x`, namespace: 'shop', labels: { 'batch.kubernetes.io/job-name': job } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers }, status };
}

function refusedPod(job: string, words: string): KubernetesObject {
  const metadata = { name: `${job}.1`, namespace: 'shop' };
  const message = `Error creating: ${words}`;
  return { apiVersion: 'v1', kind: 'Event', metadata, reason: 'FailedCreate', message, involvedObject: { name: job } };
}

function leavePass(): void {
  void objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', ...INSTALLATION }).then(async (cronJob) => {
    const intentsDigest = cronJob?.metadata.annotations?.[INTENTS_ANNOTATION] ?? '';
    const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: clock.now().toISOString() };
    const pass = failedPass({ version: '1.0.0', intentsDigest, ...times, exitCode: 0, holder: 'pod' }, '');
    await objects.apply(passReportConfig({ ...pass, problems: [] }, INSTALLATION));
  });
}

const MUST_SPECIFY = 'pods "keyferry-tried" is forbidden: failed quota: compute: must specify limits.cpu for: keyferry';

describe('a pod that would be refused', () => {
  it('is tried before anything is applied, with the ServiceAccount that is there', async () => {
    const tried: KubernetesObject[] = [];
    objects.refusal = (object) => {
      tried.push(object);
      return MUST_SPECIFY;
    };
    expect(await deployed()).toEqual({
      problems: [
        'CronJob shop/keyferry: no pod may be created: failed quota: compute: must specify limits.cpu for: keyferry. Nothing was applied. Give --cpu-limit, or ask who runs the ResourceQuota.',
      ],
      applied: 0,
      seconds: 0,
    });
    expect(objects.names()).toEqual([]);
    expect(tried).toMatchObject([{ kind: 'Pod', spec: { serviceAccountName: 'default' } }]);
  });

  it.each([
    ['what may pass', 'pods "x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1'],
    ['what is not understood', 'pods "x" is forbidden: unable to validate against any security context constraint'],
    ['a webhook that takes no dry run', 'admission webhook "x" does not support dry run'],
  ])('is applied all the same for %s', async (_title, words) => {
    objects.refusal = () => words;
    afterJob = () => (leavePass(), []);
    expect((await deployed()).problems).toEqual([]);
  });
});

describe('a pod of the Job', () => {
  it('that can never be made ends the wait at once, with the option that mends it', async () => {
    afterJob = (job) => [refusedPod(job, MUST_SPECIFY)];
    const { problems, seconds } = await deployed();
    expect(problems).toEqual([
      'CronJob shop/keyferry: no pod may be created: failed quota: compute: must specify limits.cpu for: keyferry. Give --cpu-limit, or ask who runs the ResourceQuota.',
    ]);
    expect(seconds).toBe(0);
  });

  it('that a webhook holds up is told at once, and waited for a minute', async () => {
    const words = 'Internal error occurred: failed calling webhook "policy.example": connection refused';
    afterJob = (job) => [refusedPod(job, words)];
    const { problems, seconds } = await deployed();
    const told =
      'the admission webhook policy.example does not answer: connection refused. See that it runs, or ask who runs it: until then no pod of this namespace starts.';
    expect(logger.records.map(({ message }) => message)).toContain(told);
    expect(problems).toEqual([`CronJob shop/keyferry: ${told}`]);
    expect(seconds).toBe(60);
  });

  it('whose image cannot be pulled at first is waited for, and the pass counts', async () => {
    const waiting = { reason: 'ErrImagePull', message: 'toomanyrequests: rate limit' };
    afterJob = (job) => [pod(job, { containerStatuses: [{ name: 'keyferry', state: { waiting } }] })];
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms) => {
      leavePass();
      return sleep(ms);
    };
    const { problems, seconds } = await deployed();
    expect({ problems, seconds }).toEqual({ problems: [], seconds: 1 });
  });

  it('has its log read by the name of its container', async () => {
    const asked: string[] = [];
    objects.log = async (_namespace, name, container) => {
      asked.push(`${name} ${container}`);
      return 'one\ntwo\n';
    };
    const state = { terminated: { exitCode: 3, message: 'no credential' } };
    const statuses = [
      { name: 'istio-proxy', state: { running: {} } },
      { name: 'keyferry', state },
    ];
    afterJob = (job) => [pod(job, { containerStatuses: statuses }, ['istio-proxy'])];
    const { problems } = await deployed();
    expect(problems).toEqual([
      'CronJob shop/keyferry: the pass ended with exit code 3: no credential. Mend what it names, and deploy again. The end of its log:\none\ntwo',
    ]);
    expect(asked).toEqual([expect.stringMatching(/^keyferry-\w+-x keyferry$/u)]);
  });

  it('that holds another container is told beside a pass that ended well', async () => {
    const running = { state: { running: {} } };
    const statuses = [
      { name: 'istio-proxy', ...running },
      { name: 'keyferry', ...running },
    ];
    afterJob = (job) => (leavePass(), [pod(job, { containerStatuses: statuses }, ['istio-proxy'])]);
    expect((await deployed()).problems).toEqual([
      'CronJob shop/keyferry: its pods also hold container istio-proxy: unless that ends when the pass does, each Job runs until its deadline and fails (DeadlineExceeded). Keep it out with --pod-annotation sidecar.istio.io/inject=false.',
    ]);
  });
});

it('a Job that is refused is told beside everything that was applied', async () => {
  objects.before = ({ kind }, verb) => {
    if (kind !== 'Job' || verb !== 'create') return;
    const what = 'Job shop/keyferry-1 would exceed the ResourceQuota objects';
    throw new PortError({ kind: 'Forbidden', what, fix: 'Raise the quota, or remove something.' });
  };
  expect(await deployed()).toEqual({
    problems: [
      'CronJob shop/keyferry: no pass could be started: Job shop/keyferry-1 would exceed the ResourceQuota objects. Raise the quota, or remove something.',
    ],
    applied: 6,
    seconds: 0,
  });
});

describe('the pass of a deployment', () => {
  it('is told once what was asked for this pass, and no pass of the schedule is', async () => {
    const jobs: KubernetesObject[] = [];
    afterJob = () => (leavePass(), []);
    const create = objects.create.bind(objects);
    objects.create = async (object) => {
      jobs.push(object);
      return await create(object);
    };
    const resolve = [{ push: 'shop/orders', side: 'source', version: '4c9d' }] as const;
    expect((await deployed({ pass: { takeOver: true, resolve } })).problems).toEqual([]);
    const asked = ['KEYFERRY_FORCE', 'KEYFERRY_TAKE_OVER', 'KEYFERRY_RESOLVE'];
    const variablesOf = (object: KubernetesObject | undefined): unknown =>
      [...JSON.stringify(object).matchAll(/"name":"(KEYFERRY_[A-Z_]+)","value":"([^"]*)"/gu)]
        .filter(([, name = '']) => asked.includes(name))
        .map(([, name, value]) => `${name}=${value}`);
    expect(variablesOf(jobs[0])).toEqual([
      'KEYFERRY_FORCE=true',
      'KEYFERRY_TAKE_OVER=true',
      'KEYFERRY_RESOLVE=shop/orders=source@4c9d',
    ]);
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', ...INSTALLATION });
    expect(variablesOf(cronJob)).toEqual([]);
  });
});
