import { describe, expect, it } from '@jest/globals';
import { createFakeProviders } from '../../../src/adapters/fake/fake-provider.ts';
import type { FakeProvider } from '../../../src/core/model/store.ts';
import { storeOf } from '../../builders/store.ts';
import { RecordingMasker } from '../../fakes/index.ts';

function setUp(data: FakeProvider['data']) {
  const masker = new RecordingMasker();
  const store = storeOf({ kind: 'SecretStore', namespace: 'shop', name: 'demo' }, { type: 'fake', data });
  return { masker, open: () => createFakeProviders({ masker }).open(store, 'shop') };
}

const DATA = [
  { key: '/db/password', value: 'one' },
  { key: '/db/password', value: 'two', version: 'v2' },
  { key: 'other', value: 'x' },
];

describe('fake provider', () => {
  it('reads by key and version and masks the value', async () => {
    const { masker, open } = setUp(DATA);
    const provider = await open();
    const found = await provider.get({ type: 'secret', name: '/db/password', version: 'v2' });
    expect(Buffer.from(found!.value!.reveal()).toString()).toBe('two');
    expect(found!.version).toBe('v2');
    expect(masker.hasMasked('two')).toBe(true);
  });

  it('takes the entry without version when none is asked for', async () => {
    const provider = await setUp(DATA).open();
    const found = await provider.get({ type: 'secret', name: '/db/password' });
    expect(Buffer.from(found!.value!.reveal()).toString()).toBe('one');
  });

  it.each([
    { type: 'secret', name: 'absent' },
    { type: 'secret', name: 'other', version: 'v9' },
  ] as const)('knows nothing of %j', async (object) => {
    const provider = await setUp(DATA).open();
    await expect(provider.get(object)).resolves.toBeUndefined();
  });

  it('lists every name once', async () => {
    const provider = await setUp(DATA).open();
    const names = (await provider.list()).map(({ name, enabled }) => [name, enabled]);
    expect(names).toEqual([
      ['/db/password', true],
      ['other', true],
    ]);
  });

  it('is named for its store', async () => {
    const provider = await setUp(DATA).open();
    expect([provider.key, provider.description]).toEqual(['fake SecretStore shop/demo', 'fake SecretStore shop/demo']);
  });
});
