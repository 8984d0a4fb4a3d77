/** An installation that goes, and what it wrote into vaults: its last pass, and the uninstall that waits for it. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { deploy, type DeployRequest } from '../../src/commands/deploy.ts';
import { sync } from '../../src/commands/sync.ts';
import { uninstall } from '../../src/commands/uninstall.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { INTENTS_ANNOTATION } from '../../src/core/deploy/cron-job.ts';
import { passReport, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { exitCode } from '../../src/core/report/build-report.ts';
import type { DeploymentReport } from '../../src/core/report/deployment.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { FakeClock, InMemoryObjects, type KubernetesObject } from '../fakes/index.ts';
import { azureWorld, type AzureWorld } from './azure-world.ts';
import { handMadeSecret, STORE, yaml } from './shop.ts';

const { azure } = useLoopback({ vaults: { 'kv-shop': {} } });

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
  waitTimeoutMs: 60_000,
};

function pushSecret(name: string): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name, namespace: 'shop' },
    spec: {
      secretStoreRefs: [{ name: 'kv' }],
      selector: { secret: { name } },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: name } } }],
    },
  };
}

const MANIFESTS = yaml(STORE, pushSecret('orders'), pushSecret('pay'));
const SECRETS = [handMadeSecret('orders', { password: 'p-1' }), handMadeSecret('pay', { password: 'p-2' })];

let world: AzureWorld;
let objects: InMemoryObjects;
let clock: FakeClock;

beforeEach(() => {
  azure().vaults.edit({ 'kv-shop': { secrets: { orders: null, pay: null } } });
  world = azureWorld(azure(), SECRETS);
  objects = new InMemoryObjects(world.cluster);
  clock = new FakeClock();
  // The pod of each Job that is made.
  const create = objects.create.bind(objects);
  objects.create = async (object) => {
    const made = await create(object);
    if (object.kind === 'Job') await pass(JSON.stringify(object).includes('KEYFERRY_VAULT_OBJECTS'));
    return made;
  };
});

async function pass(removesPushed: boolean): Promise<void> {
  const settings: RunSettings = { ...DEFAULT_SETTINGS, deletionLimits: undefined, removesPushed };
  const report = await sync(world.ports(MANIFESTS), settings);
  const cronJob = world.cluster.get('CronJob', 'shop', 'keyferry');
  const intentsDigest = cronJob?.metadata.annotations?.[INTENTS_ANNOTATION] ?? '';
  const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: new Date(2026, 0, ++passes).toISOString() };
  const facts = { version: '1.0.0', intentsDigest, ...times, exitCode: exitCode(report, false), holder: 'pod' };
  await objects.apply(passReportConfig(passReport(facts, report), INSTALLATION));
}
let passes = 0;

const ports = () => ({
  objects,
  cluster: world.cluster,
  state: world.state,
  stateOf: () => ({ state: world.state, stateCount: () => Promise.resolve(1) }),
  stateCount: () => Promise.resolve(1),
  clock,
  logger: world.logger,
});

async function deployed(): Promise<void> {
  const manifests = { load: () => Promise.resolve(parseDocuments('all.yaml', MANIFESTS)) };
  expect((await deploy({ ...ports(), manifests }, REQUEST)).problems).toEqual([]);
  expect(inVault()).toEqual(['orders', 'pay']);
}

async function gone(vaultObjects: 'keep' | 'delete'): Promise<DeploymentReport> {
  clock.advance(60_000);
  const request = { installation: INSTALLATION, secrets: 'delete', vaultObjects, waitTimeoutMs: 60_000 } as const;
  return await uninstall(ports(), request);
}

const inVault = () => Object.keys(azure().vaults.snapshot('kv-shop').secrets).sort();
const told = ({ objects: handled }: DeploymentReport) =>
  handled.filter(({ object }) => object.startsWith('kv-shop')).map(({ object, outcome }) => `${outcome} ${object}`);

describe('an uninstall', () => {
  it('leaves vault objects, and says so', async () => {
    await deployed();
    const report = await gone('keep');
    expect(told(report)).toEqual(['kept kv-shop secret/orders', 'kept kv-shop secret/pay']);
    expect(inVault()).toEqual(['orders', 'pay']);
    expect(report.problems).toEqual([]);
  });

  it('with --vault-objects delete takes them along, whatever their deletionPolicy', async () => {
    await deployed();
    const report = await gone('delete');
    expect(told(report)).toEqual(['deleted kv-shop secret/orders', 'deleted kv-shop secret/pay']);
    expect(inVault()).toEqual([]);
    expect(report.problems).toEqual([]);
    expect(objects.names()).toEqual(['Secret orders', 'Secret pay']);
  });

  it('leaves an object that has become somebody else’s', async () => {
    await deployed();
    azure().vaults.edit({ 'kv-shop': { secrets: { pay: [{ value: 'theirs', tags: { team: 'pay' } }] } } });
    const report = await gone('delete');
    expect(inVault()).toEqual(['pay']);
    expect(told(report)).toEqual(['deleted kv-shop secret/orders']);
    expect(report.problems).toEqual([]);
    expect(world.logger.text()).toContain(
      "PushSecret shop/pay: kv-shop secret/pay stays: its tags do not say that it is this installation's",
    );
  });

  it('takes nothing else away while one is still there, and can be run again', async () => {
    await deployed();
    const allow = azure().vaults.deny({ object: 'pay', operation: 'delete' });
    const report = await gone('delete');
    expect(told(report)).toEqual(['deleted kv-shop secret/orders', 'failed kv-shop secret/pay']);
    expect(report.problems.map(problemText)).toEqual([
      'CronJob shop/keyferry: 1 vault object of its PushSecrets is still there. Nothing else was taken away, and the CronJob is suspended. See why with keyferry status, and run again. With --vault-objects keep they stay.',
    ]);
    expect(world.cluster.get('CronJob', 'shop', 'keyferry')).toMatchObject({ spec: { suspend: true } });
    allow();
    expect(told(await gone('delete'))).toEqual(['deleted kv-shop secret/pay']);
    expect(inVault()).toEqual([]);
    expect(objects.names()).toEqual(['Secret orders', 'Secret pay']);
  });
});
