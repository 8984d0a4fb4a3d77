/** What a write insists on, so that nobody else's change is lost, and what a deletion has really done. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { KubernetesObjects } from '../../../src/adapters/kubernetes/kubernetes-objects.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { ScriptedApiServer, status } from './api-server.ts';

const METADATA = { name: 'db', namespace: 'shop', uid: 'uid-1', resourceVersion: '41' };
const SECRET = { kind: 'Secret', apiVersion: 'v1', metadata: METADATA, data: { a: 'MQ==' } };
const GONE = { status: 200, body: { kind: 'Status', apiVersion: 'v1', status: 'Success', details: { name: 'db' } } };
const HELD = {
  status: 200,
  body: {
    ...SECRET,
    metadata: { ...METADATA, deletionTimestamp: '2026-06-01T12:00:00Z', finalizers: ['example.com/hold'] },
  },
};

let server: ScriptedApiServer;
let cluster: KubernetesCluster;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  cluster = new KubernetesCluster(server.connect());
});
afterEach(async () => server.close());

async function live(): Promise<LiveSecret> {
  server.answer({ status: 200, body: SECRET });
  const found = await cluster.getSecret(secretRef('shop', 'db'));
  if (found === undefined) throw new Error('there is none');
  return found;
}

const sent = () => JSON.parse(server.bodies.at(-1) ?? '{}') as Record<string, unknown>;

describe('a Secret', () => {
  it('is replaced only as it was read', async () => {
    const before = await live();
    await cluster.updateSecret(before, before.resourceVersion, 'me');
    expect(server.requests.at(-1)).toBe('PUT /api/v1/namespaces/shop/secrets/db?fieldManager=me');
    expect(sent()['metadata']).toMatchObject({ name: 'db', namespace: 'shop', resourceVersion: '41' });
  });

  it('is created only where there is none', async () => {
    await cluster.createSecret(await live(), 'me');
    expect(server.requests.at(-1)).toMatch(/^PATCH /u);
    expect(sent()['metadata']).toMatchObject({ resourceVersion: '1' });
  });

  it('is deleted only as it was read', async () => {
    const before = await live();
    server.answer(GONE);
    expect(await cluster.deleteSecret(before)).toEqual([]);
    expect(server.requests.at(-1)).toBe('DELETE /api/v1/namespaces/shop/secrets/db');
    expect(sent()['preconditions']).toEqual({ uid: 'uid-1', resourceVersion: '41' });
  });

  it('that a finalizer holds is not gone', async () => {
    const before = await live();
    server.answer(HELD);
    expect(await cluster.deleteSecret(before)).toEqual(['example.com/hold']);
  });

  it('that is gone already is gone', async () => {
    const before = await live();
    server.answer(status(404, 'NotFound', 'secrets "db" not found', { name: 'db', kind: 'secrets' }));
    expect(await cluster.deleteSecret(before)).toEqual([]);
  });
});

describe('an object of the installation', () => {
  it('that a finalizer holds is not gone', async () => {
    server.answer(HELD);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'db' };
    expect(await new KubernetesObjects(server.connect()).delete(ref)).toEqual(['example.com/hold']);
  });
});
