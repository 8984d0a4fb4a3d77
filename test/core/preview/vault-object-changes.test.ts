/** What a change of PushSecrets means for vault objects: manifests against manifests. */
import { describe, expect, it } from '@jest/globals';
import { planOffline } from '../../../src/commands/plan-offline.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import {
  offlineAsJson,
  offlineAsMarkdown,
  offlineAsText,
  offlineOutcome,
  type OfflineReport,
} from '../../../src/core/report/offline.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';
import { entry, pushSecret } from '../../engine/push-world.ts';
import { STORE, yaml } from '../../engine/shop.ts';
import { FakeClock, type KubernetesObject } from '../../fakes/index.ts';

const source = (objects: readonly KubernetesObject[]) => ({
  load: async () => parseDocuments('deploy.yaml', yaml(...objects)),
});

function compare(
  base: readonly KubernetesObject[],
  head: readonly KubernetesObject[],
  prune = false,
): Promise<OfflineReport> {
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const sides = { base: source([STORE, ...base]), head: source([STORE, ...head]) };
  return planOffline({ ...sides, clock }, { only: [], controllerClass: 'keyferry', prune });
}

async function told(base: readonly KubernetesObject[], head: readonly KubernetesObject[], prune = false) {
  const { vaultObjects } = await compare(base, head, prune);
  return vaultObjects.map(({ action, object }) => `${action} ${object}`);
}

const kept = { deletionPolicy: 'None' };
const tagged = (team: string) => ({
  ...entry('db'),
  metadata: {
    apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
    kind: 'PushSecretMetadata',
    spec: { tags: { team } },
  },
});

describe('a plan of manifests with PushSecrets', () => {
  it('shows vault objects beside the fields that changed', async () => {
    const report = await compare(
      [pushSecret('db', { data: [entry('db'), entry('old')] }), pushSecret('gone')],
      [pushSecret('db', { data: [entry('db', 'db-2')], updatePolicy: 'IfNotExists' }), pushSecret('web')],
    );
    expect(offlineAsText(report, PLAIN))
      .toBe(`Plan (offline) for 4 objects   fingerprint ${report.fingerprint.slice(0, 23)}

    ACTION   OBJECT                FIELDS
  ~ changed  PushSecret shop/db    ~spec.data[0].match.remoteRef.remoteKey, -spec.data[1] and 1 more
  - removed  PushSecret shop/gone
  + added    PushSecret shop/web

Vault objects:
    ACTION  VAULT OBJECT         WHY                                                      FROM
  - remove  kv-shop secret/db    no entry names it any more                               shop/db
  > set     kv-shop secret/db-2  where there is none                                      shop/db
  = leave   kv-shop secret/gone  its PushSecret is gone; under Delete --prune deletes it  shop/gone
  - remove  kv-shop secret/old   no entry names it any more                               shop/db
  > set     kv-shop secret/web                                                            shop/web

1 added, 1 changed, 1 removed, 1 unchanged.
`);
  });

  it('tells a value from what stands beside it, and nothing where neither changed', async () => {
    const before = pushSecret('db', { data: [tagged('a')] });
    expect(await told([before], [pushSecret('db', { data: [tagged('b')] })])).toEqual(['patch kv-shop secret/db']);
    const other = { selector: { secret: { name: 'other' } } };
    expect(await told([before], [pushSecret('db', { data: [tagged('a')], ...other })])).toEqual([
      'set kv-shop secret/db',
    ]);
    expect(await told([before], [pushSecret('db', { data: [tagged('a')], refreshInterval: '5m' })])).toEqual([]);
  });

  it('takes entries in another order, and another way to write a name, for the same', async () => {
    const [one, two] = [entry('a'), entry('b', 'secret/B')];
    expect(await told([pushSecret('x', { data: [one, two] })], [pushSecret('x', { data: [two, one] })])).toEqual([]);
  });

  it('deletes what no entry names under Delete, and what no PushSecret names where pruning is asked for', async () => {
    const two = pushSecret('db', { data: [entry('db'), entry('old')] });
    expect(await told([two], [pushSecret('db')])).toEqual(['remove kv-shop secret/old']);
    expect(await told([two], [], true)).toEqual(['remove kv-shop secret/db', 'remove kv-shop secret/old']);
    expect(await told([pushSecret('db', kept)], [], true)).toEqual(['leave kv-shop secret/db']);
  });

  it('deletes nothing that another PushSecret names now', async () => {
    expect(await told([pushSecret('old', { data: [entry('db')] })], [pushSecret('db')], true)).toEqual([
      'set kv-shop secret/db',
    ]);
  });

  it('says where only the Secret, or the cluster, tells the names', async () => {
    const all = (source: string) => ({
      data: undefined,
      dataTo: [{ storeRef: { name: 'kv' }, rewrite: [{ regexp: { source: '^', target: source } }] }],
    });
    const elsewhere = { secretStoreRefs: [{ name: 'other' }] };
    const head = [pushSecret('all', all('a-')), pushSecret('far', elsewhere)];
    const report = await compare([], head);
    expect(report.vaultObjects.map(({ action, object, why }) => [action, object, why])).toEqual([
      ['unknown', 'objects of SecretStore/other', 'its store is not in these manifests'],
      ['unknown', 'objects of kv-shop', 'named after the keys of its source'],
    ]);
    expect(await told(head, head)).toEqual([]);
    expect(await told(head, [pushSecret('all', all('b-')), pushSecret('far', elsewhere)])).toEqual([
      'unknown objects of kv-shop',
    ]);
  });

  it('is in Markdown with a picture, in JSON and among the outputs', async () => {
    const report = await compare([pushSecret('old')], [pushSecret('db')], true);
    expect(offlineAsMarkdown(report)).toContain('| remove | kv-shop secret/old | its PushSecret is gone |');
    expect(offlineAsMarkdown(report)).toContain('```mermaid');
    expect(JSON.parse(offlineAsJson(report))).toMatchObject({
      counts: { pushed: 1, pushRemoved: 1 },
      vaultObjects: [
        { action: 'set', vaultObject: 'kv-shop secret/db', object: 'PushSecret shop/db' },
        { action: 'remove', vaultObject: 'kv-shop secret/old', object: 'PushSecret shop/old' },
      ],
    });
    expect(offlineOutcome(report).outputs).toMatchObject({ pushed: 1, 'push-removed': 1 });
  });
});
