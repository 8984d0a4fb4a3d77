/** One PushSecret after checking, and what planning it takes, in as few words as a case needs. */
import type { PushedObject, SyncState } from '../../src/core/model/condition.ts';
import { fieldText } from '../../src/core/model/origin.ts';
import type { PushExtras, PushIntent } from '../../src/core/model/push-intent.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { vaultRefKey, type VaultRef } from '../../src/core/model/vault-object.ts';
import type { FetchedObject, RemoteType } from '../../src/core/model/vault.ts';
import { ownTags } from '../../src/core/plan/push/owner.ts';
import type { PushInput, PushOwnership, WantedEntry } from '../../src/core/plan/push/push-input.ts';
import { fetched } from './fetched.ts';

export const NO_EXTRAS: PushExtras = {
  adopt: 'never',
  noContentType: false,
  binary: 'refused',
  resolve: [],
  lenientTemplates: false,
};
export const OWNERSHIP: PushOwnership = { installation: '0123456789abcdef', known: new Map(), takeOver: false };
export const KV_URL = 'https://kv-shop.vault.azure.net';

/** PushSecret `shop/<name>` of Secret `<name>`, with ESO's defaults. */
export function pushIntent(name: string, parts: Partial<PushIntent> = {}): PushIntent {
  return {
    kind: 'push',
    ref: { kind: 'PushSecret', namespace: 'shop', name },
    locate: (path) => ({ file: `${name}.yaml`, line: fieldText(path).length }),
    labels: {},
    annotations: {},
    generation: '1',
    refresh: { policy: 'Periodic', intervalMs: 3_600_000 },
    storeRefs: [{ kind: 'SecretStore', name: 'kv' }],
    source: { kind: 'secret', name },
    stores: [{ kind: 'SecretStore', name: 'kv' }],
    updatePolicy: 'Replace',
    deletionPolicy: 'None',
    data: [],
    dataTo: [],
    extras: NO_EXTRAS,
    ...parts,
  };
}

export function vaultRef(name: string, type: RemoteType = 'secret'): VaultRef {
  return { kind: 'vault-object', vaultUrl: KV_URL, vault: 'kv-shop', type, name };
}

/** The entry for key `<name>`, written as it is to secret `<name>`. */
export function wantedEntry(name: string, text: string, parts: Partial<WantedEntry> = {}): WantedEntry {
  return {
    store: 'SecretStore/kv',
    reference: name,
    written: { match: { secretKey: name, remoteRef: { remoteKey: name } }, conversionStrategy: 'None' },
    field: ['spec', 'data', 0],
    from: { kind: 'Secret', namespace: 'shop', name: 'orders' },
    uid: 'uid of orders',
    keys: [name],
    property: '',
    target: vaultRef(name),
    metadata: {},
    value: { type: 'secret', value: SecretValue.ofText(text), isBase64: false },
    source: `hash of ${text}`,
    ...parts,
  };
}

/** What is there, with our tags. */
export function owned(intent: PushIntent, text: string, parts: Partial<FetchedObject> = {}): FetchedObject {
  const tags = new Map(Object.entries(ownTags(intent.ref, OWNERSHIP)));
  return fetched(text, { version: 'v1', tags, ...parts });
}

export function recordOf(name: string, parts: Partial<PushedObject> = {}): PushedObject {
  return { vaultUrl: KV_URL, type: 'secret', name, store: 'SecretStore/kv', version: 'v1', tags: [], ...parts };
}

interface InputParts extends Partial<Omit<PushInput, 'intent' | 'observed' | 'state'>> {
  readonly entries?: readonly WantedEntry[];
  /** By name of a secret; absent = it surely does not exist. */
  readonly there?: Readonly<Record<string, FetchedObject>>;
  readonly pushed?: readonly PushedObject[];
  readonly state?: SyncState;
}

export function pushInput(intent: PushIntent, parts: InputParts): PushInput {
  const { entries = [], there = {}, pushed, state, ...rest } = parts;
  const names = new Set([
    ...entries.map(({ target }) => target),
    ...(pushed ?? []).map(({ type, name }) => vaultRef(name, type)),
  ]);
  return {
    intent,
    state: state ?? (pushed === undefined ? undefined : { binding: '', conditions: [], pushed }),
    source: { kind: 'found', entries, faults: [] },
    stores: ['SecretStore/kv'],
    observed: new Map(
      [...names].map((target) => {
        const object = there[target.name];
        return [vaultRefKey(target), object === undefined ? { kind: 'absent' } : { kind: 'found', object }];
      }),
    ),
    deleted: new Map(),
    recorded: (pushed ?? []).map((record) => ({
      target: vaultRef(record.name, record.type),
      store: record.store,
      references: [],
      ...(record.properties === undefined ? {} : { properties: record.properties }),
      wroteTags: record.tags,
      isOurs: true,
    })),
    ownership: OWNERSHIP,
    nowMs: Date.parse('2026-06-01T12:00:00Z'),
    ...rest,
  };
}
