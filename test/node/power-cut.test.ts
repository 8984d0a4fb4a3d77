/** An installation whose machine loses its power in the middle of a pass, and what a person sees of it from outside. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PassReport } from '../../src/core/model/pass-report.ts';
import type { Ended } from '../bundle/bundle.ts';
import { holdWrites } from './held-writes.ts';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { powerOff, powerOn } from './machine.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';
import { podsWith } from './pods.ts';

const NAMESPACE = 'power-cut';
const NAMES = ['db', 'session', 'token'] as const;
const KEYS = ['user', 'password'];
const WAIT = ['--wait-timeout', '180'];

let world: NodeWorld;
let installer: Installer;
/** The pass of the deployment. */
let before: PassReport;
/** While the power was off. */
let off: { readonly secrets: readonly unknown[]; readonly status: Status };
/** The command that had started the pass, and was waiting for it all the time. */
let refresh: Ended;
let doomed: string;

beforeAll(async () => {
  world = await openNodeWorld(NAMESPACE);
  installer = await openInstaller(world);
  vault('first');
  const documents = { namespace: NAMESPACE, names: NAMES, identity: 'referenced', refreshInterval: '1s' } as const;
  expect(await installer.deploy(manifestsText({ ...documents, keys: KEYS }))).toMatchObject({ code: 0 });
  // So that no pass is made but those that are asked for.
  await installer.suspend();
  before = (await status()).pass;

  vault('second');
  const held = await holdWrites(world, 'UPDATE', ['session']);
  const refreshing = installer.keyferry('status', '--refresh', ...WAIT);
  await held.reached;
  doomed = await leaseHolder();
  await powerOff();
  held.release();
  off = { secrets: await secrets(), status: await status() };
  await powerOn(world.admin);
  refresh = await refreshing;
}, 300_000);
afterAll(() => world.close());

/** Every object of the vault gets this value. */
function vault(value: string): void {
  world.fillVault(Object.fromEntries(NAMES.map((name) => [name, value])));
}

const whole = (value: string) => Object.fromEntries(KEYS.map((key) => [key, value]));

async function secrets(): Promise<readonly unknown[]> {
  return await Promise.all(NAMES.map((name) => world.secret(name)));
}

interface Status {
  readonly pass: PassReport;
  readonly problems: readonly unknown[];
  readonly rows: readonly { readonly object: string; readonly secret?: string; readonly keys?: readonly string[] }[];
}

async function status(): Promise<Status> {
  const { stdout } = await installer.keyferry('status', '-o', 'json');
  return JSON.parse(stdout) as Status;
}

async function leaseHolder(): Promise<string> {
  const lease = await world.admin.read({ kind: 'Lease', metadata: { namespace: NAMESPACE, name: 'keyferry' } });
  return (lease['spec'] as { readonly holderIdentity: string }).holderIdentity;
}

describe('a machine that loses its power in the middle of a pass', () => {
  it('leaves every Secret whole, and the one that was being written as it was', () => {
    const [db, session, token] = off.secrets;
    expect([whole('first'), whole('second')]).toContainEqual(db);
    expect(session).toEqual(whole('first'));
    expect([whole('first'), whole('second')]).toContainEqual(token);
  });

  it('is no pass for status: the last is still the one before', () => {
    expect(off.status.pass).toEqual(before);
    expect(off.status.rows.filter(({ secret }) => secret !== undefined)).toEqual(
      NAMES.map((name) => expect.objectContaining({ secret: `Secret ${NAMESPACE}/${name}`, keys: KEYS.toSorted() })),
    );
  });

  it('is made good by another pod when it is back, for whoever waits for that pass', async () => {
    expect({ code: refresh.code, stderr: refresh.code === 0 ? '' : refresh.stderr + refresh.stdout }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(await secrets()).toEqual(NAMES.map(() => whole('second')));
    const { pass, problems } = await status();
    const pods = await podsWith(world.admin, NAMESPACE, 'app.kubernetes.io/instance', 'keyferry');
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining([doomed, pass.holder]));
    expect({ ...pass, holder: pass.holder === doomed ? 'the dead one' : 'another', problems }).toMatchObject({
      holder: 'another',
      exitCode: 0,
      problems: [],
    });
  });

  it('leaves no Lease behind that keeps a later pass waiting', async () => {
    expect(await leaseHolder()).toBe('');
    vault('third');
    const { code, stdout } = await installer.keyferry('status', '--refresh', ...WAIT);
    expect(code).toBe(0);
    expect(stdout).toContain('0 created, 3 updated, 0 deleted, 0 unchanged.');
    expect(await secrets()).toEqual(NAMES.map(() => whole('third')));
  });
});
