import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  AKS_SERVER_ID,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
  type ManagedClusterCase,
} from '../servers/index.ts';
import { askArm, vaultToken, type Ask, type Seen } from './client.ts';

const VERSION = 'api-version=2025-10-01';
const LOCAL = loopbackAuthority().issue('masterclient');
const CLUSTER: ManagedClusterCase = {
  server: 'https://shop-1.hcp.westeurope.azmk8s.io:443',
  authority: loopbackAuthority().pem,
  local: { ...LOCAL, token: 'static-token' },
};

let azure: LoopbackAzure;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());
beforeEach(() => azure.arm.reset());

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly [{ readonly name: string; readonly user: Readonly<Record<string, unknown>> }];
}

const id = (cluster: Partial<ManagedClusterCase> = {}): string =>
  azure.arm.setCluster('rg-shop', 'aks-shop', { ...CLUSTER, ...cluster });

const list = (path: string, kind: 'User' | 'Admin' = 'User', ask: Ask = {}): Promise<Seen> =>
  askArm(azure, `${path}/listCluster${kind}Credential?${VERSION}`, { method: 'POST', ...ask });

function kubeconfigIn({ status, body }: Seen): Kubeconfig {
  expect(status).toBe(200);
  const { kubeconfigs } = body as { kubeconfigs: readonly [{ readonly value: string }] };
  return parse(Buffer.from(kubeconfigs[0].value, 'base64').toString()) as Kubeconfig;
}

describe('the credential of users', () => {
  it('is the login program kubelogin where the cluster is integrated with Entra', async () => {
    const { clusters, users } = kubeconfigIn(await list(id({ disableLocalAccounts: true })));
    expect(clusters[0].cluster['server']).toBe(CLUSTER.server);
    expect(users[0]).toMatchObject({
      name: 'clusterUser_rg-shop_aks-shop',
      user: { exec: { command: 'kubelogin', args: expect.arrayContaining(['--server-id', AKS_SERVER_ID, TENANT_ID]) } },
    });
  });

  it('is a client certificate where it is not', async () => {
    const { users } = kubeconfigIn(await list(id({ entra: null })));
    const { 'client-key-data': key, token } = users[0].user;
    expect(Buffer.from(String(key), 'base64').toString()).toBe(LOCAL.privateKey);
    expect(token).toBe('static-token');
  });

  it('is none where local accounts are off and there is nothing else', async () => {
    const { status, body } = await list(id({ entra: null, disableLocalAccounts: true }));
    // AKS wraps its own errors in no member `error`, as Resource Manager does.
    expect([status, body]).toMatchObject([400, { code: 'BadRequest' }]);
  });
});

describe('the credential of admins', () => {
  it('is a client certificate also where the cluster is integrated with Entra', async () => {
    const { users } = kubeconfigIn(await list(id(), 'Admin'));
    expect(Object.keys(users[0].user)).toContain('client-key-data');
  });

  it('is none where local accounts are off', async () => {
    expect(await list(id({ disableLocalAccounts: true }), 'Admin')).toMatchObject({ status: 400 });
  });
});

describe('the description of a cluster', () => {
  const read = async (cluster: Partial<ManagedClusterCase>) => {
    const { body } = await askArm(azure, `${id(cluster)}?${VERSION}`);
    return (body as { readonly properties: Readonly<Record<string, unknown>> }).properties;
  };

  it('tells how it is integrated with Entra', async () => {
    const aadProfile = { managed: true, enableAzureRBAC: true, tenantID: TENANT_ID };
    expect(await read({ entra: { azureRbac: true } })).toMatchObject({ aadProfile });
    expect(await read({ entra: null })).not.toHaveProperty('aadProfile');
  });

  it('tells why it may not be reached', async () => {
    expect(await read({ power: 'Stopped' })).toMatchObject({ powerState: { code: 'Stopped' } });
    expect(await read({ authorizedIPRanges: ['203.0.113.0/24'] })).toMatchObject({
      apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] },
    });
    const closed = await read({ privateCluster: true });
    expect(closed).toMatchObject({
      privateFQDN: 'shop-1.hcp.westeurope.azmk8s.io',
      apiServerAccessProfile: { enablePrivateCluster: true },
    });
    expect(closed).not.toHaveProperty('fqdn');
  });
});

describe('who may ask', () => {
  const code = ({ body }: Seen): unknown => (body as { readonly error: { readonly code: string } }).error.code;

  it('is whoever has a token of the tenant for this very host', async () => {
    const other = vaultToken(azure, 'https://vault.azure.net');
    expect(code(await list(id(), 'User', { token: other }))).toBe('InvalidAuthenticationTokenAudience');
    expect((await list(id(), 'User', { host: 'management.usgovcloudapi.net' })).status).toBe(200);
    const identity = azure.entra.identity(MANAGED_CLIENT_ID)!;
    const stranger = azure.entra.issueToken({
      identity: { ...identity, tenantId: '99999999-9999-9999-9999-999999999999' },
      resource: 'https://management.azure.com',
    });
    const refused = await list(id(), 'User', { token: stranger });
    expect(code(refused)).toBe('InvalidAuthenticationTokenTenant');
    expect(refused.headers['www-authenticate']).toContain(`https://login.windows.net/${TENANT_ID}`);
    const old = azure.entra.issueToken({ identity, resource: 'https://management.azure.com', expiresInSeconds: -1 });
    expect(code(await list(id(), 'User', { token: old }))).toBe('ExpiredAuthenticationToken');
  });

  it('is told the same of a cluster that exists and of one that does not, without the right', async () => {
    azure.arm.deny({ clientId: MANAGED_CLIENT_ID, action: 'listClusterUserCredential/action' });
    expect(code(await list(id()))).toBe('AuthorizationFailed');
    expect(code(await list(`${id()}-2`))).toBe('AuthorizationFailed');
    expect((await askArm(azure, `${id()}?${VERSION}`)).status).toBe(200);
  });

  it('does not matter how the id is written', async () => {
    expect((await list(id().toLowerCase())).status).toBe(200);
    expect((await list(id().toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/'))).status).toBe(200);
  });
});

describe('faults', () => {
  it('are worded as the service words errors', async () => {
    azure.arm.inject({ match: 'listCluster', status: 429, code: 'SubscriptionRequestsThrottled', retryAfter: 7 });
    const { status, headers, body } = await list(id());
    expect([status, headers['retry-after'], body]).toMatchObject([
      429,
      '7',
      { error: { code: 'SubscriptionRequestsThrottled' } },
    ]);
  });

  it('remember what was asked', async () => {
    await list(id());
    expect(azure.arm.requests).toEqual([`POST ${id()}/listClusterUserCredential`]);
  });
});
