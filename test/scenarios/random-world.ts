/** Small worlds at random: ExternalSecrets over a vault, with what was there before, as plain values that print well. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type ManifestDocument, documentOf } from '../../src/core/model/document.ts';
import { sync } from '../../src/commands/sync.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  InMemoryManifestSource,
  InMemoryState,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { vaultProviders, type BeforeRead } from './vault-notation.ts';

const ES_NAMES = ['a', 'b', 'c', 'd'];
const TARGETS = ['one', 'two', 'three'];
/** Objects that may be in the vault; the first one is sometimes JSON. */
export const VAULT_KEYS = ['json', 'user', 'password'];

export interface RandomSource {
  readonly kind: 'data' | 'extract' | 'find';
  readonly key: string;
  readonly secretKey: string;
}

export interface RandomIntent {
  readonly name: string;
  readonly target: string;
  readonly creationPolicy: string;
  readonly deletionPolicy: string;
  readonly refreshPolicy: string;
  readonly immutable: boolean;
  readonly label: string;
  readonly sources: readonly RandomSource[];
}

/** What the user has in the vault and in the manifests at one time. */
export interface RandomWishes {
  readonly vault: Readonly<Record<string, string>>;
  readonly intents: readonly RandomIntent[];
}

export interface RandomWorld {
  readonly home: RunSettings['home'];
  /** Secrets made by hand: name → data. */
  readonly byHand: Readonly<
    Record<string, { readonly data: Readonly<Record<string, string>>; readonly immutable: boolean }>
  >;
  /** Synced first, so that the run that counts finds Secrets, owners and a record. */
  readonly before: RandomWishes;
  readonly now: RandomWishes;
}

const source: fc.Arbitrary<RandomSource> = fc.record({
  kind: fc.constantFrom('data' as const, 'data' as const, 'extract' as const, 'find' as const),
  key: fc.constantFrom(...VAULT_KEYS),
  secretKey: fc.constantFrom('k1', 'k2'),
});

const intent: fc.Arbitrary<RandomIntent> = fc.record({
  name: fc.constantFrom(...ES_NAMES),
  target: fc.constantFrom(...TARGETS),
  creationPolicy: fc.constantFrom('Owner', 'Owner', 'Owner', 'Orphan', 'Merge', 'CreateOrMerge', 'None'),
  deletionPolicy: fc.constantFrom('Retain', 'Delete', 'Delete', 'Merge'),
  refreshPolicy: fc.constantFrom('Periodic', 'Periodic', 'Periodic', 'OnChange', 'CreatedOnce'),
  immutable: fc.boolean(),
  label: fc.constantFrom('', 'blue'),
  sources: fc.array(source, { minLength: 1, maxLength: 2 }),
});

const vault = fc.dictionary(fc.constantFrom(...VAULT_KEYS), fc.constantFrom('{"k1":"j1","k3":"j3"}', 'old', 'new'), {
  noNullPrototype: true,
});

const wishes: fc.Arbitrary<RandomWishes> = fc.record({
  vault,
  intents: fc.uniqueArray(intent, { selector: ({ name }) => name, maxLength: ES_NAMES.length }),
});

const byHand = fc.dictionary(
  fc.constantFrom(...TARGETS),
  fc.record({
    data: fc.dictionary(fc.constantFrom('k1', 'other'), fc.constantFrom('old', 'mine'), { noNullPrototype: true }),
    immutable: fc.boolean(),
  }),
  { noNullPrototype: true, maxKeys: 2 },
);

export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  home: fc.constantFrom('files' as const, 'custom-resources' as const),
  byHand,
  before: wishes,
  now: wishes,
});

export interface OpenRandomWorld {
  readonly ports: Ports;
  readonly settings: RunSettings;
  readonly cluster: InMemoryCluster;
}

/** The world after the sync of what was wished before. */
export async function openRandomWorld(
  world: RandomWorld,
  options: { readonly prune?: boolean; readonly beforeRead?: BeforeRead; readonly reversed?: boolean } = {},
): Promise<OpenRandomWorld> {
  const { home, before, now } = world;
  const clock = new FakeClock();
  const random = new FakeRandom();
  const cluster = new InMemoryCluster({ clock });
  cluster.applyAll(Object.entries(world.byHand).map(([name, content]) => handMade(name, content)));
  const state = home === 'files' ? new RecordedState() : new InMemoryState(cluster);
  const settings: RunSettings = { ...DEFAULT_SETTINGS, home, deletionLimits: undefined, prune: options.prune ?? false };
  const enter = (wished: RandomWishes, reversed = false, beforeRead?: BeforeRead): Ports => {
    const objects = [storeObject, ...wished.intents.map(externalSecret)];
    if (reversed) objects.reverse();
    if (home === 'custom-resources') putResources(cluster, objects);
    const source = new InMemoryManifestSource(cluster);
    const documents = objects.map(fileDocument);
    return {
      manifests: home === 'files' ? { load: async () => ({ documents, problems: [] }) } : source,
      cluster,
      state,
      providers: vaultProviders({ 'kv-shop': { secrets: secretsOf(wished.vault) } }, beforeRead),
      publisher: new RecordingPublisher(),
      clock,
      random,
      logger: new RecordingLogger(),
    };
  };
  await sync(enter(before), settings);
  clock.advance(7_200_000);
  return { ports: enter(now, options.reversed, options.beforeRead), settings, cluster };
}

/** Another value is another version. */
function secretsOf(
  content: RandomWishes['vault'],
): Record<string, { readonly value: string; readonly version: string }[]> {
  const versionOf = (key: string, value: string) => createHash('md5').update(`${key} ${value}`).digest('hex');
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, [{ value, version: versionOf(key, value) }]]),
  );
}

function putResources(cluster: InMemoryCluster, objects: readonly KubernetesObject[]): void {
  const names = new Set(objects.map(({ metadata }) => metadata.name));
  for (const { metadata } of cluster.list('ExternalSecret')) {
    if (!names.has(metadata.name)) cluster.delete('ExternalSecret', 'shop', metadata.name);
  }
  cluster.applyAll(objects);
}

const storeObject: KubernetesObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  metadata: { name: 'kv', namespace: 'shop' },
  spec: { provider: { azurekv: { vaultUrl: 'https://kv-shop.vault.azure.net', authType: 'WorkloadIdentity' } } },
};

function handMade(name: string, { data, immutable }: RandomWorld['byHand'][string]): KubernetesObject {
  const metadata = { name, namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'Secret', metadata, stringData: data, ...(immutable ? { immutable } : {}) };
}

function externalSecret(wish: RandomIntent): KubernetesObject {
  const { name, target, creationPolicy, deletionPolicy, refreshPolicy, immutable } = wish;
  const of = (kind: RandomSource['kind']) => wish.sources.filter((one) => one.kind === kind);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace: 'shop', ...(wish.label === '' ? {} : { labels: { colour: wish.label } }) },
    spec: {
      refreshInterval: '1h',
      refreshPolicy,
      secretStoreRef: { name: 'kv', kind: 'SecretStore' },
      target: { name: target, creationPolicy, deletionPolicy, immutable },
      data: of('data').map(({ key, secretKey }) => ({ secretKey, remoteRef: { key } })),
      dataFrom: [
        ...of('extract').map(({ key }) => ({ extract: { key } })),
        ...of('find').map(({ key }) => ({ find: { name: { regexp: key } } })),
      ],
    },
  };
}

/** As if every object had a file of its own, so that the order of the files changes no place. */
function fileDocument(value: KubernetesObject): ManifestDocument {
  const origin = { file: `${value.metadata.name}.yaml`, line: 1 };
  return documentOf({ value, origin, locate: () => origin, home: 'file' });
}
