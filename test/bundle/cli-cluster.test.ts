/** The bundle of the command line and a cluster that a kubeconfig names: in each way to log in, on each Node. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { loopbackAuthority, MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { startBundle, type Ended } from './bundle.ts';
import { AKS_HOST, LOOPBACK_TOKEN, LoopbackApiServer, type KubeconfigCase } from './loopback-api-server.ts';

let azure: LoopbackAzure;
let api: LoopbackApiServer;
let folder: TemporaryFolder;

beforeAll(async () => {
  api = await LoopbackApiServer.start();
  azure = await startLoopbackAzure({ routes: { [AKS_HOST]: api.port } });
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }] } } });
});
afterAll(async () => {
  await azure.close();
  await api.close();
});

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'manifests.yaml'), yaml(STORE, externalSecret('db')));
  azure.proxy.connects.length = 0;
});
afterEach(async () => {
  api.forget();
  await folder.remove();
});

async function keyferry(kubeconfig: string, ...args: readonly string[]): Promise<Ended> {
  await writeFile(join(folder.path, 'kubeconfig'), kubeconfig);
  const environment = { ...azure.environment(), KUBECONFIG: 'kubeconfig', HOME: folder.path };
  return await startBundle('cli', { args, cwd: folder.path, environment }).ended;
}

const RUN = ['-f', 'manifests.yaml', '--azure-client-id', MANAGED_CLIENT_ID, '--detailed-exitcode'];
const outcomeOf = ({ code, stderr, stdout }: Ended) => ({ code, stderr, stdout: stdout.trimEnd().split('\n').at(-1) });

const EXEC_CREDENTIAL = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential' };

function loginProgram(): Readonly<Record<string, unknown>> {
  const answer = JSON.stringify({ ...EXEC_CREDENTIAL, status: { token: LOOPBACK_TOKEN } });
  const { apiVersion } = EXEC_CREDENTIAL;
  return { exec: { apiVersion, interactiveMode: 'Never', command: 'sh', args: ['-c', `echo '${answer}'`] } };
}

const THROUGH_PROXY = { server: `https://${AKS_HOST}:443` };

/** Made late: servers and their ports are not there before. */
const WAYS: readonly (readonly [string, () => KubeconfigCase])[] = [
  ['a token', () => ({})],
  ['a client certificate', () => ({ user: api.certifiedUser('shop-bot') })],
  ['a login program', () => ({ user: loginProgram() })],
  ['a token, through the proxy of the environment', () => ({ cluster: THROUGH_PROXY })],
  ['a token, through proxy-url', () => ({ cluster: { ...THROUGH_PROXY, 'proxy-url': azure.proxy.url } })],
  [
    'a client certificate, through the proxy of the environment',
    () => ({ cluster: THROUGH_PROXY, user: api.certifiedUser('shop-bot') }),
  ],
];

describe('the command line and a cluster', () => {
  it.each(WAYS)(
    'plan, sync and status reach it with %s',
    async (way, caseOf) => {
      const kubeconfig = api.kubeconfig(caseOf());
      expect(outcomeOf(await keyferry(kubeconfig, 'plan', ...RUN))).toEqual({
        code: 2,
        stderr: '',
        stdout: '1 to create, 0 to update, 0 to delete, 0 unchanged.',
      });
      expect(api.secrets()).toEqual([]);
      const synced = {
        code: 2,
        stderr: 'info   Secret shop/db: create, 1 key changed (password)\n',
        stdout: '1 created, 0 updated, 0 deleted, 0 unchanged.',
      };
      expect(outcomeOf(await keyferry(kubeconfig, 'sync', ...RUN))).toEqual(synced);
      expect(api.secrets()).toEqual(['db']);
      const status = await keyferry(kubeconfig, 'status', '--installation-namespace', 'shop');
      expect(status).toMatchObject({
        code: 1,
        stderr:
          'error  cluster loopback has no installation shop/keyferry. Check --installation and --installation-namespace.\n',
      });
      expect([...api.certified]).toEqual(way.includes('certificate') ? ['shop-bot'] : []);
      expect(azure.proxy.connects.some(({ host }) => host === AKS_HOST)).toBe(way.includes('proxy'));
    },
    90_000,
  );

  it.each<[string, () => KubeconfigCase, string]>([
    [
      'an authority that did not sign its certificate',
      () => ({ cluster: { 'certificate-authority-data': Buffer.from(loopbackAuthority().pem).toString('base64') } }),
      'certificate',
    ],
    [
      'another token',
      () => ({ user: { token: 'token-of-nobody' } }),
      'cluster loopback does not accept the login (401).',
    ],
  ])('is told, and nothing is written, with %s', async (_what, caseOf, words) => {
    const { code, stdout, stderr } = await keyferry(api.kubeconfig(caseOf()), 'sync', ...RUN);
    expect({ code, stdout: stdout.includes('created') }).toEqual({ code: 1, stdout: false });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('token-of-nobody');
    expect(api.writes).toEqual([]);
  });
});
