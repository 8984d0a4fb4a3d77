/** One ExternalSecret as it is after checking, in as few words as a case needs. */
import { fieldText } from '../../src/core/model/origin.ts';
import type {
  DataEntry,
  PullExtras,
  PullIntent,
  RemoteRef,
  SourceEntry,
  StoreRef,
} from '../../src/core/model/intent.ts';

const KV: StoreRef = { kind: 'SecretStore', name: 'kv' };

/** Without annotations of ours. */
export const NO_PULL_EXTRAS: PullExtras = { lenientTemplates: false, states: {}, keepPrevious: 0 };

interface IntentParts {
  readonly namespace?: string;
  readonly target?: Partial<PullIntent['target']>;
  readonly entries?: readonly SourceEntry[];
  readonly extras?: Partial<PullExtras>;
  readonly refresh?: Partial<PullIntent['refresh']>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Set it for an ExternalSecret that is a custom resource. */
  readonly uid?: string;
}

/** ExternalSecret `shop/<name>` with ESO's defaults; without entries it reads `password` under the same key. */
export function intent(name: string, parts: IntentParts = {}): PullIntent {
  return {
    kind: 'pull',
    ref: { kind: 'ExternalSecret', namespace: parts.namespace ?? 'shop', name },
    locate: (path) => ({ file: `${name}.yaml`, line: fieldText(path).length }),
    ...(parts.uid === undefined ? {} : { owner: { apiVersion: 'external-secrets.io/v1', uid: parts.uid } }),
    labels: parts.labels ?? {},
    annotations: parts.annotations ?? {},
    generation: '1',
    refresh: { policy: 'Periodic', intervalMs: 3_600_000, ...parts.refresh },
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', immutable: false, ...parts.target },
    storeRefs: [KV],
    entries: parts.entries ?? [dataEntry('password', 'password')],
    extras: { ...NO_PULL_EXTRAS, ...parts.extras },
  };
}

export function dataEntry(secretKey: string, key: string, remoteRef: Partial<RemoteRef> = {}): DataEntry {
  return { kind: 'data', index: 0, store: KV, secretKey, remoteRef: { ...remoteRefOf(key), ...remoteRef } };
}

function remoteRefOf(key: string): RemoteRef {
  return {
    key,
    property: '',
    version: '',
    metadataPolicy: 'None',
    conversionStrategy: 'Default',
    decodingStrategy: 'None',
    nullBytePolicy: 'Ignore',
  };
}
