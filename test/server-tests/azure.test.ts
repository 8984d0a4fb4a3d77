/** The servers together, as a product uses them: through the proxy, by their real names. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ClientAssertionCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  TOKEN_AUDIENCE,
  type LoopbackAzure,
} from '../servers/index.ts';

const VAULT_URL = 'https://kv-main.vault.azure.net';
const NO_RETRIES = { retryOptions: { maxRetries: 0 } };
let azure: LoopbackAzure;

beforeEach(async () => {
  azure = await startLoopbackAzure({
    vaults: { 'kv-main': { secrets: { a: [{ value: '1' }], b: [{ value: '2' }], c: [{ value: '3' }] }, pageSize: 2 } },
  });
});
afterEach(() => azure.close());

describe('this process', () => {
  let undo: () => void;
  beforeEach(() => {
    undo = azure.trustInProcess();
  });
  afterEach(() => undo());

  it.each([
    [
      'an assertion',
      () => new ClientAssertionCredential(TENANT_ID, MANAGED_CLIENT_ID, async () => azure.github.token(TOKEN_AUDIENCE)),
    ],
    ['a secret', () => new ClientSecretCredential(TENANT_ID, APPLICATION_CLIENT_ID, APPLICATION_SECRET)],
    ['a managed identity', () => new ManagedIdentityCredential({ clientId: MANAGED_CLIENT_ID })],
  ])('reads, lists and writes with the public client and %s', async (_, credential) => {
    const client = new SecretClient(VAULT_URL, credential(), NO_RETRIES);
    expect((await client.getSecret('a')).value).toBe('1');
    const names = [];
    for await (const { name } of client.listPropertiesOfSecrets()) names.push(name);
    expect(names).toEqual(['a', 'b', 'c']);
    await client.setSecret('a', 'new');
    expect(azure.vaults.requests('kv-main')).toEqual([
      'GET /secrets/a/',
      'GET /secrets',
      'GET /secrets?$skiptoken=2',
      'PUT /secrets/a',
    ]);
    expect(azure.vaults.challenges).toEqual({ count: 1, withBody: 0 });
  });

  it('reaches hosts that nobody stands in for only as far as the proxy', async () => {
    const credential = new ClientSecretCredential(TENANT_ID, APPLICATION_CLIENT_ID, APPLICATION_SECRET);
    const client = new SecretClient('https://kv-none.vault.azure.net', credential, NO_RETRIES);
    await expect(client.getSecret('a')).rejects.toThrow();
    expect(azure.proxy.connects).toEqual([{ host: 'kv-none.vault.azure.net', port: 443, outcome: 'refused' }]);
  });

  it('no longer reaches a vault whose name does not resolve', async () => {
    azure.proxy.unreachable.add('kv-main.vault.azure.net');
    const credential = new ClientSecretCredential(TENANT_ID, APPLICATION_CLIENT_ID, APPLICATION_SECRET);
    await expect(new SecretClient(VAULT_URL, credential, NO_RETRIES).getSecret('a')).rejects.toThrow();
    expect(azure.vaults.challenges.count).toBe(0);
  });

  it('is as before once it is undone', () => {
    undo();
    expect(process.env['HTTPS_PROXY']).toBeUndefined();
    expect(process.env['ACTIONS_ID_TOKEN_REQUEST_URL']).toBeUndefined();
  });
});

describe('a child process', () => {
  const script = `
    const { ClientSecretCredential } = require('@azure/identity');
    const { SecretClient } = require('@azure/keyvault-secrets');
    const credential = new ClientSecretCredential('${TENANT_ID}', '${APPLICATION_CLIENT_ID}', '${APPLICATION_SECRET}');
    new SecretClient('${VAULT_URL}', credential).getSecret('a').then(({ value }) => console.log(value));`;

  it('needs nothing but the environment', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env: azure.environment() });
    expect(stdout).toBe('1\n');
  });
});
