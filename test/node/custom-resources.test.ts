/**
 * Custom resources as the home of the intents, in a cluster that asks more of whoever writes an ownerReference than
 * others do, as OpenShift does: pods as they are, and the garbage collector.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAs, eventually } from '../cluster/cluster-user.ts';
import { rightsOfTheManual } from '../cluster/resource-world.ts';
import { installTestDefinitions } from '../cluster/test-definitions.ts';
import { controlPlane } from '../cluster/world.ts';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';

const NAMESPACE = 'custom-resources';

let world: NodeWorld;
let installer: Installer;

beforeAll(async () => {
  world = await openNodeWorld(NAMESPACE);
  installer = await openInstaller(world);
  await installTestDefinitions(world.admin);
  await world.admin.apply(rightsOfTheManual());
  await untilOwnersAreJudged();
});
afterAll(() => world.close());

/** An API server of this kind learns of new definitions some seconds late, and refuses every owner of theirs until then. */
async function untilOwnersAreJudged(): Promise<void> {
  const team = connectAs(controlPlane(), 'user-0');
  world.closeLater(async () => team.close());
  const apiVersion = 'external-secrets.io/v1';
  const metadata = { name: 'first', namespace: NAMESPACE };
  const owner = await world.admin.apply({ apiVersion, kind: 'ExternalSecret', metadata });
  const ownerReferences = [
    { apiVersion, kind: 'ExternalSecret', name: 'first', uid: owner.metadata.uid, blockOwnerDeletion: true },
  ];
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, ownerReferences } };
  const path = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
  await eventually('owners are judged', async () => {
    const { status } = await team.call({ method: 'POST', path, body });
    return status === 201 ? true : undefined;
  });
  await world.admin.delete('ExternalSecret', NAMESPACE, 'first');
}

const deploy = (...names: readonly string[]) =>
  installer.deploy(
    manifestsText({ namespace: NAMESPACE, names, identity: 'referenced' }),
    ...['--home', 'custom-resources'],
  );

describe('deploy --home custom-resources', () => {
  it('ends with a Secret that its ExternalSecret owns, and with the status that the operator would write', async () => {
    world.fillVault({ db: 'correct-horse' });
    const { code, stdout } = await deploy('db');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 created, ') });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
    const secret = await world.admin.find('Secret', NAMESPACE, 'db');
    expect(secret?.metadata.ownerReferences).toMatchObject([{ kind: 'ExternalSecret', name: 'db', controller: true }]);
    const resource = await world.admin.find('ExternalSecret', NAMESPACE, 'db');
    expect(resource?.status).toMatchObject({ conditions: [{ type: 'Ready', status: 'True', reason: 'SecretSynced' }] });
  });

  it('makes a Secret its own that was there before', async () => {
    world.fillVault({ cache: 'battery-staple' });
    const metadata = { name: 'cache', namespace: NAMESPACE };
    await world.admin.apply({ apiVersion: 'v1', kind: 'Secret', metadata });
    const { code, stdout } = await deploy('db', 'cache');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 updated, ') });
    const secret = await world.admin.find('Secret', NAMESPACE, 'cache');
    expect(secret?.metadata.ownerReferences).toMatchObject([{ kind: 'ExternalSecret', name: 'cache' }]);
  });

  it('leaves the Secret of an ExternalSecret that is deleted to the garbage collector', async () => {
    await world.admin.delete('ExternalSecret', NAMESPACE, 'cache');
    const gone = async () => ((await world.admin.find('Secret', NAMESPACE, 'cache')) === undefined ? true : undefined);
    // It looks for new definitions every half a minute.
    await eventually('the Secret is gone', gone, 90);
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
  });
});
