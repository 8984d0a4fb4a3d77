/** ESO's `fake` provider: values written in the store itself, for demos and tests. Never for real secrets. */
import { refText } from '../../core/model/object-ref.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { FakeProvider } from '../../core/model/store.ts';
import type { FetchedObject, ListedObject, RemoteObject } from '../../core/model/vault.ts';
import type { Masker } from '../../ports/masker.ts';
import type { ProviderReader, ProviderFactory } from '../../ports/provider.ts';

export function createFakeProviders(options: { readonly masker: Masker }): ProviderFactory {
  return {
    open: (store) => {
      if (store.provider.type !== 'fake') throw new Error(`not a fake store: ${refText(store.ref)}`);
      const { data } = store.provider;
      const provider: ProviderReader = {
        key: `fake ${refText(store.ref)}`,
        description: `fake ${refText(store.ref)}`,
        get: (object) => Promise.resolve(find(options.masker, data, object)),
        list: (type = 'secret') => Promise.resolve(type === 'secret' ? namesOf(data) : []),
      };
      return Promise.resolve(provider);
    },
  };
}

/** Key and version must both match; no version matches only an entry without one. The last such entry counts. */
function find(masker: Masker, data: FakeProvider['data'], object: RemoteObject): FetchedObject | undefined {
  const version = object.version ?? '';
  const entry = data.findLast(({ key, version: own = '' }) => key === object.name && own === version);
  if (entry === undefined) return undefined;
  const value = SecretValue.ofText(entry.value);
  masker.mask(value);
  const read = { value, tags: new Map(), attributes: {} };
  return version === '' ? read : { ...read, version };
}

function namesOf(data: FakeProvider['data']): readonly ListedObject[] {
  const names = new Set(data.map(({ key }) => key));
  return [...names].map((name) => ({ name, enabled: true, tags: new Map(), attributes: {} }));
}
