/** Logins to a registry, against a registry and an Entra on loopback that are as strict as the services. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRegistryTokens } from '../../../src/adapters/azure/container-registry/access-token.ts';
import type { AzureSettings } from '../../../src/adapters/azure/settings.ts';
import type { AcrAccessTokenSpec, Generated } from '../../../src/core/model/generator.ts';
import {
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  decodeToken,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  TENANT_ID,
} from '../../servers/index.ts';
import { listenHttps, type Answer, type Listener } from '../../servers/listener.ts';
import { useLoopback } from './loopback.ts';
import { SentCredentials } from './sent-credentials.ts';
import { portError, testContext, type TestContext } from './support.ts';

const HOST = 'shop.azurecr.io';
const LOGIN = 'login.microsoftonline.com';
const EVIL = 'registry.evil.example.com';
const OWN = 'registry.contoso.example';
const ref = { kind: 'ACRAccessToken', namespace: 'app', name: 'acr' };

let others: Listener;
let answer: () => Answer = () => ({ status: 404 });
const routes: Record<string, number> = {};
const sent = new SentCredentials();

beforeAll(async () => {
  others = await listenHttps(loopbackAuthority(), async () => ({ answer: answer() }));
  for (const host of [EVIL, OWN]) routes[host] = others.port;
  sent.start();
});
const { azure } = useLoopback({ routes });
beforeEach(() => {
  azure().registry.reset();
  answer = () => ({ status: 404 });
  sent.clear();
});
afterAll(async () => {
  sent.stop();
  await others.close();
});

const servicePrincipal = {
  type: 'ServicePrincipal',
  clientId: { name: 'sp', key: 'id', namespace: 'elsewhere' },
  clientSecret: { name: 'sp', key: 'secret', namespace: 'elsewhere' },
} as const;
const workload = {
  type: 'WorkloadIdentity',
  serviceAccountRef: { name: 'sync', namespace: 'other', audiences: [] },
} as const;

function specOf(spec: Partial<AcrAccessTokenSpec> = {}): AcrAccessTokenSpec {
  const base = { kind: 'ACRAccessToken', registry: HOST, environmentType: 'PublicCloud' } as const;
  return { ...base, tenantId: TENANT_ID, auth: servicePrincipal, ...spec };
}

function withoutTenant(spec: Partial<AcrAccessTokenSpec> = {}): AcrAccessTokenSpec {
  const { registry, environmentType, auth } = specOf(spec);
  return { kind: 'ACRAccessToken', registry, environmentType, auth };
}

function contextOf(settings: Partial<AzureSettings> = {}, environment = azure().environmentElsewhere()): TestContext {
  const context = testContext(settings, environment);
  const { cluster } = context;
  cluster.secrets['app/sp'] = { id: ` ${APPLICATION_CLIENT_ID}\n`, secret: `${APPLICATION_SECRET}\n` };
  cluster.serviceAccounts['app/sync'] = {
    'azure.workload.identity/client-id': MANAGED_CLIENT_ID,
    'azure.workload.identity/tenant-id': TENANT_ID,
  };
  cluster.token = async (namespace, name, audiences) => azure().serviceAccounts.token({ namespace, name, audiences });
  return context;
}

const ask = (spec: AcrAccessTokenSpec, context = contextOf()): Promise<Generated> =>
  createRegistryTokens(context).generate({ ref, spec }, 'app');
const text = ({ values }: Generated, key: string): string =>
  Buffer.from(values.get(key)?.reveal() ?? []).toString('utf8');

describe('a token of a registry', () => {
  it('is a refresh token for three hours, made from a token for Resource Manager', async () => {
    const given = await ask(specOf());
    expect(text(given, 'username')).toBe('00000000-0000-0000-0000-000000000000');
    const { claims } = decodeToken(text(given, 'password'))!;
    expect(claims).toMatchObject({ aud: HOST, grant_type: 'refresh_token' });
    expect(given.expires).toBe(Number(claims['exp']) * 1000);
    expect(azure().registry.log).toEqual([
      {
        host: HOST,
        path: '/oauth2/exchange',
        form: { grant_type: 'access_token', service: HOST, tenant: TENANT_ID, access_token: '(token)' },
        status: 200,
      },
    ]);
    expect(azure().entra.log.map(({ scope }) => scope.split(' ')[0])).toEqual([
      'https://management.azure.com/.default',
    ]);
  });

  it('is an access token for 75 minutes where a scope is given', async () => {
    const given = await ask(specOf({ scope: 'repository:shop/api:pull,push' }));
    const { claims } = decodeToken(text(given, 'password'))!;
    expect(claims['access']).toEqual([{ type: 'repository', name: 'shop/api', actions: ['pull', 'push'] }]);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(75 * 60);
    expect(azure().registry.log.map(({ path, form }) => [path, form['scope']])).toEqual([
      ['/oauth2/exchange', undefined],
      ['/oauth2/token', 'repository:shop/api:pull,push'],
    ]);
  });

  it.each([
    ['a managed identity', { type: 'ManagedIdentity', identityId: MANAGED_CLIENT_ID }, {}],
    ['the identity of the machine', { type: 'ManagedIdentity', identityId: '' }, {}],
    ['a ServiceAccount of the namespace that asks', workload, {}],
    ['GitHub', { type: 'WorkloadIdentity' }, { azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID }],
  ] as const)('is had as %s', async (name, auth, settings) => {
    const environment = name === 'GitHub' ? azure().environment() : azure().environmentElsewhere();
    const given = await ask(specOf({ auth }), contextOf(settings, environment));
    expect(azure().registry.claimsOf(text(given, 'password'))).toMatchObject({ aud: HOST });
  });

  it('reads the Secret and the ServiceAccount in the namespace that asks, whatever the generator says', async () => {
    const context = contextOf();
    await ask(specOf(), context);
    await ask(specOf({ auth: workload }), context);
    expect(context.cluster.asked).toEqual([
      'secret app/sp',
      'secret app/sp',
      'serviceaccount app/sync',
      'token app/sync api://AzureADTokenExchange',
    ]);
  });

  it('is of the tenant of the identity where none is written', async () => {
    await ask(withoutTenant({ auth: { type: 'ManagedIdentity', identityId: MANAGED_CLIENT_ID } }));
    expect(azure().registry.log[0]?.form['tenant']).toBe(TENANT_ID);
  });

  it.each([
    ['USGovernmentCloud', 'shop.azurecr.us', 'https://management.usgovcloudapi.net/.default'],
    ['ChinaCloud', 'shop.azurecr.cn', 'https://management.chinacloudapi.cn/.default'],
  ] as const)('is had in %s', async (environmentType, registry, scope) => {
    await ask(specOf({ environmentType, registry }));
    expect(azure().entra.log.map((one) => one.scope.split(' ')[0])).toEqual([scope]);
    expect(azure().registry.log.map(({ host, status }) => [host, status])).toEqual([[registry, 200]]);
  });

  it('is asked for once by all who want the same', async () => {
    const tokens = createRegistryTokens(contextOf());
    const both = await Promise.all([
      tokens.generate({ ref, spec: specOf() }, 'app'),
      tokens.generate({ ref, spec: specOf() }, 'app'),
    ]);
    expect(text(both[0], 'password')).toBe(text(both[1], 'password'));
    expect(azure().registry.log).toHaveLength(1);
  });

  it('is masked the moment it is there, and so is the one that it was made from', async () => {
    const context = contextOf();
    const given = await ask(specOf({ scope: 'repository:api:pull' }), context);
    const masked = context.masker.values.map((value) => Buffer.from(value.reveal()).toString());
    expect(masked).toContain(text(given, 'password'));
    expect(masked.filter((one) => decodeToken(one)?.claims['grant_type'] === 'refresh_token')).toHaveLength(1);
    expect(JSON.stringify(context.logger)).not.toContain(text(given, 'password'));
  });

  it('lives five minutes where it does not say how long', async () => {
    azure().registry.tellsNoEnd = true;
    const context = contextOf();
    const given = await ask(specOf(), context);
    expect(given.expires).toBe(context.clock.now().getTime() + 5 * 60_000);
  });

  it('ends when its life is over where our clock is an hour late', async () => {
    azure().registry.lifetimeSeconds = 900;
    const context = contextOf();
    const early = new Date(Date.now() - 3_600_000);
    context.clock.sleep = async () => undefined;
    Object.assign(context.clock, { now: () => early });
    const given = await ask(specOf({ auth: { type: 'ManagedIdentity', identityId: '' } }), context);
    expect(given.expires).toBe(early.getTime() + 900_000);
  });
});

describe('a registry that gets no token', () => {
  it.each([
    [EVIL, `has the registry ${EVIL}, which is no registry of a known cloud and not allowed by this run`],
    [`${HOST}.evil.example.com`, 'is no registry of a known cloud'],
    [`${HOST}:8443`, `has the registry ${HOST}:8443, which is no registry of a known cloud`],
    [`https://${HOST}`, 'has a registry that is no host name'],
    [`${HOST}@${EVIL}`, 'has a registry that is no host name'],
    [`${EVIL}/${HOST}`, 'has a registry that is no host name'],
    ['azurecr.io', 'is no registry of a known cloud'],
    ['shop.azurecr.cn', 'which belongs to ChinaCloud, and the environmentType PublicCloud'],
  ])('%s', async (registry, what) => {
    const context = contextOf();
    const error = await portError(ask(specOf({ registry }), context));
    expect(error).toMatchObject({ kind: 'Invalid', code: 'RegistryHost', whole: true });
    expect(error.what).toContain(what);
    expect([sent.hosts(), context.cluster.asked]).toEqual([[], []]);
  });

  it.each([302, 307, 308])('another host that it sends us to with HTTP %s', async (status) => {
    const headers = { location: `https://${EVIL}/oauth2/exchange` };
    azure().registry.inject({ match: 'exchange', status, body: '', headers });
    const error = await portError(ask(specOf()));
    expect(error.what).toBe(
      `ACRAccessToken app/acr: something else answered in place of registry ${HOST} (HTTP ${status})`,
    );
    expect(sent.hosts()).toEqual([LOGIN, HOST].toSorted());
  });

  it('is asked all the same where the run allows it', async () => {
    answer = () => ({ status: 200, body: { refresh_token: 'opaque' } });
    const given = await ask(
      specOf({ registry: OWN }),
      contextOf({ logins: { hosts: [], audiences: [], registries: [OWN] } }),
    );
    expect(text(given, 'password')).toBe('opaque');
    expect(sent.hosts()).toEqual([LOGIN, OWN].toSorted());
  });
});

describe('a token of a ServiceAccount', () => {
  it('is not asked for with an audience that the run does not allow', async () => {
    const serviceAccountRef = { name: 'sync', audiences: ['https://evil.example.com'] };
    const context = contextOf();
    const error = await portError(ask(specOf({ auth: { type: 'WorkloadIdentity', serviceAccountRef } }), context));
    expect(error).toMatchObject({ kind: 'Invalid', code: 'TokenAudience', whole: true });
    expect(context.cluster.asked.filter((asked) => asked.startsWith('token'))).toEqual([]);
    expect(sent.hosts()).toEqual([]);
  });
});

describe('a registry that refuses', () => {
  it.each([
    [
      { status: 401 },
      'Unauthenticated',
      `registry ${HOST} does not let client ${APPLICATION_CLIENT_ID} log in (HTTP 401)`,
      1,
    ],
    [
      { status: 403 },
      'Forbidden',
      `registry ${HOST} does not let client ${APPLICATION_CLIENT_ID} log in (HTTP 403)`,
      1,
    ],
    [{ status: 400 }, 'Invalid', `registry ${HOST} does not understand the login (HTTP 400)`, 1],
    [{ status: 429 }, 'Throttled', `registry ${HOST} refused the login: too many requests, also after waiting`, 4],
    [{ status: 503 }, 'Unavailable', `registry ${HOST} failed to answer (HTTP 503)`, 4],
    [{ garbage: true }, 'Malformed', `registry ${HOST} answered without a token, also when it was asked again`, 4],
    [
      { body: '{"refresh_token": ["a"]}' },
      'Malformed',
      `registry ${HOST} answered without a token, also when it was asked again`,
      4,
    ],
    [
      { body: '{"refresh_token": "a\\nb"}' },
      'Malformed',
      `registry ${HOST} answered without a token, also when it was asked again`,
      4,
    ],
    [{ status: 404, html: true }, 'Malformed', `something else answered in place of registry ${HOST} (HTTP 404)`, 1],
    [
      { body: `{"x": "${'x'.repeat(5 * 1024 * 1024)}"}` },
      'Malformed',
      `registry ${HOST} sent an answer that is far too large`,
      1,
    ],
  ] as const)('with %j', async (fault, kind, what, times) => {
    azure().registry.inject({ match: 'exchange', ...fault });
    const error = await portError(ask(specOf()));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(what);
    expect(azure().registry.log).toHaveLength(times);
  });

  it('is waited for as long as it asks, and no further', async () => {
    azure().registry.inject({ match: 'exchange', status: 429, retryAfter: 7, times: 1 });
    const context = contextOf();
    await ask(specOf(), context);
    expect(context.clock.sleeps).toEqual([7_000]);
  });

  it('an answer that does not come ends after the time limit', async () => {
    azure().registry.inject({ match: 'exchange', latencyMs: 5_000 });
    const error = await portError(ask(specOf(), contextOf({ requestTimeoutMs: 100, deadlineMs: 1 })));
    expect(error.message).toContain('did not answer (ETIMEDOUT)');
  });

  it('a scope that the identity may not have', async () => {
    azure().registry.inject({ match: 'oauth2/token', status: 401 });
    const error = await portError(ask(specOf({ scope: 'repository:api:push' })));
    expect(error).toMatchObject({
      kind: 'Forbidden',
      what: `ACRAccessToken app/acr: registry ${HOST} does not give client ${APPLICATION_CLIENT_ID} a token of that scope (HTTP 401)`,
    });
  });

  it('is asked again by the next who wants a token', async () => {
    azure().registry.inject({ match: 'exchange', status: 401, times: 1 });
    const tokens = createRegistryTokens(contextOf());
    await portError(tokens.generate({ ref, spec: specOf() }, 'app'));
    await expect(tokens.generate({ ref, spec: specOf() }, 'app')).resolves.toBeDefined();
  });
});

describe('a login that cannot be made', () => {
  it.each([
    [
      'a service principal without tenant',
      withoutTenant(),
      'ACRAccessToken app/acr has no tenantId. Set spec.tenantId, which authType ServicePrincipal needs.',
    ],
    [
      'AzureStackCloud',
      specOf({ environmentType: 'AzureStackCloud' }),
      `ACRAccessToken app/acr has the registry ${HOST}, which belongs to PublicCloud, and the environmentType AzureStackCloud. Set environmentType to PublicCloud, or correct the registry.`,
    ],
    [
      'a Secret that is not there',
      specOf({ auth: { ...servicePrincipal, clientSecret: { name: 'gone', key: 'secret' } } }),
      'Secret app/gone, which ACRAccessToken app/acr names in auth.servicePrincipal.secretRef.clientSecret, does not exist. Create it, or correct the name.',
    ],
    [
      'a ServiceAccount that is not there',
      specOf({ auth: { type: 'WorkloadIdentity', serviceAccountRef: { name: 'gone', audiences: [] } } }),
      'ServiceAccount app/gone, which ACRAccessToken app/acr names in serviceAccountRef, does not exist. Create it, or correct serviceAccountRef.name.',
    ],
  ])('%s', async (_name, spec, message) => {
    const error = await portError(ask(spec));
    expect(error.message).toBe(message);
    expect(sent.hosts()).toEqual([]);
  });
});
