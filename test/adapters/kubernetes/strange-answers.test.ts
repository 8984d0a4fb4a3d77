/** Answers that would send a client elsewhere, go on for ever, fill its memory, or are about something else. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { ScriptedApiServer, status as statusAnswer } from './api-server.ts';

const DB = secretRef('shop', 'db');
const SECRET = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', labels: { a: 'b' } } };

let server: ScriptedApiServer;
let cluster: KubernetesCluster;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  cluster = new KubernetesCluster(server.connect());
});
afterEach(async () => server.close());

async function told(asking: Promise<unknown>): Promise<Pick<PortError, 'kind' | 'what'>> {
  const error: unknown = await asking.catch((reason: unknown) => reason);
  if (!(error instanceof PortError)) throw new Error('there was no refusal');
  return { kind: error.kind, what: error.what };
}

const noApiServer = () =>
  `https://127.0.0.1:${server.port}, where cluster shop-prd should be, answered 200 with something that no API server says`;

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('is not followed, and nothing of a Secret is sent there: %i', async (status) => {
    const elsewhere = await ScriptedApiServer.start();
    try {
      elsewhere.answer({ status: 200, body: SECRET });
      const location = `https://127.0.0.1:${elsewhere.port}/api/v1/namespaces/shop/secrets/db`;
      server.answer({ status, headers: { location } });
      const live = { ref: DB, data: new Map(), labels: new Map(), annotations: new Map() };
      const secret = { ...live, ownerReferences: [], finalizers: [] } as unknown as LiveSecret;
      for (const asking of [cluster.getSecret(DB), cluster.updateSecret(secret, '1', 'me')]) {
        expect(await told(asking)).toEqual({
          kind: 'Malformed',
          what: `https://127.0.0.1:${server.port}, where cluster shop-prd should be, sends requests on to another address`,
        });
      }
      expect([elsewhere.connections, server.requests.length]).toEqual([0, 2]);
    } finally {
      await elsewhere.close();
    }
  });
});

describe('a list', () => {
  const label = { key: 'a', value: 'b' };
  const page = (more: string) => ({
    status: 200,
    body: { kind: 'SecretList', metadata: { continue: more }, items: [SECRET] },
  });

  it('is read to its end', async () => {
    server.answer(page('one'), page('two'), page(''));
    expect(await cluster.listSecrets('shop', label)).toHaveLength(3);
  });

  it('that continues with itself is none', async () => {
    server.answer(page('one'), page('two'), page('one'));
    expect(await told(cluster.listSecrets('shop', label))).toEqual({ kind: 'Malformed', what: noApiServer() });
    expect(server.requests).toHaveLength(3);
  });

  it('that does not end in time is given up', async () => {
    let pages = 0;
    server.answer(...Array.from({ length: 100 }, () => ({ ...page(`page-${pages++}`), afterMs: 25_000 })));
    expect(await told(cluster.listSecrets('shop', label))).toEqual({
      kind: 'Unavailable',
      what: 'cluster shop-prd did not answer (ETIMEDOUT)',
    });
    expect(server.requests.length).toBeLessThan(30);
  });

  it('with something else among its items is none', async () => {
    server.answer({ status: 200, body: { kind: 'SecretList', metadata: {}, items: [SECRET, null] } });
    expect(await told(cluster.listSecrets('shop', label))).toEqual({ kind: 'Malformed', what: noApiServer() });
  });
});

describe('a list of selected Secrets', () => {
  const selector = { matchLabels: { a: 'b' }, matchExpressions: [] };
  const metadata = { name: 'other', namespace: 'shop', labels: { a: 'b' } };

  it.each([
    ['of another namespace', { metadata: { ...metadata, namespace: 'elsewhere' } }],
    ['without a namespace', { metadata: { name: 'other', labels: { a: 'b' } } }],
    ['with other labels', { metadata: { ...metadata, labels: { a: 'c' } } }],
    ['without labels', { metadata: { name: 'other', namespace: 'shop' } }],
  ])('with one %s is none', async (_name, item) => {
    server.answer({ status: 200, body: { kind: 'SecretList', metadata: {}, items: [SECRET, item] } });
    expect(await told(cluster.selectSecrets('shop', selector))).toEqual({ kind: 'Malformed', what: noApiServer() });
  });

  it('that was cut in the middle is an error, not a shorter list', async () => {
    server.answer(
      { status: 200, body: { kind: 'SecretList', metadata: { continue: 'more' }, items: [SECRET] } },
      statusAnswer(410, 'Expired', 'The provided continue parameter is too old'),
    );
    expect(await told(cluster.selectSecrets('shop', selector))).toEqual({
      kind: 'Unavailable',
      what: 'cluster shop-prd answered 410 (Expired) for Secret shop/*',
    });
  });
});

describe('an answer', () => {
  it.each([
    ['of another name', { ...SECRET, metadata: { name: 'other', namespace: 'shop' } }],
    ['of another namespace', { ...SECRET, metadata: { name: 'db', namespace: 'elsewhere' } }],
    ['without metadata', { kind: 'Secret', data: { a: 'MQ==' } }],
    ['with data that are no texts', { ...SECRET, data: { a: 1 } }],
  ])('%s does not stand for the Secret that was asked for', async (_name, body) => {
    server.answer({ status: 200, body });
    expect(await told(cluster.getSecret(DB))).toEqual({ kind: 'Malformed', what: noApiServer() });
  });
});

describe('a port', () => {
  it('to which browsers do not connect is connected to', async () => {
    const reached = new KubernetesCluster(server.connect({ server: 'https://127.0.0.1:6000' }));
    expect(await told(reached.getSecret(DB))).toEqual({
      kind: 'Unavailable',
      what: 'cluster shop-prd did not answer (ECONNREFUSED)',
    });
  });
});

describe('a token', () => {
  it('that ends with a line break, as files do, is sent without it', async () => {
    server.answer({ status: 200, body: SECRET });
    await new KubernetesCluster(server.connect({}, { token: 'abc\n' })).getSecret(DB);
    expect(server.authorizations).toEqual(['Bearer abc']);
  });

  it('that no header can hold is a login that does not work', async () => {
    const broken = new KubernetesCluster(server.connect({}, { token: 'a\nb' }));
    expect(await told(broken.getSecret(DB))).toEqual({
      kind: 'Unauthenticated',
      what: 'the login to cluster shop-prd did not work (UND_ERR_INVALID_ARG)',
    });
    expect(server.requests).toEqual([]);
  });
});
