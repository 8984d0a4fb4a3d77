/** Pods that the workload identity webhook gives an identity. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishedBy } from '../cluster/service-account-trust.ts';
import { MANAGED_CLIENT_ID, SigningKey, TENANT_ID } from '../servers/index.ts';
import { openInstaller } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { IDENTITY_SERVICE_ACCOUNT } from './node-world.ts';
import { runPod } from './pods.ts';
import { serveWorkloadIdentity } from './workload-identity-webhook.ts';

const NAMESPACE = 'mounted-identity';

let world: JobWorld;

beforeAll(async () => {
  world = await openJobWorld({ namespace: NAMESPACE, values: { db: 'correct-horse' }, identity: 'mounted' });
  await serveWorkloadIdentity(world);
});
afterAll(() => world.close());

describe('the job with a mounted identity', () => {
  it('says what the pod lacks when its label is missing', async () => {
    const { code, terminationMessage } = await runPod(world.admin, world.pod('unlabelled'));
    expect(code).toBe(1);
    expect(terminationMessage).toContain('In a pod, add the label azure.workload.identity/use: "true"');
    expect(await world.secret('db')).toBeUndefined();
  });

  it('syncs with the token that is mounted, and needs no right on ServiceAccounts', async () => {
    const labels = { 'azure.workload.identity/use': 'true' };
    const ended = await runPod(world.admin, world.pod('labelled', { labels }));
    expect({ code: ended.code, message: ended.terminationMessage }).toEqual({
      code: 0,
      message: '1 created, 0 updated, 0 deleted, 0 unchanged.',
    });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
    expect(world.azure.entra.log.map(({ clientId, status }) => ({ clientId, status }))).toEqual([
      { clientId: MANAGED_CLIENT_ID, status: 200 },
    ]);
  });

  it('is refused where the token was not signed with the key that the cluster publishes', async () => {
    await world.admin.delete('Secret', NAMESPACE, 'db');
    const { issuer, jwks } = await publishedBy(world.admin);
    const foreign = new SigningKey();
    // By the same name, so that it is the signature that does not fit.
    const keys = jwks.keys.map((key) => ({ ...foreign.jwk, kid: key.kid! }));
    world.azure.entra.registerIssuer(issuer, () => ({ keys }));
    const labels = { 'azure.workload.identity/use': 'true' };
    const { code, terminationMessage } = await runPod(world.admin, world.pod('forged', { labels }));
    world.azure.entra.registerIssuer(issuer, () => jwks);
    expect(code).toBe(1);
    expect(terminationMessage).toContain('AADSTS700027');
    expect(await world.secret('db')).toBeUndefined();
  });

  it('is what deploy installs for a store that names no ServiceAccount', async () => {
    // Its own name, for it is the ServiceAccount that the identity trusts.
    const name = IDENTITY_SERVICE_ACCOUNT;
    const installer = await openInstaller(world);
    const manifests = manifestsText({ namespace: NAMESPACE, names: ['db'], identity: 'mounted' });
    const identity = ['--azure-client-id', MANAGED_CLIENT_ID, '--azure-tenant-id', TENANT_ID];
    const { code, stdout } = await installer.deploy(manifests, '--installation', name, ...identity);
    await installer.close();
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 created, ') });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
  });
});
