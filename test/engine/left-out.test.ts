/** Objects that are there and may not be used, and entries that may be absent: over the wire, and at both levels. */
import { describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import type { Report } from '../../src/core/model/report.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { azureWorld, type AzureWorld } from './azure-world.ts';
import { externalSecret, handMadeSecret, STORE, textsOf, yaml } from './shop.ts';

const { azure } = useLoopback({ vaults: { 'kv-shop': {} } });

const DISABLED = { attributes: { enabled: false } };
const EXPIRED = { attributes: { exp: 1_600_000_000 } };
const EARLY = { attributes: { nbf: 4_000_000_000 } };

type Version = Readonly<Record<string, unknown>>;

/** The vault holds these secrets and no others; `null` = it is gone. */
function fill(secrets: Readonly<Record<string, Version | null>>): void {
  const before = Object.keys(azure().vaults.snapshot('kv-shop').secrets);
  const all = Object.entries(secrets).map(([name, version]) => [name, version === null ? null : [version]] as const);
  azure().vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(before.map((name) => [name, null])) } });
  azure().vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(all) } });
  azure().vaults.clearLog();
}

function annotated(object: KubernetesObject, annotations: Readonly<Record<string, string>>): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, annotations } };
}

const DATA = ['state', 'other'].map((key) => ({ secretKey: key, remoteRef: { key } }));

function synced(world: AzureWorld, object: KubernetesObject): Promise<Report> {
  return sync(world.ports(yaml(STORE, object)), DEFAULT_SETTINGS);
}

function previewed(world: AzureWorld, object: KubernetesObject): Promise<Report> {
  return plan(world.metadataPorts(yaml(STORE, object)), DEFAULT_SETTINGS, { level: metadataLevel() });
}

function dataIn(world: AzureWorld): Readonly<Record<string, string>> | undefined {
  return textsOf(world.cluster.list('Secret').find(({ metadata }) => metadata.name === 'db'));
}

const leftOutIn = ({ objects }: Report) => objects.flatMap(({ leftOut = [] }) => leftOut);

const STATES = [
  ['disabled', 'keyferry.dev/on-disabled', { value: 'new', ...DISABLED }],
  ['expired', 'keyferry.dev/on-expired', { value: 'new', ...EXPIRED }],
  ['not-yet-valid', 'keyferry.dev/on-not-yet-valid', { value: 'new', ...EARLY }],
] as const;
const OTHERS = [
  ['is there', { value: 'other 2' }],
  ['is gone', null],
  ['is left out as well', undefined],
] as const;
const POLICIES = [
  { creationPolicy: 'Owner', deletionPolicy: 'Retain' },
  { creationPolicy: 'Owner', deletionPolicy: 'Merge' },
  { creationPolicy: 'Owner', deletionPolicy: 'Delete' },
  { creationPolicy: 'Orphan', deletionPolicy: 'Merge' },
  { creationPolicy: 'CreateOrMerge', deletionPolicy: 'Merge' },
];

describe.each(STATES)('a named object that is %s and skipped', (why, annotation, version) => {
  describe.each(OTHERS)('while the other one %s', (_text, other) => {
    it.each(POLICIES)('keeps its key, with $creationPolicy and $deletionPolicy', async (target) => {
      const world = azureWorld(azure());
      fill({ state: { value: 'old' }, other: { value: 'other' } });
      const object = annotated(externalSecret('db', { data: DATA }, target), { [annotation]: 'skip' });
      await synced(world, object);
      fill({ state: version, other: other === undefined ? version : other });
      const report = await synced(world, object);
      expect(dataIn(world)).toMatchObject({ state: 'old' });
      expect(leftOutIn(report)).toEqual(
        report.counts.failed > 0
          ? []
          : expect.arrayContaining([{ field: 'spec.data[0].remoteRef.key', name: 'state', why }]),
      );
      // An absent object under Retain fails the refresh, as ever.
      expect(report.counts.failed).toBe(other === null && target.deletionPolicy === 'Retain' ? 1 : 0);
      if (other === null && target.deletionPolicy !== 'Retain') expect(dataIn(world)).toEqual({ state: 'old' });
    });
  });

  it('is no key where there was none, and the others are written', async () => {
    const world = azureWorld(azure());
    fill({ state: version, other: { value: 'other' } });
    const report = await synced(world, annotated(externalSecret('db', { data: DATA }), { [annotation]: 'skip' }));
    expect(report.counts).toMatchObject({ create: 1, errors: 0, warnings: 0 });
    expect(dataIn(world)).toEqual({ other: 'other' });
  });

  it('is told by a plan without values as by a sync', async () => {
    const world = azureWorld(azure());
    fill({ state: version, other: { value: 'other' } });
    const object = annotated(externalSecret('db', { data: DATA }), { [annotation]: 'skip' });
    const previewedFirst = await previewed(world, object);
    expect(previewedFirst.objects[0]?.changes[0]?.keys.added).toEqual(['other']);
    expect(leftOutIn(previewedFirst)).toEqual([{ field: 'spec.data[0].remoteRef.key', name: 'state', why }]);
    await synced(world, object);
    const after = await previewed(world, object);
    expect(after.objects[0]).toMatchObject({ verdict: 'unchanged', changes: [], problems: [] });
  });
});

describe('a template', () => {
  it('that needs what is left out fails, and the Secret stays', async () => {
    const world = azureWorld(azure());
    fill({ state: { value: 'old' }, other: { value: 'other' } });
    const target = { template: { data: { config: '{{ .state }} {{ .other }}' } } };
    const object = annotated(externalSecret('db', { data: DATA }, target), { 'keyferry.dev/on-disabled': 'skip' });
    await synced(world, object);
    fill({ state: { value: 'new', ...DISABLED }, other: { value: 'other 2' } });
    const report = await synced(world, object);
    expect(report.counts.failed).toBe(1);
    expect(dataIn(world)).toEqual({ config: 'old other' });
  });
});

describe('an optional entry', () => {
  it.each(['state', 'data[0]'])(
    'named %s is no error where its object is absent, and keeps its key under Retain',
    async (name) => {
      const world = azureWorld(azure());
      fill({ state: { value: 'old' }, other: { value: 'other' } });
      const object = annotated(externalSecret('db', { data: DATA }), { 'keyferry.dev/optional': name });
      await synced(world, object);
      fill({ other: { value: 'other 2' } });
      const report = await synced(world, object);
      expect(report.counts).toMatchObject({ update: 1, errors: 0, warnings: 0 });
      expect(dataIn(world)).toEqual({ state: 'old', other: 'other 2' });
      expect(leftOutIn(report)).toEqual([{ field: 'spec.data[0].remoteRef.key', name: 'state', why: 'absent' }]);
    },
  );

  it('loses its key under Merge, as one that is not optional', async () => {
    const world = azureWorld(azure());
    fill({ state: { value: 'old' }, other: { value: 'other' } });
    const object = annotated(externalSecret('db', { data: DATA }, { deletionPolicy: 'Merge' }), {
      'keyferry.dev/optional': 'state',
    });
    await synced(world, object);
    fill({ other: { value: 'other' } });
    await synced(world, object);
    expect(dataIn(world)).toEqual({ other: 'other' });
  });

  it('is still an error where the vault does not answer for it', async () => {
    const world = azureWorld(azure());
    fill({ state: { value: 'old' }, other: { value: 'other' } });
    azure().vaults.inject({
      match: '^GET /secrets/state/',
      status: 403,
      code: 'Forbidden',
      innerCode: 'ForbiddenByRbac',
      times: 1,
    });
    const object = annotated(externalSecret('db', { data: DATA }), { 'keyferry.dev/optional': 'state' });
    expect((await synced(world, object)).counts).toMatchObject({ failed: 1, create: 0 });
    expect(dataIn(world)).toBeUndefined();
  });

  it('changes nothing for the others', async () => {
    const world = azureWorld(azure());
    fill({ state: { value: 'old' } });
    const object = annotated(externalSecret('db', { data: DATA }), { 'keyferry.dev/optional': 'state' });
    expect((await synced(world, object)).counts).toMatchObject({ failed: 1, create: 0 });
  });
});

describe('a find', () => {
  const find = (annotations: Readonly<Record<string, string>>) =>
    annotated(externalSecret('db', { data: undefined, dataFrom: [{ find: { name: { regexp: '.' } } }] }), annotations);

  it('of keys asks for their list and each of them once', async () => {
    const jwk = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
    azure().vaults.edit({ 'kv-shop': { keys: { sign: [{ jwk }], off: [{ jwk, ...DISABLED }] } } });
    fill({ state: { value: 'never read' } });
    const world = azureWorld(azure());
    const report = await synced(world, find({ 'keyferry.dev/find-type': 'key' }));
    expect(JSON.parse(dataIn(world)?.['sign'] ?? '')).toMatchObject(jwk);
    expect(Object.keys(dataIn(world) ?? {})).toEqual(['sign']);
    expect(leftOutIn(report)).toEqual([{ field: 'spec.dataFrom[0].find', name: 'off', why: 'disabled' }]);
    const asked = azure().vaults.requests('kv-shop');
    expect([...new Set(asked)]).toEqual(['GET /keys', 'GET /keys/sign/']);
    expect(leftOutIn(await previewed(world, find({ 'keyferry.dev/find-type': 'key' })))).toEqual(leftOutIn(report));
  });

  it('reads nothing of what its policies skip', async () => {
    fill({ state: { value: 'x', ...EXPIRED }, early: { value: 'x', ...EARLY }, other: { value: 'other' } });
    const world = azureWorld(azure());
    const policies = { 'keyferry.dev/on-expired': 'skip', 'keyferry.dev/on-not-yet-valid': 'skip' };
    await synced(world, find(policies));
    expect(dataIn(world)).toEqual({ other: 'other' });
    expect(azure().vaults.requests('kv-shop')).not.toContain('GET /secrets/state/');
  });

  it('fails as a whole where a policy says so, and writes nothing', async () => {
    fill({ state: { value: 'x', ...EXPIRED }, other: { value: 'other' } });
    const world = azureWorld(azure(), [handMadeSecret('db', { other: 'earlier' })]);
    const report = await synced(world, find({ 'keyferry.dev/on-expired': 'fail' }));
    expect(report.objects[0]?.problems.map(({ code, what }) => [code, what])).toEqual([
      ['object-state', 'matches "state" (expired) in vault kv-shop'],
    ]);
    expect(dataIn(world)).toEqual({ other: 'earlier' });
  });
});
