/** Holds every kind of answer against the documented shapes in `test/golden/azure`. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  goldenAnswer,
  goldenFile,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  SERVICE_CONNECTION_ID,
  shapeDifferences,
  startLoopbackAzure,
  TENANT_ID,
  TOKEN_AUDIENCE,
  toPkcs12,
  type GoldenName,
  type LoopbackAzure,
} from '../servers/index.ts';
import { askArm, askEntra, askHttp, askVault, type Ask, type Seen } from './client.ts';

let azure: LoopbackAzure;
const issued = loopbackAuthority().issue('shop.example.com');

beforeAll(async () => {
  azure = await startLoopbackAzure({
    vaults: {
      'kv-main': {
        secrets: {
          db: [{ value: 'x', contentType: 'text/plain', tags: { a: 'b' }, attributes: { nbf: 1, exp: 2 } }],
          off: [{ value: 'x', attributes: { enabled: false } }],
          plain: [{ value: 'x' }],
        },
        keys: {
          signer: [{ jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }],
          off: [{ attributes: { enabled: false } }],
        },
        certificates: { pending: [{}] },
        deleted: {
          secrets: { gone: [{ value: 'x' }] },
          keys: { gone: [{ jwk: { kty: 'RSA', n: 'n', e: 'e' } }] },
          certificates: { gone: [{ cer: 'bmV3' }] },
        },
      },
    },
  });
  const value = toPkcs12(issued).toString('base64');
  await askVault(azure, '/certificates/web/import', { method: 'POST', body: { value } });
});
afterAll(() => azure.close());

function expectShape(file: GoldenName, name: string, seen: Seen): void {
  const golden = goldenAnswer(file, name);
  expect({ name, status: seen.status }).toEqual({ name, status: golden.status });
  expect(golden.body === undefined ? [] : shapeDifferences(golden.body, seen.body)).toEqual([]);
  for (const [header, text] of Object.entries(golden.headers ?? {})) {
    expect(shapeDifferences(text, seen.headers[header])).toEqual([]);
  }
}

describe('golden files', () => {
  it('all say where their shapes are documented', () => {
    const files = readdirSync(new URL('../golden/azure/', import.meta.url)).map((file) => file.replace('.json', ''));
    expect(files.sort()).toEqual([
      'azure-pipelines',
      'entra',
      'entra-errors',
      'github-oidc',
      'key-vault',
      'key-vault-errors',
      'managed-identity',
      'resource-manager',
    ]);
    for (const file of files) expect([goldenFile(file as GoldenName).source].flat()[0]).toMatch(/\w+/);
  });
});

describe('Key Vault', () => {
  it.each([
    ['secret', '/secrets/db'],
    ['secret', '/secrets/web'],
    ['secret-page', '/secrets'],
    ['secret-version-page', '/secrets/db/versions'],
    ['deleted-secret', '/deletedsecrets/gone'],
    ['deleted-secret-page', '/deletedsecrets'],
    ['key', '/keys/signer'],
    ['key', '/keys/web'],
    ['key-page', '/keys'],
    ['deleted-key', '/deletedkeys/gone'],
    ['certificate', '/certificates/web'],
    ['pending-certificate', '/certificates/pending'],
    ['deleted-certificate', '/deletedcertificates/gone'],
  ])('answers with the shape %s to GET %s', async (name, path) => {
    expectShape('key-vault', name, await askVault(azure, path));
  });

  it.each([
    ['secret', 'PUT', '/secrets/new', { value: 'x' }],
    ['secret-without-value', 'PATCH', '/secrets/new', { tags: { a: 'b' } }],
    ['deleted-secret', 'DELETE', '/secrets/new', undefined],
    ['secret-without-value', 'POST', '/deletedsecrets/new/recover', undefined],
    ['deleted-secret', 'DELETE', '/secrets/new', undefined],
    ['purged', 'DELETE', '/deletedsecrets/new', undefined],
    ['key', 'PUT', '/keys/new', { key: { kty: 'RSA', n: 'n', e: 'e', d: 'd' } }],
    ['deleted-key', 'DELETE', '/keys/new', undefined],
  ])('answers with the shape %s to %s %s', async (name, method, path, body) => {
    expectShape('key-vault', name, await askVault(azure, path, { method, body }));
  });

  const PUT = (body: unknown): Ask => ({ method: 'PUT', body });
  it.each<[string, string, Ask]>([
    ['missing-token', '/secrets', { token: null }],
    ['unreadable-token', '/secrets', { token: 'abc' }],
    ['SecretDisabled', '/secrets/off', {}],
    ['KeyDisabled', '/keys/off', {}],
    ['SecretNotFound', '/secrets/none', {}],
    ['KeyNotFound', '/keys/none', {}],
    ['CertificateNotFound', '/certificates/none', {}],
    ['deleted-not-found', '/deletedkeys/none', {}],
    ['bad-name', '/secrets/a.b', {}],
    ['bad-api-version', '/secrets/db?api-version=9', {}],
    ['bad-page-size', '/secrets?maxresults=0', {}],
    ['bad-body', '/secrets/db', PUT({})],
    ['bad-tags', '/secrets/db', PUT({ value: 'x', tags: { a: 1 } })],
    ['content-type-too-long', '/secrets/db', PUT({ value: 'x', contentType: 'c'.repeat(256) })],
    ['bad-time', '/secrets/db', PUT({ value: 'x', attributes: { exp: 1.5 } })],
    ['name-taken-by-secret-or-key', '/certificates/db/import', { method: 'POST', body: { value: 'AAAA' } }],
    ['value-too-long', '/secrets/db', PUT({ value: 'x'.repeat(25_601) })],
    ['ObjectIsDeletedButRecoverable', '/secrets/gone', PUT({ value: 'x' })],
    ['managed-by-certificate', '/secrets/web', PUT({ value: 'x' })],
    ['bad-key-type', '/keys/new', PUT({ key: { kty: 'oct', k: 'AA' } })],
    ['bad-pkcs12', '/certificates/fresh/import', { method: 'POST', body: { value: 'AAAA' } }],
    [
      'bad-pem',
      '/certificates/fresh/import',
      { method: 'POST', body: { value: 'x', policy: { secret_props: { contentType: 'application/x-pem-file' } } } },
    ],
    ['method-not-allowed', '/secrets/db/backup', { method: 'POST', body: {} }],
  ])('refuses with the shape %s', async (name, path, ask) => {
    expectShape('key-vault-errors', name, await askVault(azure, path, ask));
  });
});

describe('Entra, managed identities and CI systems', () => {
  it('answer a token request with the documented shape', async () => {
    const body = new URLSearchParams({
      client_id: MANAGED_CLIENT_ID,
      scope: 'https://vault.azure.net/.default',
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: azure.github.token(TOKEN_AUDIENCE),
    }).toString();
    expectShape('entra', 'token', await askEntra(azure, `/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body }));
  });

  it.each([
    ['openid-configuration', `/${TENANT_ID}/v2.0/.well-known/openid-configuration`],
    ['keys', `/${TENANT_ID}/discovery/v2.0/keys`],
    [
      'instance-discovery',
      `/common/discovery/instance?authorization_endpoint=https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/authorize`,
    ],
  ])('give %s in the documented shape', async (name, path) => {
    expectShape('entra', name, await askEntra(azure, path));
  });

  it('refuse in the documented shape', async () => {
    const body = 'grant_type=client_credentials';
    const seen = await askEntra(azure, `/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body });
    expectShape('entra-errors', '900144', seen);
  });

  it('give tokens of managed identities in the documented shape', async () => {
    const url = `${azure.imds.url}/metadata/identity/oauth2/token?resource=https://vault.azure.net`;
    expectShape('managed-identity', 'token', await askHttp(url, { headers: { metadata: 'true' } }));
  });

  it('give ID tokens in the documented shape', async () => {
    const url = azure.github.environment()['ACTIONS_ID_TOKEN_REQUEST_URL']!;
    expectShape('github-oidc', 'token', await askHttp(`${url}&audience=a`, { token: azure.github.requestToken }));
    expectShape('github-oidc', 'keys', await askHttp(azure.github.jwksUrl));
  });

  it.each([
    ['token', SERVICE_CONNECTION_ID],
    ['not-found', 'unknown'],
  ])('give the jobs of Azure Pipelines the shape %s', async (name, connection) => {
    const { SYSTEM_OIDCREQUESTURI: uri } = azure.pipelines.environment();
    const url = `${uri!}?api-version=7.1&serviceConnectionId=${connection}`;
    expectShape('azure-pipelines', name, await askHttp(url, { method: 'POST', token: azure.pipelines.accessToken }));
  });
});

describe('Resource Manager', () => {
  const [version, post] = ['api-version=2025-10-01', { method: 'POST' }];
  const cluster = { server: 'https://shop.hcp.westeurope.azmk8s.io:443', authority: 'PEM', local: issued };
  let id: string;
  beforeAll(() => {
    id = azure.arm.setCluster('rg-shop', 'aks-shop', cluster);
    azure.arm.setCluster('rg-shop', 'aks-closed', { ...cluster, entra: null, disableLocalAccounts: true });
    azure.arm.setCluster('rg-shop', 'aks-plain', { ...cluster, entra: null, privateCluster: true });
    azure.arm.setCluster('rg-shop', 'aks-ranges', { ...cluster, authorizedIPRanges: ['203.0.113.0/24'] });
  });

  it.each<[string, (id: string) => string, Ask]>([
    ['managed-cluster', (path) => `${path}?${version}`, {}],
    ['managed-cluster', (path) => `${path.replace('aks-shop', 'aks-plain')}?${version}`, {}],
    ['managed-cluster', (path) => `${path.replace('aks-shop', 'aks-ranges')}?${version}`, {}],
    ['credential', (path) => `${path}/listClusterUserCredential?${version}`, post],
    ['credential', (path) => `${path}/listClusterAdminCredential?${version}`, post],
    ['missing-token', (path) => path, { token: null }],
    ['invalid-token', (path) => path, { token: 'abc' }],
    ['missing-api-version', (path) => path, {}],
    ['bad-api-version', (path) => `${path}?api-version=1999-01-01`, {}],
    ['subscription-not-found', (path) => path.replace('3333', '4444'), {}],
    ['group-not-found', (path) => `${path.replace('rg-shop', 'rg')}?${version}`, {}],
    ['cluster-not-found', (path) => `${path}-2?${version}`, {}],
    [
      'local-accounts-disabled',
      (path) => `${path.replace('aks-shop', 'aks-closed')}/listClusterUserCredential?${version}`,
      post,
    ],
  ])('answers with the shape %s', async (name, path, ask) => {
    expectShape('resource-manager', name, await askArm(azure, path(id), ask));
  });

  it('refuses with the shape not-authorized', async () => {
    azure.arm.deny({ action: 'read' });
    expectShape('resource-manager', 'not-authorized', await askArm(azure, `${id}?${version}`));
    azure.arm.reset();
  });
});

describe('shapeDifferences', () => {
  it.each([
    [{ a: '{{x}}' }, { a: 1 }, ['$.a is number instead of text']],
    [{ a: 'is {{x}}!' }, { a: 'is y' }, ['$.a is "is y" instead of "is {{x}}!"']],
    [{ a: 1, 'b?': 2 }, { c: 3 }, ['$.a is missing', '$.c is unknown']],
    [[{ a: 1 }], [{ a: 1 }, { a: true }], ['$[1].a is boolean instead of number']],
    [{ '{{tag}}': '{{text|null}}' }, { x: null, y: 'z' }, []],
    ['{{text}}', null, ['$ is null instead of text']],
  ])('of %j and %j are %j', (golden, actual, differences) => {
    expect(shapeDifferences(golden, actual)).toEqual(differences);
  });
});
