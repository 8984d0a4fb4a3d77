/** What `kubectl describe cronjob` tells of an installation whose intents are in ConfigMaps. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'events';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-9');
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** Of Keyferry, on the CronJob, by what they say. */
async function events(): Promise<readonly unknown[]> {
  const cronJob = (await world.find('CronJob', 'keyferry')) as KubernetesObject;
  return (await world.shop.admin.list('Event', NAMESPACE))
    .filter(({ reportingComponent }) => reportingComponent === 'keyferry')
    .map(({ type, reason, message, count, involvedObject }) => {
      const { kind, name, uid } = involvedObject as { kind: string; name: string; uid: string };
      return { type, reason, message, count, on: `${kind} ${name}`, isThisOne: uid === cronJob.metadata.uid };
    });
}

const ON_IT = { on: 'CronJob keyferry', isThisOne: true };

describe('the CronJob of an installation', () => {
  it('has an Event for each Secret that changed, and none for what did not', async () => {
    expectDone(await world.team.deploy());
    const created = 'ExternalSecret events/db: secret created';
    const only = [{ type: 'Normal', reason: 'Created', message: created, count: 1, ...ON_IT }];
    expect(await events()).toEqual(only);
    expectDone(await world.team.deploy());
    expect(await events()).toEqual(only);
  });

  it('has one for what failed, which is counted when it fails again', async () => {
    await world.team.write(world.shop.manifests('nothing'));
    await world.team.deploy();
    await world.team.deploy();
    expect(await events()).toEqual([
      {
        type: 'Warning',
        reason: 'UpdateFailed',
        message: expect.stringMatching(
          /^ExternalSecret events\/nothing: spec\.data\[0\]\.remoteRef\.key "nothing" does not exist in vault kv-shop\./u,
        ),
        count: 2,
        ...ON_IT,
      },
    ]);
  });

  it('has no more than a person can read', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `es-${index}`);
    world.shop.azure.vaults.edit({
      'kv-shop': { secrets: Object.fromEntries(names.map((name) => [name, [{ value: name }]])) },
    });
    await world.team.write(world.shop.manifests(...names, 'nothing'));
    await world.team.deploy();
    const types = (await events()).map((event) => (event as { readonly type: string }).type);
    expect(types.filter((type) => type === 'Normal')).toHaveLength(50);
    expect(types.filter((type) => type === 'Warning')).toHaveLength(1);
  });

  it('is not needed: where Events may not be created, the Secrets are written all the same', async () => {
    expectDone(await world.team.deploy());
    const role = (await world.find('Role', 'keyferry')) as KubernetesObject & {
      readonly rules: readonly { readonly resources: readonly string[] }[];
    };
    const rules = role.rules.filter(({ resources }) => !resources.includes('events'));
    await world.shop.admin.patch({ kind: 'Role', metadata: { name: 'keyferry', namespace: NAMESPACE }, rules });
    await world.shop.admin.delete('Secret', NAMESPACE, 'db');
    const user = `system:serviceaccount:${NAMESPACE}:keyferry`;
    await world.untilAllowed({ namespace: NAMESPACE, resource: 'events', verb: 'create' }, false, user);
    const { code, stdout } = await world.team.runPod((await world.find('CronJob', 'keyferry')) as KubernetesObject);
    expect(code).toBe(0);
    expect(stdout.replaceAll('\\"', '"')).toContain(`does not let "${user}" create events in namespace ${NAMESPACE}`);
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
  });
});
