/** Hundreds of ExternalSecrets in one deployment, a thousand each night: the limits of Kubernetes are kept, and the pass comes to its end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { sized } from '../thorough.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'many';
const COUNT = sized(250, 1_000);
/** Long enough that all of them need more than one ConfigMap. */
const NOTE = 'x'.repeat(1_000_000 / COUNT);
const NAMES = Array.from({ length: COUNT }, (_, index) => `es-${String(index).padStart(4, '0')}`);
const MINUTES = 60_000;

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-8');
});
afterAll(() => world.close(), 3 * MINUTES);
beforeEach(async () => {
  await world.reset();
  world.shop.azure.vaults.edit({
    'kv-shop': { secrets: Object.fromEntries(NAMES.map((name) => [name, [{ value: name }]])) },
  });
  const annotation = `"annotations":{"notes":"${NOTE}"}`;
  await world.team.write(
    world.shop.manifests(...NAMES).replaceAll('"metadata":{"name":"es', `"metadata":{${annotation},"name":"es`),
  );
}, 3 * MINUTES);

function largest(objects: readonly KubernetesObject[]): number {
  return Math.max(...objects.map((object) => Buffer.byteLength(JSON.stringify(object))));
}

describe('very many ExternalSecrets', () => {
  it(
    'as custom resources are applied, synced, found unchanged, and taken away',
    async () => {
      expectDone(await world.deploy('--wait-timeout', '300'));
      expect(await world.names('Secret')).toEqual(NAMES);
      const { stdout } = await world.deploy('--wait-timeout', '300');
      expect(stdout).toContain(`0 created, 0 changed, 0 deleted, ${COUNT + 7} unchanged.`);
      expect(stdout).toContain(`${COUNT} unchanged.`);
      expect((await world.team.keyferry('uninstall')).code).toBe(0);
      expect(await world.names('ExternalSecret')).toEqual([]);
      expect(await world.names('Secret')).toEqual(NAMES);
      expect(await world.team.installed()).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'in ConfigMaps are in as many as they need, none over 1 MiB, and all of them go',
    async () => {
      expectDone(await world.team.deploy('--wait-timeout', '300'));
      const configMaps = (await world.team.installed()).filter(({ kind }) => kind === 'ConfigMap');
      const intents = configMaps.filter(({ metadata }) => metadata.name.includes('-intents-'));
      expect(intents.length).toBeGreaterThan(1);
      expect(largest(intents)).toBeLessThan(1024 * 1024);
      expect(await world.names('Secret')).toEqual(NAMES);
      expect((await world.team.keyferry('uninstall', '--secrets', 'delete')).code).toBe(0);
      expect(await world.names('Secret')).toEqual([]);
      expect(await world.team.installed()).toEqual([]);
    },
    10 * MINUTES,
  );
});
