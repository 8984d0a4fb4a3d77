/**
 * Inputs that a command does not take are passed over, so that one step can have a command that depends on the event.
 * Not so where that would do something else than was asked for: those combinations are refused, with the nearest right one.
 */
import type { Problem } from '../core/model/problem.ts';
import type { ActionCommand } from './input-table.ts';

interface Refusal {
  readonly input: string;
  readonly commands: readonly ActionCommand[];
  /** Of the text that was given; an input that is not given is ''. */
  readonly isMeant: (text: string) => boolean;
  readonly why: string;
  readonly fix: string;
}

const isGiven = (text: string): boolean => text !== '';
const isTrue = (text: string): boolean => text === 'true';
const INSTALLED: readonly ActionCommand[] = ['status', 'suspend', 'resume', 'uninstall'];

const REFUSALS: readonly Refusal[] = [
  {
    input: 'directory',
    commands: ['deploy', 'render', ...INSTALLED],
    isMeant: isGiven,
    why: 'a CronJob cannot be in a folder',
    fix: 'Use command: sync, or name a cluster.',
  },
  {
    input: 'only',
    commands: ['deploy', 'render'],
    isMeant: isGiven,
    why: 'an installation that knew some of the manifests would delete the Secrets of the others',
    fix: 'Leave it out, or use command: sync.',
  },
  {
    input: 'due',
    commands: ['deploy'],
    isMeant: isTrue,
    why: 'a deployment looks at everything',
    fix: 'Leave it out, or use command: sync.',
  },
  {
    input: 'engine',
    commands: ['render', ...INSTALLED],
    isMeant: (text) => text === 'runner' || text === 'eso',
    why: 'only the engine cronjob installs something',
    fix: 'Leave the step out, or deploy with engine: cronjob first.',
  },
  {
    input: 'refresh',
    commands: ['deploy'],
    isMeant: isTrue,
    why: 'deploy starts a pass anyway',
    fix: 'Leave it out, or use command: status.',
  },
];

/** `textOf` gives the text of an input, '' where it is not given. */
export function combinationProblems(command: ActionCommand, textOf: (input: string) => string): readonly Problem[] {
  return REFUSALS.filter(({ input, commands, isMeant }) => commands.includes(command) && isMeant(textOf(input))).map(
    ({ input, why, fix }) => ({
      severity: 'error',
      code: 'setting',
      what: `the input ${input} cannot go with command: ${command}, for ${why}`,
      fix,
    }),
  );
}
