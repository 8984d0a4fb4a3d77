/** Who may write ConfigMaps, and a pod that another deployment has overtaken: what the job makes of its intents then. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { eventually } from './cluster-user.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'pinned';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-20');
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const cronJob = async () => (await world.find('CronJob', 'keyferry')) as KubernetesObject;

async function intents(): Promise<KubernetesObject> {
  const installed = await world.team.installed();
  return installed.find(({ metadata }) => metadata.name.includes('-intents-')) as KubernetesObject;
}

/** As whoever may delete and create ConfigMaps can: under the same name, with another text. */
async function replaceIntents(change: (text: string) => string): Promise<void> {
  const { metadata, data, ...rest } = await intents();
  await world.shop.admin.delete('ConfigMap', NAMESPACE, metadata.name);
  const { 'intents.json': text = '' } = data as Readonly<Record<string, string>>;
  const { name, labels = {} } = metadata;
  await world.shop.admin.apply({
    ...rest,
    metadata: { name, namespace: NAMESPACE, labels },
    data: { 'intents.json': change(text) },
  });
}

const HOMES = [
  ['ConfigMaps', () => world.team.deploy()],
  ['custom resources', () => world.deploy()],
] as const;

describe.each(HOMES)('intents in %s', (_home, deploy) => {
  it('are immutable, named in the pod spec, and may be read by that name alone', async () => {
    expectDone(await deploy());
    const { metadata, immutable } = await intents();
    expect(immutable).toBe(true);
    expect(JSON.stringify(await cronJob())).toContain(`"value":"${metadata.name}=${metadata.name.slice(-12)}`);
    expect(JSON.stringify((await world.find('Role', 'keyferry'))?.['rules'])).toContain(`["${metadata.name}"]`);
  });

  it('are not used once somebody has changed them', async () => {
    expectDone(await deploy());
    await replaceIntents((text) => text.replace('"key":"db"', '"key":"cache"').replace('"name":"db"', '"name":"x"'));
    const { code, stdout } = await world.team.runPod(await cronJob());
    expect(code).toBe(3);
    expect(stdout).toContain('does not hold the intents that were deployed: their digest is');
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    expect(await world.names('Secret')).toEqual(['db']);
    const status = await world.team.keyferry('status');
    expect([status.code, status.stdout]).toEqual([
      1,
      expect.stringContaining('does not hold the intents that were deployed'),
    ]);
    expectDone(await deploy());
  });

  it('are taken away by the next deployment, after its pass; a pod of before ends well and undoes nothing', async () => {
    expectDone(await deploy());
    const [before, pod] = [await intents(), await cronJob()];
    await world.team.write(world.shop.manifests('db', 'cache'));
    expectDone(await deploy());
    expect(await world.find('ConfigMap', before.metadata.name)).toBeUndefined();
    const { code, stdout } = await world.team.runPod(pod);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('another deployment has replaced the intents that this pod was started with'),
    ]);
    expect(stdout).not.toMatch(/"level":"(?:error|warn)"/u);
    expect(await world.names('Secret')).toEqual(['cache', 'db']);
    const { stdout: status } = await world.team.keyferry('status');
    expect(status).not.toContain('pass-outdated');
  });
});

describe('a pod in its run window', () => {
  it('ends well when another deployment takes its intents away, and alarms nobody', async () => {
    await world.team.write(world.shop.manifests('db').replaceAll('"1h"', '"2s"'));
    expectDone(await world.team.deploy());
    const report = async () => (await world.find('ConfigMap', 'keyferry-report'))?.metadata.resourceVersion;
    const before = await report();
    const first = world.team.runPod(await cronJob());
    await eventually('it has made a pass', async () => ((await report()) === before ? undefined : true));
    await world.team.write(world.shop.manifests('cache').replaceAll('"1h"', '"2s"'));
    expectDone(await world.team.deploy());
    const { code, stdout } = await first;
    expect(code).toBe(0);
    expect(stdout).toContain('another deployment has replaced the intents that this pod was started with');
    expect(stdout).not.toMatch(/"level":"error"/u);
    const events = await world.shop.admin.list('Event', NAMESPACE);
    const ours = events.filter((event) => (event['source'] as { component?: string }).component === 'keyferry');
    expect(ours.filter(({ type }) => type === 'Warning')).toEqual([]);
    // What the newer one pruned stays away.
    expect(await world.names('Secret')).toEqual(['cache']);
  });
});
