/** What --prune must never take: a Secret whose ExternalSecret is merely out of sight. */
import { describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, STORE, vaultYaml, yaml } from './shop.ts';

const VAULT = vaultYaml({ a: '1', b: '2', c: '3' });
const ALL = yaml(STORE, externalSecret('a'), externalSecret('b'), externalSecret('c'));
const B = yaml(externalSecret('b'));

/** A world in which a, b and c were synced, and which is then given other manifests. */
function open(manifests: string): Promise<World> {
  const earlier = { manifests: ALL, vault: VAULT };
  return openWorld({ manifests, vault: VAULT, cluster: '', settings: { prune: true }, earlier });
}

function secretsOf({ cluster }: World): readonly string[] {
  return cluster.list('Secret').map(({ metadata }) => metadata.name);
}

function inNamespace(namespace: string, ...objects: readonly KubernetesObject[]): string {
  return yaml(...objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } })));
}

const A_AND_C = yaml(STORE, externalSecret('a'), externalSecret('c'));

describe('--prune', () => {
  it('takes the Secret of an ExternalSecret that is gone, and nothing else', async () => {
    const world = await open(A_AND_C);
    await sync(world.ports, world.settings);
    expect(secretsOf(world)).toEqual(['a', 'c']);
    expect((await sync(world.ports, world.settings)).leftBehind).toBe(0);
  });

  it('goes on where only kinds of the whole cluster could not be listed', async () => {
    const world = await open(A_AND_C);
    const warning = { severity: 'warning', code: 'kind-not-listed', what: 'it may not', fix: 'Ask.' } as const;
    const load = async () => ({ ...(await world.ports.manifests.load()), problems: [warning] });
    const report = await sync({ ...world.ports, manifests: { load } }, world.settings);
    expect(secretsOf(world)).toEqual(['a', 'c']);
    expect(report.problems).toEqual([warning]);
  });

  it.each([
    ['an empty input, as of a helm that failed', ''],
    ['manifests of another namespace', inNamespace('other', STORE, externalSecret('a'))],
    ['its ExternalSecret behind a Helm condition', `${A_AND_C}---\n{{- if .Values.b }}\n${B}{{- end }}\n`],
    ['its ExternalSecret with Kind for kind', `${A_AND_C}---\n${B.replace('kind: External', 'Kind: External')}`],
    [
      'its ExternalSecret in a misspelt group',
      `${A_AND_C}---\n${B.replace('external-secrets.io', 'external-secret.io')}`,
    ],
  ])('leaves everything alone with %s', async (_what, manifests) => {
    const world = await open(manifests);
    const report = await sync(world.ports, world.settings);
    expect(secretsOf(world)).toContain('b');
    expect(report.problems.map(({ code }) => code)).toContain('prune-withheld');
  });

  it('leaves the Secret of an ExternalSecret that is there but refused', async () => {
    const world = await open(`${A_AND_C}---\n${B.replace('secretKey:', 'secretkey:')}`);
    await sync(world.ports, world.settings);
    expect(secretsOf(world)).toEqual(['a', 'b', 'c']);
  });

  it('knows the items of an ExternalSecretList that do not repeat their kind', async () => {
    const items = [externalSecret('a'), externalSecret('b')].map(({ metadata, ['spec']: spec }) => ({
      metadata,
      spec,
    }));
    const list = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecretList', items } as never;
    const world = await open(yaml(STORE, list));
    await sync(world.ports, world.settings);
    expect(secretsOf(world)).toEqual(['a', 'b']);
  });
});

describe('a rename that was blocked', () => {
  it('still cleans up the first Secret once it goes through', async () => {
    const taken = yaml(STORE, externalSecret('a', {}, { name: 'b' }), externalSecret('b'));
    const world = await open(taken);
    await sync(world.ports, world.settings);
    expect(secretsOf(world)).toContain('a');
    const free = await openWorld({
      manifests: yaml(STORE, externalSecret('a', {}, { name: 'd' })),
      vault: VAULT,
      cluster: '',
      settings: {},
    });
    const ports = { ...world.ports, manifests: free.ports.manifests };
    await sync(ports, world.settings);
    expect(secretsOf(world)).toEqual(['d']);
  });
});

describe('what earlier runs left', () => {
  it.each([
    ['is counted where it stays', [], 1],
    ['is no matter where only some are asked for', ['shop/a'], 0],
  ])('%s', async (_title, only, count) => {
    const world = await open(A_AND_C);
    const report = await sync(world.ports, { ...world.settings, prune: false, only });
    expect(report.leftBehind).toBe(count);
    expect(secretsOf(world)).toEqual(['a', 'b', 'c']);
  });
});
