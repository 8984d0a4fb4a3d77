/** What it costs to get going: CPU and memory of the job's bundle until it asks the vault for the first time, beside an idle Node. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID } from '../servers/index.ts';

const JOB = resolve(import.meta.dirname, '../../build/job/index.js');
const RUNS = 9;
const CLOCK_TICKS_PER_SECOND = 100;

export interface StartUp {
  readonly what: string;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMiB: number;
}

/** Medians of several runs. */
export async function measureStartUp(): Promise<readonly StartUp[]> {
  return [await bareNode(), await jobToFirstRequest()];
}

async function bareNode(): Promise<StartUp> {
  // Prints its own figures at the very end, as there is nothing to wait for.
  const script =
    'process.on("exit",()=>{const u=process.resourceUsage();console.log(JSON.stringify([u.userCPUTime+u.systemCPUTime,u.maxRSS]))})';
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    const [cpu = 0, rss = 0] = JSON.parse(await outputOf(['-e', script])) as readonly number[];
    runs.push({ cpuMs: cpu / 1000, peakMiB: rss / 1024, wallMs: performance.now() - started });
  }
  return medians('node -e 0', runs);
}

interface Figures {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMiB: number;
}

function medians(what: string, runs: readonly Figures[]): StartUp {
  const median = (of: (figures: Figures) => number): number =>
    Math.round(runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0);
  return {
    what,
    cpuMs: median(({ cpuMs }) => cpuMs),
    wallMs: median(({ wallMs }) => wallMs),
    peakMiB: median(({ peakMiB }) => peakMiB),
  };
}

function outputOf(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', () => done(output));
  });
}

/** The vault holds its first answer until the figures of the process were read. Linux only: they are in /proc. */
async function jobToFirstRequest(): Promise<StartUp> {
  const azure = await startLoopbackAzure({ vaults: { 'kv-shop': { secrets: { db: [{ value: 'x' }] } } } });
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-start-up-'));
  await writeFile(join(folder, 'manifests.yaml'), yaml(STORE, externalSecret('db')));
  const runs: Figures[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const directory = join(folder, String(run));
      const environment = {
        ...azure.environment(),
        KEYFERRY_AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
        KEYFERRY_AZURE_TENANT_ID: TENANT_ID,
        KEYFERRY_FILENAME: join(folder, 'manifests.yaml'),
        KEYFERRY_DIRECTORY: directory,
        KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
      };
      azure.vaults.clearLog();
      azure.vaults.inject({ match: '^GET', latencyMs: 400, times: 1 });
      const started = performance.now();
      const child = spawn(process.execPath, [JOB], { env: environment, stdio: 'ignore' });
      const ended = new Promise((done) => child.on('close', done));
      while (azure.vaults.log.length === 0 && azure.vaults.challenges.count <= run && child.exitCode === null) {
        await new Promise((done) => setTimeout(done, 2));
      }
      const wallMs = performance.now() - started;
      runs.push({ ...(await figuresOf(child.pid ?? 0)), wallMs });
      await ended;
    }
  } finally {
    await azure.close();
    await rm(folder, { recursive: true });
  }
  return medians('the job, to its first vault request', runs);
}

async function figuresOf(pid: number): Promise<Omit<Figures, 'wallMs'>> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /u, '').split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peak = /^VmHWM:\s+(\d+) kB$/mu.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return { cpuMs: (ticks * 1000) / CLOCK_TICKS_PER_SECOND, peakMiB: Number(peak) / 1024 };
}
