/** Installations beside each other, in one namespace and in two: neither waits for, changes or takes away what is the other's. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Ended } from '../bundle/bundle.ts';
import { holdWrites } from './held-writes.ts';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';

interface Team {
  readonly world: NodeWorld;
  readonly installer: Installer;
}

let shop: Team;
let bank: Team;

beforeAll(async () => {
  shop = await team('neighbours-shop');
  bank = await team('neighbours-bank');
});
afterAll(async () => {
  await shop.world.close();
  await bank.world.close();
});

/** Each has a vault of its own, of the same name. */
async function team(namespace: string): Promise<Team> {
  const world = await openNodeWorld(namespace);
  return { world, installer: await openInstaller(world) };
}

/** An installation of these ExternalSecrets, whose vault objects hold the team's name. */
async function deploy({ world, installer }: Team, installation: string, ...names: readonly string[]): Promise<Ended> {
  const { namespace } = world;
  world.fillVault(Object.fromEntries(names.map((name) => [name, `${namespace} ${name}`])));
  const manifests = manifestsText({ namespace, names, identity: 'referenced' });
  return await installer.deploy(manifests, '--installation', installation);
}

async function secretNames({ world }: Team): Promise<readonly string[]> {
  return (await world.admin.list('Secret', world.namespace)).map(({ metadata }) => metadata.name).sort();
}

function pass({ installer }: Team, installation: string): Promise<Ended> {
  return installer.keyferry('status', '--installation', installation, '--refresh', '--wait-timeout', '60');
}

describe('two installations in one namespace', () => {
  it('make their passes at the same time', async () => {
    const held = await holdWrites(shop.world, 'CREATE', ['orders']);
    const first = deploy(shop, 'one', 'orders', 'extra');
    await held.reached;
    const second = await deploy(shop, 'two', 'stock');
    const meanwhile = await shop.world.secret('orders');
    held.release();
    expect([second.code, (await first).code, meanwhile]).toEqual([0, 0, undefined]);
    expect(await secretNames(shop)).toEqual(['extra', 'orders', 'stock']);
  });

  it('delete only what they made themselves', async () => {
    const { code, stdout } = await deploy(shop, 'one', 'orders');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 deleted, ') });
    expect(await secretNames(shop)).toEqual(['orders', 'stock']);
  });

  it('leave a Secret alone that the other has made, and say so', async () => {
    const { world, installer } = shop;
    world.fillVault({ claim: 'another value' });
    const manifests = manifestsText({ namespace: world.namespace, names: ['claim'], identity: 'referenced' });
    const claim = manifests.replace('"data":', '"target":{"name":"orders"},"data":');
    const { code, stdout } = await installer.deploy(claim, '--installation', 'three');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'ExternalSecret neighbours-shop/claim: spec.target.name is Secret neighbours-shop/orders, which ',
    );
    expect(await world.secret('orders')).toEqual({ value: 'neighbours-shop orders' });
    await installer.keyferry('uninstall', '--installation', 'three', '--secrets', 'delete');
    expect(await secretNames(shop)).toEqual(['orders', 'stock']);
  });
});

describe('installations of one name in two namespaces', () => {
  it('read their own vaults and write their own Secrets', async () => {
    expect((await deploy(bank, 'one', 'orders')).code).toBe(0);
    expect(await bank.world.secret('orders')).toEqual({ value: 'neighbours-bank orders' });
    expect(await shop.world.secret('orders')).toEqual({ value: 'neighbours-shop orders' });
  });
});

describe('an installation that is taken away', () => {
  it('leaves its neighbours with all that they need for the next pass', async () => {
    const { code } = await shop.installer.keyferry('uninstall', '--installation', 'one', '--secrets', 'delete');
    expect(code).toBe(0);
    expect([await secretNames(shop), await secretNames(bank)]).toEqual([['stock'], ['orders']]);
    for (const [team, installation, secret] of [
      [shop, 'two', 'stock'],
      [bank, 'one', 'orders'],
    ] as const) {
      await team.world.admin.delete('Secret', team.world.namespace, secret);
      expect((await pass(team, installation)).code).toBe(0);
      expect(await team.world.secret(secret)).toEqual({ value: `${team.world.namespace} ${secret}` });
    }
  });
});
