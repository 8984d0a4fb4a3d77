/** What a deployment does where the API server says no: nothing is deleted for it, and what was done is told. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { problemText } from '../../src/core/model/problem.ts';
import { deploymentExitCode, type DeploymentReport } from '../../src/core/report/deployment.ts';
import type { TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { InstallingWorld, says, textOf } from './installing-world.ts';

let world: InstallingWorld;
beforeEach(() => {
  world = new InstallingWorld();
});

const refText = ({ kind, namespace = '', name }: TypedRef) => `${kind} ${namespace}/${name}`;
const problems = (report: DeploymentReport) =>
  report.problems.map(({ severity, ...one }) => `${severity} ${problemText({ severity, ...one })}`);
const denied = (ref: TypedRef) =>
  says(
    'Forbidden',
    'PolicyDenied',
    `${refText(ref)} is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required`,
  );
const isWrite = (verb: string) => !verb.endsWith('dry-run');

describe('a policy that comes to a cluster with an installation', () => {
  beforeEach(async () => {
    expect((await world.deploy()).problems).toEqual([]);
  });

  it('is told before anything is touched', async () => {
    const before = world.objects.names();
    world.says = (ref) => {
      if (ref.kind === 'RoleBinding') throw denied(ref);
    };
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'error RoleBinding shop/keyferry: is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required. Nothing was applied. Do something about it.',
    ]);
    expect([world.writes, world.objects.names()]).toEqual([[], before]);
  });

  it('is told, and nothing is deleted for it, where only the write meets it', async () => {
    const before = world.objects.names();
    world.says = (ref, verb) => {
      if (ref.kind === 'RoleBinding' && isWrite(verb)) throw denied(ref);
    };
    const report = await world.deploy();
    expect(world.writes.filter((write) => write.startsWith('delete'))).toEqual([]);
    expect(world.objects.names()).toEqual(before);
    expect(deploymentExitCode(report)).toBe(1);
    expect(textOf(report)).toBe(
      [
        'Not wholly deployed: shop/keyferry in cluster in-memory',
        '',
        '  ! failed   RoleBinding shop/keyferry',
        '  ! left     CronJob shop/keyferry',
        '',
        '0 created, 0 changed, 0 deleted, 4 unchanged, 1 failed, 1 left.',
        '',
        '  error    RoleBinding shop/keyferry: is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required. Do something about it.',
        '  error    the installation is half applied, and no pass was started. Not applied: RoleBinding shop/keyferry, CronJob shop/keyferry. Mend what is told above, and deploy again: what is done stays done.',
        '',
      ].join('\n'),
    );
  });

  it('is told also where it refuses what an object would be made anew as', async () => {
    world.says = (ref, verb) => {
      if (ref.kind !== 'RoleBinding') return;
      if (ref.name === 'keyferry') throw immutable(ref);
      if (!isWrite(verb)) throw denied(ref);
    };
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'error RoleBinding shop/keyferry: is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required. Nothing was applied. Do something about it.',
    ]);
    expect(world.writes).toEqual([]);
  });
});

const immutable = (ref: TypedRef) =>
  says('Invalid', 'ImmutableField', `${refText(ref)} is invalid: roleRef: Invalid value: cannot change roleRef`);

describe('an object whose field cannot change', () => {
  let stored: unknown;

  beforeEach(async () => {
    await world.deploy();
    stored = await world.find('RoleBinding');
  });

  /** Until it was deleted. */
  const immutableUntilDeleted = (then: (ref: TypedRef) => void = () => undefined) => {
    let isDeleted = false;
    world.says = (ref, verb) => {
      if (ref.kind !== 'RoleBinding' || ref.name !== 'keyferry') return;
      if (verb === 'delete') isDeleted = true;
      else if (!isDeleted) throw immutable(ref);
      else if (isWrite(verb)) then(ref);
    };
  };

  it('is made anew', async () => {
    immutableUntilDeleted();
    const report = await world.deploy();
    expect(report.problems).toEqual([]);
    expect(world.writes.filter((write) => write.includes('RoleBinding'))).toEqual([
      'apply RoleBinding keyferry',
      'delete RoleBinding keyferry',
      'apply RoleBinding keyferry',
    ]);
    expect(await world.find('RoleBinding')).toBeDefined();
  });

  it('is put back where it cannot be made anew', async () => {
    let attempts = 0;
    immutableUntilDeleted((ref) => {
      attempts += 1;
      if (attempts === 1) throw denied(ref);
    });
    const report = await world.deploy();
    expect(problems(report)[0]).toBe(
      'error RoleBinding shop/keyferry: is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required. What was there before is put back. Do something about it.',
    );
    const there = (await world.find('RoleBinding'))!;
    expect({ ...there, metadata: undefined }).toEqual({ ...(stored as object), metadata: undefined });
    expect(there.metadata).toMatchObject({ name: 'keyferry', namespace: 'shop' });
  });

  it('is told to be missing where it can neither be made anew nor put back', async () => {
    immutableUntilDeleted((ref) => {
      throw denied(ref);
    });
    const report = await world.deploy();
    expect(problems(report)[0]).toMatch(
      /^error RoleBinding shop\/keyferry: is missing now: it was deleted to be made anew, and then it is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required\. It could not be put back either/u,
    );
    expect(deploymentExitCode(report)).toBe(1);
  });

  it('is not made anew while a finalizer holds it', async () => {
    await world.objects.patch(
      { apiVersion: 'v1', kind: 'RoleBinding', namespace: 'shop', name: 'keyferry' },
      { metadata: { finalizers: ['example.com/hold'] } },
    );
    immutableUntilDeleted();
    const report = await world.deploy();
    expect(problems(report)[0]).toContain(
      'RoleBinding shop/keyferry: has to be made anew, for a field of it cannot change, and is being deleted, held by example.com/hold.',
    );
  });
});

describe('a deployment tells without refusing it', () => {
  it('that a webhook takes no dry run', async () => {
    world.says = (ref, verb) => {
      if (ref.kind === 'CronJob' && !isWrite(verb))
        throw says(
          'Invalid',
          'NoDryRun',
          `${refText(ref)} cannot be tried before it is applied: the admission webhook a.example of cluster test takes no dry run`,
        );
    };
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'warning CronJob shop/keyferry: cannot be tried before it is applied: the admission webhook a.example of cluster test takes no dry run. Do something about it.',
    ]);
    expect(await world.find('CronJob')).toBeDefined();
  });

  it('whose fields it takes over', async () => {
    world.says = (ref, verb) => {
      if (ref.kind === 'CronJob' && verb === 'dry-run')
        throw says(
          'Conflict',
          'FieldConflict',
          `${refText(ref)} has other values in spec.schedule, set by "argocd-controller"`,
        );
    };
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'warning CronJob shop/keyferry: has other values in spec.schedule, set by "argocd-controller"; they are taken over. Let both say the same, or take the object out of one of the two: else each undoes what the other did.',
    ]);
    expect(report.problems.map(({ code }) => code)).toEqual(['fields-taken']);
    expect(await world.find('CronJob')).toBeDefined();
  });

  it('that the installation is suspended, and by whom', async () => {
    await world.deploy();
    await world.objects.patch(
      { apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'shop', name: 'keyferry' },
      {
        metadata: { managedFields: [{ manager: 'kubectl-patch', fieldsV1: { 'f:spec': { 'f:suspend': {} } } }] },
        spec: { suspend: true },
      },
    );
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'warning CronJob shop/keyferry: is suspended (set by "kubectl-patch"): nothing is refreshed until it goes on. It stays so. To let it go on: keyferry resume --installation-namespace shop.',
    ]);
    expect(deploymentExitCode(report)).toBe(0);
  });
});

describe('a quota', () => {
  const quota = (hard: Readonly<Record<string, string>>, used: Readonly<Record<string, string>>) =>
    world.objects.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'objects', namespace: 'shop' },
      status: { hard, used },
    });

  it('without room for all of it is told before anything is applied', async () => {
    await quota(
      { configmaps: '3', 'count/jobs.batch': '0', 'limits.cpu': '4' },
      { configmaps: '1', 'count/jobs.batch': '0', 'limits.cpu': '0' },
    );
    const report = await world.deploy();
    expect(problems(report)).toEqual([
      'error ResourceQuota shop/objects: allows 3 configmaps, of which 1 are used, and the installation needs 5 more. Nothing was applied. Raise the quota, or remove something.',
      'error ResourceQuota shop/objects: allows 0 count/jobs.batch, of which 0 are used, and the installation needs 1 more. Nothing was applied. Raise the quota, or remove something.',
    ]);
    expect(world.writes).toEqual([]);
  });

  it('with room for it stands in no way, the second time as well', async () => {
    await quota({ configmaps: '5', 'count/jobs.batch': '1' }, { configmaps: '0', 'count/jobs.batch': '0' });
    expect((await world.deploy()).problems).toEqual([]);
    await world.objects.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'keyferry-state-0', namespace: 'shop' },
    });
    await quota({ configmaps: '5' }, { configmaps: '5' });
    expect((await world.deploy()).problems).toEqual([]);
  });
});

describe('a Job that is not taken', () => {
  it('does not hide that everything was applied', async () => {
    world.says = ({ kind }, verb) => {
      if (kind === 'Job' && verb === 'create')
        throw says('Forbidden', 'QuotaExceeded', 'Job shop/keyferry-1 would exceed the ResourceQuota jobs');
    };
    const report = await world.deploy();
    expect(report.objects.map(({ outcome }) => outcome)).toEqual(Array(6).fill('created'));
    expect(problems(report)).toEqual([
      'error CronJob shop/keyferry: no pass could be started: Job shop/keyferry-1 would exceed the ResourceQuota jobs. Do something about it.',
    ]);
  });
});
