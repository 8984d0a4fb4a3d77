/** The job as a pod runs it: the one file of its bundle, variables, mounted files, signals. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { Canaries } from '../scenarios/canaries.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { printed, ROOT, startBundle, until, type Ended, type Running } from './bundle.ts';
import { LoopbackApiServer } from './loopback-api-server.ts';

let azure: LoopbackAzure;
let folder: string;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-job-'));
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }], token: [{ value: 't-1234' }] } } });
  azure.vaults.clearLog();
  await mount('manifests', { 'all.yaml': yaml(STORE, externalSecret('db'), externalSecret('token')) });
});
afterEach(async () => {
  azure.vaults.faults.clear();
  azure.vaults.permissions.clear();
  await rm(folder, { recursive: true });
});

const OF_THE_POD = { KEYFERRY_AZURE_CLIENT_ID: MANAGED_CLIENT_ID, KEYFERRY_AZURE_TENANT_ID: TENANT_ID };

function start(variables: Record<string, string> = {}): Running {
  const environment = {
    ...azure.environment(),
    ...OF_THE_POD,
    HOME: folder,
    KEYFERRY_FILENAME: join(folder, 'manifests'),
    KEYFERRY_DIRECTORY: join(folder, 'cluster'),
    KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
    ...variables,
  };
  return startBundle('job', { cwd: folder, environment });
}

/** Files as Kubernetes mounts a ConfigMap: each a link into a hidden folder, so that all change at once. */
async function mount(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const [place, version] = [join(folder, name), '..2026_01_01_00_00_00.123456789'];
  await mkdir(join(place, version), { recursive: true });
  await symlink(version, join(place, '..data'));
  for (const [file, text] of Object.entries(files)) {
    await writeFile(join(place, version, file), text);
    await symlink(join('..data', file), join(place, file));
  }
}

function linesOf({ stdout }: Ended): readonly Readonly<Record<string, unknown>>[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

const terminationMessage = () => readFile(join(folder, 'termination-log'), 'utf8');
const secrets = async () => (await readdir(join(folder, 'cluster/shop/secrets')).catch(() => [])).sort();

describe('the bundle of the job', () => {
  it('is one file, for it travels in a ConfigMap', async () => {
    expect((await readdir(join(ROOT, 'build/job'))).sort()).toEqual(['index.js', 'package.json']);
  });
});

describe('a pass', () => {
  it('syncs what is mounted, logs JSON lines only, and ends with 0', async () => {
    const ended = await start().ended;
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await secrets()).toEqual(['db.yaml', 'token.yaml']);
    const last = linesOf(ended).at(-1);
    expect(last).toMatchObject({
      level: 'info',
      message: '2 created, 0 updated, 0 deleted, 0 unchanged.',
      created: 2,
      errors: 0,
      exitCode: 0,
    });
    expect(await terminationMessage()).toBe('2 created, 0 updated, 0 deleted, 0 unchanged.');
  });

  it('asks no vault for what is not due', async () => {
    await start().ended;
    azure.vaults.clearLog();
    const ended = await start().ended;
    expect(ended.code).toBe(0);
    expect(linesOf(ended).at(-1)).toMatchObject({ notDue: 2, unchanged: 0 });
    expect(azure.vaults.log).toEqual([]);
  });

  it('asks for everything where it is told to, as the pass that deploy waits for is', async () => {
    await start().ended;
    const ended = await start({ KEYFERRY_DUE: 'false' }).ended;
    expect(linesOf(ended).at(-1)).toMatchObject({ notDue: 0, unchanged: 2 });
  });

  it('takes settings from a mounted ConfigMap, and lets a variable win', async () => {
    await mount('config', { 'log-level': 'debug\n', only: 'shop/db\nshop/token\n', 'max-deletes': '5' });
    const given = { KEYFERRY_CONFIG_DIR: join(folder, 'config'), KEYFERRY_ONLY: 'shop/db' };
    const ended = await start(given).ended;
    expect(ended.code).toBe(0);
    expect(await secrets()).toEqual(['db.yaml']);
    expect(linesOf(ended).map(({ level }) => level)).toContain('debug');
  });
});

describe('exit codes', () => {
  it.each([
    [
      'a setting that is wrong',
      { KEYFERRY_MAX_DELETES: 'ten' },
      'KEYFERRY_MAX_DELETES "ten" is not a whole number. Use 0 or more.',
    ],
    ['manifests that are not named', { KEYFERRY_FILENAME: '' }, 'KEYFERRY_FILENAME is missing. Give it at least once.'],
    [
      'a cluster that is not named',
      { KEYFERRY_DIRECTORY: '' },
      'no cluster was named: KUBECONFIG is not set, and there is no ~/.kube/config. Give KEYFERRY_KUBECONFIG PATH, or KEYFERRY_DIRECTORY FOLDER: a folder that holds Secrets as YAML files.',
    ],
    [
      'a folder of settings that is not there',
      { KEYFERRY_CONFIG_DIR: '/no/such/folder' },
      'KEYFERRY_CONFIG_DIR /no/such/folder cannot be read (ENOENT). Mount the ConfigMap there, or leave the variable out.',
    ],
  ])('are 3, and the message says what to write instead, for %s', async (_what, variables, message) => {
    const ended = await start(variables).ended;
    expect({ code: ended.code, messages: linesOf(ended).map((line) => line['message']) }).toEqual({
      code: 3,
      messages: [message],
    });
    expect(await terminationMessage()).toBe(message);
  });

  it('are 3 for a mounted file that is no setting', async () => {
    await mount('config', { 'max-delete': '5' });
    const { code } = await start({ KEYFERRY_CONFIG_DIR: join(folder, 'config') }).ended;
    expect(code).toBe(3);
    expect(await terminationMessage()).toBe(
      `file ${join(folder, 'config/max-delete')} is no setting of the job. Did you mean max-deletes?`,
    );
  });

  it('are 3 where only manifests are wrong, and the others are synced', async () => {
    const wrong = externalSecret('wrong', {}, { creationPolicy: 'Owned' });
    await writeFile(join(folder, 'wrong.yaml'), yaml(wrong));
    const paths = ['manifests', 'wrong.yaml'].map((path) => join(folder, path)).join('\n');
    const ended = await start({ KEYFERRY_FILENAME: paths }).ended;
    expect(ended.code).toBe(3);
    expect(await secrets()).toEqual(['db.yaml', 'token.yaml']);
    expect(linesOf(ended).filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(await terminationMessage()).toMatch(
      /^2 created, .*\nExternalSecret shop\/wrong: spec\.target\.creationPolicy /u,
    );
  });

  it('are 1 where a vault refuses, since the right may be there the next time', async () => {
    azure.vaults.deny({ object: 'token', operation: 'get' });
    const ended = await start().ended;
    expect(ended.code).toBe(1);
    expect(await secrets()).toEqual(['db.yaml']);
    expect(linesOf(ended).at(-1)).toMatchObject({ failed: 1, errors: 1, exitCode: 1 });
  });
});

describe('SIGTERM', () => {
  it('ends a job that still reads at once, with nothing written', async () => {
    azure.vaults.inject({ match: '^GET /secrets/token', latencyMs: 600_000 });
    const { child, ended } = start();
    await until(() => azure.vaults.requests('kv-shop').includes('GET /secrets/token/'));
    child.kill('SIGTERM');
    const { code, signal } = await ended;
    expect({ code, signal }).toEqual({ code: 143, signal: null });
    expect(await secrets()).toEqual([]);
    expect(await terminationMessage()).toBe(
      'the run was asked to stop before its first write. Nothing was written. Run it again.',
    );
  });
});

describe('SIGTERM while templates are rendered', () => {
  /** Two seconds on a machine that does nothing else. */
  const MOST_MS = 8_000;

  it('ends the job soon, with nothing written, even if all of them are of one Secret', async () => {
    const text = '{{ range until 4 }}{{ bcrypt "p" }}{{ end }}';
    const hashes = Array.from({ length: 60 }, (_, index) => [`hash-${index}`, text] as const);
    const slow = externalSecret('db', {}, { template: { data: Object.fromEntries(hashes) } });
    await writeFile(join(folder, 'slow.yaml'), yaml(STORE, slow));
    const { child, ended } = start({ KEYFERRY_FILENAME: join(folder, 'slow.yaml') });
    await until(() => azure.vaults.requests('kv-shop').includes('GET /secrets/db/'));
    await new Promise((resolveAfter) => setTimeout(resolveAfter, 2_000));
    const asked = performance.now();
    child.kill('SIGTERM');
    const { code, signal } = await ended;
    expect(performance.now() - asked).toBeLessThan(MOST_MS);
    expect({ code, signal }).toEqual({ code: 143, signal: null });
    expect(await secrets()).toEqual([]);
    expect(await terminationMessage()).toBe(
      'the run was asked to stop before its first write. Nothing was written. Run it again.',
    );
  });
});

describe('SIGTERM while Secrets are written', () => {
  const NAMES = Array.from({ length: DEFAULT_SETTINGS.concurrency + 4 }, (_, i) => `db-${i}`);
  let api: LoopbackApiServer;

  beforeEach(async () => {
    api = await LoopbackApiServer.start();
    azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(NAMES.map((name) => [name, [{ value: name }]])) } });
    await writeFile(join(folder, 'many.yaml'), yaml(STORE, ...NAMES.map((name) => externalSecret(name))));
    await writeFile(join(folder, 'kubeconfig'), api.kubeconfig());
  });
  afterEach(() => api.close());

  const IN_CLUSTER = () => ({
    KEYFERRY_FILENAME: join(folder, 'many.yaml'),
    KEYFERRY_KUBECONFIG: join(folder, 'kubeconfig'),
    KEYFERRY_DIRECTORY: '',
  });

  it('finishes and records the writes in hand, begins no other, and the next run does the rest', async () => {
    const { concurrency } = DEFAULT_SETTINGS;
    const hold = api.holdSecretWrites(concurrency);
    const { child, ended } = start(IN_CLUSTER());
    await hold.reached;
    const taken = printed(child, 'asked to stop');
    child.kill('SIGTERM');
    await taken;
    hold.release();
    const { code, signal } = await ended;
    expect({ code, signal }).toEqual({ code: 143, signal: null });
    expect(api.secrets()).toHaveLength(concurrency);
    const message = await terminationMessage();
    expect(message).toMatch(new RegExp(`^${concurrency} created, 0 updated, 0 deleted, 0 unchanged\\.\n`, 'u'));
    expect(message).toContain('the run was asked to stop: 4 objects are left for the next run');

    const next = await start(IN_CLUSTER()).ended;
    expect({ code: next.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: NAMES.toSorted() });
    expect(linesOf(next).at(-1)).toMatchObject({ created: 4, notDue: concurrency });
  });
});

describe('the termination message', () => {
  it('fits into the 4096 bytes of Kubernetes, whole lines, and says how many are missing', async () => {
    const many = Array.from({ length: 60 }, (_, i) => externalSecret(`absent-${i}`));
    await writeFile(join(folder, 'many.yaml'), yaml(STORE, ...many));
    const { code } = await start({ KEYFERRY_FILENAME: join(folder, 'many.yaml') }).ended;
    expect(code).toBe(1);
    const message = await terminationMessage();
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4096);
    expect(message).toMatch(/^0 created, .* 60 failed, .*\n(ExternalSecret .*\n)+and \d+ more, see the log$/u);
  });

  it('is no reason to fail where there is no such file', async () => {
    const ended = await start({ KEYFERRY_TERMINATION_LOG: '' }).ended;
    expect(ended.code).toBe(0);
    expect(await readdir(folder)).not.toContain('termination-log');
  });
});

describe('secret values', () => {
  it('stand neither in the log, at any level, nor in the termination message', async () => {
    const canaries = new Canaries();
    const value = () => [{ value: canaries.next() }];
    azure.vaults.edit({ 'kv-shop': { secrets: { db: value(), token: value() } } });
    azure.vaults.deny({ object: 'token', operation: 'get' });
    const { stdout, stderr } = await start({ KEYFERRY_LOG_LEVEL: 'debug' }).ended;
    const seen = { stdout, stderr, message: await terminationMessage() };
    expect(canaries.leaks(new Map(Object.entries(seen)))).toEqual([]);
  });
});
