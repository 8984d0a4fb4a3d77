/** What the commands of an installation do that are asked to stop, as a cancelled workflow asks with SIGINT. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { deploy, type DeployPorts, type DeployRequest } from '../../src/commands/deploy.ts';
import { status } from '../../src/commands/status.ts';
import { suspend } from '../../src/commands/suspend.ts';
import { uninstall } from '../../src/commands/uninstall.ts';
import { INTENTS_ANNOTATION } from '../../src/core/deploy/cron-job.ts';
import { failedPass, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../src/core/model/problem.ts';
import {
  deploymentAsText,
  deploymentExitCode,
  type DeploymentReport,
  type HandledObject,
} from '../../src/core/report/deployment.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { RunStopped } from '../../src/engine/stop.ts';
import { FakeClock, InMemoryCluster, InMemoryObjects, InMemoryState, RecordingLogger } from '../fakes/index.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

const INSTALLATION = { namespace: 'shop', name: 'keyferry' };
const REQUEST: DeployRequest = {
  installation: { name: 'keyferry' },
  home: 'config-maps',
  clusterRights: false,
  controllerClass: 'keyferry',
  extras: [],
  pod: { image: 'node:24', imagePullSecrets: [], environment: {}, tolerations: [], memory: '256Mi' },
  engine: { packed: Buffer.from('engine') },
  version: '1.0.0',
  jobVariables: {},
  allowDowngrade: false,
  deletionLimits: undefined,
  waitTimeoutMs: 60_000,
};
const NOTHING = 'the run was asked to stop before its first write. Nothing was written. Run it again.';

type Before = InMemoryObjects['before'];
type Matches = (ref: TypedRef, verb: Parameters<Before>[1]) => boolean;

let objects: InMemoryObjects;
let cluster: InMemoryCluster;
let asked: AbortController;
let clock: FakeClock;

beforeEach(() => {
  cluster = new InMemoryCluster();
  objects = new InMemoryObjects(cluster);
  asked = new AbortController();
  clock = new FakeClock();
  objects.before = leavePass;
});

/** The pod: as soon as there is a Job, a pass over the intents of its CronJob has left its report. */
const leavePass: Before = ({ kind }, verb) => {
  if (kind !== 'Job' || verb !== 'create') return;
  void objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', ...INSTALLATION }).then(async (cronJob) => {
    const intentsDigest = cronJob?.metadata.annotations?.[INTENTS_ANNOTATION] ?? '';
    const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: clock.now().toISOString() };
    const pass = failedPass({ version: '1.0.0', intentsDigest, ...times, exitCode: 0, holder: 'pod' }, '');
    await objects.apply(passReportConfig({ ...pass, problems: [] }, INSTALLATION));
  });
};

/** Asks to stop as soon as a write of this kind is in hand. */
function stopAt(matches: Matches, then: Before = leavePass): void {
  objects.before = (ref, verb) => {
    if (matches(ref, verb)) asked.abort();
    then(ref, verb);
  };
}

/** A minute after the last one. */
function ports(manifests = yaml(STORE, externalSecret('db'))): DeployPorts {
  clock.advance(60_000);
  return {
    manifests: { load: () => Promise.resolve(parseDocuments('all.yaml', manifests)) },
    objects,
    stateOf: () => ({ state: new InMemoryState(cluster), stateCount: () => Promise.resolve(1) }),
    clock,
    logger: new RecordingLogger(),
    stop: asked.signal,
  };
}

async function deployWell(manifests?: string): Promise<void> {
  objects.before = leavePass;
  const report = await deploy({ ...ports(manifests), stop: new AbortController().signal }, REQUEST);
  expect(report.problems).toEqual([]);
}

const uninstallPorts = () => ({
  ...ports(),
  cluster,
  state: new InMemoryState(cluster),
  stateCount: () => Promise.resolve(1),
});

const errorsOf = ({ problems }: DeploymentReport) => problems.map(problemText);
const countOf = (report: DeploymentReport, outcome: HandledObject['outcome']) =>
  report.objects.filter((one) => one.outcome === outcome).length;
const isEngine: Matches = ({ name }, verb) => verb === 'apply' && name.includes('-engine-');

describe('a deployment that is asked to stop', () => {
  it('in the dry run writes nothing and says so', async () => {
    stopAt((_ref, verb) => verb === 'dry-run');
    await expect(deploy(ports(), REQUEST)).rejects.toEqual(new RunStopped(NOTHING));
    expect(objects.names()).toEqual([]);
  });

  it('before it begins writes nothing and says so', async () => {
    asked.abort();
    await expect(deploy(ports(), REQUEST)).rejects.toEqual(new RunStopped(NOTHING));
    expect(objects.names()).toEqual([]);
  });

  it('between two writes finishes the one in hand, begins no other, and says what was applied and what was not', async () => {
    stopAt(isEngine);
    const report = await deploy(ports(), REQUEST);
    expect(deploymentAsText(report, PLAIN).replaceAll(/-[0-9a-f]{12}/gu, '-DIGEST')).toBe(
      [
        'Not wholly deployed: shop/keyferry in cluster in-memory',
        '',
        '  + created  ServiceAccount shop/keyferry',
        '  + created  ConfigMap shop/keyferry-intents-DIGEST',
        '  + created  ConfigMap shop/keyferry-engine-DIGEST',
        '  ! left     Role shop/keyferry',
        '  ! left     RoleBinding shop/keyferry',
        '  ! left     CronJob shop/keyferry',
        '',
        '3 created, 0 changed, 0 deleted, 0 unchanged, 3 left.',
        '',
        '  error    the run was asked to stop: not applied yet: 3 objects; no pass was started, what was begun was finished. Run it again: what is done stays done.',
        '',
      ].join('\n'),
    );
    expect(deploymentExitCode(report)).toBe(1);
    expect(objects.names().filter((name) => /^(Role|CronJob|Job)/u.test(name))).toEqual([]);
  });

  it('while the last object is applied starts no pass, and says so', async () => {
    stopAt(({ kind }, verb) => kind === 'CronJob' && verb === 'apply');
    const report = await deploy(ports(), REQUEST);
    expect(errorsOf(report)).toEqual([
      'the run was asked to stop: everything was applied; no pass was started, what was begun was finished. Run it again: what is done stays done.',
    ]);
    expect(countOf(report, 'left')).toBe(0);
    expect(objects.names().filter((name) => name.startsWith('Job'))).toEqual([]);
  });

  it('while it follows the pass says that everything was applied and that the pass goes on', async () => {
    stopAt(
      ({ kind }, verb) => kind === 'Job' && verb === 'create',
      () => undefined,
    );
    const report = await deploy(ports(), REQUEST);
    expect(errorsOf(report)).toEqual([
      'the run was asked to stop: everything was applied, and the pass that was started goes on in the cluster. See how it ended with the command status.',
    ]);
    expect({ created: countOf(report, 'created'), left: countOf(report, 'left') }).toEqual({ created: 6, left: 0 });
    expect(deploymentExitCode(report)).toBe(1);
  });

  it('while it deletes what went away remembers what is left of it', async () => {
    const other = { ...externalSecret('db'), metadata: { name: 'db', namespace: 'other' } };
    const store = { ...STORE, metadata: { name: 'kv', namespace: 'other' } };
    const request = { ...REQUEST, installation: INSTALLATION };
    objects.before = leavePass;
    await deploy(
      { ...ports(yaml(STORE, externalSecret('db'), store, other)), stop: new AbortController().signal },
      request,
    );
    stopAt(({ kind, namespace }, verb) => kind === 'RoleBinding' && namespace === 'other' && verb === 'delete');
    const report = await deploy(ports(), request);
    expect(errorsOf(report)).toEqual([
      'the run was asked to stop: everything was applied, but not deleted yet: 2 objects no longer part of the deployment. Run it again: it deletes what is left.',
    ]);
    const digestless = ({ objects: handled }: DeploymentReport) =>
      handled.map(({ object, outcome }) => `${outcome} ${object.replace(/-[0-9a-f]{12}$/u, '-DIGEST')}`);
    expect(digestless(report).slice(-3)).toEqual([
      'deleted RoleBinding other/keyferry.shop',
      'left Role other/keyferry.shop',
      'left ConfigMap shop/keyferry-intents-DIGEST',
    ]);
    asked = new AbortController();
    objects.before = leavePass;
    const next = await deploy(ports(), request);
    expect(digestless(next).slice(-2)).toEqual([
      'deleted Role other/keyferry.shop',
      'deleted ConfigMap shop/keyferry-intents-DIGEST',
    ]);
  });

  it('at any of its writes is taken up by the next one', async () => {
    await deployWell();
    const whole = objects.names().filter((name) => !name.startsWith('Job'));
    for (let stopAfter = 1; stopAfter <= whole.length; stopAfter += 1) {
      cluster = new InMemoryCluster();
      objects = new InMemoryObjects(cluster);
      asked = new AbortController();
      let writes = 0;
      stopAt((_ref, verb) => verb === 'apply' && ++writes === stopAfter);
      const { objects: handled } = await deploy(ports(), REQUEST);
      const made = handled
        .filter(({ outcome }) => outcome === 'created')
        .map(({ object }) => object.replace('shop/', ''));
      expect(objects.names().filter((name) => made.includes(name))).toEqual(made.toSorted());
      await deployWell();
      expect(objects.names().filter((name) => !name.startsWith('Job'))).toEqual(whole);
    }
  });
});

describe('a status with refresh that is asked to stop', () => {
  const request = { installation: INSTALLATION, controllerClass: 'keyferry', refreshWithinMs: 60_000 };

  it('while it waits for the pass ends at once and says that the pass goes on', async () => {
    await deployWell();
    stopAt(
      ({ kind }, verb) => kind === 'Job' && verb === 'create',
      () => undefined,
    );
    const slept = clock.sleeps.length;
    await expect(status(ports(), request)).rejects.toEqual(
      new RunStopped(
        'the run was asked to stop; the pass that it started in the cluster is not. See how it ends with the command status.',
      ),
    );
    expect(clock.sleeps.length - slept).toBeLessThan(2);
  });

  it('before it starts one starts none', async () => {
    await deployWell();
    asked.abort();
    const jobs = () => objects.names().filter((name) => name.startsWith('Job'));
    const before = jobs();
    await expect(status(ports(), request)).rejects.toEqual(new RunStopped(NOTHING));
    expect(jobs()).toEqual(before);
  });
});

describe('a suspend that is asked to stop', () => {
  it('before its write leaves the CronJob as it is', async () => {
    await deployWell();
    asked.abort();
    await expect(suspend(ports(), INSTALLATION)).rejects.toEqual(new RunStopped(NOTHING));
    expect(await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', ...INSTALLATION })).not.toMatchObject({
      spec: { suspend: true },
    });
  });
});

describe('an uninstall that is asked to stop', () => {
  const request = { installation: INSTALLATION, secrets: 'keep', vaultObjects: 'keep', waitTimeoutMs: 60_000 } as const;

  it('before its first write takes nothing away', async () => {
    await deployWell();
    const before = objects.names();
    asked.abort();
    await expect(uninstall(uninstallPorts(), request)).rejects.toEqual(new RunStopped(NOTHING));
    expect(objects.names()).toEqual(before);
  });

  it('says what is left, keeps the inventory, and is taken up by the next one', async () => {
    await deployWell();
    stopAt(({ kind }, verb) => kind === 'CronJob' && verb === 'delete');
    const report = await uninstall(uninstallPorts(), request);
    expect(deploymentAsText(report, PLAIN).replaceAll(/-[0-9a-f]{12}$|(?<=Job .*)-\w+$/gmu, '-STAMP')).toBe(
      [
        'Not wholly uninstalled: shop/keyferry in cluster in-memory',
        '',
        '  - deleted  CronJob shop/keyferry',
        '  ! left     Job shop/keyferry-STAMP',
        '  ! left     RoleBinding shop/keyferry',
        '  ! left     Role shop/keyferry',
        '  ! left     ConfigMap shop/keyferry-engine-STAMP',
        '  ! left     ConfigMap shop/keyferry-intents-STAMP',
        '  ! left     ServiceAccount shop/keyferry',
        '  ! left     ConfigMap shop/keyferry-inventory',
        '',
        '  error    the run was asked to stop: 7 objects of the installation left; what was begun was finished. Run it again: it goes on where this ended.',
        '',
      ].join('\n'),
    );
    expect(deploymentExitCode(report)).toBe(1);
    asked = new AbortController();
    objects.before = () => undefined;
    const next = await uninstall(uninstallPorts(), request);
    expect(next.problems).toEqual([]);
    expect(objects.names()).toEqual([]);
  });

  it('while it waits for a pass that is under way waits no longer, and deletes no Secret', async () => {
    await deployWell();
    await objects.apply({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: INSTALLATION,
      spec: { holderIdentity: 'a-pod', leaseDurationSeconds: 60, renewTime: '2026-01-01T12:00:00.000000Z' },
    });
    clock.sleep = async () => asked.abort();
    const report = await uninstall(uninstallPorts(), { ...request, secrets: 'delete' });
    expect(errorsOf(report)).toEqual([
      'the run was asked to stop: 6 objects of the installation left, and Secrets that were to be deleted; what was begun was finished. Run it again: it goes on where this ended.',
    ]);
    expect(countOf(report, 'deleted')).toBe(2);
  });
});
