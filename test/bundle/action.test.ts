/** The action as GitHub runs it: the bundle in a process of its own, against loopback Azure, with a folder as cluster. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { Canaries } from '../scenarios/canaries.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { printed, QUICKSTART, until } from './bundle.ts';
import { LOOPBACK_TOKEN, LoopbackApiServer } from './loopback-api-server.ts';
import { commandsOf, WorkflowStep, type StepResult } from './workflow-step.ts';

const NO_CLUSTER_NAMED = {
  command: 'sync',
  manifests: 'deploy',
  'azure-client-id': MANAGED_CLIENT_ID,
  'azure-tenant-id': TENANT_ID,
};
const INPUTS = { ...NO_CLUSTER_NAMED, directory: 'cluster' };

let azure: LoopbackAzure;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  step = await WorkflowStep.create();
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }], token: [{ value: 't-1234' }] } } });
});
afterEach(async () => {
  azure.vaults.permissions.clear();
  azure.vaults.faults.clear();
  azure.vaults.clearLog();
  await step.remove();
});

const run = (inputs: Record<string, string> = {}): Promise<StepResult> =>
  step.run({ ...INPUTS, ...inputs }, azure.environment());

const named = ({ commands }: StepResult, name: string) => commands.filter((command) => command.name === name);
const texts = (result: StepResult, name: string) => named(result, name).map(({ text }) => text);

async function secretOf(name: string): Promise<Record<string, string>> {
  const file = join(step.workspace, 'cluster/shop/secrets', `${name}.yaml`);
  const { data } = parse(await readFile(file, 'utf8')) as { data: Record<string, string> };
  return data;
}

describe('command: sync', () => {
  it('brings manifests into the cluster with the token of the job, and tells it everywhere', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db'), externalSecret('token')));
    const result = await run({ 'show-values': 'true' });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await secretOf('db')).toEqual({ password: Buffer.from('correct-horse').toString('base64') });
    const { 'report-path': path, 'next-due': nextDue, fingerprint, ...outputs } = result.outputs;
    expect(nextDue).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
    expect(outputs).toEqual({
      changed: 'true',
      created: '2',
      updated: '0',
      deleted: '0',
      unchanged: '0',
      failed: '0',
      problems: '0',
      pushed: '0',
      'push-removed': '0',
      'push-failed': '0',
    });
    expect(fingerprint).toMatch(/^full-2c0u0d-[0-9a-f]{56}$/u);
    expect(path).toMatch(/report\.json$/u);
    expect(JSON.parse(result.report ?? '')).toMatchObject({ version: 1, command: 'sync', counts: { create: 2 } });
    expect(result.summary).toContain('### Keyferry: sync for 2 objects');
    expect(texts(result, 'group')).toEqual(['Read manifests, vault and cluster', 'Write Secrets']);
    expect(named(result, 'endgroup')).toHaveLength(2);
    expect([...named(result, 'error'), ...named(result, 'warning')]).toEqual([]);
  });

  it('finds nothing to do the second time, and says that nothing changed', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    await run();
    const { code, outputs } = await run();
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ changed: 'false', created: '0', unchanged: '1' });
  });

  it('takes the manifests of the guides as they are, tenant and namespace included', async () => {
    await cp(join(QUICKSTART, 'manifests'), join(step.workspace, 'deploy'), { recursive: true });
    await cp(join(QUICKSTART, 'cluster'), join(step.workspace, 'cluster'), { recursive: true });
    azure.vaults.edit({ 'kv-shop': { secrets: { 'database-password': [{ value: 'horse-battery' }] } } });
    const { code, outputs } = await step.run(
      { command: 'sync', manifests: 'deploy', directory: 'cluster' },
      azure.environment(),
    );
    expect({ code, created: outputs['created'] }).toEqual({ code: 0, created: '3' });
  });

  it('reads manifests with Windows line ends, and annotates their right lines', async () => {
    const manifests = yaml(STORE, externalSecret('db'), externalSecret('mistyped'));
    await step.write('deploy/all.yaml', manifests.replaceAll('\n', '\r\n'));
    const result = await run();
    const line = manifests.split('\n').findIndex((text) => text.includes('key: mistyped')) + 1;
    expect(named(result, 'error')[0]?.properties).toEqual({
      title: 'Keyferry: remote-object-absent',
      file: 'deploy/all.yaml',
      line: String(line),
    });
    expect(result.outputs).toMatchObject({ created: '1', failed: '1', problems: '1' });
  });

  it('annotates each error once, at its line, fails with their number, and still does what has none', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db'), externalSecret('mistyped')));
    const result = await run({ summary: 'false' });
    expect(result.code).toBe(1);
    expect(texts(result, 'error')).toEqual([
      'ExternalSecret shop/mistyped: spec.data[0].remoteRef.key "mistyped" does not exist in vault kv-shop. Check the name; set target.deletionPolicy to Merge if it may be absent. (deploy/all.yaml:40)',
      '1 of 2 ExternalSecrets failed; see the annotations and the summary.',
    ]);
    const inLog = result.stdout.split('\n').filter((line) => line.includes('"mistyped" does not exist'));
    expect(inLog.map((line) => line.slice(0, 8))).toEqual(['  error ', '::error ']);
    expect(result.outputs).toMatchObject({ changed: 'true', created: '1' });
    expect(result.summary).toBe('');
  });

  it('annotates no more than GitHub shows, errors first', async () => {
    const many = Array.from({ length: 14 }, (_, i) => externalSecret(`absent-${i}`));
    await step.write('deploy/all.yaml', yaml(STORE, ...many));
    const result = await run();
    expect(named(result, 'error')).toHaveLength(10);
    expect(texts(result, 'error').at(-1)).toBe('14 of 14 ExternalSecrets failed; see the annotations and the summary.');
    expect(result.summary.match(/^- \*\*error\*\*/gmu)).toHaveLength(14);
  });

  it('tells what a broken store has wrong before the ExternalSecrets that cannot use it', async () => {
    const azurekv = { vaultUrl: 'kv-shop', authType: 'WorkloadIdentity' };
    await step.write(
      'deploy/all.yaml',
      yaml(...Array.from({ length: 12 }, (_, index) => externalSecret(`db-${index}`))),
    );
    await step.write('deploy/store.yaml', yaml({ ...STORE, spec: { provider: { azurekv } } }));
    const result = await run();
    const [first, second] = named(result, 'error');
    expect(first).toMatchObject({ properties: { file: 'deploy/store.yaml' } });
    expect(second).toMatchObject({ properties: { file: 'deploy/all.yaml', title: 'Keyferry: store-refused' } });
    expect(texts(result, 'error').at(-1)).toBe(
      '12 of 12 ExternalSecrets failed, 1 other error; see the annotations and the summary.',
    );
    expect(result.summary.split('\n').find((line) => line.startsWith('- **error**'))).toContain('SecretStore shop/kv');
  });

  it('speaks of inputs where the command line speaks of options', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const result = await step.run(NO_CLUSTER_NAMED, azure.environment());
    expect(result.code).toBe(1);
    expect(texts(result, 'error')).toEqual([
      'no cluster was named: the input aks-cluster, the input kubeconfig and the input directory are absent, or empty, and KUBECONFIG is not set. Give the input kubeconfig PATH, the input aks-cluster ID, or the input directory FOLDER: a folder that holds Secrets as YAML files. A variable that is not set is empty: look for vars.AKS_CLUSTER, or what it is called, in the repository and in the environment of this job.',
    ]);
  });

  it('shows all levels of the log when the run is debugged', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const { stdout } = await step.run(INPUTS, { ...azure.environment(), RUNNER_DEBUG: '1' });
    expect(stdout).toMatch(/^debug {2}/mu);
    expect((await run()).stdout).not.toMatch(/^debug {2}/mu);
  });
});

describe('a real cluster', () => {
  let api: LoopbackApiServer;

  beforeEach(async () => {
    api = await LoopbackApiServer.start();
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db'), externalSecret('token')));
  });
  afterEach(() => api.close());

  it('is reached by a kubeconfig that is given as text, whose credentials are masked', async () => {
    const result = await step.run({ ...NO_CLUSTER_NAMED, kubeconfig: api.kubeconfig() }, azure.environment());
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db', 'token'] });
    expect(texts(result, 'add-mask')).toContain(LOOPBACK_TOKEN);
  });

  it('gets the writes in hand, and no other, when the workflow is cancelled', async () => {
    const hold = api.holdSecretWrites(2);
    const inputs = { ...NO_CLUSTER_NAMED, kubeconfig: api.kubeconfig() };
    const { child, ended } = step.start(inputs, azure.environment());
    await hold.reached;
    const taken = printed(child, 'asked to stop');
    child.kill('SIGINT');
    await taken;
    hold.release();
    const { code, stdout } = await ended;
    expect({ code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db', 'token'] });
    expect(stdout).toContain('2 created, 0 updated, 0 deleted, 0 unchanged.');
  });

  it('gets nothing when the workflow is cancelled while it is read', async () => {
    azure.vaults.inject({ match: '^GET /secrets/db', latencyMs: 600_000 });
    const inputs = { ...NO_CLUSTER_NAMED, kubeconfig: api.kubeconfig() };
    const { child, ended } = step.start(inputs, azure.environment());
    await until(() => azure.vaults.requests('kv-shop').includes('GET /secrets/db/'));
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect({ code, secrets: api.secrets() }).toEqual({ code: 1, secrets: [] });
    expect(commandsOf(stdout).at(-1)).toMatchObject({
      name: 'error',
      text: 'the run was asked to stop before its first write. Nothing was written. Run it again.',
    });
  });
});

describe('command: plan', () => {
  it('says what would be written, and writes nothing', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const { code, outputs, summary } = await run({ command: 'plan' });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ changed: 'true', created: '1' });
    expect(summary).toContain('| create | Secret shop/db | password | ExternalSecret shop/db |');
    expect(await readdir(step.workspace)).toEqual(['deploy']);
  });
});

describe('command: validate', () => {
  it('needs no network and no login, and annotates what is wrong', async () => {
    const wrong = externalSecret('db', {}, { creationPolicy: 'Owned' });
    await step.write('deploy/all.yaml', yaml(STORE, wrong));
    const result = await step.run({ ...INPUTS, command: 'validate' });
    expect(result.code).toBe(1);
    expect(named(result, 'error')[0]).toMatchObject({ properties: { file: 'deploy/all.yaml' } });
    expect(result.outputs['problems']).toBe('1');
    expect(result.summary).toContain('### Keyferry: validate');
  });
});

describe('command: render', () => {
  it('gives the objects of an installation as a file, with no cluster and no login', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const result = await step.run({
      command: 'render',
      manifests: 'deploy',
      'engine-image': 'registry.example/keyferry',
    });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    const rendered = await readFile(result.outputs['rendered-path'] ?? '', 'utf8');
    const kinds = parseAllDocuments(rendered).map((document) => (document.toJS() as { kind: string }).kind);
    expect(kinds).toEqual(['ServiceAccount', 'ConfigMap', 'Role', 'RoleBinding', 'CronJob']);
    expect(result.summary).toContain('- CronJob shop/keyferry');
  });

  it('gives no file where a manifest has an error', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db', {}, { creationPolicy: 'Owned' })));
    const result = await step.run({ command: 'render', manifests: 'deploy', 'engine-image': 'x' });
    expect({ code: result.code, path: result.outputs['rendered-path'] }).toEqual({ code: 1, path: undefined });
    expect(named(result, 'error')[0]).toMatchObject({ properties: { file: 'deploy/all.yaml' } });
  });
});

describe('engine: runner', () => {
  it('is a sync from plain inputs, with nothing installed', async () => {
    const api = await LoopbackApiServer.start();
    const plain = {
      'vault-url': 'https://kv-shop.vault.azure.net',
      namespace: 'shop',
      target: 'app',
      find: 'db|token',
    };
    const identity = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };
    const inputs = { engine: 'runner', kubeconfig: api.kubeconfig(), ...identity, ...plain };
    const result = await step.run(inputs, azure.environment());
    await api.close();
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['app'] });
    expect(result.outputs).toMatchObject({ changed: 'true', created: '1' });
    expect(result.outputs['next-due']).toMatch(/Z$/u);
  });
});

describe('the end of the job', () => {
  it('takes the report away, and says nothing', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const { outputs } = await run();
    expect(await step.post()).toMatchObject({ code: 0, stdout: '', stderr: '' });
    await expect(readFile(outputs['report-path'] ?? '', 'utf8')).rejects.toThrow('ENOENT');
  });

  it('says what to do where the step was killed', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    azure.vaults.inject({ match: '^GET /secrets/db', latencyMs: 600_000 });
    azure.vaults.clearLog();
    const { child, ended } = step.start(INPUTS, azure.environment());
    await until(() => azure.vaults.requests('kv-shop').length > 0);
    child.kill('SIGKILL');
    await ended;
    const { code, stdout } = await step.post();
    expect(code).toBe(0);
    expect(commandsOf(stdout)).toEqual([
      {
        name: 'warning',
        properties: {},
        text: 'the step was killed before its end. What it had written is whole, and a pass that it started in the cluster goes on: run the command again, or look with the command status.',
      },
    ]);
  });
});

describe('wrong inputs', () => {
  const MISTAKES: readonly (readonly [string, Record<string, string>, string])[] = [
    ['a misspelt input', { prnue: 'true' }, 'the input prnue does not exist. Did you mean prune?'],
    [
      'an input with underscores',
      { max_deletes: '1' },
      'the input max_deletes does not exist. Did you mean max-deletes?',
    ],
    [
      'a misspelt command',
      { command: 'synch' },
      'the input command is "synch", which is not one of deploy, plan, sync, validate, render, status, suspend, resume, uninstall. Did you mean sync?',
    ],
    [
      'no manifests',
      { manifests: '' },
      'the input manifests is missing. Give it at least once, or the input vault-url with the input find or the input all.',
    ],
    [
      'standard input',
      { manifests: '-' },
      'the input manifests has "-", but a step has no standard input. Name files, folders or globs.',
    ],
    [
      'standard input to compare with',
      { command: 'plan', 'plan-level': 'offline', base: '-' },
      'the input base has "-", but a step has no standard input. Name files, folders or globs.',
    ],
    [
      'a number that is none',
      { 'max-deletes': 'ten' },
      'the input max-deletes "ten" is not a whole number. Use 0 or more.',
    ],
    ['a switch that is none', { prune: 'yes' }, 'the input prune is neither true nor false. Use true or false.'],
    ['a summary that is none', { summary: 'no' }, 'the input summary is neither true nor false. Use true or false.'],
    [
      'a choice that is none',
      { identity: 'githbu' },
      'the input identity is "githbu", which is not one of auto, github, azure-pipelines, token-variable, token-file, service-account, azure-cli. Did you mean github?',
    ],
    [
      'a folder for a deployment',
      { command: 'deploy' },
      'the input directory cannot go with command: deploy, for nothing can be installed in a folder. Use command: sync, or name a cluster.',
    ],
    [
      'inputs that do not go together',
      { prune: 'true', only: 'shop/db' },
      'the input prune cannot go with the input only. Prune in a run that looks at everything.',
    ],
  ];

  it.each(MISTAKES)('are told with what to write instead: %s', async (_what, inputs, message) => {
    const result = await step.run({ ...INPUTS, ...inputs });
    expect({ code: result.code, errors: texts(result, 'error') }).toEqual({ code: 1, errors: [message] });
  });

  it('are told all at once', async () => {
    const result = await step.run({ ...INPUTS, prnue: 'true', 'max-deletes': 'ten' });
    expect(texts(result, 'error')).toEqual([
      'the input prnue does not exist. Did you mean prune? And 1 error more, see the log.',
    ]);
    expect(result.stdout).toContain('error  the input max-deletes "ten" is not a whole number. Use 0 or more.\n');
  });

  it('of another command are passed over where a step shares them', async () => {
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const { code } = await step.run({ ...INPUTS, command: 'validate', 'max-deletes': '3' });
    expect(code).toBe(0);
  });
});

describe('secret values', () => {
  it('are given to the runner before anything else: whole, line by line, JSON leaves, base64', async () => {
    const json = '{"user":"ferry-man","port":5432,"deep":[{"key":"oar-and-keel"}],"ok":true}';
    const lines = 'first line\r\nsecond line\nab\n';
    azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: json }], token: [{ value: lines }] } } });
    await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db'), externalSecret('token')));
    const result = await run();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const isToken = (text: string) => /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/u.test(text);
    const decoded = (text: string) => Buffer.from(text, 'base64').toString();
    const masked = texts(result, 'add-mask').filter((text) => !isToken(text) && !isToken(decoded(text)));
    const expected = [
      json,
      base64(json),
      ...['ferry-man', '5432', 'oar-and-keel'].flatMap((leaf) => [leaf, base64(leaf)]),
      ...[lines, 'first line', 'second line', base64(lines)],
    ];
    expect(masked.toSorted()).toEqual(expected.toSorted());
    const log = result.stdout.split('\n');
    const lastMask = log.findLastIndex((line) => line.startsWith('::add-mask::'));
    expect(lastMask).toBeLessThan(log.findIndex((line) => line.includes('Secret shop/db: create')));
  });

  it('stand in nothing that comes out, at any level, also where things fail', async () => {
    const canaries = new Canaries();
    const value = () => [{ value: canaries.next() }];
    const secrets = { db: value(), token: value(), json: value(), word: value() };
    azure.vaults.edit({ 'kv-shop': { secrets } });
    azure.vaults.deny({ object: 'token', operation: 'get' });
    const broken = externalSecret('json', {
      data: [{ secretKey: 'password', remoteRef: { key: 'json', property: 'not.there' } }],
    });
    const four = [externalSecret('db'), externalSecret('token'), broken, externalSecret('word')];
    await step.write('deploy/all.yaml', yaml(STORE, ...four));
    const result = await step.run(INPUTS, { ...azure.environment(), RUNNER_DEBUG: '1' });
    expect(result.outputs).toMatchObject({ created: '2', failed: '2' });
    const { stdout, stderr, outputs, summary, report = '' } = result;
    const log = stdout.replaceAll(/^::add-mask::.*$/gmu, '');
    const seen = new Map(Object.entries({ log, stderr, outputs: JSON.stringify(outputs), summary, report }));
    expect(canaries.leaks(seen)).toEqual([]);
    const leaked = new Map([['stdout', stdout]]);
    expect(canaries.leaks(leaked)).not.toEqual([]);
  });
});

describe('names from outside', () => {
  it('give no commands to the runner', async () => {
    const forged = 'x\n::set-output name=changed::forged\r##[add-path]/tmp/evil\n  ::stop-commands::forever';
    const manifest = externalSecret('db', { data: [{ secretKey: 'password', remoteRef: { key: forged } }] });
    await step.write('deploy/all.yaml', yaml(STORE, manifest, externalSecret('token', {}, { creationPolicy: forged })));
    const result = await run();
    expect(result.code).toBe(1);
    const known = ['add-mask', 'group', 'endgroup', 'error', 'warning'];
    expect(commandsOf(result.stdout).filter(({ name }) => !known.includes(name))).toEqual([]);
    const ours = result.stdout.split('\n').filter((line) => !line.startsWith('::'));
    expect(ours.filter((line) => line.includes('##['))).toEqual([]);
    expect(result.outputs['changed']).toBe('false');
  });
});
