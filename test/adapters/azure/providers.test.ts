import { describe, expect, it } from '@jest/globals';
import { createProviders } from '../../../src/adapters/providers.ts';
import type { StoreProvider } from '../../../src/core/model/store.ts';
import { azureStore, CLIENT, portError, testContext } from './support.ts';

const GITHUB = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1/t', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner' };

describe('createProviders', () => {
  it('opens Azure Key Vault without asking anybody', async () => {
    const context = testContext({ azureClientId: CLIENT }, GITHUB);
    const provider = await createProviders(context).open(azureStore(), 'shop');
    expect(provider.description).toBe('vault kv-shop');
    expect(provider.key).toMatch(/^kv-shop\.vault\.azure\.net\/#[0-9a-f]{64}$/);
    expect(context.cluster.asked).toEqual([]);
  });

  it('gives other identities another key', async () => {
    const factory = createProviders(testContext({ storeIdentities: { a: 'one', b: 'two' } }, GITHUB));
    const open = (name: string) => factory.open(azureStore({}, { kind: 'ClusterSecretStore', name }), 'shop');
    const [first, second] = await Promise.all([open('a'), open('b')]);
    expect(first.key).not.toBe(second.key);
  });

  it('opens the fake provider', async () => {
    const store = { ...azureStore(), provider: { type: 'fake', data: [] } as const };
    const provider = await createProviders(testContext()).open(store, 'shop');
    await expect(provider.list()).resolves.toEqual([]);
  });

  it.each(['vault', 'toString'])('refuses the provider %s', async (type) => {
    const store = { ...azureStore(), provider: { type } as unknown as StoreProvider };
    const error = await portError(createProviders(testContext()).open(store, 'shop'));
    expect([error.kind, error.message]).toEqual([
      'Invalid',
      `SecretStore shop/kv has the provider "${type}", which is not supported. Use one of azurekv, fake.`,
    ]);
  });
});
