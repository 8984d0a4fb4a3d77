/** What goes with custom resources and what stays, in a cluster whose garbage collector deletes what has no owner left. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID } from '../servers/index.ts';
import { eventually } from './cluster-user.ts';
import { SERVICE_ACCOUNT } from './real-shop.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'leaving';
const FINALIZER = 'externalsecrets.external-secrets.io/externalsecret-cleanup';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-4');
});
afterAll(() => world.close());
beforeEach(() => world.reset());

async function deployed(...intents: readonly string[]): Promise<void> {
  await world.team.write(world.shop.manifests(...intents));
  expectDone(await world.deploy());
}

/** Everything that the garbage collector would do now, it has done: a Secret with an owner that is gone, is gone. */
async function untilCollected(): Promise<void> {
  await world.shop.admin.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'bait',
      namespace: NAMESPACE,
      ownerReferences: [
        { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'nobody', uid: 'nobody' },
      ],
    },
  });
  await eventually('the bait is taken', async () =>
    (await world.find('Secret', 'bait')) === undefined ? true : undefined,
  );
}

async function ownersOf(secret: string): Promise<unknown> {
  return ((await world.find('Secret', secret)) as KubernetesObject).metadata.ownerReferences;
}

describe('deploy without an ExternalSecret of before', () => {
  it('deletes its resource after the pass, and its Secret goes along', async () => {
    await deployed('cache', 'db');
    await world.team.write(world.shop.manifests('db'));
    const { code, stdout } = await world.deploy();
    expect(code).toBe(0);
    expect(stdout).toContain('- deleted  ExternalSecret leaving/cache');
    await eventually('the Secret is gone', async () =>
      (await world.find('Secret', 'cache')) === undefined ? true : undefined,
    );
    await untilCollected();
    expect(await world.names('Secret')).toEqual(['db']);
  });

  it('hands the Secret over where another ExternalSecret goes on with it', async () => {
    await deployed('db');
    const { uid } = ((await world.find('Secret', 'db')) as KubernetesObject).metadata;
    const renamed = world.shop.manifests('db').replace('"name":"db"', '"name":"orders"');
    await world.team.write(renamed.replace('"data":', '"target":{"name":"db"},"data":'));
    expectDone(await world.deploy());
    await untilCollected();
    expect(await world.names('ExternalSecret')).toEqual(['orders']);
    expect(((await world.find('Secret', 'db')) as KubernetesObject).metadata.uid).toBe(uid);
    expect(await ownersOf('db')).toMatchObject([{ kind: 'ExternalSecret', name: 'orders' }]);
  });

  it('stops before the first write where more Secrets would go than the limits allow, unless it is forced', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'];
    world.shop.azure.vaults.edit({
      'kv-shop': { secrets: Object.fromEntries([...many, 'db'].map((name) => [name, [{ value: name }]])) },
    });
    await deployed(...many);
    await world.team.write(world.shop.manifests('db'));
    const refused = await world.deploy();
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('plan deletes 5 of 6 Secrets (83%), over the limit of 30%. Nothing was written.');
    expect(await world.names('ExternalSecret')).toEqual(many);
    expectDone(await world.deploy('--force'));
    expect(await world.names('ExternalSecret')).toEqual(['db']);
  });

  it('leaves one that another tool applies as well to that tool', async () => {
    await deployed('cache', 'db');
    await world.applyAs('argocd-controller', 'ExternalSecret', 'cache');
    await world.team.write(world.shop.manifests('db'));
    const { code, stdout } = await world.deploy();
    expect(code).toBe(0);
    expect(stdout).toContain('= kept     ExternalSecret leaving/cache');
    await untilCollected();
    expect(await world.names('Secret')).toEqual(['cache', 'db']);
    expect(await world.names('ExternalSecret')).toEqual(['cache', 'db']);
  });
});

describe('deploy into another home', () => {
  it('keeps the Secrets on the way to ConfigMaps and back, and only the resources go', async () => {
    await deployed('db');
    const uid = async () => ((await world.find('Secret', 'db')) as KubernetesObject).metadata.uid;
    const before = await uid();
    expectDone(await world.team.deploy());
    await untilCollected();
    expect(await world.names('ExternalSecret')).toEqual([]);
    expect(await world.names('SecretStore')).toEqual([]);
    expect({ uid: await uid(), owners: await ownersOf('db') }).toEqual({ uid: before, owners: undefined });
    expectDone(await world.deploy());
    await untilCollected();
    expect(await uid()).toBe(before);
    expect(await ownersOf('db')).toMatchObject([{ kind: 'ExternalSecret', name: 'db' }]);
  });
});

describe('uninstall', () => {
  it('keeps the Secrets, free of owners, and takes the resources and everything else', async () => {
    await deployed('cache', 'db');
    const secrets = await Promise.all(['cache', 'db'].map((name) => world.find('Secret', name)));
    const { code, stdout } = await world.team.keyferry('uninstall');
    expect(code).toBe(0);
    expect(stdout).toContain('= kept     Secret leaving/db');
    expect(stdout).toContain('- deleted  ExternalSecret leaving/db');
    await untilCollected();
    expect(await world.names('ExternalSecret')).toEqual([]);
    expect(await world.names('SecretStore')).toEqual([]);
    expect(await world.team.installed()).toEqual([]);
    for (const before of secrets) {
      const after = (await world.find('Secret', before?.metadata.name ?? '')) as KubernetesObject;
      expect(after['data']).toEqual(before?.['data']);
      expect(after.metadata).toMatchObject({
        labels: before?.metadata.labels,
        annotations: before?.metadata.annotations,
      });
      expect(after.metadata.ownerReferences).toBeUndefined();
    }
  });

  it('deletes the Secrets where that is asked for, and none that somebody else made', async () => {
    await deployed('db');
    const metadata = { name: 'mine', namespace: NAMESPACE };
    await world.shop.admin.apply({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'b' } });
    expect((await world.team.keyferry('uninstall', '--secrets', 'delete')).code).toBe(0);
    expect(await world.names('Secret')).toEqual(['mine']);
  });

  it('never takes a definition', async () => {
    await deployed('db');
    const definitions = async () =>
      (await world.shop.admin.list('CustomResourceDefinition')).map(({ metadata }) => [metadata.name, metadata.uid]);
    const before = await definitions();
    expect((await world.team.keyferry('uninstall', '--secrets', 'delete')).code).toBe(0);
    expect(await definitions()).toEqual(before);
  });

  it('takes the finalizer along that an operator of before has left', async () => {
    await deployed('db');
    const metadata = { name: 'db', namespace: NAMESPACE, finalizers: [FINALIZER] };
    await world.shop.admin.patch({ kind: 'ExternalSecret', metadata });
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect(await world.names('ExternalSecret')).toEqual([]);
    await untilCollected();
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
  });

  it('leaves resources that it did not apply, and their Secrets', async () => {
    await deployed('db');
    const own = (await world.find('ExternalSecret', 'db')) as KubernetesObject;
    const other = { name: 'theirs', namespace: NAMESPACE };
    await world.shop.admin.apply({ ...own, metadata: other });
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect(await world.names('ExternalSecret')).toEqual(['theirs']);
  });

  it('waits for a pass that is under way', async () => {
    await deployed('db');
    const metadata = { name: 'keyferry', namespace: NAMESPACE };
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    const spec = { holderIdentity: 'a-pod', leaseDurationSeconds: 60, acquireTime: renewTime, renewTime };
    await world.shop.admin.patch({ kind: 'Lease', metadata, spec });
    const running = world.team.start('uninstall', '--secrets', 'delete');
    let told = '';
    running.child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await eventually('it says that it waits', async () =>
      told.includes('another pass is under way (a-pod), waiting for its end') ? true : undefined,
    );
    expect(await world.find('CronJob', 'keyferry')).toBeUndefined();
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    await world.shop.admin.patch({ kind: 'Lease', metadata, spec: { holderIdentity: '' } });
    expect((await running.ended).code).toBe(0);
    expect(await world.names('Secret')).toEqual([]);
  });
});

describe('a ServiceAccount that stands in the manifests', () => {
  const serviceAccount: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: SERVICE_ACCOUNT,
      namespace: NAMESPACE,
      annotations: { 'azure.workload.identity/client-id': MANAGED_CLIENT_ID },
    },
  };
  const find = async () => await world.find('ServiceAccount', SERVICE_ACCOUNT);

  beforeEach(async () => {
    await world.team.write(`${JSON.stringify(serviceAccount)}\n---\n${world.shop.manifests('db')}`);
  });

  it('is made where there is none, serves the job, and goes with the installation', async () => {
    await world.shop.admin.delete('ServiceAccount', NAMESPACE, SERVICE_ACCOUNT);
    expectDone(await world.deploy());
    expect(await world.names('Secret')).toEqual(['db']);
    expect((await find())?.metadata.annotations).toEqual(serviceAccount.metadata.annotations);
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect(await find()).toBeUndefined();
  });

  it('stays where kubectl applies it as well', async () => {
    await world.shop.admin.delete('ServiceAccount', NAMESPACE, SERVICE_ACCOUNT);
    expectDone(await world.deploy());
    await world.shop.admin.apply(serviceAccount);
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect((await find())?.metadata.annotations).toEqual(serviceAccount.metadata.annotations);
    expect((await find())?.metadata.labels).toBeUndefined();
  });

  it('stays as it is where it was there before', async () => {
    const before = await find();
    expectDone(await world.deploy());
    expect(await find()).toEqual(before);
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect(await find()).toEqual(before);
  });
});
