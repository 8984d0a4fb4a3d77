/**
 * What every cluster must do, whoever plays it: the API server's rules as the program relies on them.
 *
 * A harness opens a fresh cluster for each case. Cases use names of their own namespace only and compare values with
 * `equals`, so that a cluster which hides values passes as well; a real API server needs the namespace `contract`.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messageText } from '../../src/core/model/message.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { secretRef, type DesiredSecret, type LiveSecret, type OwnedFields } from '../../src/core/model/secret.ts';
import type { LabelSelector } from '../../src/core/model/store.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { PortError, type PortErrorKind } from '../../src/ports/errors.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';

export interface OpenCluster {
  readonly cluster: Cluster;
  /** The user creates an object. */
  readonly given: (object: KubernetesObject) => Promise<void>;
  /** The uid of ExternalSecret contract/db, where a garbage collector asks whether there is such an owner. */
  readonly ownerUid?: () => Promise<string>;
  /** A namespace of this name is being deleted, and held; absent where namespaces are never deleted. */
  readonly ending?: (namespace: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ClusterHarness {
  readonly name: string;
  readonly open: () => Promise<OpenCluster>;
  readonly issuesTokens: boolean;
}

export const NAMESPACE = 'contract';
const ME = 'externalsecrets.external-secrets.io/db';
const OTHER = 'externalsecrets.external-secrets.io/other';

export function desired(
  overrides: Partial<DesiredSecret> & { readonly values?: Record<string, string> } = {},
): DesiredSecret {
  const { values = { password: 'hunter2' }, ...fields } = overrides;
  return {
    ref: secretRef(NAMESPACE, 'db'),
    data: new Map(Object.entries(values).map(([key, text]) => [key, SecretValue.ofText(text)])),
    labels: new Map(),
    annotations: new Map(),
    ownerReferences: [],
    finalizers: [],
    ...fields,
  };
}

/** The live Secret as something to write again, with other values added or taken out. */
export function changedData(live: LiveSecret, values: Readonly<Record<string, string | undefined>>): DesiredSecret {
  const data = new Map(live.data);
  for (const [key, text] of Object.entries(values)) {
    if (text === undefined) data.delete(key);
    else data.set(key, SecretValue.ofText(text));
  }
  const { ref, type, immutable, labels, annotations, ownerReferences, finalizers } = live;
  return {
    ref,
    ...(type === undefined ? {} : { type }),
    ...(immutable === undefined ? {} : { immutable }),
    data,
    labels,
    annotations,
    ownerReferences,
    finalizers,
  };
}

export function expectData(live: LiveSecret | undefined, values: Readonly<Record<string, string>>): void {
  expect([...(live?.data.keys() ?? [])].sort()).toEqual(Object.keys(values).sort());
  const wrong = Object.entries(values).filter(
    ([key, text]) => live?.data.get(key)?.equals(SecretValue.ofText(text)) !== true,
  );
  expect(wrong.map(([key]) => key)).toEqual([]);
}

export async function expectRefusal(operation: Promise<unknown>, kind: PortErrorKind): Promise<PortError> {
  const error = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PortError);
  const refusal = error as PortError;
  expect({ kind: refusal.kind, what: messageText(refusal.what), fix: messageText(refusal.fix) }).toEqual({
    kind,
    what: expect.stringMatching(/[^.]$/u),
    fix: expect.stringMatching(/\.$/u),
  });
  return refusal;
}

export function describeCluster(harness: ClusterHarness): void {
  describe(`Cluster: ${harness.name}`, () => {
    let open: OpenCluster;
    let cluster: Cluster;

    beforeEach(async () => {
      open = await harness.open();
      cluster = open.cluster;
    });

    afterEach(async () => open.close());

    const read = async (): Promise<LiveSecret> => {
      const live = await cluster.getSecret(secretRef(NAMESPACE, 'db'));
      if (live === undefined) throw new Error('the Secret is gone');
      return live;
    };
    const owned = (live: LiveSecret, manager: string): OwnedFields | undefined =>
      live.ownedFields.find((fields) => fields.manager === manager);

    describe('createSecret', () => {
      it('stores everything and gives it back', async () => {
        const owner = {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          name: 'db',
          uid: (await open.ownerUid?.()) ?? 'u-1',
          controller: true,
        };
        const wanted = desired({
          values: { password: 'hunter2', 'empty.key': '', 'ca_1-2': 'line 1\nline 2\n' },
          labels: new Map([
            ['team', 'a'],
            ['example.com/on', ''],
          ]),
          annotations: new Map([['note', 'yes: "quoted"\n# no comment']]),
          ownerReferences: [owner],
          immutable: true,
        });
        const created = await cluster.createSecret(wanted, ME);
        const live = await read();
        expect(live).toMatchObject({ ref: wanted.ref, type: 'Opaque', immutable: true, deleting: false });
        expectData(live, { password: 'hunter2', 'empty.key': '', 'ca_1-2': 'line 1\nline 2\n' });
        expect(Object.fromEntries(live.labels)).toEqual({ team: 'a', 'example.com/on': '' });
        expect(Object.fromEntries(live.annotations)).toEqual({ note: 'yes: "quoted"\n# no comment' });
        expect(live.ownerReferences).toEqual([owner]);
        expect(live.finalizers).toEqual([]);
        expect([live.uid, live.resourceVersion]).toEqual([created.uid, created.resourceVersion]);
        expect(live.uid).not.toBe('');
      });

      it('makes the manager the owner of every key', async () => {
        await cluster.createSecret(
          desired({ labels: new Map([['team', 'a']]), annotations: new Map([['note', 'x']]) }),
          ME,
        );
        expect((await read()).ownedFields).toEqual([
          { manager: ME, data: ['password'], labels: ['team'], annotations: ['note'] },
        ]);
      });

      it('is a Conflict when the Secret exists, which stays as it is', async () => {
        const first = await cluster.createSecret(desired(), ME);
        await expectRefusal(cluster.createSecret(desired({ values: { password: 'other' } }), ME), 'Conflict');
        expect((await read()).resourceVersion).toBe(first.resourceVersion);
        expectData(await read(), { password: 'hunter2' });
      });

      it('lets only one of two that run at the same time win', async () => {
        const attempts = ['one', 'two'].map((password) => cluster.createSecret(desired({ values: { password } }), ME));
        const outcomes = await Promise.allSettled(attempts);
        expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
        const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
        expectData(await read(), { password: ['one', 'two'][winner]! });
      });

      it.each([
        ['a key with a slash', { values: { 'a/b': 'x' } }, 'data[a/b]'],
        ['the key ..', { values: { '..': 'x' } }, "must not be '..'"],
        ['the key .', { values: { '.': 'x' } }, "must not be '.'"],
        ['a key that starts with two dots', { values: { '..a': 'x' } }, "must not start with '..'"],
        ['a key of 254 characters', { values: { ['a'.repeat(254)]: 'x' } }, 'must be no more than 253'],
        ['more than 1 MiB', { values: { a: 'x'.repeat(1_048_577) } }, 'data: Too long'],
        ['a label value with spaces', { labels: new Map([['team', 'a b']]) }, 'metadata.labels'],
        ['a label value of 64 characters', { labels: new Map([['team', 'a'.repeat(64)]]) }, 'must be no more than 63'],
        ['a label key with two slashes', { labels: new Map([['a/b/c', 'x']]) }, 'metadata.labels'],
        ['an annotation key with a space', { annotations: new Map([['a b', 'x']]) }, 'metadata.annotations'],
        [
          '256 KiB of annotations',
          { annotations: new Map([['a', 'x'.repeat(262_144)]]) },
          'metadata.annotations: Too long',
        ],
        ['a finalizer without a domain', { finalizers: ['keep'] }, 'metadata.finalizers[0]'],
        [
          'a TLS Secret without key',
          { type: 'kubernetes.io/tls', values: { 'tls.crt': 'x' } },
          'data[tls.key]: Required value',
        ],
        [
          'a registry Secret that is no JSON',
          { type: 'kubernetes.io/dockerconfigjson', values: { '.dockerconfigjson': '{' } },
          'data[.dockerconfigjson]',
        ],
        [
          'a registry Secret with a byte order mark',
          { type: 'kubernetes.io/dockercfg', values: { '.dockercfg': '\ufeff{}' } },
          'data[.dockercfg]',
        ],
        [
          'a registry Secret without its key',
          { type: 'kubernetes.io/dockerconfigjson' },
          'data[.dockerconfigjson]: Required value',
        ],
        [
          'basic-auth with neither key',
          { type: 'kubernetes.io/basic-auth', values: {} },
          'data[username]: Required value',
        ],
        [
          'ssh-auth with an empty key',
          { type: 'kubernetes.io/ssh-auth', values: { 'ssh-privatekey': '' } },
          'data[ssh-privatekey]: Required value',
        ],
        ['a name with capitals', { ref: secretRef(NAMESPACE, 'Db') }, 'metadata.name'],
        ['a name that climbs out', { ref: secretRef(NAMESPACE, '../../x') }, 'metadata.name'],
        ['a namespace that climbs out', { ref: secretRef('..', 'db') }, 'metadata.namespace'],
      ] as const)('refuses %s as Invalid and writes nothing', async (_title, overrides, text) => {
        const wanted = desired(overrides);
        const refusal = await expectRefusal(cluster.createSecret(wanted, ME), 'Invalid');
        expect(refusal.what).toContain(text);
        expect(await cluster.getSecret(secretRef(NAMESPACE, 'db'))).toBeUndefined();
      });

      it.each([
        ['a key of 253 characters', { values: { ['a'.repeat(253)]: 'x' } }],
        ['a key that begins with one dot', { values: { '.a': 'x', _: 'y', 'A-b.c': 'z' } }],
        ['exactly 1 MiB', { values: { a: 'x'.repeat(1_048_576) } }],
        ['no data at all', { values: {} }],
        ['an empty value', { values: { a: '' } }],
        ['a label without a value', { labels: new Map([['team', '']]) }],
        ['a label value of 63 characters', { labels: new Map([['team', 'a'.repeat(63)]]) }],
        ['a label key with a prefix and capitals', { labels: new Map([['example.com/Team_a.b', 'A_b.c-1']]) }],
        ['an annotation key with capitals', { annotations: new Map([['Example.COM/Note', 'a b\nc']]) }],
        ['256 KiB of annotations, less their keys', { annotations: new Map([['a', 'x'.repeat(262_143)]]) }],
        ['TLS of empty values', { type: 'kubernetes.io/tls', values: { 'tls.crt': '', 'tls.key': '' } }],
        ['basic-auth with a password only', { type: 'kubernetes.io/basic-auth', values: { password: 'x' } }],
        ['a registry Secret of an empty object', { type: 'kubernetes.io/dockercfg', values: { '.dockercfg': '{}' } }],
        ['a registry Secret of null', { type: 'kubernetes.io/dockercfg', values: { '.dockercfg': ' null ' } }],
        [
          'a registry Secret with a key twice',
          { type: 'kubernetes.io/dockerconfigjson', values: { '.dockerconfigjson': '{"a":1,"a":"\\ud800"}' } },
        ],
        ['a type that nobody knows', { type: 'example.com/Any thing' }],
        ['a name with dots', { ref: secretRef(NAMESPACE, 'a.b-c.d') }],
        ['a standard finalizer and one of a domain', { finalizers: ['orphan', 'example.com/keep'] }],
      ] as const)('takes %s', async (_title, overrides) => {
        const wanted = desired(overrides);
        const created = await cluster.createSecret(wanted, ME);
        expect(created.ref).toEqual(wanted.ref);
        expect([...created.data.keys()].sort()).toEqual([...wanted.data.keys()].sort());
        await cluster.updateSecret({ ...wanted, finalizers: [] }, created.resourceVersion, ME);
      });

      it('refuses two controllers and an owner without uid', async () => {
        const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'u', controller: true };
        const two = desired({ ownerReferences: [owner, { ...owner, name: 'b', uid: 'v' }] });
        expect((await expectRefusal(cluster.createSecret(two, ME), 'Invalid')).what).toContain(
          'ConfigMap/a and ConfigMap/b',
        );
        const none = desired({ ownerReferences: [{ ...owner, uid: '' }] });
        expect((await expectRefusal(cluster.createSecret(none, ME), 'Invalid')).what).toContain(
          'metadata.ownerReferences.uid',
        );
      });

      it('never names a value in a refusal', async () => {
        const wanted = desired({
          type: 'kubernetes.io/dockerconfigjson',
          values: { '.dockerconfigjson': 'canary-value' },
          labels: new Map([['team', 'canary value']]),
        });
        const refusal = await expectRefusal(cluster.createSecret(wanted, ME), 'Invalid');
        expect(refusal.message).not.toContain('canary');
      });
    });

    describe('updateSecret', () => {
      it('replaces everything, keeps uid and type, and counts as a new version', async () => {
        const created = await cluster.createSecret(desired({ labels: new Map([['old', 'x']]) }), ME);
        const wanted = desired({ values: { user: 'app' }, labels: new Map([['new', 'y']]) });
        const updated = await cluster.updateSecret(wanted, created.resourceVersion, ME);
        const live = await read();
        expectData(live, { user: 'app' });
        expect(Object.fromEntries(live.labels)).toEqual({ new: 'y' });
        expect(live).toMatchObject({ uid: created.uid, type: 'Opaque', resourceVersion: updated.resourceVersion });
        expect(updated.resourceVersion).not.toBe(created.resourceVersion);
      });

      it('is a Conflict when the Secret changed since it was read', async () => {
        const first = await cluster.createSecret(desired(), ME);
        await cluster.updateSecret(changedData(first, { password: 'second' }), first.resourceVersion, OTHER);
        await expectRefusal(
          cluster.updateSecret(changedData(first, { password: 'third' }), first.resourceVersion, ME),
          'Conflict',
        );
        expectData(await read(), { password: 'second' });
      });

      it('is NotFound when there is none', async () => {
        await expectRefusal(cluster.updateSecret(desired(), '1', ME), 'NotFound');
      });

      it('does not count a replacement by the same as a change', async () => {
        const created = await cluster.createSecret(desired(), ME);
        const updated = await cluster.updateSecret(changedData(created, {}), created.resourceVersion, OTHER);
        expect(updated.resourceVersion).toBe(created.resourceVersion);
        expect(updated.ownedFields).toEqual(created.ownedFields);
      });

      it('refuses another type', async () => {
        const created = await cluster.createSecret(desired(), ME);
        const refusal = await expectRefusal(
          cluster.updateSecret(desired({ type: 'example.com/db' }), created.resourceVersion, ME),
          'Invalid',
        );
        expect(refusal.what).toBe(
          'Secret contract/db is invalid: type: Invalid value: "example.com/db": field is immutable',
        );
      });

      it('can make a Secret immutable, and then refuses other data and the way back', async () => {
        const created = await cluster.createSecret(desired(), ME);
        const frozen = await cluster.updateSecret(
          { ...changedData(created, {}), immutable: true },
          created.resourceVersion,
          ME,
        );
        const other = cluster.updateSecret(changedData(frozen, { password: 'x' }), frozen.resourceVersion, ME);
        expect((await expectRefusal(other, 'Invalid')).what).toBe(
          'Secret contract/db is invalid: data: Forbidden: field is immutable when `immutable` is set',
        );
        const thawed = cluster.updateSecret(
          { ...changedData(frozen, {}), immutable: false },
          frozen.resourceVersion,
          ME,
        );
        expect((await expectRefusal(thawed, 'Invalid')).what).toBe(
          'Secret contract/db is invalid: immutable: Forbidden: field is immutable when `immutable` is set',
        );
        const labelled = { ...changedData(frozen, {}), labels: new Map([['team', 'a']]) };
        await cluster.updateSecret(labelled, frozen.resourceVersion, ME);
        expect(Object.fromEntries((await read()).labels)).toEqual({ team: 'a' });
      });
    });

    describe('ownedFields', () => {
      it('gives a changed key to who changed it and takes it from the others', async () => {
        const created = await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
        const live = await cluster.updateSecret(changedData(created, { a: 'x' }), created.resourceVersion, OTHER);
        expect(owned(live, ME)?.data).toEqual(['b']);
        expect(owned(live, OTHER)?.data).toEqual(['a']);
      });

      it('gives an added key to who added it and leaves unchanged ones with their owner', async () => {
        const created = await cluster.createSecret(desired({ values: { a: '1' } }), ME);
        const live = await cluster.updateSecret(changedData(created, { b: '2' }), created.resourceVersion, OTHER);
        expect(owned(live, ME)?.data).toEqual(['a']);
        expect(owned(live, OTHER)?.data).toEqual(['b']);
      });

      it('forgets a removed key, whoever owned it', async () => {
        const created = await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
        const live = await cluster.updateSecret(changedData(created, { a: undefined }), created.resourceVersion, OTHER);
        expect(owned(live, ME)?.data).toEqual(['b']);
        expect(owned(live, OTHER)).toBeUndefined();
      });

      it('treats labels and annotations alike', async () => {
        const created = await cluster.createSecret(
          desired({
            labels: new Map([
              ['team', 'a'],
              ['stays', '1'],
            ]),
          }),
          ME,
        );
        const wanted = {
          ...changedData(created, {}),
          labels: new Map([
            ['team', 'b'],
            ['stays', '1'],
          ]),
          annotations: new Map([['note', 'x']]),
        };
        const live = await cluster.updateSecret(wanted, created.resourceVersion, OTHER);
        expect(owned(live, ME)).toEqual({ manager: ME, data: ['password'], labels: ['stays'], annotations: [] });
        expect(owned(live, OTHER)).toEqual({ manager: OTHER, data: [], labels: ['team'], annotations: ['note'] });
      });

      it('never makes a manager the owner of a key that the user made and it left as it was', async () => {
        await open.given({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'db', namespace: NAMESPACE },
          data: { x: 'MQ==', user: 'YXBw' },
        });
        const before = await read();
        expectData(before, { x: '1', user: 'app' });
        const live = await cluster.updateSecret(
          changedData(before, { user: 'app', password: 'p' }),
          before.resourceVersion,
          ME,
        );
        expectData(live, { x: '1', user: 'app', password: 'p' });
        expect(owned(live, ME)?.data).toEqual(['password']);
      });

      it('keeps owners across reads by another client', async () => {
        const created = await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
        await cluster.updateSecret(changedData(created, { b: 'x' }), created.resourceVersion, ME);
        expect(owned(await read(), ME)?.data).toEqual(['a', 'b']);
      });
    });

    describe('deleteSecret', () => {
      it('deletes what was read', async () => {
        await cluster.deleteSecret(await cluster.createSecret(desired(), ME));
        expect(await cluster.getSecret(secretRef(NAMESPACE, 'db'))).toBeUndefined();
      });

      it('counts as done when the Secret is gone already', async () => {
        const created = await cluster.createSecret(desired(), ME);
        await cluster.deleteSecret(created);
        await expect(cluster.deleteSecret(created)).resolves.toEqual([]);
      });

      it('is a Conflict when the Secret changed since it was read, which then stays', async () => {
        const created = await cluster.createSecret(desired(), ME);
        await cluster.updateSecret(changedData(created, { password: 'second' }), created.resourceVersion, OTHER);
        await expectRefusal(cluster.deleteSecret(created), 'Conflict');
        expectData(await read(), { password: 'second' });
      });

      it('is a Conflict when another Secret has the name now', async () => {
        const created = await cluster.createSecret(desired(), ME);
        await cluster.deleteSecret(created);
        await cluster.createSecret(desired({ values: { password: 'new' } }), ME);
        await expectRefusal(cluster.deleteSecret(created), 'Conflict');
        expectData(await read(), { password: 'new' });
      });

      it('lets a new Secret of that name start without the owners of the old one', async () => {
        await cluster.deleteSecret(await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), OTHER));
        const live = await cluster.createSecret(desired({ values: { a: '1' } }), ME);
        expect(live.ownedFields.map((fields) => fields.manager)).toEqual([ME]);
      });
    });

    describe('listSecrets', () => {
      it('gives exactly those of the namespace with that label value, by name', async () => {
        const label = (value: string) => new Map([['owner', value]]);
        await cluster.createSecret(desired({ ref: secretRef(NAMESPACE, 'b'), labels: label('me') }), ME);
        await cluster.createSecret(desired({ ref: secretRef(NAMESPACE, 'a'), labels: label('me') }), ME);
        await cluster.createSecret(desired({ ref: secretRef(NAMESPACE, 'c'), labels: label('you') }), ME);
        await cluster.createSecret(desired({ ref: secretRef(NAMESPACE, 'd') }), ME);
        const found = await cluster.listSecrets(NAMESPACE, { key: 'owner', value: 'me' });
        expect(found.map((secret) => secret.ref.name)).toEqual(['a', 'b']);
        expect(await cluster.listSecrets('elsewhere', { key: 'owner', value: 'me' })).toEqual([]);
      });
    });

    describe('selectSecrets', () => {
      const select = async (selector: Partial<LabelSelector>, namespace = NAMESPACE): Promise<readonly string[]> => {
        const found = await cluster.selectSecrets(namespace, { matchLabels: {}, matchExpressions: [], ...selector });
        return found.map((secret) => secret.ref.name);
      };
      const expression = (key: string, operator: string, ...values: readonly string[]) => ({
        matchExpressions: [{ key, operator, values }],
      });

      beforeEach(async () => {
        const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
          d: {},
          b: { team: 'shop', 'example.com/tier': 'db' },
          a: { team: 'shop' },
          c: { team: 'ops', empty: '' },
        };
        for (const [name, own] of Object.entries(labels)) {
          const ref = secretRef(NAMESPACE, name);
          await cluster.createSecret(desired({ ref, labels: new Map(Object.entries(own)) }), ME);
        }
      });

      it.each<readonly [string, Partial<LabelSelector>, readonly string[]]>([
        ['an empty selector', {}, ['a', 'b', 'c', 'd']],
        ['one label', { matchLabels: { team: 'shop' } }, ['a', 'b']],
        ['two labels', { matchLabels: { team: 'shop', 'example.com/tier': 'db' } }, ['b']],
        ['an empty value', { matchLabels: { empty: '' } }, ['c']],
        ['In', expression('team', 'In', 'shop', 'ops'), ['a', 'b', 'c']],
        ['NotIn, which those without the label match', expression('team', 'NotIn', 'shop'), ['c', 'd']],
        ['Exists', expression('example.com/tier', 'Exists'), ['b']],
        ['DoesNotExist', expression('team', 'DoesNotExist'), ['d']],
        ['both', { matchLabels: { team: 'shop' }, ...expression('example.com/tier', 'DoesNotExist') }, ['a']],
        ['what no Secret has', { matchLabels: { team: 'other' } }, []],
      ])('gives exactly what %s selects, by name', async (_title, selector, names) => {
        expect(await select(selector)).toEqual(names);
      });

      it('gives nothing of other namespaces', async () => {
        expect(await select({}, 'elsewhere')).toEqual([]);
      });

      it.each<readonly [string, Partial<LabelSelector>, string]>([
        [
          'an operator that does not exist',
          expression('team', 'Equals', 'shop'),
          '"Equals" is no operator: In, NotIn, Exists, DoesNotExist',
        ],
        ['In without values', expression('team', 'In'), 'In for "team" has no values'],
        ['Exists with a value', expression('team', 'Exists', 'shop'), 'Exists for "team" has values'],
        ['a value that says more', { matchLabels: { team: 'shop,tier!=db' } }, '"shop,tier!=db" can stand in no label'],
        ['a key that says more', expression('team in (a),b', 'Exists'), '"team in (a),b" can stand in no label'],
        ['an empty key', { matchLabels: { '': 'shop' } }, '"" can stand in no label'],
      ])('refuses %s, which could pass for nothing', async (_title, selector, problem) => {
        const refusal = await expectRefusal(select(selector), 'Invalid');
        expect(refusal.what).toBe(`the labels that select Secrets of namespace ${NAMESPACE} are wrong: ${problem}`);
      });
    });

    describe('other objects', () => {
      it('reads the annotations of a ServiceAccount, and none that does not exist', async () => {
        const annotations = { 'azure.workload.identity/client-id': '11111111-2222-3333-4444-555555555555' };
        await open.given({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'sync', namespace: NAMESPACE, annotations },
        });
        expect(await cluster.getServiceAccount(NAMESPACE, 'sync')).toEqual({
          ref: { kind: 'ServiceAccount', namespace: NAMESPACE, name: 'sync' },
          annotations,
        });
        expect(await cluster.getServiceAccount(NAMESPACE, 'nope')).toBeUndefined();
      });

      it('reads the texts of a ConfigMap, and knows when there is none', async () => {
        const data = { 'a.yaml': 'x: {{ .y }}\n', empty: '' };
        await open.given({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'texts', namespace: NAMESPACE },
          data,
        });
        expect(await cluster.getConfigMap(NAMESPACE, 'texts')).toEqual({
          ref: { kind: 'ConfigMap', namespace: NAMESPACE, name: 'texts' },
          data: new Map(Object.entries(data)),
        });
        expect(await cluster.getConfigMap(NAMESPACE, 'nope')).toBeUndefined();
      });

      it('reads the labels of a Namespace, its name among them', async () => {
        await open.given({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: NAMESPACE, labels: { env: 'prod' } },
        });
        expect(await cluster.getNamespace(NAMESPACE)).toMatchObject({
          name: NAMESPACE,
          labels: { env: 'prod', 'kubernetes.io/metadata.name': NAMESPACE },
        });
      });

      it('tells a Namespace that is being deleted from one that is not', async () => {
        await open.given({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
        expect((await cluster.getNamespace(NAMESPACE))?.deleting).toBeUndefined();
        if (open.ending === undefined) return;
        await open.ending('contract-ending');
        expect((await cluster.getNamespace('contract-ending'))?.deleting).toBe(true);
      });

      it('lists the namespaces with their labels', async () => {
        await open.given({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: NAMESPACE, labels: { env: 'prod' } },
        });
        const listed = await cluster.listNamespaces();
        expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).sort());
        expect(listed.find(({ name }) => name === NAMESPACE)).toMatchObject({
          labels: { env: 'prod', 'kubernetes.io/metadata.name': NAMESPACE },
        });
      });

      it('lists a namespace that only has something in it', async () => {
        await open.given({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: NAMESPACE } });
        expect((await cluster.listNamespaces()).map(({ name }) => name)).toContain(NAMESPACE);
      });

      it(harness.issuesTokens ? 'issues a token for a ServiceAccount' : 'is Forbidden to issue tokens', async () => {
        await open.given({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'sync', namespace: NAMESPACE },
        });
        const token = cluster.requestToken(NAMESPACE, 'sync', ['api://AzureADTokenExchange']);
        if (harness.issuesTokens) expect(await token).not.toBe('');
        else await expectRefusal(token, 'Forbidden');
      });
    });
  });
}
