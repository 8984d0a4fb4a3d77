/** From a kubeconfig, or a pod's files, to a client: what works, what is refused, and what is never printed. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectByKubeconfig,
  connectInCluster,
  type ConnectionOptions,
} from '../../../src/adapters/kubernetes/connection.ts';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { ConnectProxy } from '../../servers/index.ts';
import { ScriptedApiServer } from './api-server.ts';

const DB = secretRef('shop', 'db');
const SECRET = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', uid: 'u' } };

let server: ScriptedApiServer;
let folder: string;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  server.answer({ status: 200, body: SECRET });
  folder = await mkdtemp(join(tmpdir(), 'keyferry-connection-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function options(environment: Readonly<Record<string, string>> = {}): ConnectionOptions {
  const { clock, logger, masker } = server;
  return { clock, logger, masker, random: () => 0.5, environment };
}

function connectTo(text: string, context?: string) {
  return connectByKubeconfig([{ text, name: 'the file ./kubeconfig' }], context, options());
}

function refusalOf(connect: () => unknown): Pick<PortError, 'what' | 'fix'> {
  try {
    connect();
  } catch (error) {
    if (error instanceof PortError) return { what: error.what, fix: error.fix };
    throw error;
  }
  throw new Error('there was no refusal');
}

async function refusedRead(cluster: object, user: object): Promise<PortError> {
  const connection = server.connect(cluster as never, user as never);
  const error: unknown = await new KubernetesCluster(connection).getSecret(DB).catch((reason: unknown) => reason);
  if (!(error instanceof PortError)) throw new Error('there was no refusal');
  return error;
}

const WORKING = 'Give a kubeconfig with which kubectl works, as a file or as its text.';

describe('a kubeconfig', () => {
  it('is used with its token, its authority and its namespace', async () => {
    const connection = server.connect();
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
    expect(server.authorizations).toEqual(['Bearer token-of-test']);
    const { description, namespace, contextNamespace } = connection;
    expect({ description, namespace, contextNamespace }).toEqual({
      description: 'cluster shop-prd',
      namespace: 'shop',
      contextNamespace: 'shop',
    });
  });

  it('has every login masked before anything is sent, also of users that are not used', () => {
    const config = JSON.parse(server.kubeconfig()) as { users: object[] };
    config.users.push({ name: 'other', user: { username: 'x', password: 'password-of-other' } });
    connectTo(JSON.stringify(config));
    expect(server.masker.hasMasked('token-of-test')).toBe(true);
    expect(server.masker.hasMasked('password-of-other')).toBe(true);
  });

  it.each([
    [
      'no YAML',
      '{{',
      'the file ./kubeconfig is no kubeconfig: it cannot be read as YAML with clusters, contexts and users',
    ],
    [
      'nothing',
      '',
      'the file ./kubeconfig is no kubeconfig: it cannot be read as YAML with clusters, contexts and users',
    ],
    ['without clusters', '{users: [], contexts: []}', 'the file ./kubeconfig holds no clusters'],
  ])('is refused when it is %s', (_title, text, what) => {
    expect(refusalOf(() => connectTo(text))).toEqual({ what, fix: WORKING });
  });

  it('is refused with the contexts that it has when the one asked for is missing', () => {
    expect(refusalOf(() => connectTo(server.kubeconfig(), 'prd'))).toEqual({
      what: 'the file ./kubeconfig has no context "prd"',
      fix: 'Choose one with --context: shop-prd.',
    });
  });

  it('is refused when it would send the token without encryption', () => {
    const text = server.kubeconfig({ server: 'http://127.0.0.1:8080' });
    expect(refusalOf(() => connectTo(text))).toEqual({
      what: 'cluster shop-prd would be reached without encryption',
      fix: WORKING,
    });
  });

  it('is refused when its context names a cluster that is not in it', () => {
    const text = server.kubeconfig({}, {}).replace('"cluster":"c"', '"cluster":"d"');
    expect(refusalOf(() => connectTo(text)).what).toBe(
      'context shop-prd of the file ./kubeconfig names a cluster that is not in it',
    );
  });

  it.each([
    ['exec', { exec: { command: 'sh', args: ['-c', 'curl'] } }],
    ['auth-provider', { 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'sh' } } }],
  ])('is refused when it has a program run (%s), where that is not allowed', (field, user) => {
    const files = [{ text: server.kubeconfig({}, user), name: 'the kubeconfig' }];
    expect(refusalOf(() => connectByKubeconfig(files, undefined, { ...options(), allowExec: false }))).toEqual({
      what: `user u of the kubeconfig logs in with a program (${field}), and a step runs none that a kubeconfig names`,
      fix: 'Give --aks-cluster for a cluster of AKS; a kubeconfig with a token, as Rancher makes them; or allow-exec: true, if whoever can write that kubeconfig may run programs here.',
    });
  });

  const onUnix = process.platform === 'win32' || 'WINEPREFIX' in process.env ? it.skip : it;

  onUnix.each([
    ['certificate-authority', { 'certificate-authority': '/dev/zero' }, {}],
    ['client-certificate', {}, { 'client-certificate': '/dev/zero' }],
    ['client-key', {}, { 'client-key': '/dev/zero' }],
    ['token-file', {}, { 'token-file': '/dev/zero' }],
    ['auth-provider', {}, { 'auth-provider': { name: 'tokenFile', config: { tokenFile: '/dev/zero' } } }],
  ])('is refused when its %s is a device, which might never end', (field, cluster, user) => {
    expect(refusalOf(() => connectTo(server.kubeconfig(cluster, user)))).toEqual({
      what: `the file /dev/zero, which the file ./kubeconfig names in ${field}, is a device, pipe or socket, which is not read`,
      fix: 'Name the file itself there.',
    });
  });

  it('is refused when a file that it names is larger than any login', async () => {
    const path = join(folder, 'ca.crt');
    await writeFile(path, '');
    await truncate(path, 10_000_001);
    expect(refusalOf(() => connectTo(server.kubeconfig({ 'certificate-authority': path }))).what).toBe(
      `the file ${path}, which the file ./kubeconfig names in certificate-authority, has 10000001 bytes, more than the 10000000 that it may have`,
    );
  });

  it('is taken where a user that is not used has a program run', () => {
    const config = JSON.parse(server.kubeconfig()) as { users: object[] };
    config.users.push({ name: 'other', user: { exec: { command: 'sh' } } });
    const files = [{ text: JSON.stringify(config), name: 'k' }];
    expect(connectByKubeconfig(files, undefined, { ...options(), allowExec: false }).description).toBe(
      'cluster shop-prd',
    );
  });

  it('is completed by further ones, and the first wins', async () => {
    const first = JSON.stringify({ ...(JSON.parse(server.kubeconfig()) as object), users: [] });
    const second = server.kubeconfig({}, { token: 'token-of-second' });
    const files = [first, second].map((text, index) => ({ text, name: `file ${index}` }));
    const connection = connectByKubeconfig(files, undefined, options());
    await new KubernetesCluster(connection).getSecret(DB);
    expect(server.authorizations).toEqual(['Bearer token-of-second']);
  });

  it('may name its files relative to itself', async () => {
    await writeFile(join(folder, 'ca.crt'), server.ca);
    await writeFile(join(folder, 'token'), 'token-of-file');
    const text = server
      .kubeconfig({ 'certificate-authority': 'ca.crt' }, { tokenFile: 'token' })
      .replace(/"certificate-authority-data":"[^"]*",/u, '');
    const connection = connectByKubeconfig([{ text, name: 'k', folder }], undefined, options());
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
  });
});

describe('a server', () => {
  it('whose authority is not known gets no token', async () => {
    const refusal = await refusedRead({ 'certificate-authority-data': undefined }, { token: 'token-of-test' });
    expect(refusal.what).toMatch(/^cluster shop-prd showed a certificate that is not trusted \([A-Z_]+\)$/u);
    expect(server.requests).toEqual([]);
  });

  it('that is not there is told with its address', async () => {
    const gone = await ScriptedApiServer.start();
    const address = `https://127.0.0.1:${gone.port}`;
    await gone.close();
    const refusal = await refusedRead({ server: address }, { token: 'x' });
    expect(refusal.what).toBe('cluster shop-prd did not answer (ECONNREFUSED)');
    expect(refusal.fix).toContain(address);
  });
});

describe('a login program', () => {
  const program = (script: string) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] },
  });
  const credential = JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'token-of-program' },
  });

  it('is run for its token', async () => {
    const connection = server.connect({}, program(`console.log(${JSON.stringify(credential)})`));
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
    expect(server.authorizations).toEqual(['Bearer token-of-program']);
  });

  it('that fails is told without what it printed', async () => {
    const refusal = await refusedRead({}, program('console.error("canary"); process.exit(3)'));
    expect({ kind: refusal.kind, what: refusal.what }).toEqual({
      kind: 'Unauthenticated',
      what: 'the login to cluster shop-prd did not work',
    });
    expect(JSON.stringify(refusal)).not.toContain('canary');
  });

  it('that is not installed is told as that', async () => {
    const refusal = await refusedRead(
      {},
      { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-login' } },
    );
    expect(refusal.what).toBe('the login to cluster shop-prd needs a program or a file that is not here (ENOENT)');
  });
});

describe('a proxy', () => {
  it('is used as HTTPS_PROXY says', async () => {
    const proxy = await ConnectProxy.start((host) => (host === 'api.example.test' ? server.port : undefined));
    const connection = server.connect(
      { server: 'https://api.example.test' },
      { token: 't' },
      { HTTPS_PROXY: proxy.url },
    );
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
    expect(proxy.connects).toEqual([{ host: 'api.example.test', port: 443, outcome: 'connected' }]);
    await proxy.close();
  });

  it('is left out for hosts of NO_PROXY', async () => {
    const variables = { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'localhost,127.0.0.0/8' };
    const connection = server.connect({}, { token: 't' }, variables);
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
  });
});

describe('a pod', () => {
  it('uses its mounted token, authority and namespace', async () => {
    await writeFile(join(folder, 'ca.crt'), server.ca);
    await writeFile(join(folder, 'token'), 'token-of-pod');
    await writeFile(join(folder, 'namespace'), 'shop\n');
    const variables = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) };
    const connection = connectInCluster(options(variables), folder);
    expect((await new KubernetesCluster(connection).getSecret(DB))?.uid).toBe('u');
    expect(server.authorizations).toEqual(['Bearer token-of-pod']);
    const { description, namespace, contextNamespace } = connection;
    // Where a pod runs says nothing of what its manifests mean.
    expect({ description, namespace, contextNamespace }).toEqual({
      description: 'this cluster',
      namespace: 'shop',
      contextNamespace: undefined,
    });
  });

  it('is patient with its API server from the first request on', async () => {
    await writeFile(join(folder, 'ca.crt'), server.ca);
    await writeFile(join(folder, 'token'), 'token-of-pod');
    const variables = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) };
    server.answer({ status: 0, reset: true });
    const cluster = new KubernetesCluster(connectInCluster(options(variables), folder));
    await expect(cluster.getSecret(DB)).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(server.clock.sleeps).toEqual([2_000, 6_000, 18_000]);
  });

  it('without a mounted token is told as that', async () => {
    const variables = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) };
    const cluster = new KubernetesCluster(connectInCluster(options(variables), folder));
    await expect(cluster.getSecret(DB)).rejects.toMatchObject({
      kind: 'Unauthenticated',
      what: 'the login to this cluster needs a program or a file that is not here (ENOENT)',
    });
  });
});
