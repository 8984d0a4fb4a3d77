/** Help texts, made from the table. */
import { settingsOf, variableOf, type CommandName, type Setting } from './table.ts';

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  validate: 'Check manifests and print every problem with file and line. No network.',
  plan: 'Read both sides and print what a sync would write: key names, never values.',
  sync: 'Plan, then write: bring the Secrets in step with the vault.',
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

const EXIT_CODES_OF: Readonly<Record<CommandName, string>> = {
  validate: VALIDATE_EXIT_CODES,
  plan: EXIT_CODES,
  sync: EXIT_CODES,
  template: TEMPLATE_EXIT_CODES,
};

export function generalHelp(version: string): string {
  const names = Object.keys(SUMMARIES) as CommandName[];
  const commands = names.map((name) => `  ${name.padEnd(10)}${SUMMARIES[name]}`).join('\n');
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

export function commandHelp(command: CommandName): string {
  const settings = settingsOf(command);
  const width = Math.max(...settings.map((setting) => flagText(setting).length)) + 2;
  const lines = settings.map((setting) => `  ${flagText(setting).padEnd(width)}${description(setting)}`);
  return `keyferry ${command}: ${SUMMARIES[command]}

Usage
  keyferry ${command} -f PATH [options]

Options
${lines.join('\n')}

Every option is a variable too: --filename is ${variableOf({ name: 'filename' })}.

${EXIT_CODES_OF[command]}
`;
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
