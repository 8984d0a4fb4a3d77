/**
 * The SDK reads HTTPS_PROXY when a client is made and NO_PROXY once per process, so each case has a process of its own
 * in real life; here each test file is one.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import tls from 'node:tls';
import { createAzureProviders } from '../../../src/adapters/azure/azure-providers.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../../servers/index.ts';
import { azureStore, portError, testContext } from './support.ts';

const VAULT = 'kv-direct.vault.invalid';
let azure: LoopbackAzure;
let undo: () => void;

beforeAll(async () => {
  azure = await startLoopbackAzure({
    vaults: { 'kv-shop': { secrets: { db: [{ value: 'x' }] } }, [VAULT]: {}, 'kv-untrusted': {} },
  });
  undo = azure.trustInProcess();
  process.env['NO_PROXY'] = `127.0.0.1,${VAULT}`;
});

afterAll(async () => {
  undo();
  await azure.close();
});

async function open(vaultUrl: string) {
  const context = testContext({ azureClientId: MANAGED_CLIENT_ID }, azure.environment());
  return createAzureProviders(context).open(azureStore({ vaultUrl }), 'shop');
}

describe('HTTPS_PROXY', () => {
  it('is gone through for vault and Entra', async () => {
    await (await open('https://kv-shop.vault.azure.net')).get({ type: 'secret', name: 'db' });
    const hosts = new Set(azure.proxy.connects.map(({ host }) => host));
    expect(hosts).toEqual(new Set(['kv-shop.vault.azure.net', 'login.microsoftonline.com']));
  });

  it('is passed by for the hosts in NO_PROXY', async () => {
    const error = await portError((await open(`https://${VAULT}`)).get({ type: 'secret', name: 'db' }));
    expect(azure.proxy.connects.map(({ host }) => host)).not.toContain(VAULT);
    expect([error.kind, error.whole]).toEqual(['Unavailable', true]);
    expect(error.what).toMatch(
      /^vault kv-direct is not known: there is no host kv-direct\.vault\.invalid \(ENOTFOUND\)$|EAI_AGAIN/,
    );
  });
});

describe('a certificate of an unknown authority', () => {
  it('is never accepted', async () => {
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates([]);
    const provider = await open('https://kv-untrusted.vault.azure.net');
    const error = await portError(provider.get({ type: 'secret', name: 'db' }));
    tls.setDefaultCACertificates(trusted);
    expect(error.what).toMatch(/^vault kv-untrusted showed a certificate that is not trusted \([A-Z_]+\)$/);
    expect(error.fix).toContain('NODE_EXTRA_CA_CERTS');
    expect(azure.vaults.challenges.count).toBe(1);
  });
});
