/** One PushSecret as it is after checking, in as few words as a case needs. */
import type { PushDataEntry, PushDataToEntry, PushIntent, PushStoreRef } from '../../../src/core/model/push-intent.ts';

export const KV: PushStoreRef = { kind: 'SecretStore', name: 'kv' };

type Entry<Kind> = Partial<Omit<Kind, 'kind' | 'index'>>;

export interface PushParts {
  readonly stores?: readonly PushStoreRef[];
  readonly data?: readonly Entry<PushDataEntry>[];
  readonly dataTo?: readonly Entry<PushDataToEntry>[];
}

export function pushIntent({ stores = [KV], data = [], dataTo = [] }: PushParts): PushIntent {
  const head = { conversion: 'None', metadata: {} } as const;
  return {
    kind: 'push',
    ref: { kind: 'PushSecret', namespace: 'shop', name: 'push' },
    locate: () => undefined,
    labels: {},
    annotations: {},
    generation: '1',
    refresh: { policy: 'Periodic', intervalMs: 3_600_000 },
    storeRefs: [],
    source: { kind: 'secret', name: 'app' },
    stores,
    updatePolicy: 'Replace',
    deletionPolicy: 'None',
    data: data.map((entry, index) => {
      const written = { written: `data ${index}` };
      return { kind: 'data', index, ...head, secretKey: '', remoteKey: '', property: '', written, ...entry };
    }),
    dataTo: dataTo.map((entry, index) => {
      const written = {};
      return { kind: 'data-to', index, ...head, store: KV, remoteKey: '', match: '', rewrite: [], written, ...entry };
    }),
    extras: { adopt: 'never', noContentType: false, binary: 'refused', resolve: [], lenientTemplates: false },
  };
}
