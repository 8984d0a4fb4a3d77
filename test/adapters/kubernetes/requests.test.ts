/** What API servers and things in between answer, and what a user is told. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/adapters/kubernetes/connection.ts';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { KubernetesObjects } from '../../../src/adapters/kubernetes/kubernetes-objects.ts';
import { secretMetadata } from '../../../src/adapters/kubernetes/secret-metadata.ts';
import { StateConfigMaps } from '../../../src/adapters/kubernetes/state-config-maps.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { ScriptedApiServer, status, type ScriptedAnswer } from './api-server.ts';

const DB = secretRef('shop', 'db');
const SECRET = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', uid: 'u' } };

let server: ScriptedApiServer;
let connection: Connection;
let cluster: KubernetesCluster;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  connection = server.connect();
  cluster = new KubernetesCluster(connection);
});
afterEach(async () => server.close());

async function refusalOf(...answers: readonly ScriptedAnswer[]): Promise<PortError> {
  server.answer(...answers);
  const error: unknown = await cluster.getSecret(DB).catch((reason: unknown) => reason);
  if (!(error instanceof PortError)) throw new Error('there was no refusal');
  return error;
}

const told = ({ kind, what, fix, whole }: PortError) => ({ kind, what, fix, whole });

describe('an answer of the API server', () => {
  it('names the rule that is missing, and the command that makes it', async () => {
    const message =
      'secrets "db" is forbidden: User "system:serviceaccount:shop:keyferry" cannot get resource "secrets" in API group "" in the namespace "shop"';
    expect(told(await refusalOf(status(403, 'Forbidden', message, { name: 'db', kind: 'secrets' })))).toEqual({
      kind: 'Forbidden',
      what: 'cluster shop-prd does not let "system:serviceaccount:shop:keyferry" get secrets "db" in namespace shop',
      fix: 'Add that rule to a role that is bound to it: kubectl create role NAME --verb=get --resource=secrets --resource-name=db -n shop.',
      whole: false,
    });
  });

  it('names an admission webhook without its message, which may hold values', async () => {
    const message = 'admission webhook "policy.example.com" denied the request: value canary is too weak';
    const refusal = await refusalOf(status(403, 'Forbidden', message));
    expect(told(refusal)).toEqual({
      kind: 'Forbidden',
      what: 'Secret shop/db is refused by the admission webhook policy.example.com of cluster shop-prd',
      fix: 'Ask who runs that policy; its own message may hold values and is not shown here.',
      whole: false,
    });
    expect(JSON.stringify(refusal)).not.toContain('canary');
  });

  it('names a quota', async () => {
    const message = 'secrets "db" is forbidden: exceeded quota: small, requested: count/secrets=1, used: 5, limited: 5';
    expect((await refusalOf(status(403, 'Forbidden', message))).what).toBe(
      'Secret shop/db would exceed the ResourceQuota small',
    );
  });

  it('counts its own 404 as absent', async () => {
    server.answer(status(404, 'NotFound', 'secrets "db" not found', { name: 'db', kind: 'secrets' }));
    expect(await cluster.getSecret(DB)).toBeUndefined();
  });

  it('says what to do about an expired login', async () => {
    expect(told(await refusalOf(status(401, 'Unauthorized', 'Unauthorized')))).toEqual({
      kind: 'Unauthenticated',
      what: 'cluster shop-prd does not accept the login (401)',
      fix: 'The token or certificate of the kubeconfig has expired, or is for another cluster: get a new one.',
      whole: true,
    });
  });

  it('keeps a value that the API server repeats to itself', async () => {
    const details = {
      causes: [{ field: 'metadata.labels', message: 'Invalid value: "canary \\" x": a valid label must be …' }],
    };
    const refusal = await refusalOf(status(422, 'Invalid', 'Secret "db" is invalid: … canary …', details));
    expect(told(refusal)).toMatchObject({
      kind: 'Invalid',
      what: 'Secret shop/db is invalid: metadata.labels: Invalid value: a valid label must be …',
    });
    expect(JSON.stringify(refusal)).not.toContain('canary');
  });

  it('is Invalid when the object is too large for a request', async () => {
    const refusal = await refusalOf(status(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'));
    expect(told(refusal)).toMatchObject({ kind: 'Invalid', what: 'Secret shop/db is invalid: RequestEntityTooLarge' });
  });
});

describe('a server-side apply', () => {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'job', namespace: 'shop' },
  };

  async function refusalOfApply(answer: ScriptedAnswer): Promise<PortError> {
    server.answer(answer);
    const objects = new KubernetesObjects(server.connect());
    const error: unknown = await objects.tryApply(role, 'keyferry').catch((reason: unknown) => reason);
    if (!(error instanceof PortError)) throw new Error('there was no refusal');
    return error;
  }

  it('names the rights that a Role would give and its author does not have, each once', async () => {
    const grant = (resource: string, name: string, verbs: string) =>
      `{APIGroups:["external-secrets.io"], Resources:["${resource}"], ResourceNames:["${name}"], Verbs:[${verbs}]}`;
    const message = [
      'roles.rbac.authorization.k8s.io "job" is forbidden: user "team" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:',
      grant('externalsecrets', 'a', '"get"'),
      grant('externalsecrets', 'b', '"get"'),
      grant('externalsecrets/status', 'a', '"patch"'),
    ].join('\n');
    expect(told(await refusalOfApply(status(403, 'Forbidden', message)))).toEqual({
      kind: 'Forbidden',
      what: 'cluster shop-prd does not let you make Role shop/job, because it gives rights that you do not have yourself: get externalsecrets.external-secrets.io; patch externalsecrets.external-secrets.io/status',
      fix: 'Ask who runs the cluster to give them to you, or have somebody deploy who has them.',
      whole: false,
    });
  });

  it('names the fields that somebody else set, and who that is', async () => {
    const cause = (field: string) => ({
      reason: 'FieldManagerConflict',
      message: 'conflict with "argocd-controller" using external-secrets.io/v1',
      field,
    });
    const details = { causes: [cause('.spec.refreshInterval'), cause('.spec.controller')] };
    expect(told(await refusalOfApply(status(409, 'Conflict', 'Apply failed with 2 conflicts', details)))).toEqual({
      kind: 'Conflict',
      what: 'Role shop/job has other values in spec.refreshInterval, spec.controller, set by "argocd-controller"',
      fix: 'It was left as it is. Let both say the same, or take the object out of one of the two.',
      whole: false,
    });
  });
});

describe('an answer of something else', () => {
  const page = '<html>login canary</html>';

  it('never counts as an absent Secret', async () => {
    const refusal = await refusalOf({ status: 404, body: page });
    expect(told(refusal)).toEqual({
      kind: 'Malformed',
      what: `https://127.0.0.1:${server.port}, where cluster shop-prd should be, answered 404 with something that no API server says`,
      fix: 'Check the server in the kubeconfig, and whether a proxy stands in between.',
      whole: true,
    });
    expect(JSON.stringify(refusal)).not.toContain('canary');
  });

  it('never counts as a Secret', async () => {
    expect((await refusalOf({ status: 200, body: page })).kind).toBe('Malformed');
  });
});

describe('the state', () => {
  it('says how it is kept elsewhere, where the namespace of the context allows nothing', async () => {
    const message =
      'configmaps "keyferry-state-0" is forbidden: User "dev" cannot get resource "configmaps" in API group "" in the namespace "default"';
    server.answer(status(403, 'Forbidden', message, { name: 'keyferry-state-0', kind: 'configmaps' }));
    const state = new StateConfigMaps(connection, { namespace: 'default', name: 'keyferry' });
    await expect(state.read()).rejects.toMatchObject({
      kind: 'Forbidden',
      what: 'cluster shop-prd does not let "dev" get configmaps "keyferry-state-0" in namespace default',
      fix: 'Add that rule to a role that is bound to it: kubectl create role NAME --verb=get --resource=configmaps --resource-name=keyferry-state-0 -n default. Or keep the state in another namespace: --installation-namespace.',
    });
  });
});

describe('repetition', () => {
  it('waits as long as the server asks, and no longer', async () => {
    server.answer(
      { ...status(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '7' } },
      { status: 200, body: SECRET },
    );
    expect((await cluster.getSecret(DB))?.uid).toBe('u');
    expect(server.clock.sleeps).toEqual([7_000]);
    expect(server.logger.records.map(({ message }) => message)).toEqual([
      'cluster shop-prd throttled, waiting 7 s (attempt 2 of 4)',
    ]);
  });

  it('invents the waits where the server asks for none, and gives up after four attempts', async () => {
    expect(told(await refusalOf(status(503, 'ServiceUnavailable', 'etcd canary')))).toEqual({
      kind: 'Unavailable',
      what: 'cluster shop-prd answered 503 (ServiceUnavailable) for Secret shop/db',
      fix: 'Nothing was changed that is not reported. Run again; if it stays, look at the API server.',
      whole: true,
    });
    expect(server.clock.sleeps).toEqual([2_000, 6_000, 18_000]);
    expect(server.requests).toHaveLength(4);
  });

  it('asks again when the connection broke', async () => {
    server.answer({ status: 0, reset: true }, { status: 200, body: SECRET });
    expect((await cluster.getSecret(DB))?.uid).toBe('u');
  });

  it('asks a server that was never reached twice, and explains after seconds', async () => {
    expect((await refusalOf({ status: 0, reset: true })).what).toMatch(/^cluster shop-prd did not answer \(/u);
    expect(server.requests).toHaveLength(2);
    expect(server.clock.sleeps).toEqual([2_000]);
    expect(server.logger.records.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^cluster shop-prd did not answer \([A-Z_]+\), waiting 2 s \(attempt 2 of 2\)$/u),
    ]);
  });

  it('does not ask again where the first silence was a long one', async () => {
    await refusalOf({ status: 0, reset: true, afterMs: 30_000 });
    expect([server.requests.length, server.clock.sleeps]).toEqual([1, []]);
  });

  it.each([
    ['any answer', status(404, 'NotFound', 'secrets "db" not found', { name: 'db', kind: 'secrets' })],
    ['an answer of something in between', { status: 502, body: '<html>' }],
  ])('is patient with a server that was reached: %s', async (_title, answer) => {
    server.answer(answer, { status: 0, reset: true });
    const metadata = secretMetadata(connection);
    await cluster.getSecret(DB).catch(() => undefined);
    server.clock.sleeps.splice(0);
    server.requests.splice(0);
    await refusalOf({ status: 0, reset: true });
    await metadata.getSecret(DB).catch(() => undefined);
    expect(server.clock.sleeps).toEqual([2_000, 6_000, 18_000, 2_000, 6_000, 18_000]);
    expect(server.requests).toHaveLength(8);
  });

  it('does not repeat what another attempt cannot change', async () => {
    await refusalOf(status(403, 'Forbidden', 'no'));
    expect(server.requests).toEqual(['GET /api/v1/namespaces/shop/secrets/db']);
  });
});

describe('listSecrets', () => {
  it('reads page by page to the end', async () => {
    const page = (name: string, next: string): ScriptedAnswer => ({
      status: 200,
      body: {
        kind: 'SecretList',
        metadata: { continue: next },
        items: [{ metadata: { name, namespace: 'shop', labels: { team: 'a' } } }],
      },
    });
    server.answer(page('a', 'next page'), page('b', ''));
    const found = await cluster.listSecrets('shop', { key: 'team', value: 'a' });
    expect(found.map(({ ref }) => ref.name)).toEqual(['a', 'b']);
    expect(server.requests).toEqual([
      'GET /api/v1/namespaces/shop/secrets?labelSelector=team%3Da&limit=500',
      'GET /api/v1/namespaces/shop/secrets?labelSelector=team%3Da&limit=500&continue=next+page',
    ]);
  });
});

describe('selectSecrets', () => {
  it('asks with the selector as text, sorted', async () => {
    server.answer({ status: 200, body: { kind: 'SecretList', metadata: {}, items: [] } });
    await cluster.selectSecrets('shop', {
      matchLabels: { team: 'a', 'example.com/app': '' },
      matchExpressions: [
        { key: 'tier', operator: 'NotIn', values: ['web', 'db'] },
        { key: 'zone', operator: 'In', values: ['b', 'a'] },
        { key: 'old', operator: 'DoesNotExist', values: [] },
        { key: 'on', operator: 'Exists', values: [] },
      ],
    });
    const [path, query] = (server.requests[0] ?? '').split('?');
    expect(path).toBe('GET /api/v1/namespaces/shop/secrets');
    expect(new URLSearchParams(query).get('labelSelector')).toBe(
      '!old,example.com/app=,on,team=a,tier notin (db,web),zone in (a,b)',
    );
  });

  it('asks for every Secret of the namespace without a selector', async () => {
    server.answer({ status: 200, body: { kind: 'SecretList', metadata: {}, items: [] } });
    await cluster.selectSecrets('shop', { matchLabels: {}, matchExpressions: [] });
    expect(server.requests).toEqual(['GET /api/v1/namespaces/shop/secrets?limit=500']);
  });

  it('sends nothing where the selector would say something else', async () => {
    const selector = { matchLabels: { team: 'a,b' }, matchExpressions: [] };
    await expect(cluster.selectSecrets('shop', selector)).rejects.toMatchObject({
      kind: 'Invalid',
      what: 'the labels that select Secrets of namespace shop are wrong: "a,b" can stand in no label',
      fix: 'Correct matchLabels or matchExpressions.',
    });
    expect(server.requests).toEqual([]);
  });
});

describe('getNamespace', () => {
  const namespace = (metadata: object): ScriptedAnswer => ({
    status: 200,
    body: { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'shop', labels: { env: 'prd' }, ...metadata } },
  });

  it('says that a namespace is being deleted', async () => {
    server.answer(namespace({ deletionTimestamp: '2026-01-01T00:00:00Z' }), namespace({ deletionTimestamp: null }));
    const labels = { env: 'prd' };
    expect(await cluster.getNamespace('shop')).toEqual({ name: 'shop', labels, deleting: true });
    expect(await cluster.getNamespace('shop')).toEqual({ name: 'shop', labels });
  });
});

describe('connections', () => {
  it('are shared by requests that follow each other', async () => {
    server.answer({ status: 200, body: SECRET });
    for (let count = 0; count < 10; count += 1) await cluster.getSecret(DB);
    expect(server.requests).toHaveLength(10);
    // A second one may open before the first is free again.
    expect(server.connections).toBeLessThanOrEqual(2);
  });
});
