/** A find whose matches come and go between list and read, through the real adapter, against loopback Azure. */
import { describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { azureWorld } from './azure-world.ts';
import { externalSecret, STORE, textsOf, yaml } from './shop.ts';

const { azure } = useLoopback({
  vaults: {
    'kv-shop': { secrets: { db: [{ value: '1' }], short: [{ value: '2' }], long: [{ value: '3' }] } },
  },
});

const ALL = externalSecret(
  'all',
  { data: [], dataFrom: [{ find: { name: { regexp: '.*' } } }] },
  { deletionPolicy: 'Delete' },
);
const GONE = { vault: 'kv-shop', status: 404, code: 'SecretNotFound' } as const;

const listOf = (...names: readonly string[]) =>
  JSON.stringify({
    value: names.map((name) => ({
      id: `https://kv-shop.vault.azure.net/secrets/${name}`,
      attributes: { enabled: true },
    })),
    nextLink: null,
  });

async function synced() {
  const world = azureWorld(azure());
  const first = await sync(world.ports(yaml(STORE, ALL)), DEFAULT_SETTINGS);
  expect(first.counts.errors).toBe(0);
  azure().vaults.clearLog();
  const secret = () => textsOf(world.cluster.get('Secret', 'shop', 'all'));
  return { secret, again: () => sync(world.ports(yaml(STORE, ALL)), DEFAULT_SETTINGS) };
}

describe('a find under deletionPolicy Delete', () => {
  it('leaves out the one match that was deleted after the list, and the Secret stays', async () => {
    const { secret, again } = await synced();
    azure().vaults.inject({ ...GONE, match: 'GET /secrets/short' });
    const report = await again();
    expect(secret()).toEqual({ db: '1', long: '3' });
    expect(report.counts).toMatchObject({ delete: 0, update: 1, errors: 0, warnings: 1 });
    expect(report.objects[0]?.problems.map(problemText)[0]).toContain(
      'spec.dataFrom[0].find matched "short", deleted from vault kv-shop before it could be read and left out',
    );
    expect(azure().vaults.requests()).toHaveLength(4);
  });

  it('lists once more where all matches were gone, and takes what is there then', async () => {
    const { secret, again } = await synced();
    azure().vaults.inject({ ...GONE, match: 'GET /secrets/', times: 3 });
    expect((await again()).counts).toMatchObject({ unchanged: 1, errors: 0, warnings: 0 });
    expect(secret()).toEqual({ db: '1', long: '3', short: '2' });
    expect(
      azure()
        .vaults.requests()
        .filter((line) => line === 'GET /secrets'),
    ).toHaveLength(2);
  });

  it('changes nothing for a vault that lists what it does not have', async () => {
    const { secret, again } = await synced();
    azure().vaults.inject({ ...GONE, match: 'GET /secrets/' });
    const report = await again();
    expect(report.objects[0]?.problems.map(problemText)[0]).toContain(
      'matched "db", "long", "short", which vault kv-shop lists twice and does not have when it is read. ' +
        'Nothing is changed for an answer that contradicts itself.',
    );
    expect(secret()).toEqual({ db: '1', long: '3', short: '2' });
    expect(azure().vaults.requests()).toHaveLength(8);
  });

  it('deletes the Secret where the second list is empty: then every source is absent', async () => {
    const { secret, again } = await synced();
    azure().vaults.inject({ ...GONE, match: 'GET /secrets/', times: 3 });
    azure().vaults.edit({ 'kv-shop': { secrets: { db: null, short: null, long: null } } });
    azure().vaults.inject({ vault: 'kv-shop', match: '^GET /secrets$', times: 1, body: listOf('db', 'short', 'long') });
    expect((await again()).counts).toMatchObject({ delete: 1, errors: 0 });
    expect(secret()).toBeUndefined();
    azure().vaults.edit({
      'kv-shop': { secrets: { db: [{ value: '1' }], short: [{ value: '2' }], long: [{ value: '3' }] } },
    });
  });
});
