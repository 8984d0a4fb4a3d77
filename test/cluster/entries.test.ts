/**
 * The bundles in a real cluster, nothing in them replaced: the manifests of the guides become Secrets, through GitHub's
 * token in a workflow step, and through TokenRequest in the job.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { QUICKSTART, startBundle, type Ended } from '../bundle/bundle.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../servers/index.ts';
import { kubeconfigOf } from './control-plane.ts';
import { openRealShop, SERVICE_ACCOUNT, type RealShop } from './real-shop.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'shop';
const USER = 'user-1';
const VALUES = {
  'database-password': 'correct-horse-battery-staple',
  'session-secret': '7f0c1d4ab2',
  'payment-api-key': 'sk_demo_51HvNq',
  'feature-flags': '{"checkout":"new"}',
};
const BY_PATTERN = Object.fromEntries(Object.entries(VALUES).filter(([name]) => name !== 'feature-flags'));

let shop: RealShop;
let folder: string;
let step: WorkflowStep;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  folder = await mkdtemp(join(tmpdir(), 'keyferry-entries-'));
  step = await WorkflowStep.create();
  await cp(join(QUICKSTART, 'manifests'), join(step.workspace, 'deploy'), { recursive: true });
  await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(controlPlane(), 'admin', NAMESPACE));
});
afterAll(async () => {
  await shop.close();
  await step.remove();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await shop.reset();
  const content = Object.entries(VALUES).map(([name, value]) => [name, [{ value }]] as const);
  shop.azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(content) } });
  for (const kind of ['ExternalSecret', 'SecretStore', 'Event']) {
    for (const { metadata } of await shop.admin.list(kind, NAMESPACE)) {
      await shop.admin.delete(kind, NAMESPACE, metadata.name);
    }
  }
});

function runAction(inputs: Readonly<Record<string, string>> = {}, user = 'admin'): Promise<StepResult> {
  const given = {
    command: 'sync',
    manifests: 'deploy',
    kubeconfig: kubeconfigOf(controlPlane(), user, NAMESPACE),
    'azure-client-id': MANAGED_CLIENT_ID,
    'azure-tenant-id': TENANT_ID,
    ...inputs,
  };
  return step.run(given, shop.azure.environment());
}

/** Without GitHub's variables, as in a pod. */
async function runJob(variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const azure = Object.entries(shop.azure.environment()).filter(([name]) => !name.startsWith('ACTIONS_'));
  const environment = {
    ...Object.fromEntries(azure),
    HOME: folder,
    KEYFERRY_KUBECONFIG: join(folder, 'kubeconfig'),
    KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
    ...variables,
  };
  return await startBundle('job', { cwd: folder, environment }).ended;
}

const FROM_FILES = { KEYFERRY_FILENAME: join(QUICKSTART, 'manifests') };

async function guideSecrets(): Promise<Readonly<Record<string, unknown>>> {
  const names = ['app-secrets', 'all-secrets', 'my-k8s-secret'];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await shop.secret(name)] as const)));
}

const EXPECTED = {
  'app-secrets': BY_PATTERN,
  'all-secrets': VALUES,
  'my-k8s-secret': { 'db-password': VALUES['database-password'] },
};

function expectNoValueIn(text: string): void {
  const found = Object.values(VALUES).filter((value) => text.includes(value));
  expect(found).toEqual([]);
}

describe('the action', () => {
  it('syncs the manifests of the guides with the token of the workflow, and then has nothing to do', async () => {
    const first = await runAction();
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.outputs).toMatchObject({ changed: 'true', created: '3', failed: '0', problems: '0' });
    expect(await guideSecrets()).toEqual(EXPECTED);
    expect(first.commands.filter(({ name }) => name === 'error')).toEqual([]);
    expect((await runAction()).outputs).toMatchObject({ changed: 'false', unchanged: '3' });
    expect(shop.azure.github.requests.length).toBeGreaterThan(0);
  });

  it('masks the login of the kubeconfig and every value, and prints neither elsewhere', async () => {
    const { stdout, summary, outputs, report, commands } = await runAction();
    const token = controlPlane().tokens['admin'] ?? '';
    const masks = commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text);
    expect(masks).toEqual(expect.arrayContaining([token, ...Object.values(VALUES)]));
    const rest = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expectNoValueIn([...rest, summary, JSON.stringify(outputs), report].join('\n'));
    expect([...rest, summary, report].join('\n')).not.toContain(token);
  });

  it('names the right that its user lacks, on the line of the manifest', async () => {
    const { code, commands } = await runAction({}, USER);
    expect(code).toBe(1);
    const errors = commands.filter(({ name }) => name === 'error').map(({ text }) => text);
    expect(errors[0]).toContain('does not let "user-1" get configmaps "keyferry-state-0" in namespace shop');
    expect(await guideSecrets()).toEqual({
      'app-secrets': undefined,
      'all-secrets': undefined,
      'my-k8s-secret': undefined,
    });
  });
});

describe('the job', () => {
  it('syncs the manifests of the guides with a token of its ServiceAccount', async () => {
    const before = { github: shop.azure.github.requests.length, entra: shop.azure.entra.tokenRequests };
    const { code, stdout } = await runJob(FROM_FILES);
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toMatchObject({
      code: 0,
      last: expect.stringContaining('3 created, 0 updated, 0 deleted, 0 unchanged.'),
    });
    expect(await guideSecrets()).toEqual(EXPECTED);
    // One exchange, with a token that Entra checked against the API server's own keys; none of GitHub's.
    expect(shop.azure.entra.tokenRequests).toBe(before.entra + 1);
    expect(shop.azure.github.requests).toHaveLength(before.github);
    expectNoValueIn(`${stdout}${await readFile(join(folder, 'termination-log'), 'utf8')}`);
  });

  it('asks no vault for what is not due', async () => {
    await runJob(FROM_FILES);
    shop.azure.vaults.clearLog();
    const { code, stdout } = await runJob(FROM_FILES);
    expect({ code, requests: shop.azure.vaults.requests() }).toEqual({ code: 0, requests: [] });
    expect(stdout).toContain('"notDue":3');
  });

  it('waits where the vault throttles, and goes on', async () => {
    shop.azure.vaults.inject({ match: '^GET', status: 429, code: 'Throttled', retryAfter: 1, times: 1 });
    const { code, stdout } = await runJob(FROM_FILES);
    expect(code).toBe(0);
    expect(stdout).toContain('vault kv-shop throttled, waiting 1 s (attempt 2 of 4)');
    expect(await guideSecrets()).toEqual(EXPECTED);
  });

  it('touches nothing where the vault denies, and says which role is missing', async () => {
    await runJob(FROM_FILES);
    shop.azure.vaults.deny({ clientId: MANAGED_CLIENT_ID });
    const { code, stdout } = await runAction();
    shop.azure.vaults.permissions.clear();
    expect(code).toBe(1);
    expect(stdout).toContain('Key Vault Secrets User');
    expect(await guideSecrets()).toEqual(EXPECTED);
  });

  it('says which ServiceAccount is missing', async () => {
    await shop.admin.delete('ServiceAccount', NAMESPACE, SERVICE_ACCOUNT);
    const { code, stdout } = await runJob(FROM_FILES);
    expect(code).toBe(1);
    expect(stdout).toContain(`ServiceAccount shop/${SERVICE_ACCOUNT}, which SecretStore shop/azure-secret-store names`);
  });

  it('takes custom resources of the cluster, and writes their status and Events as the operator does', async () => {
    for (const file of ['store.yaml', 'secrets.yaml']) {
      const text = await readFile(join(QUICKSTART, 'manifests', file), 'utf8');
      for (const document of parseAllDocuments(text)) await shop.admin.apply(asV1(document.toJS() as KubernetesObject));
    }
    const home = { KEYFERRY_HOME: 'custom-resources', KEYFERRY_NAMESPACE: NAMESPACE };
    expect((await runJob(home)).code).toBe(0);
    expect(await guideSecrets()).toEqual(EXPECTED);
    const { status } = (await shop.admin.find('ExternalSecret', NAMESPACE, 'by-pattern')) ?? {};
    expect(status).toMatchObject({
      binding: { name: 'app-secrets' },
      refreshTime: expect.stringMatching(/Z$/u),
      syncedResourceVersion: expect.stringMatching(/^1-[0-9a-f]{56}$/u),
      conditions: [{ type: 'Ready', status: 'True', reason: 'SecretSynced', message: 'secret synced' }],
    });
    const events = await shop.admin.list('Event', NAMESPACE);
    expect(events.map((event) => event['reason'])).toEqual(expect.arrayContaining(['Created', 'Valid']));
    const secret = await shop.admin.find('Secret', NAMESPACE, 'app-secrets');
    expect(secret?.metadata.ownerReferences).toMatchObject([
      { kind: 'ExternalSecret', name: 'by-pattern', controller: true },
    ]);
  });
});

/** The test definitions serve v1 only; an API server with the operator's converts. */
function asV1(object: KubernetesObject): KubernetesObject {
  return { ...object, apiVersion: 'external-secrets.io/v1' };
}
