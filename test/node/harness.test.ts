/** The node itself: pods that are locked down run, and the job syncs in one with no right too many. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TAMPERED_EXIT_CODE } from '../../src/core/deploy/engine-config.ts';
import { builtEngine, engineMap, engineProgram } from './engine.ts';
import { LOCKED_DOWN, NOBODY } from './job-pod.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { NODE_IMAGE } from './node-world.ts';
import { runPod, type EndedPod } from './pods.ts';

const NAMESPACE = 'harness';
const VALUES = { db: 'correct-horse', session: '7f0c1d4ab2' };

let world: JobWorld;

beforeAll(async () => {
  world = await openJobWorld({ namespace: NAMESPACE, values: VALUES, identity: 'referenced' });
});
afterAll(() => world.close());

afterEach(async () => {
  for (const name of Object.keys(VALUES)) await world.admin.delete('Secret', NAMESPACE, name);
  await world.admin.delete('ConfigMap', NAMESPACE, 'keyferry-state-0');
});

async function secrets(): Promise<readonly unknown[]> {
  return await Promise.all(Object.keys(VALUES).map((name) => world.secret(name)));
}

function lastLine({ log }: EndedPod): unknown {
  return JSON.parse(log.trimEnd().split('\n').at(-1) ?? '');
}

const LOOK = `
  const { readFileSync, writeFileSync } = require('node:fs');
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)[1];
  let root = 'written';
  try { writeFileSync('/file', ''); } catch (error) { root = error.code; }
  const seen = { user: process.getuid(), root, capabilities: field('CapEff'), seccomp: field('Seccomp') };
  console.log(JSON.stringify({ ...seen, node: process.version.split('.')[0] }));
  process.exit(7);`;

describe('a pod', () => {
  it('runs as nobody, with a root that cannot be written, and its log can be read', async () => {
    const command = ['node', '-e', LOOK];
    const ended = await runPod(world.admin, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: NAMESPACE, name: 'look' },
      spec: {
        restartPolicy: 'Never',
        securityContext: NOBODY,
        containers: [{ name: 'look', image: NODE_IMAGE, command, securityContext: LOCKED_DOWN }],
      },
    });
    // Linux: seccomp 2 = filtered.
    const seen = { user: 65532, root: 'EROFS', capabilities: '0000000000000000', seccomp: '2', node: 'v24' };
    expect({ ...ended, log: lastLine(ended) }).toEqual({
      code: 7,
      reason: 'Error',
      terminationMessage: '',
      log: seen,
    });
  });
});

describe('the job in a pod', () => {
  it('syncs with the token of a ServiceAccount that the store names', async () => {
    const before = world.azure.entra.tokenRequests;
    const ended = await runPod(world.admin, world.pod('first'));
    expect({ code: ended.code, message: ended.terminationMessage, last: lastLine(ended) }).toEqual({
      code: 0,
      message: '2 created, 0 updated, 0 deleted, 0 unchanged.',
      last: expect.objectContaining({ created: 2, errors: 0, warnings: 0, exitCode: 0 }),
    });
    expect(await secrets()).toEqual([{ value: VALUES.db }, { value: VALUES.session }]);
    // Entra checked the token against the API server's own keys.
    expect(world.azure.entra.tokenRequests).toBe(before + 1);
    expect(Object.values(VALUES).filter((value) => ended.log.includes(value))).toEqual([]);
  });

  it('remembers across pods what is not due, and asks no vault for it', async () => {
    await runPod(world.admin, world.pod('earlier'));
    world.azure.vaults.clearLog();
    const ended = await runPod(world.admin, world.pod('later'));
    expect(lastLine(ended)).toMatchObject({ notDue: 2, created: 0, exitCode: 0 });
    expect(world.azure.vaults.requests()).toEqual([]);
  });

  it('tells in its status what it was refused', async () => {
    world.azure.vaults.deny({ object: 'session', operation: 'get' });
    const ended = await runPod(world.admin, world.pod('refused'));
    world.azure.vaults.permissions.clear();
    expect(ended.code).toBe(1);
    expect(ended.terminationMessage).toMatch(
      /^1 created, .* 1 failed, .*\nExternalSecret harness\/session: .* may not read secret "session" in vault kv-shop /u,
    );
    expect(await secrets()).toEqual([{ value: VALUES.db }, undefined]);
  });

  it('does not run an engine that is another than the one its pod names', async () => {
    const engine = builtEngine();
    // What is unpacked is still the same.
    const configMap = engineMap({ packed: Buffer.concat([engine.packed, Buffer.from([0])]) }, NAMESPACE);
    await world.admin.apply(configMap);
    const program = engineProgram(engine, configMap);
    const ended = await runPod(world.admin, world.pod('tampered', { program }));
    expect(ended.code).toBe(TAMPERED_EXIT_CODE);
    expect(ended.terminationMessage).toMatch(
      /^the engine is not the one that was deployed: its digest is \w{12}…, expected \w{12}…\. It was not run\. /u,
    );
    expect(lastLine(ended)).toEqual({ level: 'error', message: ended.terminationMessage });
    expect(await secrets()).toEqual([undefined, undefined]);
  });
});
