/** Answers larger than memory should hold. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { KubernetesCluster } from '../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { secretRef } from '../../src/core/model/secret.ts';
import { ScriptedApiServer } from '../adapters/kubernetes/api-server.ts';

const DB = secretRef('shop', 'db');

let server: ScriptedApiServer;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
});
afterEach(async () => server.close());

describe('an answer', () => {
  it('of an API server that is larger than anything an API server holds is given up', async () => {
    const cluster = new KubernetesCluster(server.connect());
    server.answer({ status: 200, body: Buffer.alloc(260 * 1024 * 1024) });
    expect(await cluster.getSecret(DB).catch((error: unknown) => error)).toMatchObject({
      kind: 'Malformed',
      what: 'cluster shop-prd answered with more than 256 MiB',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('of an API server that is compressed, which nobody asked for, is not unpacked', async () => {
    const cluster = new KubernetesCluster(server.connect());
    const body = gzipSync(Buffer.alloc(260 * 1024 * 1024), { level: 1 });
    server.answer({ status: 200, body, headers: { 'content-encoding': 'gzip' } });
    expect(await cluster.getSecret(DB).catch((error: unknown) => error)).toMatchObject({
      kind: 'Malformed',
      what: `https://127.0.0.1:${server.port}, where cluster shop-prd should be, answered 200 with something that no API server says`,
    });
    expect(server.requests).toHaveLength(1);
  });
});
