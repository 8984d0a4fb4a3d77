/** The command line with hostile names everywhere: in manifests, file names, arguments, variables, answers of services. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { externalSecret, handMadeSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { expectTame, expectTameColours, expectTameMarkdown, HOSTILE, HOSTILE_LINE, hostileManifests } from './names.ts';

let azure: LoopbackAzure;
let undo: () => void;
let root: string;

beforeAll(async () => {
  azure = await startLoopbackAzure();
  undo = azure.trustInProcess();
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyferry-hostile-'));
  await mkdir(join(root, 'manifests'));
  await writeFile(join(root, 'base.yaml'), yaml(STORE));
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: '{"a":"1"}' }] } } });
});

afterEach(async () => {
  azure.vaults.faults.clear();
  await rm(root, { recursive: true });
});

afterAll(async () => {
  undo();
  await azure.close();
});

interface Streams {
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  args: readonly string[],
  { tty = false, env = {} }: { readonly tty?: boolean; readonly env?: Record<string, string> } = {},
): Promise<Streams> {
  const texts = { stdout: '', stderr: '' };
  const screen = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    columns: 80,
    write: (text: string) => void (texts[name] += text),
  });
  await main(args, {
    environment: { ...azure.environment(), ...env },
    stdout: screen('stdout'),
    stderr: screen('stderr'),
    stop: { signal: new AbortController().signal, exitCode: () => undefined },
  });
  return texts;
}

const inFolder = (...args: readonly string[]) => [
  ...args,
  '-f',
  join(root, 'manifests'),
  '--directory',
  join(root, 'cluster'),
  '--azure-client-id',
  MANAGED_CLIENT_ID,
];

const COMMANDS: Readonly<Record<string, () => readonly string[]>> = {
  validate: () => ['validate', '-f', join(root, 'manifests')],
  'plan of manifests': () => [
    ...['plan', '--plan-level', 'offline', '-f', join(root, 'manifests')],
    ...['--base', join(root, 'base.yaml')],
  ],
  'plan of metadata': () => inFolder('plan', '--plan-level', 'metadata', '--log-level', 'debug'),
  plan: () => inFolder('plan', '--log-level', 'debug'),
  sync: () => inFolder('sync', '--log-level', 'debug'),
  'sync with a log as JSON': () => inFolder('sync', '--log-level', 'debug', '--log-format', 'json'),
};

describe.each(Object.entries(COMMANDS))('%s', (what, args) => {
  beforeEach(async () => {
    await writeFile(join(root, 'manifests/a.yaml'), hostileManifests());
    await writeFile(join(root, 'manifests/b.yaml'), hostileManifests(HOSTILE_LINE));
    await writeFile(join(root, 'manifests/c\n::error::x\u001b[2J\u202e.yaml'), 'kind: [');
    azure.vaults.inject({
      match: '^GET /secrets/db',
      status: 403,
      code: HOSTILE,
      innerCode: HOSTILE,
      message: HOSTILE,
    });
  });

  it('forges no line and no command, in text, Markdown and JSON', async () => {
    const text = await run(args());
    expectTame(text.stdout, what);
    expectTame(text.stderr, `${what}, standard error`);
    expect(text.stdout).toContain('vso[');
    expectTameMarkdown((await run([...args(), '-o', 'markdown'])).stdout, what);
    const json = (await run([...args(), '-o', 'json'])).stdout;
    expectTame(json, what);
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(HOSTILE).slice(1, 40));
  });

  it('moves no cursor on a terminal', async () => {
    const { stdout, stderr } = await run([...args(), '--color', 'always'], { tty: true });
    expectTameColours(stdout, what);
    expectTameColours(stderr.replaceAll('\r\u001b[K', ''), what);
  });
});

describe('what is remembered', () => {
  it('has no hostile name in it either', async () => {
    await writeFile(join(root, 'manifests/a.yaml'), hostileManifests());
    await run(inFolder('sync'));
    const files = await readdir(join(root, 'cluster'), { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    expect(texts.join('')).toContain('SecretSyncedError');
    for (const text of texts) expectTame(text);
  });
});

describe('arguments and variables', () => {
  it.each([
    [[HOSTILE]],
    [[HOSTILE_LINE]],
    [['plan', HOSTILE]],
    [['plan', `--${HOSTILE}`, 'x']],
    [['plan', '-f', HOSTILE]],
    [['validate', '-f', HOSTILE_LINE]],
    [['sync', '-f', 'x', '--max-deletes', HOSTILE]],
    [['sync', '-f', 'x', '--directory', 'd', '--store-identities', `${HOSTILE}=${HOSTILE}`]],
    [['plan', '-f', 'x', '--aks-cluster', HOSTILE]],
    [['plan', '-f', 'x', '--kubeconfig', HOSTILE]],
    [['status', '--installation', HOSTILE, '--installation-namespace', HOSTILE, '--kubeconfig', '{}']],
    [['template', '-f', HOSTILE, '--values', HOSTILE]],
    [['render', '-f', HOSTILE]],
    [['deploy', '-f', HOSTILE, '--kubeconfig', HOSTILE]],
    [['sync', '-f', 'x', '--directory', 'd', '--plan-fingerprint', HOSTILE]],
  ])('are echoed as text: %j', async (args) => {
    const { stdout, stderr } = await run(args);
    expect(stderr + stdout).not.toBe('');
    expectTame(stdout);
    expectTame(stderr);
  });

  it.each(['KEYFERRY_MAX_DELETES', 'KEYFERRY_OUTPUT', 'KEYFERRY_AKS_CLUSTER', 'KUBECONFIG'])(
    'are echoed as text from %s',
    async (name) => {
      const { stdout, stderr } = await run(['plan', '-f', join(root, 'manifests')], { env: { [name]: HOSTILE } });
      expectTame(stdout + stderr);
    },
  );
});

describe('what is printed as a file', () => {
  it('is byte for byte what was rendered, and what is said beside it is not', async () => {
    const key = 'line\n::error::kept\n##vso[task]\u001b[2J';
    const template = { data: { text: key } };
    await writeFile(join(root, 'manifests/a.yaml'), yaml(STORE, externalSecret('db', {}, { template, [HOSTILE]: 1 })));
    await writeFile(join(root, 'values.yaml'), 'password: x\n');
    const args = ['template', '-f', join(root, 'manifests'), '--values', join(root, 'values.yaml')];
    const { stdout, stderr } = await run(args);
    expect(stdout).toContain('##vso[task]');
    expectTame(stderr);
    await writeFile(join(root, 'expected.yaml'), yaml(handMadeSecret('db', { [HOSTILE]: HOSTILE })));
    const compared = await run([...args, '--expect', join(root, 'expected.yaml')]);
    expectTame(compared.stdout);
    expectTame(compared.stderr);
  });
});

describe('the ways out', () => {
  it('are few: nothing else writes to a stream, and nothing else speaks to the runner', () => {
    const filesOf = (folder: string) =>
      readdirSync(join(import.meta.dirname, '../../src', folder)).map((name) => `${folder}/${name}`);
    const holding = (files: readonly string[], pattern: RegExp) =>
      files.filter((file) => pattern.test(readFileSync(join(import.meta.dirname, '../../src', file), 'utf8')));
    const [cli, action] = [filesOf('cli'), filesOf('action')];
    expect(holding(cli, /\.write\(/u)).toEqual(['cli/keyferry.ts', 'cli/show.ts', 'cli/terminal.ts']);
    // main.ts writes nothing: it waits until all is written.
    expect(holding(action, /stdout\.write\(|console\./u)).toEqual(['action/log.ts', 'action/main.ts']);
    expect(
      holding(
        action,
        /\b(?:error|warning|notice|info|debug|setFailed)\b[^;]*\} from '@actions\/core'|core\.setFailed/u,
      ),
    ).toEqual(['action/log.ts']);
  });
});
