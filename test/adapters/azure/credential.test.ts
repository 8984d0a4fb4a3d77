import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageText } from '../../../src/core/model/message.ts';
import type { AzureEnvironment } from '../../../src/core/model/store.ts';
import {
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  TENANT_ID,
  TOKEN_AUDIENCE,
} from '../../servers/index.ts';
import { temporaryFolder } from '../../contract/temporary-folder.ts';
import { textOf, useLoopback, type Run } from './loopback.ts';
import { azureStore, portError } from './support.ts';

const DB = { type: 'secret', name: 'db' } as const;
const CUSTOM_LOGIN = 'login.stack.example';
const db = { secrets: { db: [{ value: 'hunter2' }] } };

const { azure, run } = useLoopback({
  loginHosts: [CUSTOM_LOGIN],
  vaults: {
    'kv-shop': db,
    'kv-second': db,
    'kv-gov.vault.usgovcloudapi.net': db,
    'kv-china.vault.azure.cn': db,
    'kv-german.vault.microsoftazure.de': db,
    'kv-stack.vault.azure.net': {
      ...db,
      options: { challenge: { authorization: `https://${CUSTOM_LOGIN}/${TENANT_ID}` } },
    },
  },
});

const clientCertificate = loopbackAuthority().issue('client');
const oldCertificate = loopbackAuthority().issue('old');

async function readWith({ open }: Run, ...store: Parameters<Run['open']>) {
  return textOf(await (await open(...store)).get(DB));
}

function withSecret(data: Readonly<Record<string, string>>): Run {
  const started = run();
  started.context.cluster.secrets['shop/sp'] = { id: APPLICATION_CLIENT_ID, ...data };
  return started;
}

function servicePrincipal(field: 'clientSecret' | 'clientCertificate') {
  const authSecretRef = { clientId: { name: 'sp', key: 'id' }, [field]: { name: 'sp', key: 'proof' } };
  return { authType: 'ServicePrincipal', tenantId: TENANT_ID, authSecretRef } as const;
}

describe('each way to prove an identity', () => {
  it("uses GitHub's token and learns the tenant from the vault", async () => {
    const started = run();
    await expect(readWith(started)).resolves.toBe('hunter2');
    expect(azure().github.requests).toEqual([TOKEN_AUDIENCE]);
    expect(azure().entra.log).toMatchObject([
      { clientId: MANAGED_CLIENT_ID, tenant: TENANT_ID, credential: 'assertion' },
    ]);
  });

  it('uses a client secret', async () => {
    const started = withSecret({ proof: APPLICATION_SECRET });
    await expect(readWith(started, servicePrincipal('clientSecret'))).resolves.toBe('hunter2');
    expect(azure().entra.log).toMatchObject([{ clientId: APPLICATION_CLIENT_ID, credential: 'secret' }]);
  });

  it.each(['contoso.onmicrosoft.com', TENANT_ID.toUpperCase()])(
    'takes the tenant %s as it is written',
    async (tenantId) => {
      const started = withSecret({ proof: APPLICATION_SECRET });
      await expect(readWith(started, { ...servicePrincipal('clientSecret'), tenantId })).resolves.toBe('hunter2');
    },
  );

  it('uses the last of several client certificates', async () => {
    const identity = azure().entra.identity(APPLICATION_CLIENT_ID)!;
    azure().entra.setIdentity({ ...identity, certificates: [clientCertificate.certificate] });
    const proof = [oldCertificate, clientCertificate].map((pair) => `${pair.privateKey}${pair.certificate}`).join('\n');
    const started = withSecret({ proof });
    await expect(readWith(started, servicePrincipal('clientCertificate'))).resolves.toBe('hunter2');
    expect(started.context.masker.hasMasked(proof)).toBe(true);
  });

  it('uses a managed identity', async () => {
    await expect(readWith(run(), { authType: 'ManagedIdentity', identityId: MANAGED_CLIENT_ID })).resolves.toBe(
      'hunter2',
    );
    expect([azure().imds.requests, azure().entra.tokenRequests]).toEqual([[MANAGED_CLIENT_ID], 0]);
  });

  it('uses a token of a ServiceAccount', async () => {
    const started = run({ identity: 'service-account' });
    const { cluster } = started.context;
    cluster.serviceAccounts['app/sync'] = {
      'azure.workload.identity/client-id': MANAGED_CLIENT_ID,
      'azure.workload.identity/tenant-id': TENANT_ID,
    };
    cluster.token = async (namespace, name, audiences) => azure().serviceAccounts.token({ namespace, name, audiences });
    const ref = { kind: 'SecretStore', namespace: 'app', name: 'kv' };
    await expect(readWith(started, { serviceAccountRef: { name: 'sync', audiences: [] } }, ref)).resolves.toBe(
      'hunter2',
    );
    expect(cluster.asked).toEqual(['serviceaccount app/sync', `token app/sync ${TOKEN_AUDIENCE}`]);
  });

  it('uses a mounted token', async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'token');
    await writeFile(
      path,
      azure().serviceAccounts.token({ namespace: 'app', name: 'sync', audiences: [TOKEN_AUDIENCE] }),
    );
    const environment = {
      ...azure().environmentElsewhere(),
      AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
      AZURE_TENANT_ID: TENANT_ID,
      AZURE_FEDERATED_TOKEN_FILE: path,
    };
    await expect(readWith(run({}, environment))).resolves.toBe('hunter2');
    await folder.remove();
  });

  it('masks the assertion and the access token and logs neither', async () => {
    const started = run();
    await readWith(started);
    const masked = started.context.masker.values.map((value) => Buffer.from(value.reveal()).toString());
    expect(masked.filter((text) => text.startsWith('ey'))).toHaveLength(2);
    expect(started.context.logger.text()).toBe('');
  });
});

describe('each cloud', () => {
  it.each([
    ['PublicCloud', 'kv-shop.vault.azure.net', 'login.microsoftonline.com', 'https://vault.azure.net/.default'],
    [
      'USGovernmentCloud',
      'kv-gov.vault.usgovcloudapi.net',
      'login.microsoftonline.us',
      'https://vault.usgovcloudapi.net/.default',
    ],
    ['ChinaCloud', 'kv-china.vault.azure.cn', 'login.chinacloudapi.cn', 'https://vault.azure.cn/.default'],
    [
      'GermanCloud',
      'kv-german.vault.microsoftazure.de',
      'login.microsoftonline.de',
      'https://vault.microsoftazure.de/.default',
    ],
  ] as const)('%s', async (environmentType: AzureEnvironment, vault, host, scope) => {
    await expect(readWith(run(), { environmentType, vaultUrl: `https://${vault}` })).resolves.toBe('hunter2');
    expect(azure().entra.log).toMatchObject([{ host, scope: expect.stringContaining(scope) }]);
  });

  it('AzureStackCloud, without asking the public cloud whether its authority is genuine', async () => {
    const customCloudConfig = { activeDirectoryEndpoint: `https://${CUSTOM_LOGIN}/` };
    const store = {
      environmentType: 'AzureStackCloud',
      customCloudConfig,
      vaultUrl: 'https://kv-stack.vault.azure.net',
    } as const;
    const logins = { hosts: [CUSTOM_LOGIN], audiences: [] };
    await expect(readWith(run({ logins }), store)).resolves.toBe('hunter2');
    expect(azure().proxy.connects.map(({ host }) => host)).not.toContain('login.microsoftonline.com');
    expect(azure().entra.log).toMatchObject([{ host: CUSTOM_LOGIN }]);
  });

  it('says so when vault and environmentType are of different clouds', async () => {
    const store = { environmentType: 'PublicCloud', vaultUrl: 'https://kv-german.vault.microsoftazure.de' } as const;
    azure().entra.inject({ match: 'token$', status: 400, code: '500011', message: 'AADSTS500011: not found.' });
    const error = await portError((await run().open(store)).get(DB));
    expect(error.fix).toContain('Set environmentType to the cloud that the vault is in.');
  });
});

describe('tokens', () => {
  it('are asked for once by many stores, vaults and clients at a time', async () => {
    const { factory } = run();
    const providers = await Promise.all(
      ['kv-shop', 'kv-second', 'kv-shop'].map((vault, index) => {
        const ref = { kind: 'SecretStore', namespace: 'shop', name: `kv-${index}` };
        return factory.open(azureStore({ vaultUrl: `https://${vault}.vault.azure.net` }, ref), 'shop');
      }),
    );
    await Promise.all(providers.flatMap((provider) => [provider.get(DB), provider.get({ type: 'key', name: 'k' })]));
    expect([azure().entra.tokenRequests, azure().github.requests.length]).toEqual([1, 1]);
  });

  it('are asked for again near their end', async () => {
    const { context, factory } = run();
    const open = (name: string) => factory.open(azureStore({ vaultUrl: `https://${name}.vault.azure.net` }), 'shop');
    await (await open('kv-shop')).get(DB);
    context.clock.advance(86_399_000 - 4 * 60_000);
    await (await open('kv-second')).get(DB);
    expect([azure().entra.tokenRequests, azure().github.requests.length]).toEqual([2, 2]);
  });

  it('differ between identities', async () => {
    const started = withSecret({ proof: APPLICATION_SECRET });
    await readWith(started);
    await readWith(started, servicePrincipal('clientSecret'));
    expect(azure().entra.log.map(({ clientId }) => clientId)).toEqual([MANAGED_CLIENT_ID, APPLICATION_CLIENT_ID]);
  });
});

describe('Entra that does not answer', () => {
  it.each([
    ['throttles', { status: 429, code: '90055' }, 'Entra throttled, waiting 2 s (attempt 2 of 4)'],
    ['asks for time', { status: 429, code: '90055', retryAfter: 7 }, 'Entra throttled, waiting 7 s (attempt 2 of 4)'],
    ['fails', { status: 503 }, 'Entra answered HTTP 503, waiting 2 s (attempt 2 of 4)'],
    ['breaks off', { garbage: true }, 'Entra answered HTTP 200 without a token, waiting 2 s (attempt 2 of 4)'],
    ['says nothing', { body: '' }, 'Entra answered HTTP 200 without a token, waiting 2 s (attempt 2 of 4)'],
  ])('is asked again when it %s: no credential stays locked', async (_case, fault, message) => {
    azure().entra.inject({ match: 'token$', times: 1, ...fault });
    const started = run();
    await expect(readWith(started)).resolves.toBe('hunter2');
    expect(started.context.logger.records.map((record) => record.message)).toEqual([message]);
    expect([azure().entra.tokenRequests, azure().github.requests.length]).toEqual([2, 2]);
  });

  it('fails a run after four exchanges, and the next read begins anew', async () => {
    azure().entra.inject({ match: 'token$', status: 429, code: '90055', times: 4 });
    const provider = await run().open();
    const error = await portError(provider.get(DB));
    expect([error.kind, error.code, azure().entra.tokenRequests]).toEqual(['Throttled', 'AADSTS90055', 4]);
    expect(textOf(await provider.get(DB))).toBe('hunter2');
  });

  it('is told apart from a vault that does not answer', async () => {
    azure().proxy.unreachable.add('login.microsoftonline.com');
    const error = await portError((await run().open()).get(DB)).finally(() => azure().proxy.unreachable.clear());
    expect([error.kind, error.whole]).toEqual(['Unavailable', true]);
    expect(error.what).toContain('Entra');
  });
});

describe('Entra that refuses', () => {
  const presented =
    'Presented: issuer "https://token.actions.githubusercontent.com", subject "repo:contoso/shop:environment:prod", audience "api://AzureADTokenExchange".';

  function trusting(changes: Partial<{ issuer: string; subject: string; audience: string }>): void {
    const trusted = {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:contoso/shop:environment:prod',
      audience: TOKEN_AUDIENCE,
      ...changes,
    };
    azure().entra.setIdentity({
      ...azure().entra.identity(MANAGED_CLIENT_ID)!,
      clientId: TRUSTING,
      federatedCredentials: [trusted],
    });
  }
  const TRUSTING = 'aaaaaaaa-0000-0000-0000-000000000009';

  async function refusal() {
    return portError((await run({ azureClientId: TRUSTING }).open()).get(DB));
  }

  it.each([
    [
      'AADSTS700211',
      { issuer: 'https://other/' },
      'no federated credential has the issuer "https://token.actions.githubusercontent.com"',
    ],
    ['AADSTS700212', { audience: 'other' }, 'no federated credential has the audience "api://AzureADTokenExchange"'],
    [
      'AADSTS700213',
      { subject: 'other' },
      'no federated credential has the subject "repo:contoso/shop:environment:prod"',
    ],
    [
      'AADSTS7002138',
      { subject: 'repo:Contoso/shop:environment:prod' },
      'a federated credential has the subject "repo:contoso/shop:environment:prod" in other upper and lower case',
    ],
  ])('%s says what was presented', async (code, changes, reason) => {
    trusting(changes);
    const error = await refusal();
    expect([error.kind, error.code, error.whole]).toEqual(['Unauthenticated', code, true]);
    expect(error.what).toBe(`Entra gave no token to client ${TRUSTING} in tenant ${TENANT_ID}: ${reason} (${code})`);
    expect(messageText(error.fix)).toContain(presented);
    expect(messageText(error.fix)).toMatch(/Correlation id [0-9a-f-]{36}\.$/);
    expect(azure().entra.tokenRequests).toBe(1);
  });

  it('a client id that does not exist', async () => {
    const error = await portError((await run({ azureClientId: 'nobody' }).open()).get(DB));
    expect(error.what).toBe(
      `Entra gave no token to client nobody in tenant ${TENANT_ID}: no application with this client id is in tenant ${TENANT_ID} (AADSTS700016)`,
    );
  });

  it('a wrong client secret, which is not shown', async () => {
    const started = withSecret({ proof: 'wrong-secret' });
    const error = await portError((await started.open(servicePrincipal('clientSecret'))).get(DB));
    expect([error.code, error.message.includes('wrong-secret')]).toEqual(['AADSTS7000215', false]);
  });

  it('asks once more with a fresh token when it found the first too old', async () => {
    azure().entra.inject({
      match: 'token$',
      status: 401,
      code: '700024',
      message: 'AADSTS700024: outside its valid time range.',
      times: 1,
    });
    await expect(readWith(run())).resolves.toBe('hunter2');
    expect(azure().github.requests).toHaveLength(2);
  });

  it.each([
    [
      '700038',
      '"00000000-0000-0000-0000-000000000000" is no client id that Entra knows',
      'Check the client id: that of',
    ],
    ['7000112', 'HTTP 400', 'Check the client id and the credential of that application. See https://login'],
    ['700099', 'HTTP 400', 'Check the client id and the credential of that application. See https://login'],
  ])('has the client id checked for AADSTS%s', async (code, what, fix) => {
    azure().entra.inject({ match: 'token$', status: 400, code, message: `AADSTS${code}: new.` });
    const azureClientId = '00000000-0000-0000-0000-000000000000';
    const error = await portError((await run({ azureClientId }).open()).get(DB));
    expect(error.what).toContain(what);
    expect(error.fix).toContain(fix);
  });

  it('gives the number of an error that it does not know', async () => {
    azure().entra.inject({ match: 'token$', status: 400, code: '999999', message: 'AADSTS999999: new.' });
    const error = await portError((await run().open()).get(DB));
    expect([error.code, error.fix]).toEqual([
      'AADSTS999999',
      expect.stringContaining('https://login.microsoftonline.com/error?code=999999'),
    ]);
  });

  it('is not asked for a tenant that cannot be one', async () => {
    const error = await portError((await run({ azureTenantId: 'a tenant/../x' }).open()).get(DB));
    expect([error.kind, error.what]).toEqual(['Invalid', '"a tenant/../x" cannot be a tenant id']);
    expect(azure().entra.tokenRequests).toBe(0);
  });

  it('is not a page of a proxy', async () => {
    azure().entra.inject({ match: 'token$', html: true, status: 403 });
    const error = await portError((await run().open()).get(DB));
    expect(error.fix).toContain('Check that a proxy does not answer in place of Entra.');
    expect(error.message).not.toContain('<h1>');
  });
});

describe('a managed identity that is not given', () => {
  const managed = async (identityId?: string) => {
    const store = { authType: 'ManagedIdentity', ...(identityId === undefined ? {} : { identityId }) } as const;
    return portError((await run().open(store)).get(DB));
  };

  it('says that the identity is not assigned', async () => {
    const error = await managed('22222222-2222-2222-2222-222222222222');
    expect([error.kind, error.message]).toEqual([
      'Unauthenticated',
      'the managed identity endpoint gave no token (HTTP 400, invalid_request): "Identity not found". Check that the identity in identityId is assigned to this machine; identityId is its client id.',
    ]);
  });

  it('says that there are several, where the store names none', async () => {
    azure().imds.inject({
      match: 'token',
      status: 400,
      code: 'invalid_request',
      message:
        'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
    });
    const error = await managed();
    azure().imds.faults.clear();
    expect(error.message).toBe(
      'the managed identity endpoint gave no token (HTTP 400, invalid_request): several identities are assigned to this machine, and the store names none: "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request". Set spec.provider.azurekv.identityId to the client id of one of them.',
    );
  });

  it('says that there is none, where the store names none', async () => {
    azure().imds.inject({ match: 'token', status: 400, code: 'invalid_request', message: 'Identity not found' });
    const error = await managed();
    azure().imds.faults.clear();
    expect(error.message).toBe(
      'the managed identity endpoint gave no token (HTTP 400, invalid_request): the store names no identity, and this machine has none of its own: "Identity not found". Assign one to this machine; if it has several, set spec.provider.azurekv.identityId to the client id of one.',
    );
  });

  it('says that identityId is a resource id', async () => {
    azure().imds.inject({ match: 'token', status: 400, code: 'invalid_request', message: 'Identity not found' });
    const id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x';
    const error = await managed(id);
    azure().imds.faults.clear();
    expect(error.message).toBe(
      `the managed identity endpoint gave no token (HTTP 400, invalid_request): identityId is a resource id: "Identity not found". Check that this identity is assigned to this machine, or give its client id: az identity show --ids ${id} --query clientId --output tsv.`,
    );
  });

  it('shows no sentence with more than words in it', async () => {
    azure().imds.inject({ match: 'token', status: 400, code: 'invalid_request', message: 'token eyJ0 <b>x</b>' });
    const error = await managed();
    azure().imds.faults.clear();
    expect(error.message).not.toContain('eyJ0');
  });
});

describe('a machine without the Azure CLI', () => {
  it('says what is missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nonexistent';
    const error = await portError((await run({ identity: 'azure-cli' }).open()).get(DB));
    process.env['PATH'] = path;
    expect([error.kind, error.what]).toEqual(['Unauthenticated', 'the Azure CLI (az) is not installed']);
  });
});
