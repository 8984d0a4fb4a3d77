/** Plans without values, in the place of the plans with values that they stand for. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { sync } from '../../src/commands/sync.ts';
import type { Report } from '../../src/core/model/report.ts';
import { reportAsText } from '../../src/core/report/as-text.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { azureWorld, type AzureWorld } from './azure-world.ts';
import { externalSecret, handMadeSecret, STORE, yaml } from './shop.ts';

const { azure } = useLoopback({ vaults: { 'kv-shop': {} } });

const NOW = Math.floor(Date.now() / 1000);

/** The vault holds these secrets and no others. */
function fill(secrets: Readonly<Record<string, string>>): void {
  const before = Object.keys(azure().vaults.snapshot('kv-shop').secrets);
  azure().vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(before.map((name) => [name, null])) } });
  for (const [name, value] of Object.entries(secrets))
    azure().vaults.edit({ 'kv-shop': { secrets: { [name]: [{ value }] } } });
}

/** Somebody writes a new version, now. */
function renew(name: string, value: string, created = NOW): void {
  azure().vaults.edit({ 'kv-shop': { secrets: { [name]: [{ value, attributes: { created, updated: created } }] } } });
}

/** As Key Vault Reader. */
async function planned(world: AzureWorld, ...objects: readonly KubernetesObject[]): Promise<Report> {
  azure().vaults.deny({ operation: 'get' });
  azure().vaults.clearLog();
  const report = await plan(world.metadataPorts(yaml(STORE, ...objects)), DEFAULT_SETTINGS, { level: metadataLevel() });
  expect(
    azure()
      .vaults.requests('kv-shop')
      .filter((line) => !/^GET \/(?:secrets(?:\?|$)|\w+\/[^/]+\/versions)/u.test(line)),
  ).toEqual([]);
  azure().vaults.permissions.clear();
  return report;
}

async function synced(...objects: readonly KubernetesObject[]): Promise<AzureWorld> {
  const world = azureWorld(azure());
  const report = await sync(world.ports(yaml(STORE, ...objects)), DEFAULT_SETTINGS);
  expect(report.counts.errors).toBe(0);
  return world;
}

/** What is told of each ExternalSecret. */
const told = (report: Report) =>
  Object.fromEntries(
    report.objects.map(({ ref, verdict, reason, changes }) => [
      ref.name,
      [
        verdict,
        ...changes.map(({ action, target, keys }) => [action, target.name, keys] as const),
        ...(reason === undefined ? [] : [reason]),
      ],
    ]),
  );

const keys = (parts: Partial<Report['objects'][number]['changes'][number]['keys']>) => ({
  added: [],
  updated: [],
  removed: [],
  ...parts,
});

beforeEach(() => fill({ db: 'canary-1', token: 'canary-2', config: '{"a":"canary-3"}' }));

describe('a plan of metadata', () => {
  it('finds what a sync just wrote in step, and says how far it could see', async () => {
    const world = await synced(externalSecret('db'), externalSecret('token'));
    const report = await planned(world, externalSecret('db'), externalSecret('token'));
    expect(told(report)).toEqual({ db: ['unchanged'], token: ['unchanged'] });
    expect(reportAsText(report, PLAIN)).toMatch(
      /^Plan \(metadata\) for 2 objects in cluster in-memory {3}fingerprint metadata-0c0u0d-[0-9a-f]{8}\n\n0 to create, 0 to update, 0 to delete, 2 in step as far as metadata tells\.\n$/u,
    );
  });

  it('says what would be created, with its keys', async () => {
    const report = await planned(azureWorld(azure()), externalSecret('db'));
    expect(told(report)).toEqual({ db: ['change', ['create', 'db', keys({ added: ['password'] })]] });
  });

  it('tells a find without a match as a sync does', async () => {
    const empty = externalSecret('db', {
      data: undefined,
      dataFrom: [{ find: { name: { regexp: '^tokne' } } }],
      target: { name: 'db', template: { data: { a: 'b' } } },
    });
    const report = await planned(azureWorld(azure()), empty);
    const sure = await plan(azureWorld(azure()).ports(yaml(STORE, empty)), DEFAULT_SETTINGS);
    expect(report.objects[0]?.problems).toEqual(sure.objects[0]?.problems);
    expect(report.objects[0]?.problems[0]?.what).toBe(
      'matches none of 3 secrets in vault kv-shop; nearest names: token',
    );
    expect(report.counts).toMatchObject({ failed: 1, create: 0, errors: 1 });
  });

  it('leaves Secrets of the system alone, which it knows by their marks', async () => {
    const world = azureWorld(azure());
    world.cluster.apply({
      ...handMadeSecret('db', { token: 'x' }),
      type: 'kubernetes.io/service-account-token',
      metadata: { name: 'db', namespace: 'shop', annotations: { 'kubernetes.io/service-account.name': 'default' } },
    });
    const report = await planned(world, externalSecret('db'));
    expect(report.objects[0]).toMatchObject({ verdict: 'blocked', problems: [{ code: 'system-secret' }] });
  });

  it('names the newer version for which a Secret would be renewed, although the value may be the same', async () => {
    const world = await synced(externalSecret('db'), externalSecret('token'));
    renew('db', 'canary-1');
    const report = await planned(world, externalSecret('db'), externalSecret('token'));
    expect(told(report)).toEqual({
      db: ['change', ['update', 'db', keys({ updated: ['password'] })], 'newer than the last sync: db'],
      token: ['unchanged'],
    });
    expect(reportAsText(report, PLAIN)).toContain('~ update  shop/db  ~password (newer than the last sync: db)  db');
  });

  it('knows a newer version by itself where the clocks of vault and sync do not agree', async () => {
    const world = await synced(externalSecret('db'));
    renew('db', 'canary-9', NOW - 3 * 86_400);
    expect(told(await planned(world, externalSecret('db')))['db']?.[0]).toBe('change');
  });

  it('goes by times where no versions are remembered, as after a sync of the operator', async () => {
    const world = await synced(externalSecret('db'), externalSecret('token'));
    for (const name of ['db', 'token']) {
      const ref = { kind: 'ExternalSecret', namespace: 'shop', name };
      const before = { ...(await world.state.read(ref))! };
      Reflect.deleteProperty(before, 'versionsMark');
      await world.state.write(ref, before);
    }
    renew('db', 'canary-9');
    expect(told(await planned(world, externalSecret('db'), externalSecret('token')))).toEqual({
      db: ['change', ['update', 'db', keys({ updated: ['password'] })], 'newer than the last sync: db'],
      token: ['unchanged'],
    });
  });

  it('leaves a version that the manifest names out of what can become newer', async () => {
    const version = azure().vaults.snapshot('kv-shop').secrets['db']![0]!.version;
    const pinned = externalSecret('db', { data: [{ secretKey: 'password', remoteRef: { key: 'db', version } }] });
    const world = await synced(pinned);
    renew('db', 'canary-9');
    expect(told(await planned(world, pinned))).toEqual({ db: ['unchanged'] });
  });

  it('says what would be written under another name, and what would go', async () => {
    const world = await synced(externalSecret('db'));
    const report = await planned(world, externalSecret('db', {}, { name: 'db-2' }));
    expect(told(report)).toEqual({
      db: [
        'change',
        ['create', 'db-2', keys({ added: ['password'] })],
        ['delete', 'db', keys({ removed: ['password'] })],
      ],
    });
  });

  it('tells keys that a changed manifest adds or drops', async () => {
    const world = await synced(externalSecret('db'));
    const data = [{ secretKey: 'secret', remoteRef: { key: 'token' } }];
    expect(told(await planned(world, externalSecret('db', { data })))).toEqual({
      db: [
        'change',
        ['update', 'db', keys({ added: ['secret'], removed: ['password'] })],
        'the manifest changed since the last sync',
      ],
    });
  });

  it('does not pretend to know what a changed manifest does to values', async () => {
    const world = await synced(externalSecret('db'));
    const data = [{ secretKey: 'password', remoteRef: { key: 'token' } }];
    expect(told(await planned(world, externalSecret('db', { data })))).toEqual({
      db: ['unknown', 'the manifest changed since the last sync; only values tell what changes'],
    });
  });

  it('takes over a Secret that is there as a change', async () => {
    const world = azureWorld(azure(), [handMadeSecret('db', { password: 'canary-1' })]);
    const [verdict, change, reason] = told(await planned(world, externalSecret('db')))['db']!;
    expect([verdict, change?.[0], reason]).toEqual([
      'change',
      'update',
      'first sync of a Secret that is there already',
    ]);
  });

  it.each([
    ['a template', externalSecret('db', {}, { template: { data: { url: 'x{{ .password }}' } } }), 'db'],
    ['an extract', externalSecret('db', { data: [], dataFrom: [{ extract: { key: 'config' } }] }), 'config'],
    [
      'a find that merges',
      externalSecret('db', {
        data: [],
        dataFrom: [{ find: { name: { regexp: '^config$' } }, rewrite: [{ merge: { strategy: 'JSON', into: 'all' } }] }],
      }),
      'config',
    ],
  ])('knows that only values tell what %s makes of something newer', async (_what, object, name) => {
    const world = await synced(object);
    expect(told(await planned(world, object))).toEqual({ db: ['unchanged'] });
    renew(name, '{"a":"canary-4"}');
    const report = await planned(world, object);
    expect(told(report)).toEqual({
      db: ['unknown', `newer than the last sync: ${name}; only values tell what changes`],
    });
    expect(report.counts.unknown).toBe(1);
    expect(reportAsText(report, PLAIN)).toContain('? unknown  shop/db  newer than the last sync:');
  });

  it('creates a Secret whose keys only values tell', async () => {
    const extract = externalSecret('db', { data: [], dataFrom: [{ extract: { key: 'config' } }] });
    expect(told(await planned(azureWorld(azure()), extract))).toEqual({
      db: ['change', ['create', 'db', keys({})], 'further keys only values tell'],
    });
  });

  it('tells the keys of a find, and which of them is newer', async () => {
    const find = { find: { name: { regexp: '^(db|token)$' } }, rewrite: [{ regexp: { source: '^', target: 'my-' } }] };
    const all = externalSecret('all', { data: [], dataFrom: [find] });
    expect(told(await planned(azureWorld(azure()), all))['all']).toEqual([
      'change',
      ['create', 'all', keys({ added: ['my-db', 'my-token'] })],
    ]);
    const world = await synced(all);
    renew('token', 'canary-5');
    expect(told(await planned(world, all))['all']).toEqual([
      'change',
      ['update', 'all', keys({ updated: ['my-token'] })],
      'newer than the last sync: token',
    ]);
  });

  it('fails for what is not there, and for what is disabled, as a sync would', async () => {
    azure().vaults.edit({ 'kv-shop': { secrets: { off: [{ value: 'x', attributes: { enabled: false } }] } } });
    const objects = [externalSecret('mistyped'), externalSecret('off')];
    const metadata = await planned(azureWorld(azure()), ...objects);
    const full = await plan(azureWorld(azure()).ports(yaml(STORE, ...objects)), DEFAULT_SETTINGS);
    const problems = (report: Report) => report.objects.flatMap((object) => object.problems);
    expect(problems(metadata)).toEqual(problems(full));
    expect(problems(metadata).map(({ code }) => code)).toEqual(['remote-object-absent', 'provider-secret-disabled']);
  });

  it('deletes by the policy of the manifest where every source is gone', async () => {
    const object = externalSecret('db', {}, { deletionPolicy: 'Delete' });
    const world = await synced(object);
    fill({});
    expect(told(await planned(world, object))).toEqual({
      db: ['change', ['delete', 'db', keys({ removed: ['password'] })]],
    });
  });

  it('leaves a Secret of another owner alone, in the words of a sync', async () => {
    const world = await synced(externalSecret('db'));
    const copy = externalSecret('copy', { data: [{ secretKey: 'a', remoteRef: { key: 'db' } }] }, { name: 'db' });
    const report = await planned(world, externalSecret('db'), copy);
    expect(told(report)['copy']?.[0]).toBe('blocked');
    expect(report.objects.flatMap(({ problems }) => problems).map(({ code }) => code)).toEqual(['owned-by-other']);
  });

  it('does not ask the vault for what is held', async () => {
    const once = externalSecret('db', { refreshPolicy: 'CreatedOnce' });
    const world = await synced(once);
    renew('db', 'canary-9');
    expect(told(await planned(world, once))).toEqual({ db: ['not-due', 'refreshPolicy is CreatedOnce'] });
    expect(azure().vaults.requests('kv-shop')).toEqual([]);
  });

  it('writes nothing', async () => {
    const world = await synced(externalSecret('db'));
    renew('db', 'canary-9');
    world.cluster.operations.splice(0);
    await planned(world, externalSecret('db'), externalSecret('token'));
    expect(new Set(world.cluster.operations.map(({ verb }) => verb))).toEqual(new Set(['getSecret']));
  });

  it('agrees with the plan with values about everything but equal values', async () => {
    const objects = [externalSecret('db'), externalSecret('token', {}, { name: 'other' })];
    const world = azureWorld(azure(), [handMadeSecret('other', { user: 'canary-7' })]);
    const shape = (report: Report) => told(report);
    const metadata = shape(await planned(world, ...objects));
    const full = shape(await plan(world.ports(yaml(STORE, ...objects)), DEFAULT_SETTINGS));
    expect(metadata['db']).toEqual(full['db']);
    expect(metadata['token']?.slice(0, 2)).toEqual(full['token']?.slice(0, 2));
  });
});
