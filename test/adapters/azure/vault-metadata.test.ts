/** A vault read by an identity that may see names and versions only, as with the role Key Vault Reader. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createAzureProviders } from '../../../src/adapters/azure/azure-providers.ts';
import { openVaultMetadata } from '../../../src/adapters/azure/vault-metadata.ts';
import type { ProviderReader } from '../../../src/ports/provider.ts';
import { loopbackAuthority, MANAGED_CLIENT_ID } from '../../servers/index.ts';
import { useLoopback } from './loopback.ts';
import { azureStore, portError, testContext } from './support.ts';

const [OLD, NEW] = ['0'.repeat(31) + '1', '0'.repeat(31) + '2'];
const CER = loopbackAuthority()
  .issue('web')
  .certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const manyVersions = Array.from({ length: 30 }, (_, index) => ({
  value: 'x',
  attributes: { created: 1_700_000_000 + index },
}));

const { azure } = useLoopback({
  vaults: {
    'kv-shop': {
      secrets: {
        // Lists have no order that a client may rely on: the current version stands first here.
        db: [
          { value: 'canary-new', version: NEW, attributes: { created: 1_700_000_900, updated: 1_700_000_950 } },
          { value: 'canary-old', version: OLD, attributes: { created: 1_700_000_100 } },
        ],
        off: [
          { value: 'x', attributes: { created: 1 } },
          { value: 'y', attributes: { enabled: false, created: 2 } },
        ],
        many: manyVersions,
      },
      certificates: { web: [{ cer: CER, attributes: { enabled: false } }] },
      keys: { sign: [{ jwk: { kty: 'RSA', n: 'xy_-0', e: 'AQAB', key_ops: ['verify'] } }] },
    },
  },
});

beforeEach(() => void azure().vaults.deny({ operation: 'get' }));

async function open(): Promise<ProviderReader> {
  const context = testContext({ azureClientId: MANAGED_CLIENT_ID }, azure().environment());
  const factory = createAzureProviders({ ...context, openVault: openVaultMetadata });
  return await factory.open(azureStore(), 'shop');
}

describe('a vault without values', () => {
  it('tells the current version and its times, and never asks for the value', async () => {
    const provider = await open();
    expect(await provider.get({ type: 'secret', name: 'db' })).toEqual({
      value: undefined,
      version: NEW,
      tags: new Map(),
      attributes: { created: 1_700_000_900, updated: 1_700_000_950 },
    });
    expect(azure().vaults.requests()).toEqual(['GET /secrets/db/versions']);
  });

  it('finds the version that a manifest names', async () => {
    const provider = await open();
    expect(await provider.get({ type: 'secret', name: 'db', version: OLD })).toMatchObject({ version: OLD });
    expect(await provider.get({ type: 'secret', name: 'db', version: 'f'.repeat(32) })).toBeUndefined();
  });

  it('reads a long list of versions to its end', async () => {
    const provider = await open();
    const found = await provider.get({ type: 'secret', name: 'many' });
    expect(found?.attributes.created).toBe(1_700_000_029);
    expect(azure().vaults.requests()).toEqual([
      'GET /secrets/many/versions',
      'GET /secrets/many/versions?$skiptoken=2',
    ]);
  });

  it('says that an object does not exist where its list of versions is empty, or is a 404 of the vault', async () => {
    const provider = await open();
    expect(await provider.get({ type: 'secret', name: 'absent' })).toBeUndefined();
    azure().vaults.inject({ match: 'gone', status: 404, code: 'SecretNotFound' });
    expect(await provider.get({ type: 'secret', name: 'gone' })).toBeUndefined();
  });

  it('takes no other failure for absence', async () => {
    const provider = await open();
    azure().vaults.inject({ match: 'gone', status: 404, code: 'VaultNotFound' });
    expect((await portError(provider.get({ type: 'secret', name: 'gone' }))).what).toBe('vault kv-shop does not exist');
  });

  it('refuses a current version that is disabled, as a read of it would be; certificates are read all the same', async () => {
    const provider = await open();
    const error = await portError(provider.get({ type: 'secret', name: 'off' }));
    expect([error.code, error.what]).toEqual([
      'SecretDisabled',
      'secret "off" in vault kv-shop is disabled; this is not a matter of permissions',
    ]);
    expect(await provider.get({ type: 'cert', name: 'web' })).toMatchObject({ value: undefined });
    expect(await provider.get({ type: 'key', name: 'sign' })).toMatchObject({ value: undefined });
  });

  it('lists secrets', async () => {
    const provider = await open();
    expect((await provider.list()).map(({ name }) => name)).toEqual(['db', 'many', 'off']);
  });

  it('names the smallest role where even that is not allowed', async () => {
    azure().vaults.deny({ operation: 'list' });
    const provider = await open();
    const error = await portError(provider.get({ type: 'secret', name: 'db' }));
    expect(error.fix).toMatch(
      /^Give it "Key Vault Reader" on that vault: az role assignment create --role "Key Vault Reader" /u,
    );
    azure().vaults.permissions.clear();
    azure().vaults.deny({ operation: 'list', as: 'ForbiddenByPolicy' });
    expect((await portError(provider.get({ type: 'secret', name: 'db' }))).fix).toMatch(/--secret-permissions list$/u);
  });
});
