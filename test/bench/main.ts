/**
 * `npm run bench`: how long syncs take and what they ask for, as a table; `--json FILE` writes the figures too.
 *
 * 100, 1,000 and 5,000 ExternalSecrets (or `--sizes 100,1000`) over 300 objects of a vault that takes 10 ms for each
 * answer and is behind a proxy, with the cluster in memory and, where its programs are, with a real API server. First sync, then nothing changed.
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
  readonly externalSecrets: number;
  readonly sync: 'first' | 'nothing changed';
  readonly peakMiB: number;
  readonly vaultRequests: number;
  readonly tokenRequests: number;
  /** Tunnels through the proxy, and so TLS handshakes with vault and Entra; of the process, that is of both syncs. */
  readonly handshakes: number;
}

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '100,1000,5000' }, json: { type: 'string' } },
});
const sizes = values.sizes.split(',').map(Number);

async function rowsOf(size: number, name: string, where: string, azure: LoopbackAzure): Promise<readonly Row[]> {
  azure.vaults.clearLog();
  azure.proxy.connects.length = 0;
  const tokens = azure.entra.tokenRequests;
  const run = JSON.parse(await outputOf([size.toString(), where], azure.environment())) as MeasuredRun;
  const halves = azure.vaults.log.length / 2;
  const shared = { cluster: name, externalSecrets: size, peakMiB: run.peakMiB, vaultRequests: halves };
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
      rows.push(...(await rowsOf(size, 'real API server', await kubeconfigFile(plane), azure)));
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
  'ExternalSecrets',
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
    row.externalSecrets,
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
  for (const size of sizes) rows.push(...(await rowsOf(size, 'in memory', 'memory', azure)));
  const binaries = process.env['KEYFERRY_TEST_BINARIES'];
  if (binaries === undefined) process.stdout.write('real API server: left out, there are no programs for it\n');
  else rows.push(...(await withRealServer(binaries, azure)));
  await azure.close();
  const wrong = rows.filter(
    ({ errors, sync, created, unchanged, externalSecrets }) =>
      errors > 0 || (sync === 'first' ? created : unchanged) !== externalSecrets,
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
