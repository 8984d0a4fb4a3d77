/**
 * The command line from its sources: a process for each run, or one that stays for many.
 *
 * A process costs a second of loading. So only what a process alone can show has one of its own: exit codes, standard
 * input, signals. What else it compiled is kept for the next, which halves that second.
 */
import { fork, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const PROGRAM = join(ROOT, 'src/cli/keyferry.ts');

type Variables = Readonly<Record<string, string>>;

/** All that a process gets which is started here, beside what the test gives it. */
const SURROUNDINGS = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/keyferry-test'),
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly cwd?: string;
  readonly environment?: Variables;
}

export function startKeyferry(
  args: readonly string[],
  { cwd = ROOT, environment = {} }: Start = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [PROGRAM, ...args], { cwd, env: { ...SURROUNDINGS, ...environment } });
}

export function keyferry(args: readonly string[], { input = '', ...start }: Start & { input?: string } = {}) {
  const child = startKeyferry(args, start);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.end(input);
  return new Promise<Ended>((done) => child.on('close', (code) => done({ code, ...output })));
}

/** A process that runs one command line after the other, each with variables of its own; see resident-program.ts. */
export class ResidentKeyferry {
  readonly #child: ChildProcess;
  readonly #environment: Variables;
  /** Rejects once the process ends, which it never should on its own. */
  readonly #gone: Promise<never>;

  /** Node itself reads some variables once, as it starts: authorities that are trusted are these for all runs. */
  constructor({ cwd = ROOT, environment = {} }: Start = {}) {
    this.#environment = environment;
    this.#child = fork(join(import.meta.dirname, 'resident-program.ts'), {
      cwd,
      env: { ...SURROUNDINGS, ...environment },
      execArgv: [],
    });
    this.#gone = new Promise((_done, reject) => {
      this.#child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
    });
    this.#gone.catch(() => {});
  }

  async run(args: readonly string[], environment: Variables = this.#environment): Promise<Ended> {
    const ended = new Promise<Ended>((done) => this.#child.once('message', (told) => done(told as Ended)));
    this.#child.send({ args, environment: { ...SURROUNDINGS, ...environment } });
    return await Promise.race([ended, this.#gone]);
  }

  async close(): Promise<void> {
    this.#child.kill();
    await this.#gone.catch(() => {});
  }
}
