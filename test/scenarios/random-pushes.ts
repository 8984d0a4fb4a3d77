/** A history at random of PushSecrets over two vaults that others use as well: plain values that print well. */
import fc from 'fast-check';
import type { KubernetesObject } from '../fakes/index.ts';

export const VAULTS = ['kv-shop', 'kv-other'];
export const OBJECTS = ['o1', 'o2', 'doc'];
const SECRETS = ['s1', 's2'];
const KEYS = ['a', 'b', 'c'];
const PUSHES = ['p', 'q', 'r'];

export interface RandomEntry {
  readonly secretKey: string;
  readonly remoteKey: string;
  readonly property: string;
  readonly tag: string;
}

export interface RandomPush {
  readonly name: string;
  /** '' = by label. */
  readonly source: string;
  readonly stores: readonly string[];
  readonly updatePolicy: 'Replace' | 'IfNotExists';
  readonly deletionPolicy: 'Delete' | 'None';
  readonly adopt: 'never' | 'ifEqual' | 'always';
  readonly data: readonly RandomEntry[];
  /** Keys that match go to objects of their own, or into one that is named. */
  readonly dataTo: 'none' | 'each' | 'bundle';
}

export type Step =
  | { readonly do: 'secret'; readonly name: string; readonly data: Readonly<Record<string, string>>; readonly isLabelled: boolean }
  | { readonly do: 'no-secret'; readonly name: string }
  | { readonly do: 'push'; readonly push: RandomPush }
  | { readonly do: 'no-push' | 'rename'; readonly name: string }
  | { readonly do: 'store'; readonly name: string; readonly isThere: boolean }
  | {
      readonly do: 'vault';
      readonly vault: string;
      readonly object: string;
      readonly what: 'foreign' | 'operator' | 'another' | 'value' | 'delete' | 'purge' | 'tag';
      readonly value: string;
    }
  | { readonly do: 'lose'; readonly what: 'records' | 'everything' }
  /** `harm`: the request of that number, to vaults and cluster alike, and what becomes of it. */
  | { readonly do: 'sync'; readonly harm?: Harm };

export interface Harm {
  readonly at: number;
  readonly how: 'Forbidden' | 'Throttled' | 'Unavailable' | 'lost' | 'crash' | 'stop';
}

export interface PushHistory {
  readonly home: 'files' | 'custom-resources';
  readonly prune: boolean;
  readonly mode: 'due' | 'always';
  readonly takeOver: boolean;
  /** Custom resources: may their finalizers be set? */
  readonly mayHold: boolean;
  readonly steps: readonly Step[];
}

const entry: fc.Arbitrary<RandomEntry> = fc.record({
  secretKey: fc.constantFrom(...KEYS, ''),
  remoteKey: fc.constantFrom(...OBJECTS, 'O1', 'secret/o1'),
  property: fc.constantFrom('', '', 'm1', 'm2'),
  tag: fc.constantFrom('', '', 'red', 'blue'),
});

const push: fc.Arbitrary<RandomPush> = fc.record({
  name: fc.constantFrom(...PUSHES),
  source: fc.constantFrom('s1', 's1', 's2', ''),
  stores: fc.constantFrom(['kv'], ['kv'], ['other'], ['kv', 'other'], ['kv', 'alias']),
  updatePolicy: fc.constantFrom('Replace', 'Replace', 'Replace', 'IfNotExists'),
  deletionPolicy: fc.constantFrom('Delete', 'Delete', 'None'),
  adopt: fc.constantFrom('never', 'never', 'never', 'ifEqual', 'always'),
  data: fc.array(entry, { maxLength: 3 }),
  dataTo: fc.constantFrom('none', 'none', 'none', 'each', 'bundle'),
});

const values = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('old', 'new', '{"m1":"x","z":1}'), {
  noNullPrototype: true,
});

const harm: fc.Arbitrary<Harm> = fc.record({
  at: fc.nat({ max: 14 }),
  how: fc.constantFrom('Forbidden', 'Throttled', 'Unavailable', 'lost', 'lost', 'crash', 'stop'),
});

const sync: fc.Arbitrary<Step> = fc.record({ do: fc.constant('sync' as const), harm }, { requiredKeys: ['do'] });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('secret' as const), name: fc.constantFrom(...SECRETS), data: values, isLabelled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('no-secret' as const), name: fc.constantFrom(...SECRETS) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), push }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('no-push' as const, 'rename' as const), name: fc.constantFrom(...PUSHES) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('store' as const), name: fc.constantFrom('kv', 'other'), isThere: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('vault' as const),
      vault: fc.constantFrom(...VAULTS),
      object: fc.constantFrom(...OBJECTS, 'a'),
      what: fc.constantFrom('foreign', 'operator', 'another', 'value', 'delete', 'purge', 'tag'),
      value: fc.constantFrom('old', 'theirs', '{"m1":"x","m3":[1, 2]}'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), what: fc.constantFrom('records', 'everything') }) },
  { weight: 6, arbitrary: sync },
);

export const pushHistory: fc.Arbitrary<PushHistory> = fc.record({
  home: fc.constantFrom('files', 'custom-resources'),
  prune: fc.boolean(),
  mode: fc.constantFrom('always', 'always', 'due'),
  takeOver: fc.constantFrom(false, false, true),
  mayHold: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
});

/** `kv` and `alias` are one vault. */
const URLS: Readonly<Record<string, string>> = {
  kv: 'https://kv-shop.vault.azure.net',
  alias: 'https://KV-Shop.vault.azure.net/',
  other: 'https://kv-other.vault.azure.net',
};

export function vaultOfStore(store: string): string {
  return store === 'other' ? 'kv-other' : 'kv-shop';
}

export function storeObject(name: string): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name, namespace: 'shop' },
    spec: { provider: { azurekv: { vaultUrl: URLS[name], authType: 'WorkloadIdentity' } } },
  };
}

export function sourceObject({ name, data, isLabelled }: Extract<Step, { do: 'secret' }>): KubernetesObject {
  const labels = isLabelled ? { labels: { app: 'x' } } : {};
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop', ...labels }, stringData: data };
}

/** Pulls a key that nobody pushes. */
export const PULL: KubernetesObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'e', namespace: 'shop' },
  spec: {
    refreshInterval: '1h',
    secretStoreRef: { name: 'kv', kind: 'SecretStore' },
    target: { name: 'pulled', template: { metadata: { labels: { app: 'x' } } } },
    dataFrom: [{ find: { name: { regexp: '^doc$' } } }],
  },
};

export function pushSecret(push: RandomPush): KubernetesObject {
  const { name, source, stores, updatePolicy, deletionPolicy, adopt, data, dataTo } = push;
  const annotations = adopt === 'never' ? {} : { annotations: { 'keyferry.dev/adopt': adopt } };
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name, namespace: 'shop', ...annotations },
    spec: {
      refreshInterval: '1h',
      updatePolicy,
      deletionPolicy,
      secretStoreRefs: stores.map((store) => ({ name: store, kind: 'SecretStore' })),
      selector: { secret: source === '' ? { selector: { matchLabels: { app: 'x' } } } : { name: source } },
      data: data.map(entryObject),
      ...(dataTo === 'none' ? {} : { dataTo: [dataToObject(dataTo, stores[0] ?? 'kv')] }),
    },
  };
}

function entryObject({ secretKey, remoteKey, property, tag }: RandomEntry) {
  const remoteRef = { remoteKey, ...(property === '' ? {} : { property }) };
  const metadata = {
    apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
    kind: 'PushSecretMetadata',
    spec: { tags: { colour: tag } },
  };
  const match = { ...(secretKey === '' ? {} : { secretKey }), remoteRef };
  return { match, ...(tag === '' ? {} : { metadata }) };
}

function dataToObject(kind: 'each' | 'bundle', store: string) {
  return {
    storeRef: { name: store, kind: 'SecretStore' },
    match: { regexp: '^[ab]$' },
    ...(kind === 'bundle' ? { remoteKey: 'o2' } : {}),
  };
}

/** What a PushSecret names in vaults, as long as its source holds these keys: `kv-shop o1`. */
export function namedObjects(push: RandomPush, keys: readonly string[]): readonly string[] {
  const { data, dataTo, stores } = push;
  const ofData = data.map(({ remoteKey }) => remoteKey.replace('secret/', '').toLowerCase());
  const matching = keys.filter((key) => /^[ab]$/u.test(key));
  const more = dataTo === 'none' ? [] : dataTo === 'each' ? matching : matching.length === 0 ? [] : ['o2'];
  const [first = 'kv'] = stores;
  return [
    ...stores.flatMap((store) => ofData.map((name) => `${vaultOfStore(store)} ${name}`)),
    ...more.map((name) => `${vaultOfStore(first)} ${name}`),
  ];
}
