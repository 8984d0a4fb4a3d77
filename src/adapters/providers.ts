/** Which adapter opens which kind of store. The only file that knows all of them. */
import { refText } from '../core/model/object-ref.ts';
import type { StoreProvider } from '../core/model/store.ts';
import { PortError } from '../ports/errors.ts';
import type { ProviderFactory } from '../ports/provider.ts';
import { createAzureProviders } from './azure/azure-providers.ts';
import { createFakeProviders } from './fake/fake-provider.ts';

type Options = Parameters<typeof createAzureProviders>[0];

export function createProviders(options: Options): ProviderFactory {
  const factories: Readonly<Record<StoreProvider['type'], ProviderFactory>> = {
    azurekv: createAzureProviders(options),
    fake: createFakeProviders(options),
  };
  return {
    get requestCount() {
      return factories.azurekv.requestCount ?? 0;
    },
    open: async (store, namespace) => {
      const { type } = store.provider;
      if (Object.hasOwn(factories, type)) return factories[type].open(store, namespace);
      throw new PortError({
        kind: 'Invalid',
        what: `${refText(store.ref)} has the provider "${type}", which is not supported`,
        fix: `Use one of ${Object.keys(factories).join(', ')}.`,
        whole: true,
      });
    },
  };
}
