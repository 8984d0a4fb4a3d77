/** A plan without values against a real API server: what it answers, and that no value is in it. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { secretMetadata } from '../../src/adapters/kubernetes/secret-metadata.ts';
import { sync } from '../../src/commands/sync.ts';
import { plan } from '../../src/commands/plan.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { secretRef } from '../../src/core/model/secret.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { withoutValues } from '../../src/engine/sync/without-values.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { connection } from './world.ts';

let shop: RealShop;

beforeAll(async () => {
  shop = await openRealShop('metadata');
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'canary' }], token: [{ value: 'canary' }] } } });
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

const byHand = (name: string, parts: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'metadata' },
  ...parts,
});

it('is sent the metadata of a Secret and no data, and finds the keys in it', async () => {
  await shop.admin.apply(byHand('by-hand', { data: { user: 'Y2FuYXJ5', password: 'Y2FuYXJ5' } }));
  const real = connection();
  const target = { apiVersion: 'v1', kind: 'Secret', namespace: 'metadata', name: 'by-hand' };
  const sent = await real.api.metadataOnly().read(target);
  expect([sent['kind'], Object.keys(sent).sort()]).toEqual([
    'PartialObjectMetadata',
    ['apiVersion', 'kind', 'metadata'],
  ]);
  const cluster = withoutValues(new KubernetesCluster(real), secretMetadata(real));
  const secret = await cluster.getSecret(secretRef('metadata', 'by-hand'));
  expect([...secret!.data.keys()].sort()).toEqual(['password', 'user']);
  expect(await cluster.getSecret(secretRef('metadata', 'absent'))).toBeUndefined();
  await shop.admin.apply(byHand('as-text', { stringData: { user: 'canary' } }));
  expect([...(await cluster.getSecret(secretRef('metadata', 'as-text')))!.data.keys()]).toEqual(['user']);
});

it('finds Secrets by label without their data', async () => {
  await sync(shop.ports(shop.manifests('db')), DEFAULT_SETTINGS);
  const real = connection();
  const cluster = withoutValues(new KubernetesCluster(real), secretMetadata(real));
  const label = { key: 'reconcile.external-secrets.io/managed', value: 'true' };
  const found = await cluster.listSecrets('metadata', label);
  expect(found.map(({ ref, data }) => [ref.name, [...data.keys()]])).toEqual([['db', ['value']]]);
});

it('finds what a sync wrote in step, and what is missing', async () => {
  await sync(shop.ports(shop.manifests('db')), DEFAULT_SETTINGS);
  const ports = shop.ports(shop.manifests('db', 'token'));
  const real = connection();
  const cluster = withoutValues(ports.cluster, secretMetadata(real));
  const report = await plan({ ...ports, cluster }, DEFAULT_SETTINGS, { level: metadataLevel() });
  expect(report.objects.map(({ ref, verdict }) => [ref.name, verdict])).toEqual([
    ['db', 'unchanged'],
    ['token', 'change'],
  ]);
});
