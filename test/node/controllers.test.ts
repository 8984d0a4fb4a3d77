/** Jobs and CronJobs of the job: their controllers start its pods, and a machine that dies does not lose a run. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../cluster/cluster-user.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { holdWrites } from './held-writes.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { machineThatTakesPods, powerOff, powerOn } from './machine.ts';
import { podEnded, podRuns, podsWith, refOf, type EndedPod } from './pods.ts';

const NAMESPACE = 'controllers';

let world: JobWorld;

beforeAll(async () => {
  world = await openJobWorld({ namespace: NAMESPACE, values: { db: 'correct-horse' }, identity: 'referenced' });
});
afterAll(() => world.close());

afterEach(async () => {
  await machineThatTakesPods(world.admin);
  await world.admin.delete('Secret', NAMESPACE, 'db');
  await world.admin.delete('ConfigMap', NAMESPACE, 'keyferry-state-0');
});

/** docs/reference/job.md: the exit code 3 ends the Job, a disruption does not count. */
function jobSpec(): Readonly<Record<string, unknown>> {
  const { metadata, spec } = world.pod('template');
  return {
    backoffLimit: 2,
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'FailJob', onExitCodes: { operator: 'In', values: [3] } },
      ],
    },
    template: { metadata: { labels: metadata.labels }, spec },
  };
}

function job(name: string, spec = jobSpec()): KubernetesObject {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: NAMESPACE, name }, spec };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** `Complete`, or `Failed` and why. */
async function jobEnded(name: string, seconds = 90): Promise<Pick<Condition, 'type' | 'reason'>> {
  return await eventually(
    `Job ${name} has ended`,
    async () => {
      const { status = {} } = await world.admin.read({ kind: 'Job', metadata: { namespace: NAMESPACE, name } });
      const { conditions = [] } = status as { readonly conditions?: readonly Condition[] };
      const found = conditions.find(({ type, status }) => status === 'True' && /^(Complete|Failed)$/u.test(type));
      return found === undefined ? undefined : { type: found.type, reason: found.reason ?? '' };
    },
    seconds,
  );
}

async function podsOf(jobName: string): Promise<readonly KubernetesObject[]> {
  return await podsWith(world.admin, NAMESPACE, 'batch.kubernetes.io/job-name', jobName);
}

async function endOf(pod: KubernetesObject): Promise<EndedPod> {
  return await podEnded(world.admin, refOf(pod));
}

describe('a Job', () => {
  it('is not tried again where its pod says that the manifests are wrong', async () => {
    const wrong = jobSpec();
    const { template } = wrong as { template: { spec: { containers: readonly [{ env: readonly object[] }] } } };
    const [container] = template.spec.containers;
    const env = [...container.env, { name: 'KEYFERRY_MAX_DELETES', value: 'ten' }];
    const spec = { ...template.spec, containers: [{ ...container, env }] };
    await world.admin.apply(job('wrong', { ...wrong, template: { ...template, spec } }));
    expect(await jobEnded('wrong')).toEqual({ type: 'Failed', reason: 'PodFailurePolicy' });
    const pods = await podsOf('wrong');
    expect(pods).toHaveLength(1);
    expect((await endOf(pods[0]!)).terminationMessage).toBe(
      'KEYFERRY_MAX_DELETES "ten" is not a whole number. Use 0 or more.',
    );
  });

  it('is done by another pod where the machine dies in the middle of a write', async () => {
    const held = await holdWrites(world, 'CREATE');
    await world.admin.apply(job('interrupted'));
    await held.reached;
    const [first] = await podsOf('interrupted');
    await podRuns(world.admin, refOf(first!));
    await powerOff();
    held.release();
    await powerOn(world.admin);
    expect(await jobEnded('interrupted')).toEqual({ type: 'Complete', reason: 'CompletionsReached' });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
  });
});

describe('a CronJob', () => {
  it('starts a Job at its time, which syncs', async () => {
    const spec = { schedule: '* * * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: jobSpec() } };
    const metadata = { namespace: NAMESPACE, name: 'every-minute' };
    await world.admin.apply({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec });
    const started = await eventually(
      'the CronJob has started a Job',
      async () => {
        const jobs = await world.admin.list('Job', NAMESPACE);
        return jobs.find((one) => one.metadata.ownerReferences?.[0]?.name === 'every-minute');
      },
      75,
    );
    expect(await jobEnded(started.metadata.name)).toEqual({ type: 'Complete', reason: 'CompletionsReached' });
    const [pod] = await podsOf(started.metadata.name);
    expect((await endOf(pod!)).terminationMessage).toBe('1 created, 0 updated, 0 deleted, 0 unchanged.');
    // Its Jobs and their pods go with it.
    await world.admin.delete('CronJob', NAMESPACE, 'every-minute');
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
  });
});
