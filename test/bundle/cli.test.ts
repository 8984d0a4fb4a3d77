/** The command line as its users get it: the bundle, and the tarball that npm installs. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { pack } from '../../scripts/pack.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { LoopbackApiServer } from './loopback-api-server.ts';
import { QUICKSTART, ROOT, start, startBundle, until, type Ended } from './bundle.ts';

let azure: LoopbackAzure;
let folder: string;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-cli-bundle-'));
  await cp(join(QUICKSTART, 'cluster'), join(folder, 'cluster'), { recursive: true });
  azure.vaults.clearLog();
  azure.vaults.edit({
    'kv-shop': { secrets: { 'database-password': [{ value: 'horse-battery' }], db: [{ value: 'k-1234' }] } },
  });
});
afterEach(() => rm(folder, { recursive: true }));

const SYNC = ['sync', '-f', join(QUICKSTART, 'manifests'), '--directory', 'cluster', '--detailed-exitcode'];

async function version(): Promise<string> {
  return (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }).version;
}

describe('the bundle of the command line', () => {
  const keyferry = (...args: readonly string[]): Promise<Ended> =>
    startBundle('cli', { args, cwd: folder, environment: azure.environment() }).ended;

  it('has the version of the package', async () => {
    expect(await keyferry('--version')).toMatchObject({ code: 0, stdout: `${await version()}\n`, stderr: '' });
  });

  it('syncs, and then finds nothing to do', async () => {
    const first = await keyferry(...SYNC);
    expect(first.stdout).toContain('3 created, 0 updated, 0 deleted, 0 unchanged.');
    expect(first.code).toBe(2);
    expect((await keyferry(...SYNC)).code).toBe(0);
  });

  it('deploys the job that was built with it, to the byte', async () => {
    const manifests = join(QUICKSTART, 'manifests');
    const { code, stdout } = await keyferry('render', '-f', manifests, '--installation-namespace', 'shop');
    expect(code).toBe(0);
    const rendered = parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
    const engines = rendered.filter(({ metadata }) => metadata.name.startsWith('keyferry-engine-'));
    const [engine] = engines.map(({ binaryData }) => Object.values(binaryData as Record<string, string>)[0]);
    const job = await readFile(join(ROOT, 'build/job/index.js'));
    expect(brotliDecompressSync(Buffer.from(engine ?? '', 'base64')).equals(job)).toBe(true);
  });

  it('syncs into the cluster of a kubeconfig', async () => {
    const api = await LoopbackApiServer.start();
    try {
      await writeFile(join(folder, 'db.yaml'), yaml(STORE, externalSecret('db')));
      await writeFile(join(folder, 'config'), api.kubeconfig());
      const login = ['--azure-client-id', MANAGED_CLIENT_ID, '--azure-tenant-id', TENANT_ID];
      const { code, stderr } = await keyferry('sync', '-f', 'db.yaml', '--kubeconfig', 'config', ...login);
      expect({ code, stderr, secrets: api.secrets() }).toEqual({ code: 0, stderr: expect.anything(), secrets: ['db'] });
    } finally {
      await api.close();
    }
  });

  it('expands a glob that no shell has expanded', async () => {
    const manifests = join(QUICKSTART, 'manifests', '*.yaml');
    expect((await keyferry('validate', '-f', manifests)).stdout).toContain('1 store and 3 ExternalSecrets are valid');
  });

  it('names a broken link that a glob meets, and reads the other files', async () => {
    await symlink('nowhere', join(folder, 'broken.yaml'));
    await cp(join(QUICKSTART, 'manifests'), folder, { recursive: true });
    const { code, stdout } = await keyferry('validate', '-f', '*.yaml', '-o', 'json');
    const report = JSON.parse(stdout) as { readonly problems: readonly { readonly text: string }[] };
    expect(code).toBe(1);
    expect(report.problems.map(({ text }) => text)).toEqual([
      'broken.yaml cannot be read (ENOENT). Check that it exists and that the current user may read it.',
    ]);
  });

  it('explains a wrong option', async () => {
    expect(await keyferry('sync', '-f', 'x', '--prnue')).toMatchObject({
      code: 1,
      stderr: 'error  --prnue is not an option of sync. Did you mean --prune?\n',
    });
  });
});

describe('Ctrl-C', () => {
  it('ends a run that still reads at once, with the code that shells have for it', async () => {
    azure.vaults.inject({ match: '^GET /secrets', latencyMs: 600_000 });
    const { child, ended } = startBundle('cli', { args: SYNC, cwd: folder, environment: azure.environment() });
    await until(() => azure.vaults.requests('kv-shop').length > 0);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    azure.vaults.faults.clear();
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('error  the run was asked to stop before its first write. Nothing was written.');
  });
});

describe('the tarball', () => {
  it('installs with npm alone, fetches nothing, and gives a working command', async () => {
    const tarball = await pack(folder);
    const prefix = join(folder, 'prefix');
    await mkdir(prefix);
    const environment = { HOME: folder, npm_config_cache: join(folder, 'cache'), npm_config_offline: 'true' };
    const install = ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', tarball];
    const installed = await start('npm', { args: install, cwd: folder, environment }).ended;
    expect({ code: installed.code, stderr: installed.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await readdir(join(prefix, 'lib/node_modules/keyferry'))).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
    ]);
    const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
    const run = start(join(prefix, 'bin/keyferry'), {
      args: SYNC,
      cwd: folder,
      environment: { ...azure.environment(), PATH: path },
    });
    expect((await run.ended).stdout).toContain('3 created, 0 updated, 0 deleted, 0 unchanged.');
  });
});
