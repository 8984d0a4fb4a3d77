/** What `keyferry deploy` installs, on a node: its pods run as they are. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobOf } from '../../src/core/deploy/cron-job.ts';
import { eventually } from '../cluster/cluster-user.ts';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';
import { podsWith } from './pods.ts';

const NAMESPACE = 'deployed';

let world: NodeWorld;
let installer: Installer;

beforeAll(async () => {
  world = await openNodeWorld(NAMESPACE);
  installer = await openInstaller(world);
});
afterAll(() => world.close());

function deploy(name: string, refreshInterval: string) {
  const manifests = manifestsText({ namespace: NAMESPACE, names: [name], identity: 'referenced', refreshInterval });
  return installer.deploy(manifests, '--installation', name);
}

describe('deploy', () => {
  it('ends when a pod has synced', async () => {
    world.fillVault({ first: 'correct-horse' });
    const { code, stdout } = await deploy('first', '1h');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 created, ') });
    expect(await world.secret('first')).toEqual({ value: 'correct-horse' });
  });

  it('says what the pod was refused, and fails', async () => {
    world.fillVault({ refused: 'correct-horse' });
    world.azure.vaults.deny({ object: 'refused', operation: 'get' });
    const { code, stdout } = await deploy('refused', '1h');
    expect(code).toBe(1);
    expect(stdout).toContain('may not read secret "refused" in vault kv-shop');
    expect(await world.secret('refused')).toBeUndefined();
  });
});

describe('an installation', () => {
  it('brings a changed value by itself within its refreshInterval of 30 s', async () => {
    world.fillVault({ often: 'first' });
    expect((await deploy('often', '30s')).code).toBe(0);
    // What the schedule starts every fifteen minutes.
    const cronJob = await world.admin.read({ kind: 'CronJob', metadata: { namespace: NAMESPACE, name: 'often' } });
    await world.admin.apply(jobOf(cronJob as never, 'often-scheduled'));
    world.fillVault({ often: 'second' });
    const seen = async () => ((await world.secret('often'))?.['value'] === 'second' ? true : undefined);
    await eventually('the changed value is there', seen, 60);
    await world.admin.delete('Job', NAMESPACE, 'often-scheduled');
  });

  it('refuses an engine that somebody has put in the place of its own', async () => {
    world.fillVault({ tampered: 'first' });
    expect((await deploy('tampered', '1h')).code).toBe(0);
    await forgetPods('tampered');
    await changeEngine('tampered');
    world.fillVault({ tampered: 'second' });
    const { code, stdout } = await installer.keyferry('status', '--installation', 'tampered', '--refresh');
    expect(code).toBe(1);
    expect(stdout).toContain('the engine is not the one that was deployed');
    expect(await world.secret('tampered')).toEqual({ value: 'first' });
  });
});

/** Kubernetes: while a pod of it is left, the kubelet keeps an immutable ConfigMap, whatever becomes of it elsewhere. */
async function forgetPods(installation: string): Promise<void> {
  const label = 'app.kubernetes.io/instance';
  for (const { metadata } of await podsWith(world.admin, NAMESPACE, label, installation)) {
    await world.admin.delete('Pod', NAMESPACE, metadata.name);
  }
  await eventually('the pods are gone', async () => {
    const left = await podsWith(world.admin, NAMESPACE, label, installation);
    return left.length === 0 ? true : undefined;
  });
}

/** It cannot be changed in place, so it is taken away and made anew. */
async function changeEngine(installation: string): Promise<void> {
  const maps = await world.admin.list('ConfigMap', NAMESPACE);
  const engine = maps.find(({ metadata }) => metadata.name.startsWith(`${installation}-engine-`));
  const { name = '', labels = {} } = engine?.metadata ?? {};
  const [file = ''] = Object.keys(engine?.['binaryData'] ?? {});
  const binaryData = { [file]: Buffer.from('another engine').toString('base64') };
  await world.admin.delete('ConfigMap', NAMESPACE, name);
  await world.admin.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: NAMESPACE, name, labels },
    binaryData,
  });
}
