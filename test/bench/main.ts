/**
 * `npm run bench`: how long syncs take and what they ask for, as a table; `--json FILE` writes the figures too.
 *
 * 100, 1,000 and 5,000 ExternalSecrets (or `--sizes 100,1000`) over 300 objects of a vault that takes 10 ms for each
 * answer and is behind a proxy, with the cluster in memory and, where its programs are, with a real API server. First sync, then nothing changed.
 * And 100 and 1,000 PushSecrets (`--pushes 100,1000`): Key Vault's limit of new versions makes the first of them wait.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectAs } from '../cluster/cluster-user.ts';
import { kubeconfigOf, startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { NAMESPACE, vaultContent } from './load.ts';
import type { Measured, MeasuredRun } from './measured-run.ts';
import { measureStartUp, type StartUp } from './start-up.ts';

const VAULT_LATENCY_MS = 10;

interface Row extends Measured {
  readonly cluster: string;
  readonly kind: 'ExternalSecret' | 'PushSecret';
  readonly count: number;
  readonly sync: 'first' | 'nothing changed';
  readonly peakMiB: number;
  readonly tokenRequests: number;
  /** Tunnels through the proxy, and so TLS handshakes with vault and Entra; of the process, that is of both syncs. */
  readonly handshakes: number;
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,5000' },
    pushes: { type: 'string', default: '100,1000' },
    json: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const pushSizes = values.pushes.split(',').map(Number);

async function rowsOf(
  {
    size,
    kind,
    name,
    where,
  }: { readonly size: number; readonly kind: Row['kind']; readonly name: string; readonly where: string },
  azure: LoopbackAzure,
): Promise<readonly Row[]> {
  azure.vaults.clearLog();
  azure.proxy.connects.length = 0;
  const tokens = azure.entra.tokenRequests;
  const run = JSON.parse(
    await outputOf([size.toString(), where, kind === 'PushSecret' ? 'pushes' : 'pulls'], azure.environment()),
  ) as MeasuredRun;
  const shared = { cluster: name, kind, count: size, peakMiB: run.peakMiB };
  const half = { tokenRequests: (azure.entra.tokenRequests - tokens) / 2, handshakes: azure.proxy.connects.length };
  return [
    { ...run.first, ...shared, ...half, sync: 'first' },
    { ...run.again, ...shared, ...half, sync: 'nothing changed' },
  ];
}

function outputOf(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const script = join(import.meta.dirname, 'measured-run.ts');
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(output) : failed(new Error(`a measured run ended with ${code}`))));
  });
}

/** A namespace of its own for each size would change nothing: names differ, and the first sync must find none. */
async function withRealServer(binaries: string, azure: LoopbackAzure): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const plane = await startControlPlane(binaries, []);
    try {
      const where = await kubeconfigFile(plane);
      rows.push(...(await rowsOf({ size, kind: 'ExternalSecret', name: 'real API server', where }, azure)));
    } finally {
      await plane.stop();
    }
  }
  return rows;
}

async function kubeconfigFile({ address }: ControlPlane): Promise<string> {
  const admin = connectAs(address, 'admin');
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  admin.close();
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-bench-'));
  process.on('exit', () => void rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(address, 'admin', NAMESPACE));
  return join(folder, 'kubeconfig');
}

const HEADINGS = [
  'cluster',
  'kind',
  'count',
  'sync',
  'wall ms',
  'CPU ms',
  'peak MiB',
  'vault',
  'token',
  'handshakes',
  'API server',
];

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.cluster,
    row.kind,
    row.count,
    row.sync,
    row.wallMs,
    row.cpuMs,
    row.peakMiB,
    row.vaultRequests,
    row.tokenRequests,
    row.handshakes,
    row.cluster === 'in memory' ? '-' : row.apiServerRequests,
  ]);
  return markdown(HEADINGS, cells);
}

function markdown(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  return line(headings) + line(headings.map(() => '---')) + rows.map(line).join('');
}

function startUpTable(rows: readonly StartUp[]): string {
  return markdown(
    ['start-up', 'CPU ms', 'wall ms', 'peak MiB'],
    rows.map(({ what, cpuMs, wallMs, peakMiB }) => [what, cpuMs, wallMs, peakMiB]),
  );
}

async function main(): Promise<void> {
  const azure = await startLoopbackAzure({ vaults: vaultContent() });
  azure.vaults.inject({ match: '^GET', latencyMs: VAULT_LATENCY_MS });
  const rows: Row[] = [];
  const inMemory = { name: 'in memory', where: 'memory' };
  for (const size of sizes) rows.push(...(await rowsOf({ size, kind: 'ExternalSecret', ...inMemory }, azure)));
  for (const size of pushSizes) rows.push(...(await rowsOf({ size, kind: 'PushSecret', ...inMemory }, azure)));
  const binaries = process.env['KEYFERRY_TEST_BINARIES'];
  if (binaries === undefined) process.stdout.write('real API server: left out, there are no programs for it\n');
  else rows.push(...(await withRealServer(binaries, azure)));
  await azure.close();
  const wrong = rows.filter(
    ({ errors, sync, created, unchanged, count }) => errors > 0 || (sync === 'first' ? created : unchanged) !== count,
  );
  const startUp = await measureStartUp();
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model.trim() ?? ''}), ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()} ${arch()}, Node ${process.versions.node}`;
  process.stdout.write(
    `${machine}; vault answers after ${VAULT_LATENCY_MS} ms\n\n${table(rows)}\n${startUpTable(startUp)}`,
  );
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify({ machine, rows, startUp }, null, 2)}\n`);
  if (wrong.length > 0) throw new Error(`${wrong.length} of the measured syncs did not do their work`);
}

await main();
