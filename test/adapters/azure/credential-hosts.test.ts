/** Which hosts may ever receive which credential: the table of docs/security.md, and what tries to get round it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openManagedCluster } from '../../../src/adapters/azure/resource-manager/managed-cluster.ts';
import type { AzureSettings } from '../../../src/adapters/azure/settings.ts';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { connectToManagedCluster } from '../../../src/adapters/kubernetes/managed-cluster.ts';
import type { AzureKeyVaultProvider } from '../../../src/core/model/store.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { temporaryFolder } from '../../contract/temporary-folder.ts';
import { ScriptedApiServer } from '../kubernetes/api-server.ts';
import {
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  SUBSCRIPTION_ID,
  TENANT_ID,
  TOKEN_AUDIENCE,
} from '../../servers/index.ts';
import { listenHttps, type Answer, type Listener } from '../../servers/listener.ts';
import { useLoopback, type Run } from './loopback.ts';
import { testContext } from './support.ts';
import { SentCredentials } from './sent-credentials.ts';

const VAULT = 'kv-shop.vault.azure.net';
const LOGIN = 'login.microsoftonline.com';
const STACK = 'login.stack.example';
const EVIL = 'login.evil.example.com';
const DB = { type: 'secret', name: 'db' } as const;
const db = { secrets: { db: [{ value: 'hunter2' }] } };

/** One listener for hosts that somebody else runs; what it answers is the test's. */
let others: Listener;
let answer: (host: string, path: string, authorized: boolean) => Answer = () => ({ status: 404 });
const routes: Record<string, number> = {};
const OTHERS = [STACK, EVIL, 'kv-x.evil.example.com', 'kv-scripted.vault.azure.net', 'other.example.com'];

const sent = new SentCredentials();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let tokenFile: string;

beforeAll(async () => {
  others = await listenHttps(loopbackAuthority(), async ({ host, path, headers }) => ({
    answer: answer(host, path, headers.authorization !== undefined),
  }));
  for (const host of OTHERS) routes[host] = others.port;
  folder = await temporaryFolder();
  tokenFile = join(folder.path, 'token');
  sent.start();
});

const { azure, run } = useLoopback({
  vaults: {
    'kv-shop': db,
    'kv-led': { ...db, options: { challenge: { authorization: `https://${EVIL}/${TENANT_ID}` } } },
    'kv-gov.vault.usgovcloudapi.net': db,
  },
  routes,
});

beforeEach(async () => {
  answer = () => ({ status: 404 });
  const claims = { namespace: 'app', name: 'sync', audiences: [TOKEN_AUDIENCE] };
  await writeFile(tokenFile, azure().serviceAccounts.token(claims));
  sent.clear();
});

afterAll(async () => {
  sent.stop();
  await others.close();
  await folder.remove();
});

const certificate = loopbackAuthority().issue('client');

function servicePrincipal(field: 'clientSecret' | 'clientCertificate') {
  const authSecretRef = { clientId: { name: 'sp', key: 'id' }, [field]: { name: 'sp', key: field } };
  return { authType: 'ServicePrincipal', tenantId: TENANT_ID, authSecretRef } as const;
}

function started(settings: Partial<AzureSettings> = {}, environment?: Readonly<Record<string, string>>): Run {
  const one = run(settings, environment);
  const { cluster } = one.context;
  const clientCertificate = `${certificate.privateKey}${certificate.certificate}`;
  cluster.secrets['shop/sp'] = { id: APPLICATION_CLIENT_ID, clientSecret: APPLICATION_SECRET, clientCertificate };
  cluster.serviceAccounts['app/sync'] = { 'azure.workload.identity/client-id': MANAGED_CLIENT_ID };
  cluster.token = async (namespace, name, audiences) => azure().serviceAccounts.token({ namespace, name, audiences });
  const identity = azure().entra.identity(APPLICATION_CLIENT_ID)!;
  azure().entra.setIdentity({ ...identity, certificates: [certificate.certificate] });
  return one;
}

const OF_APP = { kind: 'SecretStore', namespace: 'app', name: 'kv' } as const;

/** Reads and lists; whether that works is not the question. */
async function use(one: Run, store: Partial<AzureKeyVaultProvider> = {}, ref?: Parameters<Run['open']>[1]) {
  const provider = await one.open(store, ref).catch(() => undefined);
  await provider?.get(DB).catch(() => undefined);
  await provider?.list().catch(() => undefined);
}

const serviceAccount = { serviceAccountRef: { name: 'sync', audiences: [] }, tenantId: TENANT_ID };
const ofTheRunner = () => new URL(azure().environment()['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '').hostname;

describe('in an ordinary run', () => {
  it.each([
    ['GitHub', () => use(started()), [`assertion → ${LOGIN}`, 'request token → RUNNER', `vault token → ${VAULT}`]],
    [
      'GitHub, US Government',
      () =>
        use(started(), { environmentType: 'USGovernmentCloud', vaultUrl: 'https://kv-gov.vault.usgovcloudapi.net' }),
      [
        'assertion → login.microsoftonline.us',
        'request token → RUNNER',
        'vault token → kv-gov.vault.usgovcloudapi.net',
      ],
    ],
    [
      'a client secret',
      () => use(started(), servicePrincipal('clientSecret')),
      [`client secret → ${LOGIN}`, `vault token → ${VAULT}`],
    ],
    [
      'a certificate',
      () => use(started(), servicePrincipal('clientCertificate')),
      [`signature of a certificate → ${LOGIN}`, `vault token → ${VAULT}`],
    ],
    [
      'a ServiceAccount',
      () => use(started({ identity: 'service-account' }), serviceAccount, OF_APP),
      [`token of a ServiceAccount → ${LOGIN}`, `vault token → ${VAULT}`],
    ],
    [
      'a managed identity',
      () => use(started(), { authType: 'ManagedIdentity', identityId: MANAGED_CLIENT_ID }),
      [`vault token → ${VAULT}`],
    ],
    [
      'a vault that names another login in its challenge',
      () => use(started(), { vaultUrl: 'https://kv-led.vault.azure.net' }),
      [`assertion → ${LOGIN}`, 'request token → RUNNER', 'vault token → kv-led.vault.azure.net'],
    ],
  ] as const)('%s', async (_name, flow, lines) => {
    await flow();
    expect(sent.lines()).toEqual(lines.map((line) => line.replace('RUNNER', ofTheRunner())));
  });

  it('an AKS cluster: Resource Manager and the API server get one token each, and not the same', async () => {
    const server = await ScriptedApiServer.start();
    server.answer({
      status: 200,
      body: { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', uid: 'u' } },
    });
    azure().arm.reset();
    azure().arm.setCluster('rg', 'aks', { server: 'https://ignored.example', authority: 'PEM' });
    const settings = { azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID };
    const id = { subscriptionId: SUBSCRIPTION_ID, resourceGroup: 'rg', name: 'aks' };
    const aks = openManagedCluster(testContext(settings, azure().environment()), id, 'PublicCloud');
    await aks.kubeconfig();
    const text = server.kubeconfig({}, { exec: { command: 'kubelogin', args: ['get-token'] } });
    const { clock, logger, masker } = server;
    const shared = { clock, logger, masker, random: () => 0.5, environment: {} };
    const connection = connectToManagedCluster({ text, name: 'aks', integrate: '' }, aks.login, shared);
    await new KubernetesCluster(connection).getSecret(secretRef('shop', 'db'));
    await server.close();
    expect(sent.lines().filter((line) => !line.startsWith('API server token'))).toEqual([
      'Resource Manager token → management.azure.com',
      `assertion → ${LOGIN}`,
      `request token → ${ofTheRunner()}`,
    ]);
    expect(server.authorizations.map((one) => one?.startsWith('Bearer ey'))).toEqual([true]);
  });

  it('a login that the run names', async () => {
    const endpoint = `https://${STACK}/${TENANT_ID}`;
    answer = (_host, path) =>
      path.endsWith('openid-configuration') ? { status: 200, body: discovery(endpoint) } : { status: 400, body: {} };
    const customCloudConfig = { activeDirectoryEndpoint: `https://${STACK}/` };
    await use(started({ logins: { hosts: [STACK], audiences: [] } }), { customCloudConfig });
    expect(sent.lines()).toEqual([`assertion → ${STACK}`, `request token → ${ofTheRunner()}`]);
  });
});

function discovery(endpoint: string, issuer = endpoint): object {
  return {
    issuer: `${issuer}/v2.0`,
    token_endpoint: `${endpoint}/oauth2/v2.0/token`,
    authorization_endpoint: `${endpoint}/oauth2/v2.0/authorize`,
    jwks_uri: `${endpoint}/discovery/v2.0/keys`,
  };
}

const custom = (activeDirectoryEndpoint: string) => ({ customCloudConfig: { activeDirectoryEndpoint } });

describe('a manifest that names another login', () => {
  it.each([
    ['an assertion', () => use(started(), custom(`https://${EVIL}/`))],
    ['a client secret', () => use(started(), { ...servicePrincipal('clientSecret'), ...custom(`https://${EVIL}/`) })],
    ['a signature', () => use(started(), { ...servicePrincipal('clientCertificate'), ...custom(`https://${EVIL}/`) })],
    [
      'a token of a ServiceAccount',
      () => use(started({ identity: 'service-account' }), { ...serviceAccount, ...custom(`https://${EVIL}/`) }, OF_APP),
    ],
    ['plain http', () => use(started(), custom(`http://${LOGIN}/`))],
    ['a host that begins like a known one', () => use(started(), custom(`https://${LOGIN}.evil.example.com/`))],
    ['a known host as user', () => use(started(), custom(`https://${LOGIN}@${EVIL}/`))],
  ])('gets nothing: %s', async (_name, flow) => {
    await flow();
    expect([sent.lines(), sent.hosts()]).toEqual([[], []]);
  });

  it('gets no Secret read and no token made for it either', async () => {
    const one = started({ identity: 'service-account' });
    await use(one, { ...serviceAccount, ...custom(`https://${EVIL}/`) }, OF_APP);
    await use(one, { ...servicePrincipal('clientSecret'), ...custom(`https://${EVIL}/`) });
    expect(one.context.cluster.asked).toEqual([]);
  });

  it('gets no token with an audience of its own', async () => {
    const one = started({ identity: 'service-account' });
    const audiences = ['https://kubernetes.default.svc'];
    await use(one, { ...serviceAccount, serviceAccountRef: { name: 'sync', audiences } }, OF_APP);
    expect([sent.hosts(), one.context.cluster.asked]).toEqual([[], []]);
  });
});

describe('an answer that leads elsewhere', () => {
  const logins = { hosts: [STACK], audiences: [] };
  const token = () => `request token → ${ofTheRunner()}`;

  it('a discovery document with the token endpoint of somebody else', async () => {
    answer = () => ({ status: 200, body: discovery(`https://${EVIL}/${TENANT_ID}`, `https://${STACK}/${TENANT_ID}`) });
    const one = started({ logins });
    const provider = await one.open(custom(`https://${STACK}/`));
    await expect(provider.get(DB)).rejects.toMatchObject({
      code: 'LoginHost',
      what: `the login was to go on at ${EVIL}, which is no login host of a known cloud and not allowed by this run`,
    });
    expect([sent.lines(), sent.hosts().includes(EVIL)]).toEqual([[token()], false]);
  });

  it.each([302, 307, 308])('a login that answers %s', async (status) => {
    const location = `https://${EVIL}/${TENANT_ID}/oauth2/v2.0/token`;
    answer = (_host, path) =>
      path.endsWith('openid-configuration')
        ? { status: 200, body: discovery(`https://${STACK}/${TENANT_ID}`) }
        : { status, headers: { location } };
    await use(started({ logins }), custom(`https://${STACK}/`));
    expect([sent.lines(), sent.hosts().includes(EVIL)]).toEqual([[`assertion → ${STACK}`, token()], false]);
  });

  const challenge = (resource: string): Answer => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer authorization="https://${LOGIN}/${TENANT_ID}", resource="${resource}"` },
  });

  it.each(['https://vault.azure.net', 'https://evil.example.com'])(
    'a vault elsewhere that asks for a token of %s',
    async (resource) => {
      answer = () => challenge(resource);
      await use(started(), { vaultUrl: 'https://kv-x.evil.example.com' });
      expect(sent.lines().filter((line) => line.startsWith('vault token'))).toEqual([]);
      expect(sent.lines().filter((line) => line.endsWith('evil.example.com'))).toEqual([]);
    },
  );

  it.each([
    ['a redirection', { status: 302, headers: { location: 'https://other.example.com/steal' } }],
    ['a list that goes on elsewhere', { status: 200, body: { value: [], nextLink: 'https://other.example.com/s' } }],
  ])('%s of a vault', async (_name, then) => {
    answer = (_host, _path, authorized) => (authorized ? then : challenge('https://vault.azure.net'));
    await use(started(), { vaultUrl: 'https://kv-scripted.vault.azure.net' });
    expect(sent.lines()).toEqual([`assertion → ${LOGIN}`, token(), 'vault token → kv-scripted.vault.azure.net']);
    expect(sent.hosts()).not.toContain('other.example.com');
  });
});

describe("a variable of the machine that is not the run's own word", () => {
  it('AZURE_AUTHORITY_HOST, where a managed identity is had by exchanging a mounted token', async () => {
    const mounted = { AZURE_FEDERATED_TOKEN_FILE: tokenFile, AZURE_TENANT_ID: TENANT_ID };
    const environment = { ...mounted, AZURE_AUTHORITY_HOST: `https://${EVIL}/` };
    const one = started({}, environment);
    const store = { authType: 'ManagedIdentity', identityId: MANAGED_CLIENT_ID } as const;
    await expect(one.open(store)).rejects.toMatchObject({
      what: `SecretStore shop/kv logs in at AZURE_AUTHORITY_HOST, ${EVIL}, which is no login host of a known cloud and not allowed by this run`,
    });
    expect(sent.hosts()).toEqual([]);
  });

  it('AZURE_AUTHORITY_HOST, where the store says which cloud it is in', async () => {
    const environment = { ...azure().environment(), AZURE_AUTHORITY_HOST: `https://${EVIL}/` };
    await use(started({}, environment));
    expect([sent.lines()[0], sent.hosts().includes(EVIL)]).toEqual([`assertion → ${LOGIN}`, false]);
  });

  it('an address of GitHub that is not encrypted', async () => {
    const environment = { ...azure().environment(), ACTIONS_ID_TOKEN_REQUEST_URL: 'http://runner.example.com/?v=1' };
    const provider = await started({}, environment).open({ tenantId: TENANT_ID });
    await expect(provider.get(DB)).rejects.toMatchObject({
      what: 'GitHub OIDC was to be asked at http://runner.example.com, which is not encrypted',
    });
    expect(sent.lines()).toEqual([]);
  });
});
