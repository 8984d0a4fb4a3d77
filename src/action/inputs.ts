/** The step's inputs → command and settings, or every problem at once. The only place that reads inputs. */
import { existsSync } from 'node:fs';
import { getInput, setSecret } from '@actions/core';
import { say, type Message } from '../core/model/message.ts';
import { nearest } from '../core/model/nearest.ts';
import { problemText, type Problem } from '../core/model/problem.ts';
import { parseSettings, type GivenSettings, type ParsedSettings, type Settings } from '../core/settings/parse.ts';
import { whyRefused } from '../core/settings/refused.ts';
import { settingsOf } from '../core/settings/table.ts';
import type { Environment } from '../wiring/environment.ts';
import { secretsIn } from '../wiring/kubeconfig-text.ts';
import type { PlannedDeployment } from '../wiring/run.ts';
import { combinationProblems } from './combinations.ts';
import { linesOf, PATH_INPUTS, pathProblems } from './path-inputs.ts';
import { ACTION_COMMANDS, ACTION_INPUTS, NOT_OF_A_STEP, type ActionCommand, type ActionInput } from './input-table.ts';

export interface Inputs {
  readonly command: ActionCommand;
  readonly settings: Settings;
  /** With plan, where it is what `deploy` would do that is asked for, not what `sync` would. */
  readonly deployment?: PlannedDeployment;
  /** Whether the report is added to the summary. */
  readonly summary: boolean;
  readonly comment: CommentInput;
  readonly githubToken: string;
  /** Whether a kubeconfig may have a program run to log in. */
  readonly allowExec: boolean;
}

export type CommentInput = 'auto' | 'true' | 'false';

export type ReadInputs = Inputs | { readonly problems: readonly Problem[] };

/**
 * Inputs that the command does not take are passed over, so that one step can have a command that depends on the event.
 * GitHub only warns of a misspelt input; here it is refused, for `prnue: true` must not look as if it had worked.
 */
export function readInputs(environment: Environment): ReadInputs {
  for (const secret of secretsIn(getInput('kubeconfig'), existsSync)) setSecret(secret);
  const unknown = unknownInputs(environment);
  const command = readCommand();
  const summary = readFlag('summary', true);
  const allowExec = readFlag('allow-exec', false);
  const comment = readComment();
  if (typeof command !== 'string') return { problems: [...unknown, command] };
  const given = givenSettings(command);
  const ofDeployment = command === 'plan' && isOfDeployment(given);
  const isWhole = given['only'] === undefined;
  // Deploy deletes what is no longer in the manifests; a plan that looks at some of them cannot know.
  const taken = ofDeployment && isWhole ? { ...given, prune: 'true' } : given;
  const { settings, problems } = parseSettings(command, taken, {});
  const deploy = ofDeployment && isWhole ? parseSettings('deploy', givenSettings('deploy'), {}) : undefined;
  const stdin = settings === undefined ? [] : noStandardInput(settings);
  const combined = [...combinationProblems(command, getInput), ...identityProblems(given), ...pathProblems(getInput)];
  const own = [summary, comment, allowExec].filter((one) => typeof one === 'object');
  const all = [...unknown, ...combined, ...withNew(problems, deploy?.problems ?? []), ...stdin, ...own];
  if (settings === undefined || all.length > 0) return { problems: all };
  return {
    command,
    settings,
    ...(ofDeployment ? { deployment: deploy === undefined ? {} : settingsIn(deploy) } : {}),
    summary: summary === true,
    comment: typeof comment === 'string' ? comment : 'auto',
    githubToken: getInput('github-token'),
    allowExec: allowExec === true,
  };
}

/** A step has an identity of its own, for minutes; a login of az that an earlier step left would be another, for longer. */
function identityProblems({ identity }: GivenSettings): readonly Problem[] {
  if (identity !== NOT_OF_A_STEP) return [];
  const fix = 'Leave the input identity out, and give the job permissions: { contents: read, id-token: write }.';
  return [inputProblem('identity azure-cli is for a laptop: a step never runs az', fix)];
}

/** With the engine runner, deploy is a sync; a folder and custom resources have no deployment of ours. */
function isOfDeployment(given: GivenSettings): boolean {
  return getInput('engine') !== 'runner' && given['directory'] === undefined && (given['home'] ?? 'files') === 'files';
}

function settingsIn({ settings }: ParsedSettings): PlannedDeployment {
  return settings === undefined ? {} : { settings };
}

function withNew(problems: readonly Problem[], more: readonly Problem[]): readonly Problem[] {
  const told = new Set(problems.map(problemText));
  return [...problems, ...more.filter((problem) => !told.has(problemText(problem)))];
}

/** GitHub: the input `max-deletes` comes as INPUT_MAX-DELETES, spaces as underscores. */
function unknownInputs(environment: Environment): readonly Problem[] {
  const names = ACTION_INPUTS.map(({ name }) => name);
  return Object.keys(environment)
    .filter((variable) => variable.startsWith('INPUT_'))
    .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
    .filter((name) => name !== '' && !names.includes(name))
    .sort()
    .map((name) => {
      const hint = nearest(name, names);
      const other = hint === undefined ? `The inputs are ${names.join(', ')}.` : `Did you mean ${hint}?`;
      return inputProblem(`${name} does not exist`, whyRefused(name) ?? other);
    });
}

function readCommand(): ActionCommand | Problem {
  const given = getInput('command');
  const command = ACTION_COMMANDS.find((name) => name === (given === '' ? 'deploy' : given));
  if (command !== undefined) return command;
  const hint = nearest(given, ACTION_COMMANDS);
  return inputProblem(
    `command is "${given}", which is not one of ${ACTION_COMMANDS.join(', ')}`,
    hint === undefined ? 'Use one of these.' : `Did you mean ${hint}?`,
  );
}

function readFlag(name: string, otherwise: boolean): boolean | Problem {
  const given = getInput(name);
  if (given === '') return otherwise;
  if (given === 'true') return true;
  return given === 'false' ? false : inputProblem(`${name} is neither true nor false`, 'Use true or false.');
}

function readComment(): CommentInput | Problem {
  const given = getInput('comment');
  const choice = (['auto', 'true', 'false'] as const).find((one) => one === (given === '' ? 'auto' : given));
  return choice ?? inputProblem(`comment is "${given}", which is not one of auto, true, false`, 'Use one of these.');
}

function givenSettings(command: ActionCommand): GivenSettings {
  const taken: readonly string[] = settingsOf(command).map(({ name }) => name);
  const given = ACTION_INPUTS.flatMap((input) => {
    const name = input.setting?.name ?? '';
    const text = getInput(input.name);
    return taken.includes(name) && text !== '' ? [[name, valueOf(input, text)] as const] : [];
  });
  return Object.fromEntries(given);
}

function valueOf({ name }: ActionInput, text: string): string | readonly string[] {
  return PATH_INPUTS.includes(name) ? linesOf(text) : text;
}

function noStandardInput({ filename, base }: Settings): readonly Problem[] {
  const given = [...(filename.includes('-') ? ['manifests'] : []), ...(base.includes('-') ? ['base'] : [])];
  return given.map((name) =>
    inputProblem(`${name} has "-", but a step has no standard input`, 'Name files, folders or globs.'),
  );
}

function inputProblem(what: Message, fix: Message): Problem {
  return { severity: 'error', code: 'setting', what: say`the input ${what}`, fix };
}
