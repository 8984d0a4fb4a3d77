/**
 * The action's inputs and outputs: the table of settings in words of a workflow, and a few that only a step has.
 *
 * action.yml and the tables of the manual are written from it (`npm run docs`); one name per thing, everywhere.
 */
import type { Setting } from '../core/settings/setting.ts';
import type { SettingName } from '../core/model/setting-names.ts';
import { SETTINGS } from '../core/settings/table.ts';
import { inWordsOf, type CommandPart } from '../core/model/message.ts';

export interface ActionInput {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  /** The setting of the table that it fills; absent for those that only a step has. */
  readonly setting?: Setting;
}

export interface ActionOutput {
  readonly name: string;
  readonly description: string;
}

/**
 * Reports of a step go to the log, the summary, the outputs and a file; whether there were changes is an output, and
 * what deploying would change is said by the command plan. Manifests are upgraded on a laptop.
 */
const NOT_OF_THE_ACTION = ['output', 'color', 'log-format', 'detailed-exitcode', 'dry-run', 'upgrade'];

/** Of --identity: a step never runs az. */
export const NOT_OF_A_STEP = 'azure-cli';

/** Paths are told in words of a workflow: one a line, without standard input. */
const OF_PATHS: Readonly<Record<string, string>> = {
  filename: 'Manifests: files, folders or globs, one a line. Needed unless home is custom-resources.',
  base: 'With plan-level offline: the manifests to compare with, one a line. Without it, on pull requests, those of the base, read from GitHub.',
};

/** What a setting is called in a workflow. */
export function inputName(setting: { readonly name: string }): string {
  return setting.name === 'filename' ? 'manifests' : setting.name;
}

/** Messages of a run in words of a workflow: `--force` is the input force there. */
export const inWordsOfTheAction = inWordsOf(
  ({ setting }) => `the input ${inputName({ name: setting })}`,
  commandInWords,
);

const FLAGS: readonly SettingName[] = SETTINGS.filter(({ kind }) => kind === 'flag').map(({ name }) => name);

/** `keyferry status --refresh` is command: status with refresh: true. */
function commandInWords({ command, options }: CommandPart): string {
  const inputs = options.map(({ setting, value }) => {
    const given = FLAGS.includes(setting) ? 'true' : value;
    return `${inputName({ name: setting })}${given === undefined ? '' : `: ${given}`}`;
  });
  return `command: ${command}${inputs.length === 0 ? '' : ` with ${inputs.join(' and ')}`}`;
}

/** In the order of the manual; `template` is for a laptop. */
export const ACTION_COMMANDS = [
  'deploy',
  'plan',
  'sync',
  'validate',
  'render',
  'status',
  'suspend',
  'resume',
  'uninstall',
] as const;

export type ActionCommand = (typeof ACTION_COMMANDS)[number];

export const ACTION_INPUTS: readonly ActionInput[] = [
  {
    name: 'command',
    description:
      'deploy (installs the CronJob, runs it once and waits), plan (says what would be written), sync (writes from here, installs nothing), validate (checks manifests, no network), render (gives the objects of deploy), status, suspend, resume or uninstall.',
    default: 'deploy',
  },
  ...SETTINGS.filter(isOfTheAction).map(inputOf),
  {
    name: 'allow-exec',
    description:
      'Whether a kubeconfig may have a program run to log in (exec, auth-provider): whoever writes it then chooses what runs in this job. true or false.',
    default: 'false',
  },
  {
    name: 'comment',
    description:
      'Whether a plan is also a comment on its pull request, updated in place: auto (where there is a pull request), true (warns where there is none) or false.',
    default: 'auto',
  },
  {
    name: 'github-token',
    description:
      'Writes that comment (pull-requests: write) and reads the base of a plan of plan-level offline (contents: read).',
    default: '${{ github.token }}',
  },
  {
    name: 'summary',
    description: 'Whether the report is added to the summary of the run: true or false.',
    default: 'true',
  },
];

export const ACTION_OUTPUTS: readonly ActionOutput[] = [
  {
    name: 'changed',
    description:
      'true where something was written, be it in a vault or of the installation (with plan: is to be written), else false.',
  },
  { name: 'created', description: 'How many Secrets were created (with plan: are to be).' },
  { name: 'updated', description: 'How many Secrets were updated (with plan: are to be).' },
  { name: 'deleted', description: 'How many Secrets were deleted (with plan: are to be).' },
  { name: 'unchanged', description: 'How many ExternalSecrets were in step already, or not due yet.' },
  { name: 'failed', description: 'How many ExternalSecrets failed or were blocked.' },
  { name: 'pushed', description: 'How many objects of vaults were written for PushSecrets (with plan: are to be).' },
  {
    name: 'push-removed',
    description: 'How many objects of vaults were deleted for PushSecrets (with plan: are to be).',
  },
  { name: 'push-failed', description: 'How many PushSecrets failed or were blocked.' },
  { name: 'problems', description: 'How many errors there were. With any, the step fails.' },
  {
    name: 'fingerprint',
    description:
      'With plan and sync: equal plans have equal fingerprints. Level, counts, 56 hex digits, as full-1c2u0d-….',
  },
  {
    name: 'next-due',
    description: 'When the next ExternalSecret or PushSecret is due, in UTC (RFC 3339); empty where none ever is.',
  },
  { name: 'report-path', description: 'File with the whole report as JSON, until the job ends. It holds no value.' },
  { name: 'rendered-path', description: 'With render: file with the objects, for kubectl apply --server-side -f.' },
];

function isOfTheAction({ name, commands }: Setting): boolean {
  return !NOT_OF_THE_ACTION.includes(name) && ACTION_COMMANDS.some((command) => commands.includes(command));
}

function inputOf(setting: Setting): ActionInput {
  const fallback = defaultOf(setting);
  return {
    name: inputName(setting),
    description: describe(setting),
    ...(fallback === undefined ? {} : { default: fallback }),
    setting,
  };
}

function describe(setting: Setting): string {
  const ofPaths = OF_PATHS[setting.name];
  if (ofPaths !== undefined) return ofPaths;
  const text = inWordsOfTheAction(setting.description);
  switch (setting.kind) {
    case 'list':
      return `${text.replace(' May be repeated.', '')} ${setting.byLine === true ? 'One a line.' : 'One a line, or separated by commas.'}`;
    case 'choice':
      return `${text} One of ${setting.choices.filter((one) => one !== NOT_OF_A_STEP).join(', ')}.`;
    case 'flag':
      return `${text} true or false.`;
    default:
      return text;
  }
}

function defaultOf(setting: Setting): string | undefined {
  if (setting.kind === 'flag') return 'false';
  return 'default' in setting ? String(setting.default) : undefined;
}
