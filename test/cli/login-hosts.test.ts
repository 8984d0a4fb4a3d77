/** A manifest that wants the login elsewhere, with every command and level: nobody is asked for anything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../contract/temporary-folder.ts';
import {
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
} from '../servers/index.ts';
import { ResidentKeyferry } from './program.ts';

const OURS = 'login.stack.example';

let azure: LoopbackAzure;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let resident: ResidentKeyferry;

beforeAll(async () => {
  azure = await startLoopbackAzure({
    loginHosts: [OURS, 'login.evil.example.com'],
    vaults: { 'kv-shop': { secrets: { db: [{ value: 'hunter2' }] } } },
  });
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'base.yaml'), '');
  await mkdir(join(folder.path, 'cluster/shop/secrets'), { recursive: true });
  resident = new ResidentKeyferry({ cwd: folder.path, environment: azure.environment() });
});

beforeEach(() => {
  azure.proxy.connects.length = 0;
  azure.github.requests.length = 0;
});

afterAll(async () => {
  await resident.close();
  await azure.close();
  await folder.remove();
});

async function keyferry(args: readonly string[], environment: Readonly<Record<string, string>> = azure.environment()) {
  const { code, stdout, stderr } = await resident.run(args, environment);
  return { code, text: `${stdout}${stderr}`.replace(/\s+/g, ' ') };
}

interface StoreCase {
  readonly login?: string;
  readonly auth?: string;
}

const SERVICE_PRINCIPAL = `authType: ServicePrincipal
      tenantId: ${TENANT_ID}
      authSecretRef: {clientId: {name: azure-login, key: id}, clientSecret: {name: azure-login, key: secret}}`;
const WITH_AUDIENCE = `authType: WorkloadIdentity
      serviceAccountRef: {name: sync, audiences: ["https://kubernetes.default.svc"]}`;

async function manifests({ login, auth = 'authType: WorkloadIdentity' }: StoreCase): Promise<string> {
  const custom = login === undefined ? '' : `\n      customCloudConfig: {activeDirectoryEndpoint: "${login}"}`;
  await writeFile(
    join(folder.path, 'manifests.yaml'),
    `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec:
  provider:
    azurekv:
      vaultUrl: https://kv-shop.vault.azure.net
      ${auth}${custom}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: a, namespace: shop}
spec:
  secretStoreRef: {name: kv}
  data: [{secretKey: x, remoteRef: {key: db}}]
`,
  );
  await writeFile(
    join(folder.path, 'login.yaml'),
    `apiVersion: v1
kind: Secret
metadata: {name: azure-login, namespace: shop}
stringData: {id: ${APPLICATION_CLIENT_ID}, secret: ${APPLICATION_SECRET}}
`,
  );
  return 'manifests.yaml';
}

const RUN = ['--directory', 'cluster', '--azure-client-id', MANAGED_CLIENT_ID];
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['validate', ['validate']],
  ['plan, offline', ['plan', '--plan-level', 'offline', '--base', 'base.yaml']],
  ['plan, metadata', ['plan', '--plan-level', 'metadata', ...RUN]],
  ['plan, full', ['plan', ...RUN]],
  ['sync', ['sync', ...RUN]],
  ['render', ['render', '--engine-image', 'example.com/keyferry']],
];

describe('a login host that the run does not allow', () => {
  describe.each(COMMANDS)('with %s', (_name, command) => {
    it.each([
      ['an assertion', {}],
      ['a client secret', { auth: SERVICE_PRINCIPAL }],
      ['a managed identity', { auth: 'authType: ManagedIdentity' }],
    ])('is refused before %s is asked for', async (_case, store) => {
      const file = await manifests({ ...store, login: 'https://login.evil.example.com/' });
      const { code, text } = await keyferry([...command, '-f', file]);
      expect([code, azure.proxy.connects, azure.github.requests]).toEqual([1, [], []]);
      expect(text).toContain(
        'spec.provider.azurekv.customCloudConfig.activeDirectoryEndpoint is the login host login.evil.example.com, which is none of a known cloud and not allowed by this run. Whoever runs that host could be this identity everywhere. If it is the login of your own cloud, allow it with --login-hosts login.evil.example.com. (manifests.yaml:',
      );
    });

    it('is not allowed by AZURE_AUTHORITY_HOST', async () => {
      const file = await manifests({ login: 'https://login.evil.example.com/' });
      const AZURE_AUTHORITY_HOST = 'https://login.evil.example.com/';
      const { code } = await keyferry([...command, '-f', file], { ...azure.environment(), AZURE_AUTHORITY_HOST });
      expect([code, azure.proxy.connects]).toEqual([1, []]);
    });

    it('nor is an audience', async () => {
      const file = await manifests({ auth: WITH_AUDIENCE });
      const { code, text } = await keyferry([...command, '-f', file]);
      expect([code, azure.proxy.connects, azure.github.requests]).toEqual([1, [], []]);
      expect(text).toContain(
        'spec.provider.azurekv.serviceAccountRef.audiences[0] is an audience that this run does not allow. A token with it can be used elsewhere than at Entra.',
      );
    });
  });
});

describe('a login host that the run names', () => {
  it('is logged in at', async () => {
    const file = await manifests({ login: `https://${OURS}/` });
    const { code } = await keyferry(['plan', ...RUN, '-f', file, '--login-hosts', OURS]);
    expect([code, [...new Set(azure.proxy.connects.map(({ host }) => host))].toSorted()]).toEqual([
      0,
      ['kv-shop.vault.azure.net', OURS],
    ]);
  });

  it('stands in the pod spec of what is rendered, and not in the intents', async () => {
    const file = await manifests({ login: `https://${OURS}/` });
    const { code, text } = await keyferry([
      ...['render', '-f', file, '--engine-image', 'example.com/keyferry'],
      ...['--login-hosts', OURS, '--login-hosts', 'b.example', '--token-audiences', 'api://ours'],
    ]);
    expect(code).toBe(0);
    expect(text).toContain(`- name: KEYFERRY_LOGIN_HOSTS value: ${OURS},b.example`);
    expect(text).toContain('- name: KEYFERRY_TOKEN_AUDIENCES value: api://ours');
    expect(text.split('b.example')).toHaveLength(2);
  });
});
