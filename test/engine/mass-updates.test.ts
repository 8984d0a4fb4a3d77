/** Passes of the job over a vault that holds something else from one to the next. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import type { Report } from '../../src/core/model/report.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { azureWorld, type AzureWorld } from './azure-world.ts';
import { externalSecret, handMadeSecret, STORE, textsOf, yaml } from './shop.ts';

const { azure } = useLoopback({ vaults: { 'kv-shop': {} } });

const SETTINGS: RunSettings = { ...DEFAULT_SETTINGS, engineVersion: '1.0.0' };
const FORCED: RunSettings = { ...SETTINGS, deletionLimits: undefined, updateLimits: undefined };
const MANY = 21;

const NAMES = Array.from({ length: MANY }, (_, index) => `part-${index}`);

/** Each reads its own object, and a certificate that all of them read. */
const own = (name: string, spec: Readonly<Record<string, unknown>> = {}) =>
  externalSecret(name, {
    data: [
      { secretKey: 'password', remoteRef: { key: name } },
      { secretKey: 'certificate', remoteRef: { key: 'certificate' } },
    ],
    ...spec,
  });

const manifests = (...objects: readonly KubernetesObject[]) => yaml(STORE, ...objects);
const ALL = manifests(...NAMES.map((name) => own(name)));

/** Somebody writes a new version of each, long ago by its own account: a vault that is restored holds old ones. */
function write(names: readonly string[], value: (name: string) => string): void {
  const content = (name: string) => [{ value: value(name), attributes: { created: 1_700_000_000 } }];
  const secrets = Object.fromEntries(names.map((name) => [name, content(name)]));
  azure().vaults.edit({ 'kv-shop': { secrets } });
}

async function synced(text = ALL, objects: readonly KubernetesObject[] = []): Promise<AzureWorld> {
  const world = azureWorld(azure(), objects);
  expect((await sync(world.ports(text), SETTINGS)).counts).toMatchObject({ create: MANY, errors: 0 });
  return world;
}

const pass = (world: AzureWorld, text = ALL, settings = SETTINGS): Promise<Report> => sync(world.ports(text), settings);

const passwords = ({ cluster }: AzureWorld) =>
  new Set(NAMES.map((name) => textsOf(cluster.get('Secret', 'shop', name))?.['password']?.split('-')[0]));

beforeEach(() => write([...NAMES, 'certificate'], (name) => `old-${name}`));

describe('a vault that holds other versions than in the last sync', () => {
  it('stops the pass before anything is written, and every pass after it', async () => {
    const world = await synced();
    write(NAMES, (name) => `other-${name}`);
    const reports = [await pass(world), await pass(world)];
    for (const { stopped } of reports) {
      expect(stopped?.what).toBe(
        'plan rewrites 21 of 21 Secrets of vault kv-shop (100%), over the limits of 20 and 50%, though nothing but the vault has changed since their last sync',
      );
      expect(passwords(world)).toEqual(new Set(['old']));
    }
  });

  it('is taken with --force, and then the pass after it is as any other', async () => {
    const world = await synced();
    write(NAMES, (name) => `other-${name}`);
    expect((await pass(world, ALL, FORCED)).counts).toMatchObject({ update: MANY, errors: 0 });
    expect(passwords(world)).toEqual(new Set(['other']));
    expect(await pass(world)).toMatchObject({ counts: { update: 0, unchanged: MANY, errors: 0 } });
  });

  it('goes on where the vault holds again what it held', async () => {
    const world = await synced();
    const before = azure().vaults.snapshot('kv-shop');
    write(NAMES, (name) => `other-${name}`);
    expect((await pass(world)).stopped).toBeDefined();
    for (const name of NAMES) azure().vaults.edit({ 'kv-shop': { secrets: { [name]: null } } });
    azure().vaults.edit({ 'kv-shop': before });
    expect(await pass(world)).toMatchObject({ counts: { update: 0, unchanged: MANY, errors: 0 } });
  });

  it('is told by a plan, with values and without', async () => {
    const world = await synced();
    write(NAMES, (name) => `other-${name}`);
    azure().vaults.edit({
      'kv-shop': {
        secrets: Object.fromEntries(NAMES.map((name) => [name, [{ value: 'newest' }]])),
      },
    });
    const full = await plan(world.ports(ALL), SETTINGS);
    const metadata = await plan(world.metadataPorts(ALL), SETTINGS, { level: metadataLevel() });
    expect(full.stopped?.code).toBe('too-many-updates');
    expect(metadata.stopped).toEqual(full.stopped);
  });
});

describe('what rewrites many Secrets, and is meant', () => {
  it('is the rotation of one object that all of them read', async () => {
    const world = await synced();
    write(['certificate'], () => 'rotated');
    expect(await pass(world)).toMatchObject({ counts: { update: MANY, errors: 0 } });
  });

  it('is a change of the manifests, whatever the vault does', async () => {
    const world = await synced();
    write(NAMES, (name) => `other-${name}`);
    const text = manifests(...NAMES.map((name) => own(name, { refreshInterval: '2h' })));
    expect(await pass(world, text)).toMatchObject({ counts: { update: MANY, errors: 0 } });
  });

  it('is another engine', async () => {
    const world = await synced();
    write(NAMES, (name) => `other-${name}`);
    expect(await pass(world, ALL, { ...SETTINGS, engineVersion: '1.1.0' })).toMatchObject({ counts: { errors: 0 } });
    expect(passwords(world)).toEqual(new Set(['other']));
  });

  it('is what undoes what somebody wrote into the Secrets', async () => {
    const world = await synced();
    for (const name of NAMES) {
      const live = world.cluster.get('Secret', 'shop', name);
      if (live !== undefined) world.cluster.applyAll([{ ...live, data: { password: 'aGFuZA==' } }]);
    }
    expect(await pass(world)).toMatchObject({ counts: { update: MANY, errors: 0 } });
  });

  it.each<[string, KubernetesObject, KubernetesObject]>([
    ['ConfigMap', configMap('{{ .password }}'), configMap('{{ .password }}!')],
    [
      'Secret',
      handMadeSecret('texts', { text: '{{ .password }}' }),
      handMadeSecret('texts', { text: '{{ .password }}!' }),
    ],
  ])('is another text in the %s of a template', async (kind, before, after) => {
    const from = { [kind === 'Secret' ? 'secret' : 'configMap']: { name: 'texts', items: [{ key: 'text' }] } };
    const text = manifests(...NAMES.map((name) => own(name, { target: { template: { templateFrom: [from] } } })));
    const world = await synced(text, [before]);
    write(NAMES, (name) => `other-${name}`);
    expect((await pass(world, text)).stopped?.code).toBe('too-many-updates');
    world.cluster.applyAll([after]);
    expect(await pass(world, text)).toMatchObject({ counts: { update: MANY, errors: 0 } });
  });

  it('is everything after a run that remembered nothing to compare with', async () => {
    const world = azureWorld(azure());
    await sync(world.ports(ALL), DEFAULT_SETTINGS);
    write(NAMES, (name) => `other-${name}`);
    expect(await pass(world)).toMatchObject({ counts: { update: MANY, errors: 0 } });
  });
});

function configMap(text: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'texts', namespace: 'shop' }, data: { text } };
}
