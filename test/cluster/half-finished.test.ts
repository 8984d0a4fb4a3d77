/** A deployment or uninstall that is killed after any of its writes: the same again mends it, and nothing is forgotten. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { someOf } from '../thorough.ts';
import { controlPlane } from './world.ts';
import { Interceptor, type InterceptedRequest } from './interceptor.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'halves';
const MINUTES = 60_000;

let world: ResourceWorld;
let interceptor: Interceptor;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-7');
  interceptor = await Interceptor.start(controlPlane());
});
afterAll(async () => {
  await world.close();
  await interceptor.close();
});
beforeEach(() => world.reset());

function isWrite({ method, path }: InterceptedRequest): boolean {
  return method !== 'GET' && !path.includes('dryRun=All');
}

/** Runs it through the interceptor; gives how many writes it made. With a number it is killed after that one. */
async function writesOf(run: () => Promise<unknown>, killAfter = Infinity): Promise<number> {
  interceptor.reset();
  let writes = 0;
  interceptor.after = async (request) => {
    if (!isWrite(request)) return;
    writes += 1;
    if (writes !== killAfter) return;
    world.team.running?.child.kill('SIGKILL');
    await world.team.running?.ended;
  };
  await world.team.reachThrough(interceptor.address());
  await run();
  await world.team.reachThrough(controlPlane());
  const { signal } = (await world.team.running?.ended) ?? {};
  expect({ killAfter, signal }).toEqual({ killAfter, signal: killAfter === Infinity ? null : 'SIGKILL' });
  return writes;
}

interface Situation {
  /** The first write after which it is killed: others in each situation, where not all are tried. */
  readonly from: number;
  readonly before: () => Promise<void>;
  readonly run: () => Promise<unknown>;
  /** The same again, and what must be so then. */
  readonly again: () => Promise<void>;
}

async function killEverywhere({ from, before, run, again }: Situation): Promise<number> {
  await world.reset();
  await before();
  const writes = await writesOf(run);
  for (const index of someOf(writes, { step: 4, from: from - 1 })) {
    await world.reset();
    await before();
    await writesOf(run, index + 1);
    await again();
  }
  return writes;
}

async function expectNothingLeft(secrets: readonly string[]): Promise<void> {
  expect(await world.team.installed()).toEqual([]);
  expect(await world.names('ExternalSecret')).toEqual([]);
  expect(await world.names('SecretStore')).toEqual([]);
  expect(await world.names('Secret')).toEqual(secrets);
}

const INSTALLED = [
  'ConfigMap keyferry-engine-DIGEST',
  'ConfigMap keyferry-intents-DIGEST',
  'ConfigMap keyferry-inventory',
  'ConfigMap keyferry-report',
  'ConfigMap keyferry-state-0',
  'CronJob keyferry',
  'Lease keyferry',
  'Role keyferry',
  'RoleBinding keyferry',
  'ServiceAccount keyferry',
];

describe('custom resources, killed after any write', () => {
  it(
    'a first deployment is completed by the next',
    async () => {
      const writes = await killEverywhere({
        from: 1,
        before: async () => undefined,
        run: () => world.deploy(),
        again: async () => {
          expectDone(await world.deploy());
          expect(await world.team.installedNames()).toEqual(INSTALLED);
          expect(await world.shop.secret('db')).toEqual({ value: 'first' });
        },
      });
      expect(writes).toBeGreaterThan(9);
    },
    5 * MINUTES,
  );

  it(
    'a deployment that hands a Secret over and takes an ExternalSecret away is completed by the next',
    async () => {
      const writes = await killEverywhere({
        from: 2,
        before: async () => {
          await world.team.write(world.shop.manifests('cache', 'db'));
          expectDone(await world.deploy());
          const renamed = world.shop.manifests('db').replace('"name":"db"', '"name":"orders"');
          await world.team.write(renamed.replace('"data":', '"target":{"name":"db"},"data":'));
        },
        run: () => world.deploy(),
        again: async () => {
          expectDone(await world.deploy());
          expect(await world.team.installedNames()).toEqual(INSTALLED);
          expect(await world.names('ExternalSecret')).toEqual(['orders']);
          expect(await world.shop.secret('db')).toEqual({ value: 'first' });
          expect((await world.team.keyferry('uninstall', '--secrets', 'delete')).code).toBe(0);
          expect(await world.names('ExternalSecret')).toEqual([]);
          expect(await world.team.installed()).toEqual([]);
        },
      });
      expect(writes).toBeGreaterThan(9);
    },
    8 * MINUTES,
  );

  it(
    'an uninstall is completed by the next, and keeps the Secret at any moment',
    async () => {
      const writes = await killEverywhere({
        from: 3,
        before: async () => expectDone(await world.deploy()),
        run: () => world.team.keyferry('uninstall'),
        again: async () => {
          const { code, stderr } = await world.team.keyferry('uninstall');
          // After the very last write there is nothing to take away any more.
          if (code !== 0) expect(stderr).toContain('has no installation halves/keyferry');
          await expectNothingLeft(['db']);
        },
      });
      expect(writes).toBeGreaterThan(12);
    },
    5 * MINUTES,
  );
});

describe('ConfigMaps, killed after any write', () => {
  it(
    'a deployment is completed by the next',
    async () => {
      await killEverywhere({
        from: 4,
        before: async () => undefined,
        run: () => world.team.deploy(),
        again: async () => {
          expectDone(await world.team.deploy());
          expect(await world.team.installedNames()).toEqual(INSTALLED);
          expect((await world.team.keyferry('uninstall', '--secrets', 'delete')).code).toBe(0);
          await expectNothingLeft([]);
        },
      });
    },
    5 * MINUTES,
  );
});
