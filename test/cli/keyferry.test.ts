/** The command line as users run it, from its sources, against loopback Azure, with a folder as the cluster. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { keyferry, ResidentKeyferry, ROOT } from './program.ts';

const MANIFESTS = join(ROOT, 'examples/quickstart/manifests');

/** Nobody is asked. */
const KUBECONFIG = JSON.stringify({
  'current-context': 'c',
  contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:9' } }],
  users: [{ name: 'u', user: { token: 'none' } }],
});

describe('keyferry', () => {
  let resident: ResidentKeyferry;
  beforeAll(() => void (resident = new ResidentKeyferry()));
  afterAll(() => resident.close());

  it('says what it can do', async () => {
    const { code, stdout } = await resident.run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('keyferry COMMAND -f PATH [options]');
  });

  it('has the version of the package', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await keyferry(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('exits with 1 for what it does not know', async () => {
    expect(await keyferry(['plna'])).toMatchObject({ code: 1, stdout: '' });
  });

  it.each([
    [['plna'], 'error  "plna" is not a command. Did you mean plan?\n'],
    [['plan', 'deploy'], 'error  "deploy" stands alone. Put -f before a path: -f deploy\n'],
    [['plan', '-f'], 'error  --filename needs a value. See keyferry plan --help.\n'],
    [['plan'], 'error  --filename is missing. Give it at least once, or --vault-url with --find or --all.\n'],
    [['plan', '-f', 'x', '--outptu', 'json'], 'error  --outptu is not an option of plan. Did you mean --output?\n'],
    [['sync', '-f', 'x', '--max-deletes', 'ten'], 'error  --max-deletes "ten" is not a whole number. Use 0 or more.\n'],
    [
      ['sync', '-f', 'x'],
      'error  no cluster was named: KUBECONFIG is not set, and there is no ~/.kube/config. Give --kubeconfig PATH, --aks-cluster ID, or --directory FOLDER: a folder that holds Secrets as YAML files.\n',
    ],
    [
      ['status', '--installation', 'Shop_1', '--installation-namespace', 'My.Shop', '--kubeconfig', KUBECONFIG],
      'error  --installation "Shop_1" is no name that Kubernetes takes. Use small letters, digits and dashes, at most 52. --installation-namespace "My.Shop" is no name that Kubernetes takes. Use small letters, digits and dashes.\n',
    ],
  ])('explains %j', async (args, stderr) => {
    expect(await resident.run(args)).toEqual({ code: 1, stdout: '', stderr });
  });
});

describe('keyferry validate', () => {
  it('accepts the quickstart and counts what is not its own', async () => {
    const { code, stdout } = await keyferry(['validate', '-f', 'examples/quickstart']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      '1 store and 3 ExternalSecrets are valid, 2 documents of other kinds skipped: 0 errors, 0 warnings.\n',
    );
  });

  it('reads standard input and names file and line of what is wrong', async () => {
    const manifest =
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a, namespace: b}\nspec:\n  target: {creationPolicy: Owned}\n';
    const { code, stdout } = await keyferry(['validate', '-f', '-', '-o', 'json'], { input: manifest });
    const report = JSON.parse(stdout) as { problems: { text: string }[] };
    expect(code).toBe(1);
    expect(report.problems.map(({ text }) => text)).toEqual([
      'ExternalSecret b/a: spec.target.creationPolicy is "Owned", which is not one of Owner, Orphan, Merge, None, CreateOrMerge. Did you mean Owner? (stdin:5)',
    ]);
  });
});

describe('keyferry sync', () => {
  let azure: LoopbackAzure;
  let folder: string;
  let resident: ResidentKeyferry;

  beforeAll(async () => {
    azure = await startLoopbackAzure();
    resident = new ResidentKeyferry({ environment: azure.environment() });
  });
  afterAll(async () => {
    await resident.close();
    await azure.close();
  });

  beforeEach(async () => {
    azure.vaults.edit({
      'kv-shop': { secrets: { 'database-password': [{ value: 'correct-horse' }], 'api-key': [{ value: 'k-1234' }] } },
    });
    folder = await mkdtemp(join(tmpdir(), 'keyferry-cli-'));
    await cp(join(ROOT, 'examples/quickstart/cluster'), folder, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const run = (command: string, ...flags: string[]) =>
    resident.run([command, '-f', MANIFESTS, '--directory', folder, ...flags]);

  it('brings the manifests of the guides into the folder with a federated token, and then has nothing to do', async () => {
    const args = ['sync', '-f', MANIFESTS, '--directory', folder, '--show-values', '--detailed-exitcode'];
    const first = await keyferry(args, { environment: azure.environment() });
    expect(first.code).toBe(2);
    expect(first.stdout).toContain('3 created, 0 updated, 0 deleted, 0 unchanged.');
    const secret = parse(await readFile(join(folder, 'shop/secrets/my-k8s-secret.yaml'), 'utf8')) as { data: object };
    expect(secret.data).toEqual({ 'db-password': Buffer.from('correct-horse').toString('base64') });

    const second = await run('sync', '--show-values', '--detailed-exitcode');
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('0 created, 0 updated, 0 deleted, 3 unchanged.');
  });

  it('takes the guide that leaves the tenant out and the one that leaves namespaces out', async () => {
    const guides = await Promise.all(
      ['store.yaml', 'secrets.yaml'].map((file) => readFile(join(MANIFESTS, file), 'utf8')),
    );
    const bare = guides.join('---\n').replace(/^ *(tenantId|namespace):.*\n/gm, '');
    const args = ['sync', '-f', '-', '--directory', folder, '--namespace', 'shop'];
    const { code, stdout } = await keyferry(args, { environment: azure.environment(), input: bare });
    expect(stdout).toContain('3 created, 0 updated, 0 deleted, 0 unchanged.');
    expect(code).toBe(0);
  });

  it('writes no value into the folder unless asked to', async () => {
    await run('sync');
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    const all = texts.join('\n');
    expect(all).toContain('my-k8s-secret');
    expect(all).not.toContain('correct-horse');
    expect(all).not.toContain(Buffer.from('correct-horse').toString('base64'));
  });

  it('plans in JSON without writing', async () => {
    const { code, stdout } = await run('plan', '-o', 'json', '--detailed-exitcode');
    const report = JSON.parse(stdout) as { counts: { create: number }; fingerprint: string };
    expect(code).toBe(2);
    expect(report.counts.create).toBe(3);
    expect(await readdir(folder)).toEqual(['service-account.yaml']);
  });

  it('plans names and versions without reading a value, and says so', async () => {
    azure.vaults.deny({ clientId: MANAGED_CLIENT_ID, operation: 'get' });
    const { code, stdout } = await run('plan', '--plan-level', 'metadata');
    azure.vaults.permissions.clear();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Plan \(metadata\) for 3 objects in folder \S+ {3}fingerprint metadata-3c0u0d-[0-9a-f]{8}\n/u,
    );
    expect(stdout).toContain('+ create  shop/my-k8s-secret  db-password ');
  });

  it('compares manifests with manifests, without a cluster, a vault or a login', async () => {
    await writeFile(join(folder, 'before.yaml'), '');
    const args = ['plan', '-f', MANIFESTS, '--plan-level', 'offline', '--base', join(folder, 'before.yaml')];
    const { code, stdout, stderr } = await resident.run([...args, '--detailed-exitcode']);
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toContain('+ added   SecretStore shop/');
    expect(stdout).toContain('4 added, 0 changed, 0 removed, 0 unchanged.');
    expect(await resident.run(['plan', '-f', MANIFESTS, '--plan-level', 'offline'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error  --base is missing, which a plan of --plan-level offline compares with. Give the manifests as they were before, as files, folders or globs.\n',
    });
  });

  it('carries out the plan of a fingerprint, and no other', async () => {
    const { stdout } = await run('plan', '-o', 'json');
    const { fingerprint } = JSON.parse(stdout) as { fingerprint: string };
    const refused = await run('sync', '--only', 'shop/my-secret', '--plan-fingerprint', fingerprint);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('the plan that was approved is not the plan now: 3 to create then, 1 now.');
    expect(await readdir(folder)).toEqual(['service-account.yaml']);
    expect((await run('sync', '--plan-fingerprint', fingerprint)).code).toBe(0);
  });

  it('tells what to do when the identity may not read, touches nothing, and exits with 1', async () => {
    await run('sync');
    const before = await readFile(join(folder, 'shop/secrets/my-k8s-secret.yaml'), 'utf8');
    azure.vaults.deny({ clientId: MANAGED_CLIENT_ID });
    const { code, stdout } = await run('sync', '--only', 'shop/my-secret');
    azure.vaults.permissions.clear();
    expect(code).toBe(1);
    expect(stdout).toContain('Give it "Key Vault Secrets User" on that vault: az role assignment create');
    expect(await readFile(join(folder, 'shop/secrets/my-k8s-secret.yaml'), 'utf8')).toBe(before);
  });

  it('takes settings from variables, prints Markdown, and colours only when told to', async () => {
    const env = {
      ...azure.environment(),
      KEYFERRY_FILENAME: MANIFESTS,
      KEYFERRY_DIRECTORY: folder,
      KEYFERRY_OUTPUT: 'markdown',
    };
    const { stdout } = await resident.run(['plan'], env);
    expect(stdout).toContain('### Keyferry: plan (full) for 3 objects');
    const coloured = await run('plan', '--color', 'always');
    expect(coloured.stdout).toContain('\u001B[');
    expect((await run('plan')).stdout).not.toContain('\u001B[');
  });

  it('logs one line per object to standard error in CI', async () => {
    const { stderr } = await keyferry(['sync', '-f', MANIFESTS, '--directory', folder], {
      environment: { ...azure.environment(), CI: 'true' },
    });
    expect(
      stderr
        .split('\n')
        .filter((line) => line.includes('create'))
        .sort(),
    ).toEqual([
      'info   Secret shop/all-secrets: create, 2 keys changed (api-key, database-password)',
      'info   Secret shop/app-secrets: create, 2 keys changed (api-key, database-password)',
      'info   Secret shop/my-k8s-secret: create, 1 key changed (db-password)',
    ]);
  });

  it('does not guess what a broken file of the folder holds, and names it', async () => {
    await writeFile(join(folder, 'broken.yaml'), 'a: [1');
    const { code, stdout } = await run('sync');
    expect(code).toBe(1);
    expect(stdout).toContain('broken.yaml:1 is not valid YAML');
    expect((await readdir(folder)).sort()).toEqual(['.keyferry', 'broken.yaml', 'service-account.yaml']);
  });
});
