/** A vault that fails never costs a Secret: through the real adapter, against loopback Azure. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import type { ObjectReport } from '../../src/core/model/report.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { azureWorld } from './azure-world.ts';
import { VAULT_FAILURES } from './failure-table.ts';
import { externalSecret, handMadeSecret, STORE, textsOf, yaml } from './shop.ts';

const { azure } = useLoopback({
  vaults: {
    'kv-shop': {
      pageSize: 2,
      secrets: { db: [{ value: 'new-horse' }], session: [{ value: '7f0c' }], zeta: [{ value: 'z' }] },
    },
    'kv-other': { secrets: { elsewhere: [{ value: 'e' }] } },
  },
});

const OTHER_STORE = {
  ...STORE,
  metadata: { name: 'kv-other', namespace: 'shop' },
  spec: { provider: { azurekv: { vaultUrl: 'https://kv-other.vault.azure.net', authType: 'WorkloadIdentity' } } },
};
const MANIFESTS = yaml(
  STORE,
  OTHER_STORE,
  externalSecret('db'),
  externalSecret('session'),
  externalSecret('all', { data: [], dataFrom: [{ find: { name: { regexp: 'session|zeta' } } }] }),
  externalSecret('elsewhere', { secretStoreRef: { name: 'kv-other', kind: 'SecretStore' } }),
);
const FAILING = { object: ['db'], list: ['all'], vault: ['all', 'db', 'session'] };

afterEach(() => azure().vaults.configure('kv-shop', { network: 'open' }));

describe.each(VAULT_FAILURES)('a vault that answers with $name', ({ cause, hits, what }) => {
  it('leaves the Secrets that it concerns as they are, and all others are synced', async () => {
    const { cluster, ports } = azureWorld(
      azure(),
      ['db', 'session', 'all'].map((name) => handMadeSecret(name, { password: 'old' })),
    );
    const secretOf = (name: string) => cluster.get('Secret', 'shop', name);
    const before = FAILING[hits].map(secretOf);
    cause(azure());
    const report = await sync(ports(MANIFESTS), { ...DEFAULT_SETTINGS, prune: true });
    expect(FAILING[hits].map(secretOf)).toEqual(before);
    expect(report.objects.filter(({ verdict }) => verdict === 'failed').map(({ ref }) => ref.name)).toEqual(
      FAILING[hits],
    );
    const synced = {
      all: { session: '7f0c', zeta: 'z' },
      db: { password: 'new-horse' },
      session: { password: '7f0c' },
    };
    for (const [name, data] of Object.entries(synced).filter(([name]) => !FAILING[hits].includes(name))) {
      expect([name, textsOf(secretOf(name))]).toEqual([name, data]);
    }
    expect(textsOf(secretOf('elsewhere'))).toEqual({ password: 'e' });
  });

  it('is named with object, field and cause', async () => {
    const { ports, state } = azureWorld(azure(), [handMadeSecret('db', { password: 'old' })]);
    cause(azure());
    const report = await sync(ports(MANIFESTS), DEFAULT_SETTINGS);
    const object = report.objects.find(({ ref }) => ref.name === (hits === 'list' ? 'all' : 'db'))!;
    expect(problemsOf(object)).toEqual([
      {
        at: refText(object.ref),
        field: hits === 'list' ? 'spec.dataFrom[0].find' : 'spec.data[0].remoteRef.key',
        place: 'manifests.yaml',
        what: expect.stringContaining(what),
      },
    ]);
    const { conditions = [] } = (await state.read(object.ref)) ?? {};
    expect(conditions).toMatchObject([{ type: 'Ready', status: 'False', reason: 'SecretSyncedError' }]);
    expect(conditions[0]?.message).toContain(what);
  });
});

function problemsOf(object: ObjectReport) {
  return object.problems.map(({ at, field, origin, what }) => ({
    at: at === undefined ? undefined : refText(at),
    field,
    place: origin?.file,
    what,
  }));
}
