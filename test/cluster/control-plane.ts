/**
 * A real Kubernetes without nodes: etcd, kube-apiserver and, where it is there, kube-controller-manager.
 *
 * Everything listens on 127.0.0.1 on ports of the kernel's choice and lives in one temporary folder. Users are static
 * tokens; their rights are RBAC. Service account tokens are signed with a key made for this run.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CertificateAuthority } from '../servers/index.ts';

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 90_000;
/** Ends with a slash, as those of AKS do. */
export const SERVICE_ACCOUNT_ISSUER = 'https://cluster.keyferry.test/oidc/';

/** What a test needs to reach the cluster; plain data, so that it can be handed to other processes. */
export interface ControlPlaneAddress {
  readonly server: string;
  readonly caFile: string;
  /** user → bearer token. `admin` may do everything; the others have the rights that tests give them. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly collectsGarbage: boolean;
  /** Names whose tokens are accepted beside these; the API server reads it again when it changes. */
  readonly authenticationFile: string;
}

export interface ControlPlane {
  readonly address: ControlPlaneAddress;
  stop(): Promise<void>;
}

interface Parts {
  readonly folder: string;
  readonly binaries: string;
  readonly processes: ChildProcess[];
}

/** Starts the programs of a folder (kube-apiserver, etcd, perhaps kube-controller-manager); ready when it resolves. */
export async function startControlPlane(binaries: string, users: readonly string[]): Promise<ControlPlane> {
  const parts: Parts = { folder: await mkdtemp(join(tmpdir(), 'keyferry-cluster-')), binaries, processes: [] };
  try {
    const address = await start(parts, users);
    return { address, stop: () => stop(parts) };
  } catch (error) {
    const logs = ['etcd', 'kube-apiserver'].map((name) => tailOf(parts, name)).join('\n');
    await stop(parts);
    throw new Error(`the control plane did not start\n${logs}`, { cause: error });
  }
}

async function start(parts: Parts, users: readonly string[]): Promise<ControlPlaneAddress> {
  const [clients, peers, secure] = await freePorts(3);
  const etcd = `http://${HOST}:${clients}`;
  const caFile = await writeKeys(parts);
  const tokens = Object.fromEntries(['admin', 'controllers', ...users].map((user) => [user, token()]));
  await writeFile(join(parts.folder, 'tokens.csv'), tokenFile(tokens), { mode: 0o600 });
  const authenticationFile = join(parts.folder, 'authentication.json');
  await writeFile(authenticationFile, authenticationConfiguration([]));
  run(parts, 'etcd', etcdFlags(parts, etcd, `http://${HOST}:${peers}`));
  run(parts, 'kube-apiserver', serverFlags(parts, etcd, secure));
  const collectsGarbage = existsSync(join(parts.binaries, 'kube-controller-manager'));
  const server = `https://${HOST}:${secure}`;
  const address = { server, caFile, tokens, collectsGarbage, authenticationFile };
  await untilReady(parts, address);
  if (collectsGarbage) await startControllers(parts, address);
  return address;
}

async function startControllers(parts: Parts, address: ControlPlaneAddress): Promise<void> {
  const kubeconfig = join(parts.folder, 'controllers.kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(address, 'controllers'), { mode: 0o600 });
  run(parts, 'kube-controller-manager', [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--use-service-account-credentials=false',
    `--service-account-private-key-file=${join(parts.folder, 'sa.key')}`,
    `--bind-address=${HOST}`,
    `--secure-port=${(await freePorts(1))[0]}`,
    `--cert-dir=${join(parts.folder, 'controllers')}`,
    `--flex-volume-plugin-dir=${join(parts.folder, 'flex')}`,
    '--kube-api-qps=300',
    '--kube-api-burst=600',
  ]);
}

/** Kubernetes: Authenticating, Configuring the API server; JSON is YAML. */
export function authenticationConfiguration(jwt: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthenticationConfiguration', jwt });
}

/** A kubeconfig, as text, for one user. */
export function kubeconfigOf(address: ControlPlaneAddress, user: string, namespace = 'default'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user, namespace } }],
    clusters: [{ name: 'test', cluster: { server: address.server, 'certificate-authority': address.caFile } }],
    users: [{ name: user, user: { token: address.tokens[user] } }],
  });
}

/** The file of the authority that signed the server's certificate: one that nobody else knows, as in real clusters. */
async function writeKeys({ folder }: Parts): Promise<string> {
  const authority = new CertificateAuthority();
  const serving = authority.issue('kube-apiserver', [HOST, 'localhost', 'kubernetes.default.svc']);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const files = {
    'api.crt': serving.certificate,
    'api.key': serving.privateKey,
    'ca.crt': authority.pem,
    'sa.key': privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'sa.pub': publicKey.export({ type: 'spki', format: 'pem' }),
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })));
  return join(folder, 'ca.crt');
}

function token(): string {
  return randomBytes(16).toString('hex');
}

function tokenFile(tokens: Readonly<Record<string, string>>): string {
  const privileged = ['admin', 'controllers'];
  const lines = Object.entries(tokens).map(
    ([user, text]) => `${text},${user},${user},"${privileged.includes(user) ? 'system:masters' : ''}"`,
  );
  return `${lines.join('\n')}\n`;
}

function etcdFlags({ folder }: Parts, clients: string, peers: string): readonly string[] {
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

function serverFlags({ folder }: Parts, etcd: string, port: number): readonly string[] {
  return [
    `--etcd-servers=${etcd}`,
    `--bind-address=${HOST}`,
    `--secure-port=${port}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    `--tls-cert-file=${join(folder, 'api.crt')}`,
    `--tls-private-key-file=${join(folder, 'api.key')}`,
    '--authorization-mode=RBAC',
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    `--authentication-config=${join(folder, 'authentication.json')}`,
    `--service-account-issuer=${SERVICE_ACCOUNT_ISSUER}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    '--service-cluster-ip-range=10.96.0.0/24',
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
  ];
}

function run(parts: Parts, name: string, flags: readonly string[]): void {
  const log = openSync(logFile(parts, name), 'a');
  const child = spawn(join(parts.binaries, name), flags, { stdio: ['ignore', log, log], cwd: parts.folder });
  child.on('error', () => undefined);
  parts.processes.push(child);
}

function logFile({ folder }: Parts, name: string): string {
  return join(folder, `${name}.log`);
}

function tailOf(parts: Parts, name: string): string {
  if (!existsSync(logFile(parts, name))) return '';
  const lines = readFileSync(logFile(parts, name), 'utf8').trimEnd().split('\n');
  return [`--- ${name}`, ...lines.slice(-15)].join('\n');
}

/** `--token-auth-file` users may ask /readyz; the first answers come before the certificates are loaded. */
async function untilReady({ processes }: Parts, address: ControlPlaneAddress): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(address))) {
    const gone = processes.find(({ exitCode, pid }) => exitCode !== null || pid === undefined);
    if (gone !== undefined) throw new Error(`${gone.spawnfile} ended`);
    if (Date.now() > deadline) throw new Error(`not ready after ${READY_WITHIN_MS / 1000} s`);
    await wait(100);
  }
}

async function isReady(address: ControlPlaneAddress): Promise<boolean> {
  const { get } = await import('node:https');
  const headers = { authorization: `Bearer ${address.tokens['admin'] ?? ''}` };
  const ca = readFileSync(address.caFile);
  return new Promise((answer) => {
    const request = get(`${address.server}/readyz`, { headers, ca, timeout: 2_000, agent: false }, (response) => {
      response.resume();
      answer(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => answer(false));
  });
}

async function stop({ processes, folder }: Parts): Promise<void> {
  for (const child of processes.toReversed()) await end(child);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(patience);
}

async function freePorts(count: number): Promise<readonly [number, number, number]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports as unknown as readonly [number, number, number];
}

function listen(): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, HOST, () => done(server));
  });
}
