/** A large installation asks the vault for each object once, and Entra once. */
import { expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { azureWorld } from '../engine/azure-world.ts';
import { externalSecret, STORE, textsOf, yaml } from '../engine/shop.ts';

const OBJECTS = 300;
const EXTERNAL_SECRETS = 1_000;

const keyOf = (number: number): string => `object-${number % OBJECTS}`;
const secrets = Array.from(
  { length: OBJECTS },
  (_, number) => [keyOf(number), [{ value: `value of ${number}` }]] as const,
);
const { azure } = useLoopback({ vaults: { 'kv-shop': { secrets: Object.fromEntries(secrets) } } });

const MANIFESTS = yaml(
  STORE,
  ...Array.from({ length: EXTERNAL_SECRETS }, (_, number) =>
    externalSecret(`es-${number}`, { data: [{ secretKey: 'value', remoteRef: { key: keyOf(number) } }] }),
  ),
);

it('syncs 1,000 ExternalSecrets over 300 objects with 300 reads and one token, and then writes nothing more', async () => {
  const { cluster, ports } = azureWorld(azure());
  const first = await sync(ports(MANIFESTS), DEFAULT_SETTINGS);
  expect(first.counts).toMatchObject({ create: EXTERNAL_SECRETS, failed: 0, blocked: 0, errors: 0, warnings: 0 });
  expect(textsOf(cluster.get('Secret', 'shop', 'es-999'))).toEqual({ value: 'value of 99' });
  expect(azure().vaults.requests().toSorted()).toEqual(secrets.map(([name]) => `GET /secrets/${name}/`).toSorted());
  expect(azure().entra.tokenRequests).toBe(1);

  cluster.operations.splice(0);
  const second = await sync(ports(MANIFESTS), DEFAULT_SETTINGS);
  expect(second.counts).toMatchObject({ create: 0, update: 0, delete: 0, unchanged: EXTERNAL_SECRETS });
  expect(new Set(cluster.operations.map(({ verb }) => verb))).toEqual(new Set(['getSecret']));
});
