/**
 * What people get wrong when they set Keyferry up, and the first line that they then read: the first annotation of the step,
 * from the bundled action. It must name what to mend, so all of them are in one file that a person reads with every change.
 *
 * UPDATE_GOLDEN=1 writes that file anew.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../src/core/settings/table.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import {
  AKS_SERVER_ID,
  decodeToken,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  TOKEN_AUDIENCE,
  type FederatedCredential,
  type LoopbackAzure,
  type ManagedClusterCase,
} from '../servers/index.ts';
import { ROOT } from './bundle.ts';
import { AKS_HOST, LoopbackApiServer } from './loopback-api-server.ts';
import { WorkflowStep } from './workflow-step.ts';

const GOLDEN = join(ROOT, 'test/golden/wrong-set-ups.txt');
const GOOD = yaml(STORE, externalSecret('db'));

let azure: LoopbackAzure;
let server: LoopbackApiServer;
let step: WorkflowStep;

interface World {
  readonly azure: LoopbackAzure;
  readonly server: LoopbackApiServer;
  readonly step: WorkflowStep;
  /** Resource id of the cluster, with something about it. */
  readonly aks: (cluster?: Partial<ManagedClusterCase>) => string;
  /** What the identity trusts, in the place of what it should. */
  readonly trust: (credential: Partial<FederatedCredential>) => void;
}

interface SetUp {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables that are not there. */
  readonly without?: readonly string[];
}

type Arrange = (world: World) => SetUp | Promise<SetUp>;

const ID_TOKEN = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];

const MISTAKES: readonly (readonly [string, Arrange])[] = [
  [
    'a federated credential with another audience',
    ({ trust }) => {
      trust({ audience: 'api://something-else' });
      return {};
    },
  ],
  [
    'a federated credential whose subject differs in the case of a letter',
    ({ trust, azure: { github } }) => {
      trust({ subject: github.subject.toUpperCase() });
      return {};
    },
  ],
  [
    'a federated credential for a branch, and a job with an environment',
    ({ trust }) => {
      trust({ subject: 'repo:contoso/shop:ref:refs/heads/main' });
      return {};
    },
  ],
  [
    'a federated credential whose issuer ends with a slash',
    ({ trust, azure: { github } }) => {
      trust({ issuer: `${github.issuer}/` });
      return {};
    },
  ],
  ['another tenant', () => ({ inputs: { 'azure-tenant-id': '99999999-9999-9999-9999-999999999999' } })],
  [
    'the object id of the identity in the place of its client id',
    () => ({ inputs: { 'azure-client-id': 'bbbbbbbb-0000-0000-0000-000000000001' } }),
  ],
  ['a job without permissions: id-token: write', () => ({ without: ID_TOKEN })],
  ['no client id at all', () => ({ inputs: { 'azure-client-id': '' } })],
  ['a client secret as an input', () => ({ inputs: { 'azure-client-secret': 'not-a-real-secret' } })],
  [
    'an identity without the Cluster User role',
    ({ azure: { arm } }) => {
      arm.deny({ clientId: MANAGED_CLIENT_ID });
      return {};
    },
  ],
  ['a cluster that does not exist', ({ aks }) => ({ inputs: { 'aks-cluster': aks().replace('aks-shop', 'aks-shp') } })],
  ['a name in the place of the resource id of the cluster', () => ({ inputs: { 'aks-cluster': 'aks-shop' } })],
  [
    'a private cluster, and a runner outside of its network',
    ({ aks }) => ({ inputs: { 'aks-cluster': aks({ privateCluster: true, server: 'https://127.0.0.1:2' }) } }),
  ],
  [
    'a cluster that admits some addresses only',
    ({ aks }) => ({
      inputs: { 'aks-cluster': aks({ authorizedIPRanges: ['203.0.113.0/24'], server: 'https://127.0.0.1:2' }) },
    }),
  ],
  [
    'a cluster that is stopped',
    ({ aks }) => ({ inputs: { 'aks-cluster': aks({ power: 'Stopped', server: 'https://127.0.0.1:2' }) } }),
  ],
  [
    'an identity that the cluster does not know',
    ({ server: api }) => {
      api.admits = () => false;
      return {};
    },
  ],
  [
    'an identity that may not write Secrets',
    ({ server: api }) => {
      api.forbids = { method: 'PATCH', verb: 'patch', resource: 'secrets' };
      return {};
    },
  ],
  [
    'a kubeconfig whose token has expired',
    ({ server: api }) => {
      api.admits = () => false;
      return { inputs: { 'aks-cluster': '', kubeconfig: api.kubeconfig() } };
    },
  ],
  ['no cluster at all', () => ({ inputs: { 'aks-cluster': '' } })],
  ['two clusters', ({ server: api }) => ({ inputs: { kubeconfig: api.kubeconfig() } })],
  [
    'an identity without a role on the vault',
    ({ azure: { vaults } }) => {
      vaults.deny({ clientId: MANAGED_CLIENT_ID });
      return {};
    },
  ],
  [
    'a vault whose firewall does not admit the runner',
    ({ azure: { vaults } }) => {
      vaults.inject({ match: '^GET', status: 403, code: 'Forbidden', innerCode: 'ForbiddenByFirewall' });
      return {};
    },
  ],
  [
    'a vault that does not exist',
    async ({ step: one }) => {
      await one.write('deploy/all.yaml', GOOD.replaceAll('kv-shop', 'kv-shp'));
      return {};
    },
  ],
  [
    'a misspelt name, in a manifest with the line ends of Windows',
    async ({ step: one }) => {
      await one.write('deploy/all.yaml', yaml(STORE, externalSecret('dbb')).replaceAll('\n', '\r\n'));
      return {};
    },
  ],
  [
    'two ExternalSecrets for one Secret',
    async ({ step: one }) => {
      const twin = externalSecret('twin', {}, { name: 'db' });
      await one.write('deploy/all.yaml', yaml(STORE, externalSecret('db'), twin));
      return {};
    },
  ],
  [
    'a manifest that is no YAML',
    async ({ step: one }) => {
      await one.write('deploy/all.yaml', `${GOOD}\n  bad: [`);
      return {};
    },
  ],
  [
    'a store that logs in at a host of its own choice',
    async ({ step: one }) => {
      const custom = { customCloudConfig: { activeDirectoryEndpoint: 'https://login.stack.example/' } };
      const azurekv = { vaultUrl: 'https://kv-shop.vault.azure.net', authType: 'WorkloadIdentity', ...custom };
      await one.write('deploy/all.yaml', yaml({ ...STORE, spec: { provider: { azurekv } } }, externalSecret('db')));
      return {};
    },
  ],
  ['Node told to print what it sends', () => ({ environment: { NODE_DEBUG: 'https' } })],
  ['a folder of manifests that is not there', () => ({ inputs: { manifests: 'deploy/secret' } })],
  ['a misspelt input', () => ({ inputs: { 'azure-clientid': MANAGED_CLIENT_ID } })],
  ['an engine that is not built yet', () => ({ inputs: { command: 'deploy', engine: 'eso' } })],
  [
    'a deployment whose cluster comes from a variable that is not set',
    () => ({ inputs: { command: 'deploy', 'aks-cluster': '' } }),
  ],
  ['a folder for a deployment', () => ({ inputs: { command: 'deploy', directory: 'preview', 'aks-cluster': '' } })],
];

beforeAll(async () => {
  server = await LoopbackApiServer.start();
  azure = await startLoopbackAzure({ routes: { [AKS_HOST]: server.port } });
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }], twin: [{ value: 't-1234' }] } } });
});
afterAll(async () => {
  await azure.close();
  await server.close();
});

beforeEach(async () => {
  step = await WorkflowStep.create();
  await step.write('deploy/all.yaml', GOOD);
  server.forget();
  server.admits = (token) => decodeToken(token)?.claims['aud'] === AKS_SERVER_ID;
  azure.arm.reset();
  azure.vaults.faults.clear();
  azure.vaults.permissions.clear();
  trust({});
});

const aks = (cluster: Partial<ManagedClusterCase> = {}): string =>
  azure.arm.setCluster('rg-shop', 'aks-shop', {
    server: `https://${AKS_HOST}:443`,
    authority: server.authority,
    ...cluster,
  });

function trust(credential: Partial<FederatedCredential>): void {
  const { issuer, subject } = azure.github;
  const identity = azure.entra.identity(MANAGED_CLIENT_ID)!;
  const federatedCredentials = [{ issuer, subject, audience: TOKEN_AUDIENCE, ...credential }];
  azure.entra.setIdentity({ ...identity, federatedCredentials });
}

interface Failure {
  readonly code: number | null;
  readonly line: string;
}

async function failureOf(arrange: Arrange): Promise<Failure> {
  const { inputs = {}, environment = {}, without = [] } = await arrange({ azure, server, step, aks, trust });
  const all = Object.entries({ ...azure.environment(), ...environment });
  const left = Object.fromEntries(all.filter(([name]) => !without.includes(name)));
  const { commands, code } = await step.run(
    {
      command: 'sync',
      manifests: 'deploy',
      'azure-client-id': MANAGED_CLIENT_ID,
      'azure-tenant-id': TENANT_ID,
      ...inputs,
      'aks-cluster': inputs['aks-cluster'] ?? aks(),
    },
    left,
  );
  await step.remove();
  const errors = commands.filter(({ name }) => name === 'error').map(({ text }) => text);
  return { code, line: steady(errors[0] ?? '') };
}

/** Ids and times that differ from run to run. */
function steady(line: string): string {
  return line
    .replaceAll(/(?<=[Cc]orrelation id )[\w-]+/gu, 'CORRELATION-ID')
    .replaceAll(/(?<=127\.0\.0\.1:)\d{4,5}/gu, 'PORT');
}

const golden = new Map(
  readFileSync(GOLDEN, { encoding: 'utf8', flag: 'a+' })
    .split('\n\n')
    .map((part) => part.split('\n') as [string, string])
    .map(([title, line]) => [title.replace(/^# /u, ''), line] as const),
);

describe('the first line that is read', () => {
  const seen = new Map<string, string>();
  afterAll(() => {
    const text = MISTAKES.map(([title]) => `# ${title}\n${seen.get(title) ?? golden.get(title) ?? ''}`).join('\n\n');
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${text}\n`);
  });

  // Four attempts at a vault that does not answer take half a minute.
  it.each(MISTAKES)(
    'names the mend: %s',
    async (title, arrange) => {
      const { code, line } = await failureOf(arrange);
      seen.set(title, line);
      expect(code).toBe(1);
      if (process.env['UPDATE_GOLDEN'] !== '1') expect(line).toBe(golden.get(title)?.trimEnd());
    },
    60_000,
  );

  it('speaks of inputs, and never of a command line', () => {
    const settings = SETTINGS.map(({ name }) => `--${name}`).join('|');
    const foreign = new RegExp(String.raw`\bkeyferry [a-z]|(?<!az .*|kubectl .*)(?:${settings})(?![\w-])`, 'u');
    expect([...golden.values()].filter((line) => foreign.test(line))).toEqual([]);
  });

  it('is there for every mistake, and for no other', () => {
    expect([...golden.keys()].map((title) => title.trimEnd())).toEqual(MISTAKES.map(([title]) => title));
  });
});
