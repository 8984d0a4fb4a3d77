/** ConfigMaps beside Secrets (`target.manifest`): what a run writes, keeps, tells and takes away. */
import { describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import type { RunSettings } from '../../src/engine/sync/settings.ts';
import { problemsOf } from '../../src/core/report/build-report.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, STORE, vaultYaml, yaml } from './shop.ts';

const MANIFEST = { manifest: { apiVersion: 'v1', kind: 'ConfigMap' } };
const VAULT = vaultYaml({ a: '1', b: '2', c: '3' });
const ALLOWED: Partial<RunSettings> = { targetKinds: ['ConfigMap'] };

interface Start {
  readonly cluster?: string;
  readonly earlier?: string;
  readonly settings?: Partial<RunSettings>;
}

async function open(objects: readonly KubernetesObject[], { cluster = '', earlier, settings = {} }: Start = {}) {
  const own = { ...ALLOWED, ...settings };
  return await openWorld({
    manifests: yaml(STORE, ...objects),
    vault: VAULT,
    cluster,
    settings: own,
    ...(earlier === undefined ? {} : { earlier: { manifests: earlier, vault: VAULT } }),
  });
}

function configMap(name: string, data: Readonly<Record<string, string>>, labels = {}): string {
  return yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', labels }, data });
}

async function run(world: World): Promise<readonly string[]> {
  return problemsOf(await sync(world.ports, world.settings)).map(problemText);
}

function dataOf({ cluster }: World, name: string): unknown {
  return cluster.get('ConfigMap', 'shop', name)?.['data'];
}

describe('an ExternalSecret whose target is a ConfigMap', () => {
  it('writes the ConfigMap, once, and no Secret; the first time it is told who can read it', async () => {
    const world = await open([externalSecret('a', {}, MANIFEST)]);
    expect(await run(world)).toEqual([
      expect.stringMatching(
        /ExternalSecret shop\/a: spec\.target\.manifest makes values of the vault readable in ConfigMap shop\/a for everybody/,
      ),
    ]);
    expect(dataOf(world, 'a')).toEqual({ password: '1' });
    expect(world.cluster.list('Secret')).toEqual([]);
    const writes = () => world.cluster.operations.filter(({ verb }) => /^(create|update|delete)Secret$/u.test(verb));
    expect(await run(world)).toEqual([]);
    expect(writes()).toHaveLength(1);
  });

  it('is refused where the run does not allow the kind, beside others that go on', async () => {
    const world = await open([externalSecret('a', {}, MANIFEST), externalSecret('b')], {
      settings: { targetKinds: [] },
    });
    expect(await run(world)).toEqual([
      expect.stringContaining(
        'ExternalSecret shop/a: spec.target.manifest is a ConfigMap, and this run writes values of a vault into Secrets only',
      ),
    ]);
    expect(world.cluster.list('ConfigMap')).toEqual([]);
    expect(world.cluster.list('Secret').map(({ metadata }) => metadata.name)).toEqual(['b']);
  });

  it('is put back when it was changed by hand', async () => {
    const world = await open([externalSecret('a', {}, MANIFEST)]);
    await run(world);
    world.cluster.patch({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'shop' },
      data: { password: 'x' },
    });
    expect(await run(world)).toEqual([]);
    expect(dataOf(world, 'a')).toEqual({ password: '1' });
  });

  it('keeps what others put there under Merge', async () => {
    const target = { ...MANIFEST, creationPolicy: 'Merge' };
    const world = await open([externalSecret('a', {}, target)], {
      cluster: configMap('a', { other: 'x' }, { own: '1' }),
    });
    await run(world);
    expect(dataOf(world, 'a')).toEqual({ other: 'x', password: '1' });
  });

  it('is not written where one of the cluster, or of Keyferry itself, stands', async () => {
    const settings = { ...MANIFEST, name: 'kube-root-ca.crt' };
    const state = { ...MANIFEST, name: 'state' };
    const world = await open([externalSecret('a', {}, settings), externalSecret('b', {}, state)], {
      cluster: configMap('state', { kept: '1' }, { 'app.kubernetes.io/managed-by': 'keyferry' }),
    });
    expect(await run(world)).toEqual([
      expect.stringContaining('is ConfigMap shop/kube-root-ca.crt, by which pods know the API server, which no'),
      expect.stringContaining('is ConfigMap shop/state, a part of Keyferry itself, which no'),
    ]);
    expect(world.cluster.list('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['state']);
    expect(dataOf(world, 'state')).toEqual({ kept: '1' });
  });

  it('stands beside a Secret of the same name', async () => {
    const world = await open([
      externalSecret('a', {}, { ...MANIFEST, name: 'same' }),
      externalSecret('b', {}, { name: 'same' }),
    ]);
    await run(world);
    expect(dataOf(world, 'same')).toEqual({ password: '1' });
    expect(world.cluster.get('Secret', 'shop', 'same')).toBeDefined();
  });

  it('goes with --prune when its ExternalSecret is gone, and so does the one of an earlier kind or name', async () => {
    const gone = yaml(STORE, externalSecret('a', {}, MANIFEST), externalSecret('b'), externalSecret('c', {}, MANIFEST));
    const now = [externalSecret('b', {}, MANIFEST), externalSecret('c', {}, { ...MANIFEST, name: 'renamed' })];
    const world = await open(now, { earlier: gone, settings: { prune: true } });
    expect(world.cluster.list('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['a', 'c']);
    await run(world);
    expect(world.cluster.list('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['b', 'renamed']);
    expect(world.cluster.list('Secret')).toEqual([]);
  });

  it('counts for the limit on deletions', async () => {
    const gone = yaml(STORE, externalSecret('a', {}, MANIFEST), externalSecret('b'));
    const settings = { prune: true, deletionLimits: { count: 0, share: 1 } };
    const world = await open([externalSecret('b')], { earlier: gone, settings });
    expect(await run(world)).toEqual([expect.stringContaining('over the limit of 0')]);
    expect(dataOf(world, 'a')).toEqual({ password: '1' });
  });

  it('refuses two that merge different values into one key', async () => {
    const target = { ...MANIFEST, creationPolicy: 'CreateOrMerge', name: 'both' };
    const world = await open([externalSecret('a', {}, target), externalSecret('b', {}, target)]);
    expect(await run(world)).toEqual([
      expect.stringContaining('is ConfigMap shop/both, where ExternalSecret shop/b gives key password another value'),
      expect.stringContaining('is ConfigMap shop/both, where ExternalSecret shop/a gives key password another value'),
    ]);
    expect(world.cluster.list('ConfigMap')).toEqual([]);
  });
});
