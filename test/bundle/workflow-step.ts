/** A GitHub runner, as far as a step sees it: a workspace, inputs with the defaults of action.yml, files for results. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, THIS_MACHINE, type Ended, type Machine, type Running } from './bundle.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string; readonly post: string; readonly using: string };
}

export const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;

export interface StepResult extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The text of the output report-path's file. */
  readonly report: string | undefined;
  /** Workflow commands, as `::error file=a.yaml,line=2::text`, decoded. */
  readonly commands: readonly Command[];
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

export class WorkflowStep {
  readonly #temporary: string;
  readonly #machine: Machine;
  /** What `github.token` is in expressions of action.yml. */
  jobToken = '';
  /** Variables that the runner has set wrong. */
  wrong: Readonly<Record<string, string>> = {};
  /** The checkout; the step runs in it. */
  readonly workspace: string;

  private constructor(temporary: string, machine: Machine) {
    this.#temporary = temporary;
    this.#machine = machine;
    this.workspace = join(temporary, 'shop');
  }

  static async create(machine: Machine = THIS_MACHINE): Promise<WorkflowStep> {
    const step = new WorkflowStep(await mkdtemp(join(tmpdir(), 'keyferry-step-')), machine);
    await mkdir(join(step.workspace, 'deploy'), { recursive: true });
    await mkdir(join(step.#temporary, 'runner'));
    await step.#emptyFiles();
    return step;
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.workspace, file), text);
  }

  /** `finish` gives its results; `run` does both, where nothing needs to happen in between. */
  start(inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>>): Running {
    return this.#machine.startBundle('action', {
      cwd: this.workspace,
      environment: { ...environment, ...this.#runner(), ...inputVariables(inputs, this.jobToken) },
    });
  }

  async run(
    inputs: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    await this.#emptyFiles();
    return await this.finish(this.start(inputs, environment));
  }

  async finish(running: Running): Promise<StepResult> {
    const ended = await running.ended;
    const outputs = fileCommandsOf(await readFile(join(this.#temporary, 'output'), 'utf8'));
    const path = outputs['report-path'];
    return {
      ...ended,
      outputs,
      summary: await readFile(join(this.#temporary, 'summary'), 'utf8'),
      report: path === undefined ? undefined : await readFile(this.#machine.pathHere(path), 'utf8'),
      commands: commandsOf(ended.stdout),
    };
  }

  /** The post step of the same action, with the state that the step has left, as the runner starts it when the job ends. */
  async post(): Promise<Ended> {
    const state = fileCommandsOf(await readFile(join(this.#temporary, 'state'), 'utf8'));
    const variables = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
    return await this.#machine.startBundle('action', {
      cwd: this.workspace,
      environment: { ...this.#runner(), ...variables },
    }).ended;
  }

  /** The event that the run is for, as the runner leaves it; gives the variable that names it. */
  async event(event: object): Promise<Record<string, string>> {
    const path = join(this.#temporary, 'event.json');
    await writeFile(path, JSON.stringify(event));
    return { GITHUB_EVENT_PATH: this.#machine.pathThere(path) };
  }

  async remove(): Promise<void> {
    await rm(this.#temporary, { recursive: true });
  }

  async #emptyFiles(): Promise<void> {
    await Promise.all(['output', 'summary', 'state'].map((file) => writeFile(join(this.#temporary, file), '')));
  }

  #runner(): Record<string, string> {
    const there = (file: string) => this.#machine.pathThere(join(this.#temporary, file));
    return {
      HOME: there(''),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: this.#machine.pathThere(this.workspace),
      GITHUB_OUTPUT: there('output'),
      GITHUB_STATE: there('state'),
      GITHUB_STEP_SUMMARY: there('summary'),
      RUNNER_TEMP: there('runner'),
      ...this.wrong,
    };
  }
}

/** GitHub's runner: every input of action.yml that has a default or is given, and also inputs that do not exist. */
function inputVariables(inputs: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const valueOf = (text = '') => text.replaceAll('${{ github.token }}', token);
  const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [name, valueOf(input.default)] as const);
  const all = { ...Object.fromEntries(defaults), ...inputs };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** The file commands of the runner: `name<<DELIMITER`, the value, `DELIMITER`, with the line ends of any system. */
function fileCommandsOf(text: string): Record<string, string> {
  const found = text.replaceAll('\r\n', '\n').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gmu);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}

/** As the runner reads lines: `::name key=value,key=value::text`, spaces before it passed over. */
export function commandsOf(stdout: string): readonly Command[] {
  return stdout.split(/\r\n|\r|\n/u).flatMap((line) => {
    const match = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/u.exec(line);
    if (match === null) return [];
    const [, name = '', properties = '', text = ''] = match;
    const pairs = properties.split(',').filter((pair) => pair !== '');
    const split = pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]);
    return [{ name, properties: Object.fromEntries(split) as Record<string, string>, text: decode(text) }];
  });
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
