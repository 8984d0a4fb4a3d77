import { beforeEach, describe, expect, it } from '@jest/globals';
import { secretRef } from '../../src/core/model/secret.ts';
import { PortError } from '../../src/ports/errors.ts';
import { changedData, desired, expectRefusal } from '../contract/cluster-contract.ts';
import { FakeClock, InMemoryCluster, InMemoryManifestSource, InMemoryState, type KubernetesObject } from './index.ts';

const DB = secretRef('contract', 'db');
const ME = 'me';

describe('InMemoryCluster', () => {
  let cluster: InMemoryCluster;
  beforeEach(() => {
    cluster = new InMemoryCluster({ clock: new FakeClock('2026-03-01T00:00:00.5Z') });
  });

  const externalSecret = (spec: object, metadata: object = {}): KubernetesObject => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'contract', ...metadata },
    spec,
  });
  const secret = (metadata: object, data: Record<string, string> = { x: 'MQ==' }): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'contract', ...metadata },
    data,
  });
  const get = (kind = 'ExternalSecret'): KubernetesObject | undefined => cluster.get(kind, 'contract', 'db');

  describe('custom resources', () => {
    it('raises the generation when the spec changes, and then only', () => {
      const first = cluster.apply(externalSecret({ a: 1 }));
      expect(first.metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-03-01T00:00:00Z' });
      expect(cluster.apply(externalSecret({ a: 1 })).metadata).toEqual(first.metadata);
      expect(cluster.apply(externalSecret({ a: 1 }, { labels: { team: 'a' } })).metadata.generation).toBe(1);
      const changed = cluster.apply(externalSecret({ a: 2 }));
      expect(changed.metadata).toMatchObject({ generation: 2, uid: first.metadata.uid });
    });

    it('keeps the status when the user applies, and ignores the one of a manifest', () => {
      cluster.apply({ ...externalSecret({ a: 1 }), status: { binding: { name: 'forged' } } });
      expect(get()?.status).toBeUndefined();
      cluster.setStatus({ kind: 'ExternalSecret', namespace: 'contract', name: 'db' }, { binding: { name: 'db' } });
      cluster.apply(externalSecret({ a: 2 }));
      expect(get()?.status).toEqual({ binding: { name: 'db' } });
    });

    it('patches metadata, spec and status; null removes a key', () => {
      cluster.apply(externalSecret({ a: 1, b: 2 }, { labels: { team: 'a', stays: '1' } }));
      const { kind, metadata } = externalSecret({});
      cluster.patch({
        kind,
        metadata: { ...metadata, labels: { team: null } } as unknown as KubernetesObject['metadata'],
      });
      expect(get()?.metadata).toMatchObject({ labels: { stays: '1' }, generation: 1 });
      cluster.patch({ kind, metadata, spec: { b: null }, status: { refreshTime: '2020-01-01T00:00:00Z' } });
      expect(get()).toMatchObject({
        spec: { a: 1 },
        status: { refreshTime: '2020-01-01T00:00:00Z' },
        metadata: { generation: 2 },
      });
      cluster.patch({ kind, metadata, status: { refreshTime: null } });
      expect(get()?.status).toEqual({});
    });

    it('is given as manifests of the home cluster, with uid, generation and status', async () => {
      cluster.apply(externalSecret({ a: 1 }));
      cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'contract' } });
      const { documents } = await new InMemoryManifestSource(cluster).load();
      expect(documents.map(({ home }) => home)).toEqual(['cluster']);
      expect(documents[0]?.value).toEqual(get());
    });

    it('keeps other fields of a status when the state is written', async () => {
      cluster.apply(externalSecret({}));
      const ref = { kind: 'ExternalSecret', namespace: 'contract', name: 'db' };
      cluster.setStatus(ref, { other: 1, refreshTime: '2020-01-01T00:00:00Z' });
      await new InMemoryState(cluster).write(ref, { binding: 'db', conditions: [], lastTarget: 'db' });
      expect(get()?.status).toEqual({ other: 1, binding: { name: 'db' }, conditions: [] });
    });

    it('is NotFound to write the state of an object that is gone', async () => {
      const ref = { kind: 'ExternalSecret', namespace: 'contract', name: 'db' };
      await expectRefusal(new InMemoryState(cluster).write(ref, { binding: '', conditions: [] }), 'NotFound');
    });
  });

  describe('Secrets that the user changes', () => {
    it('takes keys of a patch from their owner', async () => {
      await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
      cluster.patch(secret({}, { a: 'eA==' }));
      expect(cluster.fieldOwners('contract', 'db')).toEqual([
        { manager: ME, operation: 'Apply', data: ['b'], labels: [], annotations: [] },
        { manager: 'kubectl', operation: 'Update', data: ['a'], labels: [], annotations: [] },
      ]);
    });

    it('tells Apply and Update of one manager apart, and merges them when read', async () => {
      const created = await cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
      const live = await cluster.updateSecret(changedData(created, { a: 'x' }), created.resourceVersion, ME);
      expect(cluster.fieldOwners('contract', 'db').map(({ operation, data }) => [operation, data])).toEqual([
        ['Apply', ['b']],
        ['Update', ['a']],
      ]);
      expect(live.ownedFields).toEqual([{ manager: ME, data: ['a', 'b'], labels: [], annotations: [] }]);
    });

    it('shows them as the API server does', () => {
      cluster.apply({ ...secret({ labels: { a: 'b' } }), stringData: { y: '2' }, immutable: true });
      expect(get('Secret')).toEqual({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'db',
          namespace: 'contract',
          uid: '00000000-0000-4000-8000-000000000001',
          resourceVersion: '1',
          creationTimestamp: '2026-03-01T00:00:00Z',
          labels: { a: 'b' },
        },
        type: 'Opaque',
        immutable: true,
        data: { x: 'MQ==', y: 'Mg==' },
      });
    });
  });

  describe('garbage collection', () => {
    const owner = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'db' };

    it('gives an owner without uid the uid of the object it names, and deletes with it', () => {
      cluster.applyAll([secret({ ownerReferences: [owner] }), externalSecret({})]);
      expect(get('Secret')?.metadata.ownerReferences).toEqual([{ ...owner, uid: get()?.metadata.uid }]);
      expect(cluster.delete('ExternalSecret', 'contract', 'db')).toBe(true);
      expect(get('Secret')).toBeUndefined();
    });

    it('takes only the reference away where another owner is left', () => {
      const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'release' };
      cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'release', namespace: 'contract' } });
      cluster.apply(externalSecret({}));
      cluster.apply(secret({ ownerReferences: [owner, other] }));
      cluster.delete('ExternalSecret', 'contract', 'db');
      expect(get('Secret')?.metadata.ownerReferences).toMatchObject([other]);
    });

    it('leaves a Secret whose owner of that name is another object', async () => {
      cluster.apply(externalSecret({}));
      await cluster.createSecret(desired({ ownerReferences: [{ ...owner, uid: 'of-an-older-one' }] }), ME);
      cluster.delete('ExternalSecret', 'contract', 'db');
      expect(get('Secret')).toBeDefined();
      cluster.collectGarbage();
      expect(get('Secret')).toBeUndefined();
    });

    it('keeps what has finalizers, marked as deleting, until the last is gone', async () => {
      const created = await cluster.createSecret(desired({ finalizers: ['example.com/keep'] }), ME);
      await cluster.deleteSecret(created);
      const live = (await cluster.getSecret(DB))!;
      expect(live.deleting).toBe(true);
      const more = cluster.updateSecret(
        { ...changedData(live, {}), finalizers: ['example.com/keep', 'example.com/new'] },
        live.resourceVersion,
        ME,
      );
      await expectRefusal(more, 'Invalid');
      await cluster.updateSecret({ ...changedData(live, {}), finalizers: [] }, live.resourceVersion, ME);
      expect(await cluster.getSecret(DB)).toBeUndefined();
    });

    it('empties a namespace that is deleted, and refuses new Secrets in one that is going', async () => {
      cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } });
      cluster.apply(secret({}));
      cluster.delete('Namespace', undefined, 'contract');
      expect(cluster.objects()).toEqual([]);
      cluster.terminate('contract');
      const refusal = await expectRefusal(cluster.createSecret(desired(), ME), 'Forbidden');
      expect(refusal.code).toBe('NamespaceTerminating');
    });
  });

  describe('hooks', () => {
    it('refuse an operation, which is logged all the same', async () => {
      const denied = new PortError({ kind: 'Forbidden', what: 'denied', fix: 'Ask.' });
      const stop = cluster.onBefore(({ verb }) => {
        if (verb === 'createSecret') throw denied;
      });
      await expect(cluster.createSecret(desired(), ME)).rejects.toBe(denied);
      expect(get('Secret')).toBeUndefined();
      expect(cluster.operations).toEqual([{ verb: 'createSecret', ref: DB, manager: ME }]);
      stop();
      await cluster.createSecret(desired(), ME);
    });

    it('can change the cluster behind the program, so that it meets a Conflict', async () => {
      const created = await cluster.createSecret(desired(), ME);
      cluster.onBefore(({ verb }) => {
        if (verb === 'updateSecret') cluster.patch(secret({}, { x: 'MQ==' }));
      });
      await expectRefusal(
        cluster.updateSecret(changedData(created, { a: '1' }), created.resourceVersion, ME),
        'Conflict',
      );
    });

    it('see writes of the status', async () => {
      cluster.apply(externalSecret({}));
      const ref = { kind: 'ExternalSecret', namespace: 'contract', name: 'db' };
      await new InMemoryState(cluster).write(ref, { binding: '', conditions: [] });
      expect(cluster.operations).toEqual([{ verb: 'writeStatus', ref }]);
    });
  });

  it('signs tokens of ServiceAccounts that exist', async () => {
    const signing = new InMemoryCluster({
      sign: ({ namespace, name, audiences }) => [namespace, name, ...audiences].join('|'),
    });
    signing.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sync', namespace: 'contract' } });
    expect(await signing.requestToken('contract', 'sync', ['a', 'b'])).toBe('contract|sync|a|b');
    await expectRefusal(signing.requestToken('contract', 'nope', []), 'NotFound');
  });
});
