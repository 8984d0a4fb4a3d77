import { describe, expect, it } from '@jest/globals';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { resolveIdentity } from '../../../src/adapters/azure/identity.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { loopbackAuthority } from '../../servers/index.ts';
import { azureStore, CLIENT, clusterStore, portError, TENANT, testContext, type TestContext } from './support.ts';

const AUTHORITY = 'https://login.microsoftonline.com';
const GITHUB = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1/t', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner' };

function resolve(context: TestContext, store: ReturnType<typeof azureStore>, namespace = 'shop') {
  return resolveIdentity(context, store, store.provider, namespace);
}

async function refusal(context: TestContext, store: ReturnType<typeof azureStore>): Promise<PortError> {
  return portError(resolve(context, store));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('resolveIdentity: ServicePrincipal', () => {
  const selectors = { clientId: { name: 'sp', key: 'id' }, clientSecret: { name: 'sp', key: 'secret' } };
  const store = azureStore({ authType: 'ServicePrincipal', tenantId: TENANT, authSecretRef: selectors });

  it('reads client id and secret and keeps the secret out of the record', async () => {
    const context = testContext();
    context.cluster.secrets['shop/sp'] = { id: CLIENT, secret: 'hunter2' };
    const { identity, material } = await resolve(context, store);
    const digest = sha256('hunter2');
    expect(identity).toEqual({
      type: 'client-secret',
      authorityHost: AUTHORITY,
      tenantId: TENANT,
      clientId: CLIENT,
      digest,
    });
    expect(Buffer.from(material!.reveal()).toString()).toBe('hunter2');
    expect(context.masker.hasMasked('hunter2')).toBe(true);
  });

  it.each([
    ['no tenantId', {}, 'SecretStore shop/kv has no tenantId'],
    ['no authSecretRef', { tenantId: TENANT }, 'SecretStore shop/kv has no authSecretRef'],
    ['no clientId', { tenantId: TENANT, authSecretRef: {} }, 'SecretStore shop/kv has no authSecretRef.clientId'],
    [
      'neither secret nor certificate',
      { tenantId: TENANT, authSecretRef: { clientId: selectors.clientId } },
      'SecretStore shop/kv has neither authSecretRef.clientSecret nor authSecretRef.clientCertificate',
    ],
    [
      'both secret and certificate',
      { tenantId: TENANT, authSecretRef: { ...selectors, clientCertificate: selectors.clientSecret } },
      'SecretStore shop/kv has both authSecretRef.clientSecret and authSecretRef.clientCertificate',
    ],
  ])('refuses a store with %s before it reads anything', async (_case, provider, what) => {
    const context = testContext();
    const error = await refusal(context, azureStore({ authType: 'ServicePrincipal', ...provider }));
    expect([error.kind, error.what]).toEqual(['Invalid', what]);
    expect(context.cluster.asked).toEqual([]);
  });

  it('names the Secret that is missing', async () => {
    const error = await refusal(testContext(), store);
    expect([error.kind, error.what]).toEqual([
      'NotFound',
      'Secret shop/sp, which SecretStore shop/kv names in authSecretRef.clientId, does not exist',
    ]);
  });

  it('names the key that is missing', async () => {
    const context = testContext();
    context.cluster.secrets['shop/sp'] = { id: CLIENT };
    const error = await refusal(context, store);
    expect(error.what).toBe(
      'Secret shop/sp, which SecretStore shop/kv names in authSecretRef.clientSecret, has no key "secret"',
    );
  });

  it('refuses an empty client id', async () => {
    const context = testContext();
    context.cluster.secrets['shop/sp'] = { id: '', secret: 'x' };
    const error = await refusal(context, store);
    expect(error.what).toBe('SecretStore shop/kv has an empty value in authSecretRef.clientId (Secret sp, key "id")');
  });
});

describe('resolveIdentity: ServicePrincipal with certificate', () => {
  const { certificate, privateKey } = loopbackAuthority().issue('client');
  const store = azureStore({
    authType: 'ServicePrincipal',
    tenantId: TENANT,
    authSecretRef: { clientId: { name: 'sp', key: 'id' }, clientCertificate: { name: 'sp', key: 'pem' } },
  });

  function withPem(pem: string): TestContext {
    const context = testContext();
    context.cluster.secrets['shop/sp'] = { id: CLIENT, pem };
    return context;
  }

  it('takes PEM with an RSA key', async () => {
    const { identity } = await resolve(withPem(`${privateKey}${certificate}`), store);
    expect(identity).toMatchObject({ type: 'client-certificate', digest: sha256(`${privateKey}${certificate}`) });
  });

  it.each([
    ['no PEM', 'garbage', 'there is no CERTIFICATE block in it (PEM is expected)'],
    ['no key', certificate, 'there is no PRIVATE KEY block in it'],
    [
      'a broken certificate',
      `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${privateKey}`,
      'its certificate cannot be parsed',
    ],
    [
      'a broken key',
      `${certificate}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`,
      'its private key cannot be parsed',
    ],
    ['a key that is not RSA', `${certificate}${ellipticKey()}`, 'its private key is not RSA'],
  ])('refuses %s and quotes nothing of it', async (_case, pem, reason) => {
    const error = await refusal(withPem(pem), store);
    expect(error.message).toBe(
      `SecretStore shop/kv has an authSecretRef.clientCertificate that cannot be used: ${reason}. Store certificate and RSA private key as PEM without a password.`,
    );
  });

  function ellipticKey(): string {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
});

describe('resolveIdentity: ManagedIdentity', () => {
  it.each([
    [undefined, { type: 'managed-identity', authorityHost: AUTHORITY }],
    [CLIENT, { type: 'managed-identity', authorityHost: AUTHORITY, identityId: CLIENT }],
  ])('with identityId %p reads nothing', async (identityId, expected) => {
    const context = testContext();
    const store = azureStore({ authType: 'ManagedIdentity', ...(identityId === undefined ? {} : { identityId }) });
    await expect(resolve(context, store)).resolves.toMatchObject({ identity: expected });
    expect(context.cluster.asked).toEqual([]);
  });
});

describe('resolveIdentity: WorkloadIdentity, mounted', () => {
  const mounted = { AZURE_CLIENT_ID: CLIENT, AZURE_TENANT_ID: TENANT, AZURE_FEDERATED_TOKEN_FILE: '/tokens/t' };

  it("takes the machine's variables and ignores the store's tenantId and authSecretRef", async () => {
    const context = testContext({}, mounted);
    const store = azureStore({ tenantId: 'other', authSecretRef: { clientId: { name: 'sp', key: 'id' } } });
    const { identity } = await resolve(context, store);
    const source = { from: 'token-file', path: '/tokens/t' };
    expect(identity).toEqual({
      type: 'assertion',
      authorityHost: AUTHORITY,
      tenantId: TENANT,
      clientId: CLIENT,
      source,
    });
    expect(context.cluster.asked).toEqual([]);
  });

  it.each(Object.keys(mounted))('refuses to work without %s', async (name) => {
    const error = await refusal(testContext({}, { ...mounted, [name]: '' }), azureStore());
    expect(error.what).toBe(
      'SecretStore shop/kv uses the identity of this machine, but AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set',
    );
  });
});

describe('resolveIdentity: WorkloadIdentity with serviceAccountRef', () => {
  const serviceAccountRef = { name: 'sync', audiences: ['api://AzureADTokenExchangeUSGov'] };
  const clientId = { 'azure.workload.identity/client-id': CLIENT };
  const tenantId = { 'azure.workload.identity/tenant-id': TENANT };
  const authSecretRef = { clientId: { name: 'sp', key: 'id' }, tenantId: { name: 'sp', key: 'tenant' } };

  function withAnnotations(annotations: Readonly<Record<string, string>>, environment = {}): TestContext {
    const context = testContext({}, environment);
    context.cluster.serviceAccounts['shop/sync'] = annotations;
    return context;
  }

  it('takes both ids from annotations and asks for no token yet', async () => {
    const context = withAnnotations({ ...clientId, ...tenantId });
    const { identity } = await resolve(context, azureStore({ serviceAccountRef }));
    const audiences = ['api://AzureADTokenExchange', 'api://AzureADTokenExchangeUSGov'];
    const source = { from: 'service-account', namespace: 'shop', name: 'sync', audiences };
    expect(identity).toEqual({
      type: 'assertion',
      authorityHost: AUTHORITY,
      tenantId: TENANT,
      clientId: CLIENT,
      source,
    });
    expect(context.cluster.asked).toEqual(['serviceaccount shop/sync']);
  });

  it("takes tenantId of the store, then of this program's environment", async () => {
    const inStore = await resolve(withAnnotations(clientId), azureStore({ serviceAccountRef, tenantId: 'store' }));
    const inEnvironment = await resolve(
      withAnnotations(clientId, { AZURE_TENANT_ID: 'env' }),
      azureStore({ serviceAccountRef }),
    );
    expect([inStore.identity, inEnvironment.identity]).toMatchObject([{ tenantId: 'store' }, { tenantId: 'env' }]);
  });

  it('takes both ids from authSecretRef', async () => {
    const context = withAnnotations({});
    context.cluster.secrets['shop/sp'] = { id: 'from-secret', tenant: 'tenant-from-secret' };
    const { identity } = await resolve(context, azureStore({ serviceAccountRef, authSecretRef, tenantId: 'store' }));
    expect(identity).toMatchObject({ clientId: 'from-secret', tenantId: 'tenant-from-secret' });
  });

  it('lets an empty tenant of authSecretRef fall through to tenantId', async () => {
    const context = withAnnotations({});
    context.cluster.secrets['shop/sp'] = { id: 'from-secret', tenant: '' };
    const { identity } = await resolve(context, azureStore({ serviceAccountRef, authSecretRef, tenantId: 'store' }));
    expect(identity).toMatchObject({ tenantId: 'store' });
  });

  it('refuses a ServiceAccount that does not exist', async () => {
    const error = await refusal(testContext(), azureStore({ serviceAccountRef }));
    expect([error.kind, error.what]).toEqual([
      'NotFound',
      'ServiceAccount shop/sync, which SecretStore shop/kv names in serviceAccountRef, does not exist',
    ]);
  });

  it('refuses a missing client id before a missing tenant', async () => {
    const error = await refusal(withAnnotations({}), azureStore({ serviceAccountRef }));
    expect(error.what).toBe(
      'SecretStore shop/kv has no client id: ServiceAccount sync has no annotation azure.workload.identity/client-id, and there is no authSecretRef.clientId',
    );
  });

  it('refuses a missing tenant', async () => {
    const error = await refusal(withAnnotations(clientId), azureStore({ serviceAccountRef }));
    expect(error.what).toBe('SecretStore shop/kv has no tenantId');
  });

  it('refuses an authSecretRef without clientId', async () => {
    const error = await refusal(withAnnotations(clientId), azureStore({ serviceAccountRef, authSecretRef: {} }));
    expect(error.what).toBe('SecretStore shop/kv has an authSecretRef without clientId');
  });

  it('refuses two client ids, also when they are equal', async () => {
    const context = withAnnotations(clientId);
    context.cluster.secrets['shop/sp'] = { id: CLIENT, tenant: TENANT };
    const error = await refusal(context, azureStore({ serviceAccountRef, authSecretRef }));
    expect(error.what).toBe(
      'SecretStore shop/kv has two client ids: authSecretRef.clientId and the annotation azure.workload.identity/client-id of its ServiceAccount',
    );
  });

  it('refuses two tenant ids, also when they are equal', async () => {
    const error = await refusal(
      withAnnotations({ ...clientId, ...tenantId }),
      azureStore({ serviceAccountRef, tenantId: TENANT }),
    );
    expect(error.what).toBe(
      'SecretStore shop/kv has two tenant ids: tenantId and the annotation azure.workload.identity/tenant-id of its ServiceAccount',
    );
  });

  it('uses the mounted token when the setting says so', async () => {
    const context = testContext({ identity: 'token-file' }, { AZURE_FEDERATED_TOKEN_FILE: '/tokens/t' });
    context.cluster.serviceAccounts['shop/sync'] = { ...clientId, ...tenantId };
    const { identity } = await resolve(context, azureStore({ serviceAccountRef }));
    expect(identity).toMatchObject({ clientId: CLIENT, source: { from: 'token-file', path: '/tokens/t' } });
  });

  it('prefers the setting service-account over GitHub', async () => {
    const context = testContext({ identity: 'service-account' }, GITHUB);
    context.cluster.serviceAccounts['shop/sync'] = { ...clientId, ...tenantId };
    const { identity } = await resolve(context, azureStore({ serviceAccountRef }));
    expect(identity).toMatchObject({ source: { from: 'service-account' } });
  });

  it('refuses the setting service-account for a store that names none', async () => {
    const error = await refusal(testContext({ identity: 'service-account' }), azureStore());
    expect(error.what).toBe('SecretStore shop/kv has no serviceAccountRef');
  });
});

describe('resolveIdentity: where references point', () => {
  const serviceAccountRef = { name: 'sync', namespace: 'platform', audiences: [] };
  const annotations = { 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': TENANT };

  it('ignores the namespace of a reference in a namespaced store', async () => {
    const context = testContext();
    context.cluster.serviceAccounts['shop/sync'] = annotations;
    await resolve(context, azureStore({ serviceAccountRef }));
    expect(context.cluster.asked).toEqual(['serviceaccount shop/sync']);
  });

  it('obeys it in a ClusterSecretStore', async () => {
    const context = testContext();
    context.cluster.serviceAccounts['platform/sync'] = annotations;
    await resolve(context, clusterStore({ serviceAccountRef }));
    expect(context.cluster.asked).toEqual(['serviceaccount platform/sync']);
  });

  it("takes the ExternalSecret's namespace in a ClusterSecretStore that names none", async () => {
    const context = testContext();
    context.cluster.serviceAccounts['team/sync'] = annotations;
    await resolve(context, clusterStore({ serviceAccountRef: { name: 'sync', audiences: [] } }), 'team');
    expect(context.cluster.asked).toEqual(['serviceaccount team/sync']);
  });
});

describe('resolveIdentity: WorkloadIdentity in a GitHub job', () => {
  const serviceAccountRef = { name: 'sync', audiences: [] };

  it('takes azureClientId and leaves the tenant to the vault', async () => {
    const { identity } = await resolve(testContext({ azureClientId: CLIENT }, GITHUB), azureStore());
    const source = { from: 'github', audience: 'api://AzureADTokenExchange' };
    expect(identity).toEqual({ type: 'assertion', authorityHost: AUTHORITY, clientId: CLIENT, source });
  });

  it.each([
    [{ 'shop/kv': 'qualified', kv: 'plain' }, 'qualified'],
    [{ kv: 'a cluster store of the same name' }, 'fallback'],
    [{ 'other/kv': 'other' }, 'fallback'],
  ])('takes the client id from storeIdentities %j', async (storeIdentities, expected) => {
    const context = testContext({ azureClientId: 'fallback', storeIdentities }, GITHUB);
    const { identity } = await resolve(context, azureStore());
    expect(identity).toMatchObject({ clientId: expected });
  });

  it('does not read the ServiceAccount of a store that storeIdentities names', async () => {
    const context = testContext({ storeIdentities: { 'shop/kv': CLIENT } }, GITHUB);
    await resolve(context, azureStore({ serviceAccountRef }));
    expect(context.cluster.asked).toEqual([]);
  });

  it('prefers the annotation to azureClientId', async () => {
    const context = testContext({ azureClientId: 'fallback' }, GITHUB);
    context.cluster.serviceAccounts['shop/sync'] = { 'azure.workload.identity/client-id': 'annotated' };
    const { identity } = await resolve(context, azureStore({ serviceAccountRef }));
    expect(identity).toMatchObject({ clientId: 'annotated' });
  });

  it('does without a ServiceAccount that cannot be read when azureClientId is set', async () => {
    const context = testContext({ azureClientId: 'fallback', azureTenantId: 'setting' }, GITHUB);
    const { identity } = await resolve(context, azureStore({ serviceAccountRef }));
    expect(identity).toMatchObject({ clientId: 'fallback', tenantId: 'setting' });
  });

  it("prefers the store's tenant to azureTenantId", async () => {
    const context = testContext({ azureClientId: CLIENT, azureTenantId: 'setting' }, GITHUB);
    const { identity } = await resolve(context, azureStore({ tenantId: 'store' }));
    expect(identity).toMatchObject({ tenantId: 'store' });
  });

  it('refuses a store without any client id', async () => {
    const error = await refusal(testContext({}, GITHUB), azureStore());
    expect(error.message).toBe(
      'SecretStore shop/kv has no client id. Set --azure-client-id, name this store in --store-identities, or annotate its ServiceAccount with azure.workload.identity/client-id.',
    );
  });
});

describe('resolveIdentity: azure-cli', () => {
  it('takes whoever is logged in', async () => {
    const { identity } = await resolve(testContext({ identity: 'azure-cli' }), azureStore({ tenantId: TENANT }));
    expect(identity).toEqual({ type: 'azure-cli', authorityHost: AUTHORITY, tenantId: TENANT });
  });
});
