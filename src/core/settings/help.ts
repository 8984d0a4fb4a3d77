/** Help texts, made from the table. */
import { COMMANDS, type CommandName } from './command-names.ts';
import { variableOf, type Setting } from './setting.ts';
import { settingsOf } from './table.ts';

type CliCommand = Exclude<CommandName, 'job'>;

const SUMMARIES: Readonly<Record<CliCommand, string>> = {
  validate: 'Check manifests and print every problem with file and line. No network.',
  render: 'Print every object that deploy would apply, as YAML. No network.',
  plan: 'Read both sides and print what a sync would write: key names, never values.',
  sync: 'Plan, then write: bring the Secrets in step with the vault.',
  deploy: 'Install or upgrade the CronJob with least rights, run it once, and wait for it.',
  status: 'Show an installation: last pass, stores, ExternalSecrets, Secrets, next due, problems.',
  suspend: 'Let the CronJob of an installation start no more passes.',
  resume: 'Let it start passes again.',
  uninstall: 'Take an installation away; its Secrets are kept or deleted, as asked.',
  template: 'Render templates from given values and print the Secrets, values included. No network.',
};

const EXIT_CODES = `Exit codes
  0  nothing wrong (with --detailed-exitcode: and no changes)
  1  problems; everything that had none was still done
  2  changes, only with --detailed-exitcode`;

const TEMPLATE_EXIT_CODES = `Exit codes
  0  everything was rendered, and is as expected
  1  problems, or differences from --expect`;

const VALIDATE_EXIT_CODES = `Exit codes
  0  no errors
  1  errors; all of them are listed`;

const OTHER_EXIT_CODES = `Exit codes
  0  nothing wrong
  1  problems`;

export function generalHelp(version: string): string {
  const commands = COMMANDS.map((name) => `  ${name.padEnd(10)}${SUMMARIES[name]}`).join('\n');
  return `keyferry ${version}: keeps Azure Key Vault and Kubernetes Secrets in step

Usage
  keyferry COMMAND -f PATH [options]

Commands
${commands}

Try
  keyferry validate -f deploy/secrets
  keyferry plan -f deploy/secrets --directory ./cluster
  keyferry COMMAND --help
`;
}

export function commandHelp(command: CliCommand): string {
  const settings = settingsOf(command);
  const width = Math.max(...settings.map((setting) => flagText(setting).length)) + 2;
  const lines = settings.map((setting) => `  ${flagText(setting).padEnd(width)}${description(setting)}`);
  return `keyferry ${command}: ${SUMMARIES[command]}

Usage
  keyferry ${command}${takesFiles(command) ? ' -f PATH' : ''} [options]

Options
${lines.join('\n')}

Every option is a variable too: --${settings[0]?.name ?? ''} is ${variableOf(settings[0] ?? { name: '' })}.

${exitCodesOf(command)}
`;
}

function takesFiles(command: CliCommand): boolean {
  return settingsOf(command).some(({ name }) => name === 'filename');
}

function exitCodesOf(command: CliCommand): string {
  if (command === 'plan' || command === 'sync') return EXIT_CODES;
  if (command === 'template') return TEMPLATE_EXIT_CODES;
  return command === 'validate' ? VALIDATE_EXIT_CODES : OTHER_EXIT_CODES;
}

/** `-f, --filename PATH`. */
export function flagText(setting: Setting): string {
  const short = setting.short === undefined ? '    ' : `-${setting.short}, `;
  return `${short}--${setting.name}${valueText(setting)}`;
}

function valueText(setting: Setting): string {
  switch (setting.kind) {
    case 'flag':
      return '';
    case 'choice':
      return ` ${setting.choices.join('|')}`;
    case 'number':
      return ' N';
    case 'percent':
      return ' PERCENT';
    default:
      return ` ${setting.placeholder}`;
  }
}

function description(setting: Setting): string {
  const standard = 'default' in setting ? setting.default : undefined;
  return standard === undefined ? setting.description : `${setting.description} Default: ${standard}.`;
}
