/** Runs that are not alone, and runs that die: the bundle as a child process, an API server that a test can hold. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBundle, type Ended, type Running } from '../bundle/bundle.ts';
import { eventually } from './cluster-user.ts';
import { kubeconfigOf } from './control-plane.ts';
import { Interceptor, type InterceptedRequest } from './interceptor.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { controlPlane } from './world.ts';
import { deferred } from '../../src/adapters/transport/deferred.ts';

const NAMESPACE = 'interrupted';
const NAMES = ['db', 'session', 'token'] as const;

let shop: RealShop;
let interceptor: Interceptor;
let folder: string;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  interceptor = await Interceptor.start(controlPlane());
  folder = await mkdtemp(join(tmpdir(), 'keyferry-interrupted-'));
  await writeFile(join(folder, 'held.kubeconfig'), kubeconfigOf(interceptor.address(), 'admin', NAMESPACE));
  await writeFile(join(folder, 'free.kubeconfig'), kubeconfigOf(controlPlane(), 'admin', NAMESPACE));
  await writeFile(join(folder, 'manifests.yaml'), shop.manifests(...NAMES));
});
afterAll(async () => {
  await shop.close();
  await interceptor.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await shop.reset();
  vault('first');
});
afterEach(() => interceptor.reset());

/** Every object of the vault gets this value. */
function vault(value: string): void {
  shop.azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(NAMES.map((name) => [name, [{ value }]])) } });
}

function start(way: 'held' | 'free'): Running {
  const args = ['sync', '-f', 'manifests.yaml', '--kubeconfig', `${way}.kubeconfig`, '--identity', 'service-account'];
  return startBundle('cli', { args, cwd: folder, environment: { ...shop.azure.environment(), CI: 'true' } });
}

async function run(way: 'held' | 'free'): Promise<Ended> {
  return await start(way).ended;
}

async function secrets(): Promise<readonly unknown[]> {
  return await Promise.all(NAMES.map((name) => shop.secret(name)));
}

const all = (value: string) => NAMES.map(() => ({ value }));
const isWrite = ({ method }: InterceptedRequest): boolean => method === 'PUT' || method === 'PATCH';
const isWriteOf = (name: string) => (request: InterceptedRequest) =>
  isWrite(request) && request.path.includes(`/secrets/${name}`);

/** Holds the first request that matches until the returned function is called. */
function hold(matches: (request: InterceptedRequest) => boolean): {
  readonly reached: Promise<unknown>;
  release: () => void;
} {
  const [reached, released] = [deferred<undefined>(), deferred<undefined>()];
  let held = false;
  interceptor.before = async (request) => {
    if (held || !matches(request)) return;
    held = true;
    reached.resolve(undefined);
    await released.promise;
  };
  return { reached: reached.promise, release: () => released.resolve(undefined) };
}

describe('two runs at once', () => {
  it('end with the newest value, also when the one that read before writes last', async () => {
    await run('free');
    vault('second');
    const held = hold(isWriteOf('db'));
    const slow = start('held');
    await held.reached;
    vault('third');
    expect((await run('free')).code).toBe(0);
    held.release();
    expect((await slow.ended).code).toBe(0);
    expect(await shop.secret('db')).toEqual({ value: 'third' });
  });

  it('never overwrite what a person changed in between', async () => {
    await shop.admin.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: NAMESPACE },
      stringData: { mine: 'by hand' },
    });
    await writeFile(
      join(folder, 'merge.yaml'),
      shop.manifests('db').replace('"data":', '"target":{"creationPolicy":"Merge"},"data":'),
    );
    const held = hold(isWriteOf('db'));
    const args = ['sync', '-f', 'merge.yaml', '--kubeconfig', 'held.kubeconfig', '--identity', 'service-account'];
    const slow = startBundle('cli', { args, cwd: folder, environment: { ...shop.azure.environment(), CI: 'true' } });
    await held.reached;
    await shop.admin.patch({
      kind: 'Secret',
      metadata: { name: 'db', namespace: NAMESPACE },
      data: { mine: Buffer.from('changed meanwhile').toString('base64') },
    });
    held.release();
    expect((await slow.ended).code).toBe(0);
    expect(await shop.secret('db')).toEqual({ mine: 'changed meanwhile', value: 'first' });
  });

  it('create each Secret once when both find none', async () => {
    const held = hold(isWriteOf('db'));
    const slow = start('held');
    await held.reached;
    expect((await run('free')).code).toBe(0);
    held.release();
    const { code, stdout } = await slow.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('2 created, 0 updated, 0 deleted, 1 unchanged.');
    expect(await secrets()).toEqual(all('first'));
  });
});

describe('a run that is killed', () => {
  /** How many requests a run makes that creates everything; the same every time. */
  async function countRequests(): Promise<number> {
    await run('held');
    return interceptor.requests.length;
  }

  async function killedAt(number: number, when: 'before' | 'after'): Promise<void> {
    await shop.reset();
    interceptor.reset();
    const running = start('held');
    interceptor[when] = async (request) => {
      if (request.number !== number) return;
      running.child.kill('SIGKILL');
      await running.ended;
    };
    const { signal } = await running.ended;
    interceptor.reset();
    expect({ number, when, signal }).toEqual({ number, when, signal: 'SIGKILL' });
  }

  it.each(['before', 'after'] as const)(
    'at any of its requests, right %s it took effect, is made good by the next',
    async (when) => {
      const count = await countRequests();
      expect(count).toBeGreaterThan(NAMES.length * 2);
      for (let number = 1; number <= count; number += 1) {
        await killedAt(number, when);
        const next = await run('free');
        expect({ number, code: next.code, stdout: next.code === 0 ? '' : next.stdout }).toEqual({
          number,
          code: 0,
          stdout: '',
        });
        expect(await secrets()).toEqual(all('first'));
        expect((await run('free')).stdout).toContain('0 created, 0 updated, 0 deleted, 3 unchanged.');
      }
    },
    300_000,
  );

  it('at any of its requests to Entra and the vault, is made good by the next', async () => {
    // One token, three objects; each is held until the run is dead.
    const held = [
      { server: shop.azure.entra, match: 'token$', after: 0 },
      ...[0, 1, 2].map((after) => ({ server: shop.azure.vaults, match: '^GET /secrets/', after })),
    ];
    for (const { server, match, after } of held) {
      await shop.reset();
      server.inject({ match, after, times: 1, latencyMs: 3_000 });
      const before = shop.azure.proxy.connects.length;
      const running = start('free');
      await eventually('it has connected', async () => (shop.azure.proxy.connects.length > before ? true : undefined));
      await new Promise((done) => setTimeout(done, 500));
      running.child.kill('SIGKILL');
      expect((await running.ended).signal).toBe('SIGKILL');
      shop.azure.vaults.faults.clear();
      const next = await run('free');
      expect({ match, after, code: next.code }).toEqual({ match, after, code: 0 });
      expect(await secrets()).toEqual(all('first'));
    }
  }, 120_000);
});
