/** What `keyferry deploy` installs writes back as well: its pods, with the identity of their ServiceAccount. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';

const NAMESPACE = 'pushed';

let world: NodeWorld;
let installer: Installer;

beforeAll(async () => {
  world = await openNodeWorld(NAMESPACE);
  installer = await openInstaller(world);
});
afterAll(() => world.close());

function secret(name: string, data: Readonly<Record<string, string>>) {
  return world.admin.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: NAMESPACE },
    stringData: data,
  });
}

/** The store and an ExternalSecret as everywhere here, and a PushSecret of Secret `source`. */
function manifests(...data: readonly object[]): string {
  const push = {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: 'back', namespace: NAMESPACE },
    spec: {
      refreshInterval: '1h',
      deletionPolicy: 'Delete',
      secretStoreRefs: [{ name: 'vault' }],
      selector: { secret: { name: 'source' } },
      data,
    },
  };
  const pulls = manifestsText({
    namespace: NAMESPACE,
    names: ['pulled'],
    identity: 'referenced',
    refreshInterval: '1h',
  });
  return `${pulls}\n---\n${JSON.stringify(push)}\n`;
}

const entry = (secretKey: string, remoteKey: string) => ({ match: { secretKey, remoteRef: { remoteKey } } });

function versions(name: string): readonly unknown[] {
  const { secrets } = world.azure.vaults.snapshot('kv-shop');
  return (secrets as Readonly<Record<string, readonly { value: string }[]>>)[name]?.map(({ value }) => value) ?? [];
}

describe('the pod of an installation', () => {
  it('writes what a PushSecret asks for into the vault, beside what it pulls', async () => {
    world.fillVault({ pulled: 'correct-horse' });
    await secret('source', { password: 'battery-staple', user: 'app' });
    const { code, stdout } = await installer.deploy(
      manifests(entry('password', 'db-password'), entry('user', 'db-user')),
    );
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('2 pushed') });
    expect(await world.secret('pulled')).toEqual({ value: 'correct-horse' });
    expect([versions('db-password'), versions('db-user')]).toEqual([['battery-staple'], ['app']]);
  });

  it('makes no version where nothing changed, and one where the source did', async () => {
    expect((await installer.keyferry('status', '--refresh')).code).toBe(0);
    expect(versions('db-password')).toEqual(['battery-staple']);
    await secret('source', { password: 'another', user: 'app' });
    expect((await installer.keyferry('status', '--refresh')).code).toBe(0);
    expect([versions('db-password'), versions('db-user')]).toEqual([['battery-staple', 'another'], ['app']]);
  });

  it('deletes what no entry names any more', async () => {
    const { code } = await installer.deploy(manifests(entry('password', 'db-password')));
    expect(code).toBe(0);
    expect([versions('db-password'), versions('db-user')]).toEqual([['battery-staple', 'another'], []]);
  });

  it('says which right it lacks, and pulls all the same', async () => {
    world.fillVault({ pulled: 'second' });
    world.azure.vaults.deny({ object: 'db-password', operation: 'set' });
    await secret('source', { password: 'third', user: 'app' });
    const { code, stdout } = await installer.keyferry('status', '--refresh');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('Key Vault Secrets Officer') });
    expect(await world.secret('pulled')).toEqual({ value: 'second' });
    expect(versions('db-password')).toEqual(['battery-staple', 'another']);
  });
});
