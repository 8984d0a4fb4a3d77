/**
 * Inputs beside a command that does not take them. GitHub gives a step all its inputs, and one step may have a command
 * that depends on the event, so what says how the same manifests are deployed is passed over (SHARED). Anything else
 * asks for something that would not happen, and is refused with the nearest right combination.
 *
 * | command | passed over, beside what it takes |
 * | --- | --- |
 * | `plan`, `render` | what `deploy` takes: they show what it would do |
 * | `validate` | what `deploy` and `sync` take: it looks at the manifests of both |
 * | `status`, `suspend`, `resume`, `uninstall` | what `render` takes: it is what the installation was made from |
 * | any | `base`: there is none without a pull request; `wait-timeout`, `log-level`: they ask for nothing |
 */
import type { Message } from '../core/model/message.ts';
import { engineProblems } from '../core/settings/engine-problems.ts';
import type { CommandName } from '../core/model/command-names.ts';
import type { Problem } from '../core/model/problem.ts';
import { readValue } from '../core/settings/read-value.ts';
import { settingProblem } from '../core/settings/setting-problem.ts';
import type { Setting } from '../core/settings/setting.ts';
import { settingsOf } from '../core/settings/table.ts';
import { ACTION_COMMANDS, ACTION_INPUTS, type ActionCommand, type ActionInput } from './input-table.ts';

const SHARED: Readonly<Record<ActionCommand, readonly CommandName[]>> = {
  deploy: [],
  sync: [],
  plan: ['deploy'],
  render: ['deploy'],
  validate: ['deploy', 'sync'],
  status: ['render'],
  suspend: ['render'],
  resume: ['render'],
  uninstall: ['render'],
};

const SHARED_BY_ALL: readonly string[] = ['base', 'wait-timeout', 'log-level'];

/** They say that a plan was approved, and so that something is to be written. */
const OF_AN_APPLY: readonly string[] = ['plan-fingerprint', 'require-plan-fingerprint'];

/** `deploy` takes them with --dry-run alone, which a step says as command: plan. */
const OF_A_DRY_RUN: readonly string[] = ['plan-level'];

interface Reason {
  readonly input: string;
  readonly commands: readonly ActionCommand[];
  readonly why: string;
  readonly fix: Message;
}

const INSTALLED: readonly ActionCommand[] = ['status', 'suspend', 'resume', 'uninstall'];
const DEPENDS = 'In a step whose command depends on the event, let this input depend on it too.';

/** Where more can be said than which commands take it. */
const REASONS: readonly Reason[] = [
  {
    input: 'directory',
    commands: ['deploy', 'render', ...INSTALLED],
    why: 'nothing can be installed in a folder',
    fix: 'Use command: sync, or name a cluster.',
  },
  {
    input: 'only',
    commands: ['deploy', 'render'],
    why: 'a deployment that knew some of the manifests would delete the Secrets of the others',
    fix: 'Leave it out, or use command: sync.',
  },
  {
    input: 'only',
    commands: INSTALLED,
    why: 'an installation is looked after as a whole',
    fix: 'Leave it out. To take some away, take them out of the manifests and deploy.',
  },
  {
    input: 'due',
    commands: ['deploy'],
    why: 'a deployment looks at everything',
    fix: 'Leave it out, or use command: sync.',
  },
  {
    input: 'engine',
    commands: ['render', ...INSTALLED],
    why: 'only the engine cronjob installs something',
    fix: 'Leave the step out, or deploy with engine: cronjob first.',
  },
  {
    input: 'refresh',
    commands: ['deploy'],
    why: 'deploy starts a pass anyway',
    fix: 'Leave it out, or use command: status.',
  },
  {
    input: 'plan-level',
    commands: ['deploy', 'sync'],
    why: 'it would write, and not only plan',
    fix: `Use command: plan, or leave it out. ${DEPENDS}`,
  },
  ...OF_AN_APPLY.map((input) => ({
    input,
    commands: ['plan', 'render', 'validate'] as const,
    why: 'nothing is applied',
    fix: `Give it to the step that applies what was approved, with command: deploy or sync. ${DEPENDS}`,
  })),
  {
    input: 'namespace',
    commands: INSTALLED,
    why: 'it is that of manifests, and not where the installation is',
    fix: 'Give installation-namespace.',
  },
  {
    input: 'cluster-rights',
    commands: ['sync'],
    why: 'this run has the rights of whoever logs in to the cluster',
    fix: 'Leave it out, or use command: deploy.',
  },
  {
    input: 'service-account',
    commands: ['sync'],
    why: 'the vault is read with azure-client-id, and nothing is made in the cluster but Secrets',
    fix: 'Leave it out, or use command: deploy.',
  },
];

/** `textOf` gives the text of an input, '' where it is not given. */
export function combinationProblems(command: ActionCommand, textOf: (input: string) => string): readonly Problem[] {
  const taken = settingsOf(command).filter(({ name }) => command !== 'deploy' || !OF_A_DRY_RUN.includes(name));
  return ACTION_INPUTS.flatMap((input) => {
    const { name, setting } = input;
    const text = textOf(name);
    if (setting === undefined || taken.includes(setting) || !isGiven(input, text)) return [];
    if (name === 'namespace' && isElsewhere(command, textOf)) return [refused(command, input)];
    if (isEngine(command, name, text)) return engineProblems({ engine: text });
    return isShared(command, setting, text) ? formProblems(setting, text) : [refused(command, input)];
  });
}

/** Where the installation is follows from the manifests, which are not read any more. */
function isElsewhere(command: ActionCommand, textOf: (input: string) => string): boolean {
  return INSTALLED.includes(command) && textOf('installation-namespace') === '';
}

/** The runner gives the default of action.yml for what nobody gave. */
function isGiven({ default: otherwise = '' }: ActionInput, text: string): boolean {
  return text !== '' && text !== otherwise;
}

/** A plan is that of the engine too. */
function isEngine(command: ActionCommand, name: string, text: string): boolean {
  return name === 'engine' && text === 'eso' && (command === 'plan' || command === 'sync' || command === 'validate');
}

function isShared(command: ActionCommand, setting: Setting, text: string): boolean {
  const { name, commands } = setting;
  if (SHARED_BY_ALL.includes(name)) return true;
  if (OF_AN_APPLY.includes(name)) return false;
  // The engine runner is a sync.
  if (name === 'engine' && command === 'sync') return text === 'runner';
  if (name === 'engine' && command === 'render') return !['runner', 'eso'].includes(text);
  return SHARED[command].some((other) => commands.includes(other));
}

/** What is passed over here is taken in another run of the same step: a mistake in it is told now. */
function formProblems(setting: Setting, text: string): readonly Problem[] {
  const read = readValue(setting, text);
  return 'value' in read ? [] : read.findings.map(({ what, fix }) => settingProblem(setting.name, what, fix));
}

function refused(command: ActionCommand, { name, setting }: ActionInput): Problem {
  const known = REASONS.find(({ input, commands }) => input === name && commands.includes(command));
  const others = ACTION_COMMANDS.filter((one) => setting?.commands.includes(one));
  const { why, fix } = known ?? {
    why: `only ${inWords(others)} ${others.length === 1 ? 'takes' : 'take'} it`,
    fix: `Leave it out, or use command: ${others.join(' or ')}.`,
  };
  return {
    severity: 'error',
    code: 'setting',
    what: `the input ${name} cannot go with command: ${command}, for ${why}`,
    fix,
  };
}

function inWords(commands: readonly string[]): string {
  const [last = '', ...others] = commands.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
