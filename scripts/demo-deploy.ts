/**
 * `npm run demo:deploy`: an installation from its first command to its last, in a real Kubernetes of one node on this
 * machine: started by test/node/run.sh, which needs root and Go.
 *
 * The pods are the product's as they are. Key Vault and Entra are loopback servers behind the real host names; Entra
 * checks the pods' tokens against the API server's keys. Everything is done with the rights of a namespace admin.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../test/cluster/cluster-user.ts';
import { kubeconfigOf } from '../test/cluster/control-plane.ts';
import { joinTeam } from '../test/cluster/team.ts';
import { controlPlane } from '../test/cluster/world.ts';
import { IDENTITY_SERVICE_ACCOUNT, NODE_IMAGE, openNodeWorld, type NodeWorld } from '../test/node/node-world.ts';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../test/servers/index.ts';

const CLI = resolve(import.meta.dirname, '../build/cli/index.js');
const NAMESPACE = 'shop';
const SECRET = 'app-secrets';
const CHANGED = 'database-password';
const OLD = {
  [CHANGED]: 'correct-horse-battery-staple',
  'session-secret': '7f0c1d4ab2',
  'feature-flags': 'dark-mode-on',
};
const NEW = { [CHANGED]: 'a-new-horse-a-new-battery' };
const MADE_HERE = 'made-by-the-database-itself';
const PUSHED = 'reporting-db-password';
const HAND_MADE = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'reporting-db', namespace: NAMESPACE },
  stringData: { password: MADE_HERE },
};
const VALUES = [...Object.values(OLD), ...Object.values(NEW), MADE_HERE];
/** A store that logs in as the ServiceAccount which the first deployment made, and one key of the Secret. */
const PUSH = `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: writer, namespace: ${NAMESPACE} }
spec:
  provider:
    azurekv:
      vaultUrl: https://kv-shop.vault.azure.net
      authType: WorkloadIdentity
      serviceAccountRef: { name: ${IDENTITY_SERVICE_ACCOUNT} }
---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: reporting-db, namespace: ${NAMESPACE} }
spec:
  secretStoreRefs: [{ name: writer }]
  selector: { secret: { name: reporting-db } }
  data: [{ match: { secretKey: password, remoteRef: { remoteKey: ${PUSHED} } } }]
`;
/** What may never be printed. */
const SECRETS = VALUES.flatMap((value) => [value, Buffer.from(value).toString('base64')]);
/** Of Kubernetes itself: they tell what has been, not what is. */
const EVENTS = /^event[./]/u;

const KEYS = '{{range $key, $value := .data}}{{$key}}{{"\\n"}}{{end}}';

const isTerminal = process.stdout.isTTY;
const bold = (text: string) => (isTerminal ? `\u001B[1m${text}\u001B[22m` : text);
const dim = (text: string) => (isTerminal ? `\u001B[2m${text}\u001B[22m` : text);

interface Demo {
  readonly world: NodeWorld;
  readonly folder: string;
  /** Of the team, and of somebody who sees everything. */
  readonly kubeconfig: string;
  readonly adminKubeconfig: string;
  step: number;
}

async function demo(): Promise<void> {
  const world = await openNodeWorld(NAMESPACE);
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-demo-'));
  try {
    // Deploy is to make it.
    await world.admin.delete('ServiceAccount', NAMESPACE, IDENTITY_SERVICE_ACCOUNT);
    world.fillVault(OLD);
    const kubeconfig = await joinTeam({ admin: world.admin, namespace: NAMESPACE, user: 'user-0', folder });
    const adminKubeconfig = join(folder, 'admin.kubeconfig');
    await writeFile(adminKubeconfig, kubeconfigOf(controlPlane(), 'admin', NAMESPACE));
    await tour({ world, folder, kubeconfig, adminKubeconfig, step: 0 });
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

async function tour(one: Demo): Promise<void> {
  const before = await everything(one);

  heading(one, 'Deploy: from a vault address and a few names to Secrets, in one command');
  await keyferry(one, 'deploy', ...plainInputs());

  heading(one, 'The Secret is there, with the keys that match');
  await run(one, 'kubectl', 'get', 'cronjobs,jobs,pods');
  await run(one, 'kubectl', 'get', 'secret', SECRET, '-o', `go-template=${KEYS}`);
  await expectValue(one, OLD[CHANGED]);

  heading(one, 'Somebody sets a new password in the vault, and it arrives by itself');
  say('\nThe schedule starts a run every 15 minutes, which stays and looks every 30 seconds. Not to wait for it:');
  await run(one, 'kubectl', 'create', 'job', '--from=cronjob/keyferry', 'keyferry-now');
  await arrival(one);

  heading(one, 'The other direction: a password that was made in the cluster goes into the vault');
  await writeFile(join(one.folder, 'push.yaml'), PUSH);
  await one.world.admin.apply(HAND_MADE);
  await keyferry(one, 'deploy', '-f', 'push.yaml', '--installation', 'push', '--image', NODE_IMAGE);
  expectPushed(one, MADE_HERE);

  heading(one, 'Status: what is installed, and whether all is well');
  await keyferry(one, 'status');

  heading(one, 'Uninstall: nothing is left');
  await keyferry(one, 'uninstall', '--installation', 'push', '--vault-objects', 'delete');
  expectPushed(one, undefined);
  await keyferry(one, 'uninstall', '--secrets', 'delete');
  await one.world.admin.delete('Secret', NAMESPACE, HAND_MADE.metadata.name);
  await expectNothingNew(one, before);

  say(`\n${bold('That was it.')} On your own cluster: docs/guides/deploy.md\n`);
}

function plainInputs(): readonly string[] {
  return [
    ...['--vault-url', 'https://kv-shop.vault.azure.net', '--namespace', NAMESPACE],
    ...['--service-account', IDENTITY_SERVICE_ACCOUNT, '--azure-client-id', MANAGED_CLIENT_ID],
    ...['--azure-tenant-id', TENANT_ID],
    ...['--find', '.*(password|secret|key).*', '--target', SECRET, '--refresh-interval', '30s'],
    ...['--image', NODE_IMAGE],
  ];
}

function heading(one: Demo, text: string): void {
  one.step += 1;
  say(`\n${bold(`${one.step}. ${text}`)}`);
}

/** The built command line, shown as a person types it. */
async function keyferry(one: Demo, ...args: readonly string[]): Promise<void> {
  say(dim(`\n$ keyferry ${shown(args)}`));
  const quiet = ['--color', isTerminal ? 'always' : 'never', '--log-level', 'warn'];
  await finished(one, process.execPath, [CLI, ...args, ...quiet], `keyferry ${args[0] ?? ''}`);
}

async function run(one: Demo, program: string, ...args: readonly string[]): Promise<void> {
  say(dim(`\n$ ${program} ${shown(args)}`));
  await finished(one, program, args, `${program} ${args[0] ?? ''}`);
}

/** Fails where the program does, and where it prints a value. */
async function finished(
  { kubeconfig, folder }: Demo,
  program: string,
  args: readonly string[],
  name: string,
): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig, CI: 'true' };
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      process.stdout.write(chunk);
    });
  }
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  if (code !== 0) throw new Error(`${name} ended with exit code ${code ?? 'none'}`);
  if (SECRETS.some((value) => printed.includes(value))) throw new Error(`${name} printed a value`);
}

/** Options that find no room in the line go to the next. */
function shown(args: readonly string[]): string {
  const words = args.map((arg) => (/[^\w./:=,-]/u.test(arg) ? `'${arg}'` : arg)).join(' ');
  return words.split(/ (?=--)/u).reduce((text, option) => {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    return line.length + option.length < 90 ? `${text} ${option}` : `${text} \\\n    ${option}`;
  });
}

async function expectValue({ world }: Demo, value: string): Promise<void> {
  const secret = await world.secret(SECRET);
  if (secret?.[CHANGED] !== value) throw new Error(`Secret ${NAMESPACE}/${SECRET} does not hold what the vault has`);
  if ('feature-flags' in secret) throw new Error('a key that does not match is there');
}

/** `undefined` = it is not there (any more). */
function expectPushed({ world }: Demo, value: string | undefined): void {
  const found = world.azure.vaults.snapshot('kv-shop').secrets[PUSHED]?.at(-1)?.value;
  if (found !== value) throw new Error(`secret ${PUSHED} of the vault is not as the PushSecret wants it`);
  say(`\n${PUSHED} of vault kv-shop: ${value === undefined ? 'deleted' : 'as in the cluster'}`);
}

/** The first pass of the run finds nothing to do; the one after the interval brings the value. */
async function arrival(one: Demo): Promise<void> {
  const { world } = one;
  await eventually('the run makes its first pass', async () => await activePass(one), 60);
  world.fillVault(NEW);
  const changedAt = Date.now();
  const look = async () => ((await world.secret(SECRET))?.[CHANGED] === NEW[CHANGED] ? true : undefined);
  await eventually('the new value is in the Secret', look, 60);
  say(
    `\n${CHANGED} of Secret ${NAMESPACE}/${SECRET}: changed, ${Math.round((Date.now() - changedAt) / 1000)} s after the vault`,
  );
}

/** Whether the last report is of that run's pod. */
async function activePass({ world }: Demo): Promise<true | undefined> {
  const report = await world.admin.find('ConfigMap', NAMESPACE, 'keyferry-report');
  return JSON.stringify(report?.['data'] ?? '').includes('keyferry-now-') ? true : undefined;
}

/** Names of all objects of the namespace, of every kind that the API server has, but Events. */
async function everything({ folder, adminKubeconfig }: Demo): Promise<readonly string[]> {
  const kubectl = async (...args: readonly string[]) => {
    const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: adminKubeconfig };
    return (await promisify(execFile)('kubectl', args, { env })).stdout.split('\n').filter((line) => line !== '');
  };
  const kinds = await kubectl('api-resources', '--verbs=list', '--namespaced', '-o', 'name');
  const names = await kubectl('get', kinds.join(','), '-n', NAMESPACE, '--ignore-not-found', '-o', 'name');
  return names.filter((name) => !EVENTS.test(name)).sort();
}

/** The garbage collector takes pods away after their Jobs. */
async function expectNothingNew(one: Demo, before: readonly string[]): Promise<void> {
  let left: readonly string[] = [];
  const nothingLeft = async () => {
    left = (await everything(one)).filter((name) => !before.includes(name));
    return left.length === 0 ? true : undefined;
  };
  await eventually('nothing is left', nothingLeft).catch((error: unknown) => {
    throw new Error(`uninstall left ${left.join(', ')}`, { cause: error });
  });
  say(`\nOf every kind that the API server has, namespace ${NAMESPACE} holds what it held before.`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const startedAt = Date.now();
try {
  await demo();
  say(dim(`${Math.round((Date.now() - startedAt) / 1000)} s, beside the start of the node.`));
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
