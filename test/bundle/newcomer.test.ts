/**
 * The first ten minutes, on a terminal of 100 columns: the commands that README and quickstart give, and what people get
 * wrong on the way. Whole outputs, in one file that a person reads with every change.
 *
 * UPDATE_GOLDEN=1 writes that file anew.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMMANDS } from '../../src/core/model/command-names.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { ROOT, startBundle } from './bundle.ts';
import { MISTAKES, PAGES, type Step } from './first-ten-minutes.ts';

const GOLDEN = join(ROOT, 'test/golden/first-ten-minutes.txt');
const COLUMNS = 100;
const VAULT = {
  'kv-shop': { secrets: { 'database-password': [{ value: 'correct-horse' }], api: [{ value: 'k-1234' }] } },
};

let azure: LoopbackAzure;
let root: string;

beforeAll(async () => {
  azure = await startLoopbackAzure({ vaults: VAULT });
  root = mkdtempSync(join(tmpdir(), 'keyferry-newcomer-'));
  mkdirSync(join(root, 'az'));
  writeFileSync(join(root, 'az/az'), `#!/bin/sh\necho '${JSON.stringify(tokenOfAz())}'\n`);
  chmodSync(join(root, 'az/az'), 0o755);
});
afterAll(async () => {
  await azure.close();
  rmSync(root, { recursive: true });
});

/** What `az account get-access-token` prints. */
function tokenOfAz(): object {
  const identity = azure.entra.identity(MANAGED_CLIENT_ID)!;
  const accessToken = azure.entra.issueToken({ identity, resource: 'https://vault.azure.net' });
  return { accessToken, expires_on: Math.floor(Date.now() / 1000) + 3600, tenant: TENANT_ID, tokenType: 'Bearer' };
}

/** What a terminal of that width is to the program. */
const TERMINAL = `for (const screen of [process.stdout, process.stderr]) Object.assign(screen, { isTTY: true, columns: ${COLUMNS} });`;

/** Only what a new shell has: no Azure CLI but the one of the test, nobody's kubeconfig, no colours. */
function shell({ login, environment = {} }: Step): Record<string, string> {
  const identity = { AZURE_CLIENT_ID: MANAGED_CLIENT_ID, AZURE_TENANT_ID: TENANT_ID };
  return {
    ...(login === 'github' ? { ...azure.environment(), ...identity } : azure.environmentElsewhere()),
    PATH: login === 'az' ? `${join(root, 'az')}:/usr/bin:/bin` : join(root, 'nothing'),
    HOME: join(root, 'home'),
    NO_COLOR: '1',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TERMINAL)}`,
    ...environment,
  };
}

function arrange({ vault }: Step): void {
  azure.vaults.faults.clear();
  azure.vaults.permissions.clear();
  if (vault === 'denied') azure.vaults.deny({ clientId: MANAGED_CLIENT_ID });
  if (vault === 'busy') azure.vaults.inject({ match: '^GET', status: 429, code: 'Throttled', retryAfter: 1, times: 2 });
}

async function screenAfter(step: Step, cwd: string): Promise<string> {
  arrange(step);
  for (const [file, text] of Object.entries(step.files ?? {})) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const { code, stdout, stderr } = await startBundle('cli', { args: step.args, cwd, environment: shell(step) }).ended;
  const line = ['$ keyferry', ...step.args.map((word) => (/[\s*^]/u.test(word) ? `'${word}'` : word))].join(' ');
  return steady(`${line}\n${stdout}${stderr}exit code ${code}`);
}

const ERASE = String.raw`\r\u001B\[K`;
const LIVE_LINE = new RegExp(String.raw`${ERASE}[^\r\n]*(?=\r)|${ERASE}`, 'gu');

/** Without the live line, and without what differs from run to run. */
function steady(screen: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  return screen
    .replaceAll(LIVE_LINE, '')
    .replaceAll(/(?<=127\.0\.0\.1:)\d{4,5}/gu, 'PORT')
    .replaceAll(version, 'VERSION')
    .replaceAll(/(?<=fingerprint \S+-)[0-9a-f]{8}\b/gu, '00000000')
    .replaceAll(/\b\d+(?:\.\d+)? s\b/gu, 'SECONDS s')
    .replaceAll(/(?<=[Cc]orrelation id\s+)[\w-]+/gu, 'CORRELATION-ID');
}

const golden = new Map(
  readFileSync(GOLDEN, { encoding: 'utf8', flag: 'a+' })
    .split(/^=== /mu)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trimEnd()] as const),
);
const seen = new Map<string, string>();

afterAll(() => {
  const text = [...PAGES, ...MISTAKES].map(
    ({ title }) => `=== ${title}\n${seen.get(title) ?? golden.get(title) ?? ''}\n`,
  );
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, text.join('\n'));
});

async function expectAsBefore(step: Step, cwd: string): Promise<void> {
  const screen = await screenAfter(step, cwd);
  seen.set(step.title, screen);
  expect(tooWide(screen)).toEqual([]);
  if (process.env['UPDATE_GOLDEN'] !== '1') expect(screen).toBe(golden.get(step.title));
}

/** Lines of the program that are wider than the terminal, but for a word alone that nothing can break. */
function tooWide(screen: string): readonly string[] {
  const lines = screen.split('\n').filter((line) => !line.startsWith('$ '));
  return lines.filter((line) => line.length > COLUMNS && /\S\s+\S/u.test(line));
}

describe('the commands of README and quickstart', () => {
  /** Each page has a folder, in which its commands follow each other. */
  function folderOf({ title }: Step): string {
    const folder = join(root, title.split(':')[0] ?? '');
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  it.each(PAGES.map((step) => [step.title, step] as const))(
    '%s',
    (_title, step) => expectAsBefore(step, folderOf(step)),
    60_000,
  );

  it('are all there', () => {
    expect(PAGES.map(({ args }) => args[0])).toEqual(
      expect.arrayContaining(['--help', '--version', 'validate', 'plan', 'sync']),
    );
  });
});

describe('what people get wrong', () => {
  it.each(MISTAKES.map((step) => [step.title, step] as const))(
    '%s',
    (_title, step) => expectAsBefore(step, mkdtempSync(join(root, 'mistake-'))),
    60_000,
  );

  it('is never called a bug, or told with a stack', () => {
    expect([...golden.values()].filter((screen) => /\bBug\b|TypeError|\n\s+at /u.test(screen))).toEqual([]);
  });

  it('ends with exit code 1, unless it is a warning', () => {
    const ended = MISTAKES.map(({ title }) => [title, golden.get(title)] as const);
    expect(
      ended.filter(([, screen]) => !/exit code 1$|^ {2}warning {2}/mu.test(screen ?? '')).map(([title]) => title),
    ).toEqual([
      'an equals sign after a short option',
      'no namespace in one of the two',
      'a vault that is busy for a moment',
      'the ServiceAccount beside the store, as blogs have it',
      'a pull without manifests',
    ]);
  });

  it('is told once, and for nothing else', () => {
    expect([...golden.keys()]).toEqual([...PAGES, ...MISTAKES].map(({ title }) => title));
  });
});

describe('the help', () => {
  it.each(COMMANDS)('of %s fits', async (command) => {
    const step = { title: '', args: ['help', command] };
    expect(tooWide(await screenAfter(step, root))).toEqual([]);
  });
});
