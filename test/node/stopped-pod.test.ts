/** Pods that are deleted, evicted or drained while the job writes: SIGTERM, then the kubelet's patience. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { eventually } from '../cluster/cluster-user.ts';
import { holdWrites, type HeldWrites } from './held-writes.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { podEnded } from './pods.ts';

const NAMESPACE = 'stopped';
/** Four more than are written at once. */
const NAMES = Array.from({ length: DEFAULT_SETTINGS.concurrency + 4 }, (_, index) => `secret-${index}`);

let world: JobWorld;
let held: HeldWrites;

beforeAll(async () => {
  const values = Object.fromEntries(NAMES.map((name) => [name, `value of ${name}`]));
  world = await openJobWorld({ namespace: NAMESPACE, values, identity: 'referenced' });
  held = await holdWrites(world, 'CREATE');
});
afterAll(() => world.close());

describe('the job in a pod that is deleted', () => {
  it('finishes the writes in hand, begins no other, and says how many are left', async () => {
    const ref = { namespace: NAMESPACE, name: 'deleted' };
    // Without a finalizer the pod would be gone in the end, and with it how it ended.
    await world.admin.apply(world.pod(ref.name, { finalizers: ['keyferry.test/look'] }));
    await eventually(
      'the writes have begun',
      async () => held.begun.size === DEFAULT_SETTINGS.concurrency || undefined,
    );
    await world.admin.delete('Pod', NAMESPACE, ref.name);
    await eventually('SIGTERM has reached the job', () => wasSignalled(ref.name));
    held.release();
    const ended = await podEnded(world.admin, ref);
    await world.admin.patch({ kind: 'Pod', metadata: { ...ref, finalizers: [] } });

    expect(ended.code).toBe(143);
    expect(ended.terminationMessage).toMatch(
      /^16 created, .*\nthe run was asked to stop: 4 objects are left for the next run/u,
    );
    expect(held.begun.size).toBe(DEFAULT_SETTINGS.concurrency);
    const written = (await world.admin.list('Secret', NAMESPACE)).map(({ metadata }) => metadata.name);
    expect(written.sort()).toEqual([...held.begun].sort());
  });
});

const SIGTERM_BIT = 1n << 14n;

/** Node catches a signal only until its `once` has been called. */
async function wasSignalled(pod: string): Promise<true | undefined> {
  const id = await processOf(pod);
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  const caught = BigInt(`0x${/^SigCgt:\s*(\w+)/mu.exec(status)?.[1] ?? '0'}`);
  return (caught & SIGTERM_BIT) === 0n ? true : undefined;
}

/** Processes of containers are seen from the node; the kubelet tells each the name of its pod. */
async function processOf(pod: string): Promise<string> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const environments = ids.map(async (id) => {
    const text = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    return text.split('\0').includes(`HOSTNAME=${pod}`) ? [id] : [];
  });
  const [found] = (await Promise.all(environments)).flat();
  if (found === undefined) throw new Error(`no process belongs to pod ${pod}`);
  return found;
}
