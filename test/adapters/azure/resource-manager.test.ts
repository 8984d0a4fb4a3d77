/** AKS clusters by their resource id: what Resource Manager gives, and what is said when it does not. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { messageText, say } from '../../../src/core/model/message.ts';
import {
  openManagedCluster,
  type ManagedCluster,
} from '../../../src/adapters/azure/resource-manager/managed-cluster.ts';
import type { AzureSettings } from '../../../src/adapters/azure/settings.ts';
import type { ManagedClusterId } from '../../../src/core/model/managed-cluster.ts';
import {
  AKS_SERVER_ID,
  decodeToken,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  SUBSCRIPTION_ID,
  TENANT_ID,
  type ManagedClusterCase,
} from '../../servers/index.ts';
import { useLoopback } from './loopback.ts';
import { portError, testContext, type TestContext } from './support.ts';

const OTHER_SERVER_ID = '77777777-7777-7777-7777-777777777777';
const OTHER_TENANT = '99999999-9999-9999-9999-999999999999';
const OBJECT_ID = 'bbbbbbbb-0000-0000-0000-000000000001';
const ID: ManagedClusterId = { subscriptionId: SUBSCRIPTION_ID, resourceGroup: 'rg-shop', name: 'aks-shop' };
const PATH = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/aks-shop`;
const CLUSTER: ManagedClusterCase = {
  server: 'https://aks-shop-1.hcp.westeurope.azmk8s.io:443',
  authority: 'PEM',
  local: loopbackAuthority().issue('masterclient'),
};
const KUBELOGIN = { command: 'kubelogin', args: ['get-token', '--server-id', AKS_SERVER_ID] };

const { azure } = useLoopback({
  tenants: [{ id: TENANT_ID }, { id: OTHER_TENANT }],
  extraResources: [OTHER_SERVER_ID],
});

beforeEach(() => {
  azure().arm.reset();
  azure().arm.setCluster('rg-shop', 'aks-shop', CLUSTER);
});

interface Opened {
  readonly cluster: ManagedCluster;
  readonly context: TestContext;
}

function open(
  settings: Partial<AzureSettings> = {},
  id: ManagedClusterId = ID,
  cloud: Parameters<typeof openManagedCluster>[2] = 'PublicCloud',
): Opened {
  const given = { azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID, ...settings };
  const context = testContext(given, azure().environment());
  return { context, cluster: openManagedCluster(context, id, cloud) };
}

const refusal = (opened: Opened = open()) => portError(opened.cluster.kubeconfig());

describe('the kubeconfig of an AKS cluster', () => {
  it("comes with one token of the job's identity, for Resource Manager alone", async () => {
    const { cluster, context } = open();
    expect(await cluster.kubeconfig()).toContain(`server: ${CLUSTER.server}`);
    expect(azure().arm.requests).toEqual([`POST ${PATH}/listClusterUserCredential`]);
    expect(azure().entra.log).toMatchObject([
      {
        clientId: MANAGED_CLIENT_ID,
        tenant: TENANT_ID,
        scope: expect.stringContaining('https://management.azure.com/.default'),
      },
    ]);
    expect(context.logger.text()).toBe('');
  });

  it.each([
    ['USGovernmentCloud', 'management.usgovcloudapi.net', 'login.microsoftonline.us'],
    ['ChinaCloud', 'management.chinacloudapi.cn', 'login.chinacloudapi.cn'],
  ] as const)('is asked of the Resource Manager of %s', async (cloud, host, login) => {
    await open({}, ID, cloud).cluster.kubeconfig();
    expect(new Set(azure().proxy.connects.map((connect) => connect.host))).toEqual(new Set([host, login]));
  });

  it('may be asked for as another identity than that of the vaults', async () => {
    const error = await refusal(open({ azureClientId: 'aaaaaaaa-0000-0000-0000-00000000000f' }));
    expect(error.code).toBe('AADSTS700016');
  });

  it('is asked for again where Resource Manager demands a newer token', async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1' } } });
    azure().arm.inject({ match: 'listCluster', claims, times: 1 });
    await open().cluster.kubeconfig();
    expect([azure().arm.requests.length, azure().entra.tokenRequests]).toEqual([2, 2]);
  });

  it('waits for as long as Resource Manager asks', async () => {
    azure().arm.inject({ match: 'listCluster', status: 429, code: 'TooManyRequests', retryAfter: 17, times: 1 });
    const { cluster, context } = open();
    await cluster.kubeconfig();
    expect(context.clock.sleeps).toEqual([17_000]);
    expect(context.logger.text()).toContain('Azure Resource Manager throttled, waiting 17 s (attempt 2 of 4)');
  });

  it.each([
    ['a 503', { status: 503, code: 'ServiceUnavailable' }],
    ['a broken connection', { reset: 'after' }],
    ['an answer that is cut off', { truncateBody: true }],
  ] as const)('is asked for again after %s', async (_case, fault) => {
    azure().arm.inject({ match: 'listCluster', times: 1, ...fault });
    await expect(open().cluster.kubeconfig()).resolves.toContain('kind: Config');
  });
});

describe('what needs to be there before anybody is asked', () => {
  it.each<[string, Partial<AzureSettings>, Record<string, string>, string]>([
    [
      'a client id',
      { azureTenantId: TENANT_ID },
      { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'y' },
      'the login to AKS cluster aks-shop needs --azure-client-id. Give it, or set AZURE_CLIENT_ID. It is not a secret.',
    ],
    [
      'a tenant',
      { azureClientId: MANAGED_CLIENT_ID },
      { AZURE_FEDERATED_TOKEN_FILE: '/t' },
      'the login to AKS cluster aks-shop needs --azure-tenant-id. Give it, or set AZURE_TENANT_ID. It is not a secret.',
    ],
    [
      'a proof',
      { azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID },
      {},
      'nothing here proves who logs in to AKS cluster aks-shop: there is no token of GitHub or Azure Pipelines, no --token-variable, no --token-file, and AZURE_FEDERATED_TOKEN_FILE is not set. In a GitHub job, add permissions: { contents: read, id-token: write }; in GitLab, name a variable of id_tokens with --token-variable; on a laptop, use --identity azure-cli.',
    ],
    [
      'the name of a variable',
      { azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID, identity: 'token-variable' },
      {},
      '--identity token-variable does not say which variable holds the token. Name it with --token-variable.',
    ],
  ])('is %s', async (_case, settings, environment, message) => {
    const context = testContext(settings, environment);
    const error = await portError(Promise.resolve().then(() => openManagedCluster(context, ID, 'PublicCloud')));
    expect(error.message).toBe(message);
  });

  it('is the permission of the job, in a GitHub job without it', async () => {
    const environment = { ...azure().environmentElsewhere(), GITHUB_ACTIONS: 'true' };
    const context = testContext({ azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID }, environment);
    const error = await portError(openManagedCluster(context, ID, 'PublicCloud').kubeconfig());
    expect(error.fix).toContain('Add to the job: permissions: { contents: read, id-token: write }.');
    expect(azure().arm.requests).toEqual([]);
  });
});

describe('Resource Manager that refuses', () => {
  it('names the role that is missing, and says that the cluster may not exist', async () => {
    azure().arm.deny({ action: 'listClusterUserCredential/action' });
    const error = await refusal();
    expect([error.kind, error.code, error.whole]).toEqual(['Forbidden', 'AuthorizationFailed', true]);
    expect(error.message).toBe(
      `identity ${OBJECT_ID} may not fetch the kubeconfig of AKS cluster aks-shop (Microsoft.ContainerService/managedClusters/listClusterUserCredential/action). Give it "Azure Kubernetes Service Cluster User Role" on that cluster: az role assignment create --role "Azure Kubernetes Service Cluster User Role" --assignee-object-id ${OBJECT_ID} --assignee-principal-type ServicePrincipal --scope "${PATH}". A new assignment can take ten minutes. Check the id of the cluster too: without a right, Azure says the same of clusters that do not exist.`,
    );
    expect(azure().arm.requests).toHaveLength(1);
  });

  it.each<[string, Partial<ManagedClusterId>, string]>([
    [
      'SubscriptionNotFound',
      { subscriptionId: OTHER_TENANT },
      `subscription ${OTHER_TENANT} of --aks-cluster does not exist for an identity of tenant ${TENANT_ID}. Check the subscription, --azure-tenant-id, and --azure-environment if it is in another cloud.`,
    ],
    [
      'ResourceGroupNotFound',
      { resourceGroup: 'MC_rg-shop' },
      `resource group "MC_rg-shop" of --aks-cluster does not exist in subscription ${SUBSCRIPTION_ID}. Correct the id. The group of the cluster itself is meant, not the one of its nodes (MC_…).`,
    ],
    [
      'ResourceNotFound',
      { name: 'aks-shp' },
      `there is no AKS cluster "aks-shp" in resource group "rg-shop" (ResourceNotFound). Correct the id: az aks list --subscription ${SUBSCRIPTION_ID} --query "[].id" --output tsv prints those that there are.`,
    ],
  ])('tells what of the id does not exist: %s', async (code, changes, message) => {
    const error = await refusal(open({}, { ...ID, ...changes }));
    expect([error.kind, error.code, error.message]).toEqual(['NotFound', code, message]);
  });

  it('tells the tenant that the subscription belongs to', async () => {
    const identity = azure().entra.identity(MANAGED_CLIENT_ID)!;
    azure().entra.setIdentity({ ...identity, tenantId: OTHER_TENANT });
    const error = await refusal(open({ azureTenantId: OTHER_TENANT }));
    azure().entra.setIdentity(identity);
    expect(error.message).toBe(
      `the subscription of AKS cluster aks-shop belongs to tenant ${TENANT_ID}, the token is of tenant ${OTHER_TENANT}. Set --azure-tenant-id to ${TENANT_ID}, and use an identity that exists there.`,
    );
  });

  it('tells that nobody can log in to a cluster without local accounts and without Entra', async () => {
    azure().arm.setCluster('rg-shop', 'aks-shop', { ...CLUSTER, entra: null, disableLocalAccounts: true });
    expect((await refusal()).message).toBe(
      'AKS cluster aks-shop has its local accounts switched off, and no Entra integration in their place: nobody can log in. Integrate it: az aks update --resource-group rg-shop --name aks-shop --enable-aad --enable-azure-rbac.',
    );
  });

  it.each([
    [{ status: 429, code: 'SubscriptionRequestsThrottled' }, 'Throttled', 'too many requests, also after waiting'],
    [
      { status: 500, code: 'InternalServerError' },
      'Unavailable',
      'failed to answer for AKS cluster aks-shop (HTTP 500, InternalServerError)',
    ],
    [
      { status: 409, code: 'OperationNotAllowed' },
      'Unavailable',
      'is being changed, and gives no kubeconfig meanwhile (OperationNotAllowed)',
    ],
    [
      { status: 403, code: 'RequestDisallowedByPolicy' },
      'Forbidden',
      'does not let this identity reach AKS cluster aks-shop (RequestDisallowedByPolicy)',
    ],
    [
      { status: 401, code: 'InvalidAuthenticationToken' },
      'Unauthenticated',
      'Azure Resource Manager refused the token (InvalidAuthenticationToken)',
    ],
    [
      { status: 401, code: 'InvalidAuthenticationTokenAudience' },
      'Unauthenticated',
      'management.azure.com refused the token: it is for another cloud',
    ],
    [
      { status: 400, code: 'NoRegisteredProviderFound' },
      'Invalid',
      'management.azure.com does not serve AKS as this program asks for it (NoRegisteredProviderFound)',
    ],
    [
      { status: 400, code: 'BadRequest' },
      'Invalid',
      'does not understand the request for AKS cluster aks-shop (BadRequest, HTTP 400)',
    ],
    [{ html: true, status: 200 }, 'Malformed', 'something that is no JSON'],
    [
      { html: true, status: 403 },
      'Malformed',
      'something else answered in place of Azure Resource Manager (HTTP 403, not in its form)',
    ],
    [
      { html: true, status: 407 },
      'Unauthenticated',
      'the proxy before Azure Resource Manager asks for a login (HTTP 407)',
    ],
    [{ garbage: true }, 'Malformed', 'something that is no JSON'],
  ] as const)('is told as what it is: %j', async (fault, kind, what) => {
    azure().arm.inject({ match: 'listCluster', message: 'canary', ...fault });
    const error = await refusal();
    expect([error.kind, error.whole]).toEqual([kind, true]);
    expect(error.what).toContain(what);
    expect(error.message).not.toContain('canary');
  });

  it('gives up after four attempts', async () => {
    azure().arm.inject({ match: 'listCluster', status: 503, code: 'ServiceUnavailable' });
    await refusal();
    expect(azure().arm.requests).toHaveLength(4);
  });

  it('is told apart from one that cannot be reached', async () => {
    azure().proxy.unreachable.add('management.azure.com');
    const error = await refusal().finally(() => azure().proxy.unreachable.clear());
    expect([error.kind, error.what]).toEqual([
      'Unavailable',
      expect.stringContaining('Azure Resource Manager was not reached: the proxy'),
    ]);
  });
});

describe('an answer that is no kubeconfig', () => {
  const given = (rawCredential: string) => azure().arm.setCluster('rg-shop', 'aks-shop', { ...CLUSTER, rawCredential });

  it.each([
    ['not base64', '<html>', 'answered for AKS cluster aks-shop with a kubeconfig that is not base64'],
    ['empty', '', 'answered for AKS cluster aks-shop with no kubeconfig in it'],
    ['far too large', 'A'.repeat(5 * 1024 * 1024), 'sent an answer that is far too large'],
  ])('is refused when it is %s', async (_case, raw, what) => {
    given(raw);
    const error = await refusal();
    expect([error.kind, error.what]).toEqual(['Malformed', `Azure Resource Manager ${what}`]);
  });

  it('is masked before it is looked at', async () => {
    given('<not base64>');
    const opened = open();
    await refusal(opened);
    expect(opened.context.masker.hasMasked('<not base64>')).toBe(true);
  });
});

describe('the login to the API server', () => {
  it('is a token of the same identity for the application that the kubeconfig names', async () => {
    const { cluster } = open();
    expect(cluster.login.loggedIn()).toBeUndefined();
    const { claims } = decodeToken(await cluster.login.token(KUBELOGIN))!;
    expect(claims).toMatchObject({ aud: AKS_SERVER_ID, oid: OBJECT_ID, appid: MANAGED_CLIENT_ID });
    expect(cluster.login.loggedIn()).toEqual({ objectId: OBJECT_ID, tenantId: TENANT_ID, clusterId: PATH });
  });

  it('is masked', async () => {
    const { cluster, context } = open();
    expect(context.masker.hasMasked(await cluster.login.token(KUBELOGIN))).toBe(true);
  });

  it('is asked of Entra once, until it nears its end', async () => {
    azure().entra.expiresInSeconds = 3600;
    const { cluster, context } = open();
    const first = await cluster.login.token(KUBELOGIN);
    context.clock.advance(50 * 60_000);
    expect(await cluster.login.token(KUBELOGIN)).toBe(first);
    expect(azure().entra.tokenRequests).toBe(1);
    context.clock.advance(6 * 60_000);
    await cluster.login.token(KUBELOGIN);
    azure().entra.expiresInSeconds = undefined;
    expect(azure().entra.tokenRequests).toBe(2);
  });

  it.each<[string, readonly string[], { aud?: string; tenant?: string; host?: string }]>([
    ['nothing: what is the same for all clusters', ['get-token'], { aud: AKS_SERVER_ID }],
    ['a server of its own', ['get-token', '--server-id', OTHER_SERVER_ID], { aud: OTHER_SERVER_ID }],
    ['values after an equals sign', [`--server-id=${OTHER_SERVER_ID}`], { aud: OTHER_SERVER_ID }],
    ['short names', ['-t', TENANT_ID, '-e', 'AzureUSGovernmentCloud'], { host: 'login.microsoftonline.us' }],
    ['a cloud', ['--environment', 'AzureChinaCloud'], { host: 'login.chinacloudapi.cn' }],
    ['a cloud in other letters', ['--environment=AZUREPUBLICCLOUD'], { host: 'login.microsoftonline.com' }],
  ])('takes from the arguments of kubelogin %s', async (_case, args, expected) => {
    const token = await open().cluster.login.token({ command: '/usr/local/bin/kubelogin', args });
    if (expected.aud !== undefined) expect(decodeToken(token)?.claims['aud']).toBe(expected.aud);
    if (expected.host !== undefined) expect(azure().entra.log[0]?.host).toBe(expected.host);
  });

  it('asks the tenant that the kubeconfig names', async () => {
    const error = await portError(
      open().cluster.login.token({ command: 'kubelogin.exe', args: ['--tenant-id', OTHER_TENANT] }),
    );
    expect(error.what).toContain(`no application with this client id is in tenant ${OTHER_TENANT}`);
  });

  it('says how to make the application known in a tenant that has never seen it', async () => {
    const unknown = '88888888-8888-8888-8888-888888888888';
    const error = await portError(open().cluster.login.token({ command: 'kubelogin', args: ['--server-id', unknown] }));
    expect([error.code, error.fix]).toEqual([
      'AADSTS500011',
      expect.stringContaining(`az ad sp create --id ${unknown}.`),
    ]);
  });

  it.each<[string, { command: string; args: readonly string[] }, string]>([
    [
      'another program',
      { command: '/tmp/evil\n.sh', args: [] },
      'the kubeconfig of AKS cluster aks-shop wants the login program "evil?.sh" to be run, and only kubelogin is understood here',
    ],
    [
      'tokens that prove possession',
      { command: 'kubelogin', args: ['--pop-enabled'] },
      'the login to AKS cluster aks-shop wants proof-of-possession tokens, as clusters connected by Arc do',
    ],
    [
      'a cloud that nobody knows',
      { command: 'kubelogin', args: ['--environment', 'AzureStackCloud'] },
      'the login to AKS cluster aks-shop belongs to the cloud "AzureStackCloud", which is not known here',
    ],
    [
      'a server id that is none',
      { command: 'kubelogin', args: ['--server-id', 'a b'] },
      'the login to AKS cluster aks-shop names a server id that is none',
    ],
  ])('refuses %s', async (_case, program, what) => {
    const { login } = open().cluster;
    const error = await portError(Promise.resolve().then(() => login.check(program)));
    expect([error.kind, error.code, error.what]).toEqual(['Invalid', 'LoginProgram', what]);
    expect(azure().entra.tokenRequests).toBe(0);
  });
});

describe('an API server that does not answer', () => {
  const explained = async (cluster: Partial<ManagedClusterCase>, code = 'ETIMEDOUT') => {
    azure().arm.setCluster('rg-shop', 'aks-shop', { ...CLUSTER, ...cluster });
    const opened = open();
    const words = await opened.cluster.login.explainSilence(code);
    return { opened, words, message: words && messageText(say`${words.what}. ${words.fix}`) };
  };

  it('is stopped', async () => {
    expect(await explained({ power: 'Stopped' }, 'ENOTFOUND')).toMatchObject({
      words: { kind: 'Unavailable', code: 'ClusterStopped', whole: true },
      message:
        'cluster aks-shop is stopped. Start it: az aks start --resource-group rg-shop --name aks-shop. Its CronJobs do not run either while it is stopped.',
    });
  });

  it('is private', async () => {
    const { words, message } = await explained({ privateCluster: true }, 'ENOTFOUND');
    expect(words?.code).toBe('PrivateCluster');
    expect(message).toBe(
      'cluster aks-shop is private, and could not be reached from this machine (ENOTFOUND). Run on a machine inside its network: a runner of your own there, or GitHub\'s runners with a virtual network. For an installation alone, apply what keyferry render makes: az aks command invoke --resource-group rg-shop --name aks-shop --command "kubectl apply --server-side -f all.yaml" --file all.yaml. What is installed refreshes Secrets without this machine.',
    );
  });

  it('admits other addresses', async () => {
    const { words, message } = await explained({ authorizedIPRanges: ['203.0.113.0/24', '198.51.100.7/32'] });
    expect(words?.code).toBe('AuthorizedRanges');
    expect(message).toBe(
      'cluster aks-shop answers its authorised IP ranges only (203.0.113.0/24, 198.51.100.7/32), and did not answer this machine (ETIMEDOUT). Run inside these ranges, or add the address of this machine to them, all in one list: az aks update --resource-group rg-shop --name aks-shop --api-server-authorized-ip-ranges "203.0.113.0/24,198.51.100.7/32,ADDRESS/32". Hosted runners change their address: use one with a fixed address, or install once and let the CronJob refresh.',
    );
  });

  it('names the first of many ranges', async () => {
    const { words } = await explained({
      authorizedIPRanges: Array.from({ length: 8 }, (_, at) => `198.51.100.${at}/32`),
    });
    expect(words?.what).toContain('198.51.100.4/32 and 3 more)');
  });

  it.each(['Deleting', 'Creating'])('is not ready: %s', async (provisioning) => {
    const { words } = await explained({ provisioning });
    expect(words?.what).toBe(
      `cluster aks-shop is being ${provisioning.toLowerCase().replace('ing', 'ed')} and does not answer (ETIMEDOUT)`,
    );
  });

  it('has no reason that Azure would know', async () => {
    expect((await explained({})).words).toBeUndefined();
  });

  it('is asked about once, however many requests it leaves without an answer', async () => {
    const { opened } = await explained({ power: 'Stopped' });
    await opened.cluster.login.explainSilence('ECONNREFUSED');
    expect(azure().arm.requests.filter((line) => line.startsWith('GET'))).toHaveLength(1);
  });

  it('stays without an explanation where the identity may not look', async () => {
    azure().arm.deny({ action: 'read' });
    const { words, opened } = await explained({ power: 'Stopped' });
    expect(words).toBeUndefined();
    expect(opened.context.logger.text()).toContain('why AKS cluster aks-shop does not answer could not be found out');
  });
});

describe('the way to Resource Manager', () => {
  it('is that of all other requests: proxy, authority, user agent', async () => {
    await open().cluster.kubeconfig();
    expect(azure().proxy.connects.map(({ host, outcome }) => [host, outcome])).toContainEqual([
      'management.azure.com',
      'connected',
    ]);
    expect([...azure().arm.userAgents].join()).toMatch(/^core-rest-pipeline\/\S+ Node\/\S+/);
  });
});
