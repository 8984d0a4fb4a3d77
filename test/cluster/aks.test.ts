/**
 * From a workflow to Secrets in an AKS cluster with nothing but its resource id and an identity: GitHub's token, Entra,
 * Resource Manager, and an API server that checks Entra's token by itself. The bundles are as they are published.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { QUICKSTART, startBundle, type Ended } from '../bundle/bundle.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { MANAGED_CLIENT_ID, TENANT_ID, type ManagedClusterCase } from '../servers/index.ts';
import { trustEntra, type EntraTrust } from './entra-trust.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'shop';
const VALUES = { 'database-password': 'correct-horse-battery-staple', 'payment-api-key': 'sk_demo_51HvNq' };
const STATE = 'keyferry-state-0';

/** What the identity is called in the cluster. */
let objectId: string;
let shop: RealShop;
let trust: EntraTrust;
let step: WorkflowStep;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  objectId = shop.azure.entra.identity(MANAGED_CLIENT_ID)!.objectId;
  trust = await trustEntra(shop.azure, controlPlane(), MANAGED_CLIENT_ID);
  step = await WorkflowStep.create();
  await cp(join(QUICKSTART, 'manifests'), join(step.workspace, 'deploy'), { recursive: true });
});
afterAll(async () => {
  await trust.close();
  await shop.close();
  await step.remove();
});

beforeEach(async () => {
  await shop.reset();
  shop.azure.arm.reset();
  shop.azure.entra.log.length = 0;
  const content = Object.entries(VALUES).map(([name, value]) => [name, [{ value }]] as const);
  shop.azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(content) } });
});

const aks = (cluster: Partial<ManagedClusterCase> = {}): string => {
  const { server, caFile } = controlPlane();
  const authority = readFileSync(caFile, 'utf8');
  return shop.azure.arm.setCluster('rg-shop', 'aks-shop', { server, authority, namespace: NAMESPACE, ...cluster });
};

const IDENTITY = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };

const runAction = (cluster: Partial<ManagedClusterCase> = {}): Promise<StepResult> =>
  step.run(
    { command: 'sync', manifests: 'deploy', 'aks-cluster': aks(cluster), ...IDENTITY },
    shop.azure.environment(),
  );

const runCli = (...args: readonly string[]): Promise<Ended> => {
  const identity = ['--azure-client-id', MANAGED_CLIENT_ID, '--azure-tenant-id', TENANT_ID];
  const environment = { HOME: step.workspace, ...shop.azure.environment() };
  const all = [...args, '--aks-cluster', aks(), ...identity];
  return startBundle('cli', { args: all, cwd: step.workspace, environment }).ended;
};

/** The rights of the manual, bound to the identity by its object id. */
async function bind(): Promise<void> {
  const secrets = ['app-secrets', 'all-secrets', 'my-k8s-secret'];
  const verbs = ['get', 'create', 'patch', 'update'];
  const rules = [
    { apiGroups: [''], resources: ['secrets'], resourceNames: secrets, verbs },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [STATE], verbs },
  ];
  const metadata = { name: 'keyferry-aks', namespace: NAMESPACE };
  const apiGroup = 'rbac.authorization.k8s.io';
  await shop.admin.apply({ apiVersion: `${apiGroup}/v1`, kind: 'Role', metadata, rules });
  await shop.admin.apply({
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup, kind: 'Role', name: metadata.name },
    subjects: [{ apiGroup, kind: 'User', name: objectId }],
  });
}

const unbind = () => shop.admin.delete('RoleBinding', NAMESPACE, 'keyferry-aks');
const errors = ({ commands }: StepResult) => commands.filter(({ name }) => name === 'error').map(({ text }) => text);

describe('an identity that is bound by its object id', () => {
  beforeAll(bind);
  afterAll(unbind);

  it('writes the Secrets of the guides from a workflow, as itself', async () => {
    const result = await runAction();
    expect({ code: result.code, stderr: result.stderr, errors: errors(result) }).toEqual({
      code: 0,
      stderr: '',
      errors: [],
    });
    expect(result.outputs).toMatchObject({ created: '3', failed: '0' });
    expect(await shop.secret('my-k8s-secret')).toEqual({ 'db-password': VALUES['database-password'] });
  });

  it('takes one token each for Resource Manager, for the API server and for the vault', async () => {
    await runAction();
    const scopes = shop.azure.entra.log.map(({ scope }) => scope.split('/.default')[0]?.split(' ').at(-1));
    expect(scopes).toEqual([
      'https://management.azure.com',
      '6dae42f8-4368-4678-94ff-3960e28e3630',
      'https://vault.azure.net',
    ]);
    expect(shop.azure.arm.requests).toHaveLength(1);
  });

  it('does the same from the command line, and then has nothing to do', async () => {
    const first = await runCli('sync', '-f', 'deploy', '--detailed-exitcode');
    expect(first.stdout).toContain('3 created, 0 updated, 0 deleted, 0 unchanged.');
    expect((await runCli('plan', '-f', 'deploy', '--detailed-exitcode')).code).toBe(0);
  });
});

describe('an identity that nobody bound', () => {
  it('is told the rule and its own object id, and changes nothing', async () => {
    const result = await runAction();
    expect(result.code).toBe(1);
    expect(errors(result)[0]).toContain(
      `cluster aks-shop does not let "${objectId}" get configmaps "${STATE}" in namespace shop`,
    );
    expect(errors(result)[0]).toContain(`kubectl create rolebinding NAME --role=NAME --user=${objectId} -n shop`);
    expect(await shop.secret('my-k8s-secret')).toBeUndefined();
  });
});

describe('a token that the API server does not accept', () => {
  it('is told with identity and tenant', async () => {
    const serverId = '88888888-8888-8888-8888-888888888888';
    shop.azure.entra.allowResource(serverId);
    const result = await runAction({ entra: { serverId } });
    expect(errors(result)[0]).toContain(
      `cluster aks-shop does not accept the token of identity ${objectId} in tenant ${TENANT_ID} (401)`,
    );
  });
});

describe('a cluster that is stopped', () => {
  it('is told as that', async () => {
    const result = await runAction({ server: 'https://127.0.0.1:1', power: 'Stopped' });
    expect(errors(result)[0]).toContain(
      'cluster aks-shop is stopped. Start it: az aks start --resource-group rg-shop --name aks-shop.',
    );
  });
});
