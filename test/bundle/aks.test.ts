/** The bundles in an AKS cluster, named by its resource id alone: no az, no kubelogin, no kubeconfig, no secret. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import {
  AKS_SERVER_ID,
  decodeToken,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
  type ManagedClusterCase,
} from '../servers/index.ts';
import { startBundle, type Ended } from './bundle.ts';
import { AKS_HOST, LoopbackApiServer } from './loopback-api-server.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

const OBJECT_ID = 'bbbbbbbb-0000-0000-0000-000000000001';

let azure: LoopbackAzure;
let server: LoopbackApiServer;
let step: WorkflowStep;

beforeAll(async () => {
  server = await LoopbackApiServer.start();
  azure = await startLoopbackAzure({ routes: { [AKS_HOST]: server.port } });
});
afterAll(async () => {
  await azure.close();
  await server.close();
});

beforeEach(async () => {
  step = await WorkflowStep.create();
  await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }] } } });
  server.admits = isTokenForClusters;
});
afterEach(async () => {
  server.forget();
  azure.arm.reset();
  azure.vaults.clearLog();
  azure.proxy.connects.length = 0;
  await step.remove();
});

const aks = (cluster: Partial<ManagedClusterCase> = {}): string =>
  azure.arm.setCluster('rg-shop', 'aks-shop', {
    server: `https://${AKS_HOST}:443`,
    authority: server.authority,
    ...cluster,
  });

function isTokenForClusters(token: string): boolean {
  const claims = decodeToken(token)?.claims;
  return claims?.['aud'] === AKS_SERVER_ID && claims['oid'] === OBJECT_ID;
}

const IDENTITY = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };

const run = (inputs: Readonly<Record<string, string>>): Promise<StepResult> =>
  step.run({ command: 'sync', manifests: 'deploy', ...IDENTITY, ...inputs }, azure.environment());

const cli = (args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> =>
  startBundle('cli', { args, cwd: step.workspace, environment: { HOME: step.workspace, ...environment } }).ended;

const errors = ({ commands }: StepResult) => commands.filter(({ name }) => name === 'error').map(({ text }) => text);

describe('the action', () => {
  it("writes Secrets with the job's token alone, through the proxy of the company", async () => {
    const result = await run({ 'aks-cluster': aks() });
    expect({ code: result.code, stderr: result.stderr, errors: errors(result) }).toEqual({
      code: 0,
      stderr: '',
      errors: [],
    });
    expect(server.secrets()).toEqual(['db']);
    expect(new Set(azure.proxy.connects.map(({ host, outcome }) => `${host} ${outcome}`))).toEqual(
      new Set([
        'login.microsoftonline.com connected',
        'management.azure.com connected',
        `${AKS_HOST} connected`,
        'kv-shop.vault.azure.net connected',
      ]),
    );
  });

  it('asks for the cluster once, also where a plan is approved before it writes', async () => {
    const inputs = { 'aks-cluster': aks() };
    const approve = async (of: Readonly<Record<string, string>>) => {
      const planned = await run({ ...inputs, ...of, command: 'plan', 'plan-level': 'metadata' });
      azure.arm.requests.length = 0;
      return { ...inputs, 'plan-fingerprint': planned.outputs['fingerprint'] ?? '' };
    };
    const result = await run(await approve({ engine: 'runner' }));
    expect({ code: result.code, errors: errors(result), secrets: server.secrets() }).toEqual({
      code: 0,
      errors: [],
      secrets: ['db'],
    });
    expect(azure.arm.requests).toHaveLength(1);
    server.forget();
    await run({ ...(await approve({})), command: 'deploy', 'wait-timeout': '1' });
    expect(azure.arm.requests).toHaveLength(1);
    expect(server.writes).not.toEqual([]);
  });

  it('masks every token, and prints none elsewhere', async () => {
    const { commands, stdout, summary, report } = await run({ 'aks-cluster': aks() });
    const masks = commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text);
    expect(server.tokens.size).toBe(1);
    expect(masks).toEqual(expect.arrayContaining([...server.tokens]));
    const rest = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect([...rest, summary, report].join('\n')).not.toMatch(/eyJ|client-key-data/u);
  });

  it('warns where the cluster gives the certificate of an administrator, masks it, and goes on', async () => {
    server.admits = () => true;
    const local = { ...loopbackAuthority().issue('masterclient'), token: 'static-token' };
    const result = await run({ 'aks-cluster': aks({ entra: null, local }) });
    expect([result.code, [...server.tokens]]).toEqual([0, ['static-token']]);
    const masks = result.commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text);
    expect(masks).toEqual(expect.arrayContaining(['static-token', local.privateKey.trim().split('\n')[1]]));
    expect(result.stdout).toContain('cluster aks-shop is not integrated with Entra');
  });

  it('says which role is missing', async () => {
    azure.arm.deny({ clientId: MANAGED_CLIENT_ID });
    const result = await run({ 'aks-cluster': aks() });
    expect(result.code).toBe(1);
    expect(errors(result)[0]).toContain(`identity ${OBJECT_ID} may not fetch the kubeconfig of AKS cluster aks-shop`);
    expect(errors(result)[0]).toContain('"Azure Kubernetes Service Cluster User Role"');
  });

  it('says that the cluster is private, and what to do', async () => {
    const result = await run({ 'aks-cluster': aks({ privateCluster: true, server: 'https://127.0.0.1:1' }) });
    expect(result.code).toBe(1);
    expect(errors(result)[0]).toContain('cluster aks-shop is private, and could not be reached from this machine');
    expect(errors(result)[0]).toContain('What is installed refreshes Secrets without this machine.');
  });

  it('says whose token the cluster does not accept', async () => {
    server.admits = () => false;
    const result = await run({ 'aks-cluster': aks() });
    expect(errors(result)[0]).toContain(`does not accept the token of identity ${OBJECT_ID} in tenant ${TENANT_ID}`);
  });

  it('corrects an id that is none, before it asks anybody', async () => {
    const id = aks();
    const result = await run({ 'aks-cluster': `https://portal.azure.com/#@contoso/resource${id}/overview` });
    expect(errors(result)[0]).toContain(`is more, or less, than the id of a cluster. Write ${id}.`);
    expect(azure.proxy.connects).toEqual([]);
  });

  it('takes one cluster', async () => {
    const result = await run({ 'aks-cluster': aks(), kubeconfig: server.kubeconfig() });
    expect(errors(result)).toEqual([
      'the input kubeconfig cannot go with the input aks-cluster. Leave one of the two out.',
    ]);
  });

  it('takes no stored credential, and says what to give instead', async () => {
    const result = await run({ 'aks-cluster': aks(), creds: '{"clientSecret":"hunter2"}' });
    expect(errors(result)).toEqual([
      'the input creds does not exist. No stored credential is needed: give the input azure-client-id and the input azure-tenant-id of an identity that trusts this workflow (a federated credential), and delete the secret.',
    ]);
    expect(result.stdout).not.toContain('hunter2');
  });
});

describe('the command line', () => {
  it('syncs in a job of Azure Pipelines, with the identity of its service connection', async () => {
    const environment = { ...azure.environmentElsewhere(), ...azure.pipelines.environment() };
    const id = ['--azure-client-id', MANAGED_CLIENT_ID, '--azure-tenant-id', TENANT_ID];
    const { code, stderr } = await cli(['sync', '-f', 'deploy', '--aks-cluster', aks(), ...id], environment);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(server.secrets()).toEqual(['db']);
    expect(azure.pipelines.requests.length).toBeGreaterThan(0);
  });

  it('syncs in a job of GitLab, with settings in variables', async () => {
    const environment = {
      ...azure.environmentElsewhere(),
      KEYFERRY_AKS_CLUSTER: aks(),
      KEYFERRY_AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
      KEYFERRY_AZURE_TENANT_ID: TENANT_ID,
      KEYFERRY_TOKEN_VARIABLE: 'AZURE_ID_TOKEN',
      AZURE_ID_TOKEN: azure.gitlab.token(),
    };
    expect((await cli(['sync', '-f', 'deploy'], environment)).code).toBe(0);
    expect(server.secrets()).toEqual(['db']);
  });

  it('looks at an installation with an identity of its own', async () => {
    const other = 'aaaaaaaa-0000-0000-0000-00000000000a';
    const identity = azure.entra.identity(MANAGED_CLIENT_ID)!;
    azure.entra.setIdentity({ ...identity, clientId: other });
    azure.entra.log.length = 0;
    const args = ['status', '--aks-cluster', aks(), '--aks-client-id', other, '--azure-tenant-id', TENANT_ID];
    const { stderr } = await cli(
      [...args, '--azure-client-id', 'aaaaaaaa-0000-0000-0000-00000000000f'],
      azure.environment(),
    );
    expect(stderr).toContain('cluster aks-shop has no installation default/keyferry');
    expect(new Set(azure.entra.log.map(({ clientId }) => clientId))).toEqual(new Set([other]));
  });
});
