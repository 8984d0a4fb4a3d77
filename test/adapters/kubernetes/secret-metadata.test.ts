/** Secrets of which only metadata is asked: no value may even be sent. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { secretMetadata } from '../../../src/adapters/kubernetes/secret-metadata.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { withoutValues } from '../../../src/engine/sync/without-values.ts';
import type { ClusterReader } from '../../../src/ports/cluster.ts';
import { ScriptedApiServer, status } from './api-server.ts';

const METADATA = {
  name: 'db',
  namespace: 'shop',
  uid: 'u',
  resourceVersion: '7',
  labels: { team: 'shop' },
  annotations: { 'reconcile.external-secrets.io/data-hash': 'canary-hash', other: 'x' },
  managedFields: [
    { manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': { 'f:password': {} } } },
    { manager: 'two', operation: 'Update', fieldsV1: { 'f:data': { 'f:user': {} } } },
  ],
};
const PARTIAL = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: METADATA };

let server: ScriptedApiServer;
let cluster: ClusterReader;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  const connection = server.connect();
  cluster = withoutValues(new KubernetesCluster(connection), secretMetadata(connection));
});
afterEach(async () => server.close());

describe('a Secret without its values', () => {
  it('is asked for as metadata, and has the keys that somebody owns', async () => {
    server.answer({ status: 200, body: PARTIAL });
    const secret = await cluster.getSecret(secretRef('shop', 'db'));
    expect(server.accepts).toEqual(['application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1']);
    expect(server.requests).toEqual(['GET /api/v1/namespaces/shop/secrets/db']);
    expect([...secret!.data].map(([key, value]) => [key, value.isOpaque])).toEqual([
      ['password', true],
      ['user', true],
    ]);
    expect([secret!.resourceVersion, secret!.labels.get('team')]).toEqual(['7', 'shop']);
  });

  it('shows no hash of its data, which is as good as a short value', async () => {
    server.answer({ status: 200, body: PARTIAL });
    const secret = await cluster.getSecret(secretRef('shop', 'db'));
    expect(Object.fromEntries(secret!.annotations)).toEqual({
      'reconcile.external-secrets.io/data-hash': '[redacted]',
      other: 'x',
    });
  });

  it('is found by label in a list of metadata', async () => {
    const list = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: {}, items: [PARTIAL] };
    server.answer({ status: 200, body: list });
    const secrets = await cluster.listSecrets('shop', { key: 'team', value: 'shop' });
    expect(server.accepts).toEqual(['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1']);
    expect(secrets.map(({ ref }) => ref.name)).toEqual(['db']);
  });

  it('is selected by labels in a list of metadata', async () => {
    const list = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: {}, items: [PARTIAL] };
    server.answer({ status: 200, body: list });
    const selector = { matchLabels: {}, matchExpressions: [{ key: 'team', operator: 'Exists', values: [] }] };
    const secrets = await cluster.selectSecrets('shop', selector);
    expect(server.accepts).toEqual(['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1']);
    expect(secrets.map(({ data }) => [...data.values()].every(({ isOpaque }) => isOpaque))).toEqual([true]);
  });

  it('is not asked for in another way where the API server cannot answer so', async () => {
    server.answer(status(406, 'NotAcceptable', 'only the following media types are accepted: application/json'));
    await expect(cluster.getSecret(secretRef('shop', 'db'))).rejects.toThrow();
    expect(server.requests).toHaveLength(1);
  });

  it('does not keep ConfigMaps from being read whole', async () => {
    server.answer({
      status: 200,
      body: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'texts', namespace: 'shop' }, data: { a: 'b' } },
    });
    expect((await cluster.getConfigMap('shop', 'texts'))?.data).toEqual(new Map([['a', 'b']]));
    expect(server.accepts).toEqual(['application/json']);
  });

  it('cannot be written', () => {
    expect(Object.keys(cluster).filter((name) => /^(create|update|delete)/u.test(name))).toEqual([]);
  });
});
