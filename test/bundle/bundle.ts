/**
 * The built bundles as child processes, with nothing in them replaced: build/action, build/job, build/cli.
 *
 * They run from a copy outside the repository, for where they are used there is no node_modules beside them that could
 * give them what the bundle lacks.
 */
import { afterAll } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const QUICKSTART = join(ROOT, 'examples/quickstart');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Standard output up to now. */
  readonly printedSofar: () => string;
  readonly ended: Promise<Ended>;
}

export interface Start {
  readonly args?: readonly string[];
  readonly cwd: string;
  /** All that the process gets, beside PATH. */
  readonly environment: Readonly<Record<string, string>>;
}

const COPY = mkdtempSync(join(tmpdir(), 'keyferry-bundles-'));
cpSync(join(ROOT, 'build'), COPY, { recursive: true });
afterAll(() => rmSync(COPY, { recursive: true }));

export type BundleName = 'action' | 'job' | 'cli';

/** The Node that runs bundles: this one, or another, as test/bundle/oldest.sh sets it. */
const NODE = process.env['KEYFERRY_BUNDLE_NODE'] ?? process.execPath;

export function startBundle(name: BundleName, { args = [], cwd, environment }: Start): Running {
  return start(NODE, { args: [bundleFile(name), ...args], cwd, environment });
}

export function bundleFile(name: BundleName): string {
  return join(COPY, name, 'index.js');
}

/** What runs bundles: this system, or another that has the same files under paths of its own. */
export interface Machine {
  readonly startBundle: typeof startBundle;
  /** A path of this system, as programs of that machine write it. */
  readonly pathThere: (path: string) => string;
  readonly pathHere: (path: string) => string;
}

export const THIS_MACHINE: Machine = { startBundle, pathThere: (path) => path, pathHere: (path) => path };

/** Resolves once the process has printed this to standard output; ask before it can. */
export function printed(child: ChildProcess, text: string): Promise<void> {
  let sofar = '';
  return new Promise((done) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      sofar += chunk.toString();
      if (sofar.includes(text)) done();
    });
  });
}

/** Resolves once something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 5));
}

export function start(program: string, { args = [], cwd, environment }: Start): Running {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((done, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, printedSofar: () => stdout, ended };
}
