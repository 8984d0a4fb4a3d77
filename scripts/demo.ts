/**
 * `npm run demo`: the main job on real input, without a cloud and without a cluster.
 *
 * The command line runs as users run it, in a process of its own, with the real Azure SDKs. Key Vault, Entra and
 * GitHub's token endpoint are loopback servers of the tests behind the real host names; Entra checks the signature of
 * the federated token. The cluster is a temporary folder.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure, type VaultCase } from '../test/servers/index.ts';

const ROOT = resolve(import.meta.dirname, '..');
const EXAMPLE = 'examples/quickstart';
/** A Secret that the cluster made, and the PushSecret that writes it back. */
const PUSHES = 'examples/push';
const VAULT = 'kv-shop';
const TYPO = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: mistyped, namespace: shop}
spec:
  secretStoreRef: {name: azure-secret-store}
  data:
    - secretKey: db-password
      remoteRef: {key: database-pasword}
`;

const bold = (text: string) => (process.stdout.isTTY ? `\u001B[1m${text}\u001B[22m` : text);
const dim = (text: string) => (process.stdout.isTTY ? `\u001B[2m${text}\u001B[22m` : text);

interface Demo {
  readonly azure: LoopbackAzure;
  /** The folder that stands for the cluster. */
  readonly folder: string;
  step: number;
}

async function demo(): Promise<void> {
  const vault = parse(await readFile(join(ROOT, EXAMPLE, 'vault.yaml'), 'utf8')) as Record<string, VaultCase>;
  const azure = await startLoopbackAzure({ vaults: vault });
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-demo-'));
  try {
    await cp(join(ROOT, EXAMPLE, 'cluster'), folder, { recursive: true });
    await cp(join(ROOT, PUSHES, 'cluster'), folder, { recursive: true });
    await tour({ azure, folder, step: 0 });
  } finally {
    await azure.close();
    await rm(folder, { recursive: true });
  }
}

async function tour(demo: Demo): Promise<void> {
  heading(demo, 'A plan: what would be written, by key name, never by value');
  await keyferry(demo, 'plan');

  heading(demo, 'The sync: a GitHub token becomes an Entra token, the vault answers, the Secrets are there');
  await keyferry(demo, 'sync');
  await showSecrets(demo.folder);

  heading(demo, 'Again: nothing changed, nothing is written');
  await keyferry(demo, 'sync');

  heading(demo, 'Somebody sets a new database password in the vault');
  demo.azure.vaults.edit({ [VAULT]: { secrets: { 'database-password': [{ value: 'a-new-horse-a-new-battery' }] } } });
  await keyferry(demo, 'sync');

  heading(demo, 'A manifest asks for a name that does not exist: the others sync, the error says what to do');
  await keyferry(demo, 'sync', TYPO);

  heading(
    demo,
    'The other direction: a PushSecret writes what the cluster holds into the vault; in a folder it is only planned',
  );
  await keyferry(demo, 'plan', '', ['-f', `${PUSHES}/manifests`, '--only', 'shop/reporting-db']);

  heading(demo, 'The identity loses its role on the vault: nothing is touched, nothing is lost');
  demo.azure.vaults.deny({ clientId: MANAGED_CLIENT_ID });
  await keyferry(demo, 'sync', '', ['--only', 'shop/my-secret']);
  await showSecrets(demo.folder);

  say(`\n${bold('That was it.')} The manifests are in ${EXAMPLE}; the same command works on your own:`);
  say('  npm run --silent keyferry -- plan -f YOUR-MANIFESTS --directory ./preview\n');
}

function heading(demo: Demo, text: string): void {
  demo.step += 1;
  say(`\n${bold(`${demo.step}. ${text}`)}\n`);
}

/** Runs the command line as a child process. `extra` is a further manifest, given on standard input. */
async function keyferry(demo: Demo, command: string, extra = '', flags: readonly string[] = []): Promise<void> {
  const stdin = extra === '' ? [] : ['-f', '-'];
  const shown = [command, '-f', `${EXAMPLE}/manifests`, ...stdin, ...flags];
  const before = demo.azure.vaults.log.length;
  const tokens = demo.azure.entra.tokenRequests;
  say(dim(`$ keyferry ${shown.join(' ')} --directory ./cluster\n`));
  const colour = process.stdout.isTTY ? 'always' : 'never';
  const args = [
    ...shown,
    '--directory',
    demo.folder,
    '--color',
    colour,
    '--log-level',
    'error',
    '--log-format',
    'json',
  ];
  const code = await run(args, demo.azure, extra);
  const requests = demo.azure.vaults.log.length - before;
  const exchanged = demo.azure.entra.tokenRequests - tokens;
  say(dim(`exit code ${code}, ${requests} requests to the vault, ${exchanged} token request`));
}

function run(args: readonly string[], azure: LoopbackAzure, input: string): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/keyferry.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...azure.environment() },
    stdio: ['pipe', 'inherit', 'ignore'],
  });
  child.stdin.end(input);
  return new Promise((done, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** The Secrets of the folder, as names and keys; their files hold no values unless --show-values is given. */
async function showSecrets(folder: string): Promise<void> {
  const place = join(folder, 'shop', 'secrets');
  say('');
  for (const file of (await readdir(place)).sort()) {
    const secret = parse(await readFile(join(place, file), 'utf8')) as { data: Record<string, string> };
    say(`  Secret shop/${file.replace(/\.yaml$/, '')}`);
    for (const key of Object.keys(secret.data).sort()) say(dim(`    ${key.padEnd(20)} ********`));
  }
  say('');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await demo();
