/** `npm run docs`: writes the pages of docs/reference that are made from tables. Same table, same bytes. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageText } from '../src/core/model/message.ts';
import { commandHelp, flagText } from '../src/core/settings/help.ts';
import { COMMANDS, type CommandName } from '../src/core/model/command-names.ts';
import { variableOf, type Setting } from '../src/core/settings/setting.ts';
import { SETTINGS } from '../src/core/settings/table.ts';
import { annotationsReference } from './annotations-reference.ts';
import { operatorReference } from './operator-reference.ts';
import { templateFunctionsReference } from './template-functions.ts';

/** Help texts as a terminal of 100 columns shows them. */
const PAGE = { width: 100, form: 'long' } as const;

/** The whole page. No tables: a formatter would align them anew with every change. */
export function cliReference(): string {
  return `${[INTRODUCTION, ...SETTINGS.map(settingSection), '## Help texts', ...COMMANDS.map(helpSection)].join('\n\n')}\n`;
}

const INTRODUCTION = `# Command line

<!-- Written by npm run docs from src/core/settings/table.ts. Change the table, not this page. -->

\`\`\`text
keyferry COMMAND -f PATH [options]
\`\`\`

The commands are ${COMMANDS.map((name) => `\`${name}\``).join(', ')}; \`keyferry COMMAND --help\` prints the options of one, \`-h\` a line for each, \`keyferry --version\` the version, \`keyferry completion SHELL\` completions for bash, zsh, fish or powershell, \`keyferry schema KIND\` the [JSON Schema](../guides/editors.md) of a kind.

Every option is also a variable. The option wins over the variable, the variable over the default; an empty variable counts as absent, but for an empty fingerprint, which is refused. An unknown option is an error, an unknown variable is ignored. In a variable, a list is separated by commas or line ends, and a switch is \`true\` or \`false\`.`;

function settingSection(setting: Setting): string {
  const facts = [
    `Variable: \`${variableOf(setting)}\``,
    `Commands: ${setting.commands.join(', ')}`,
    ...('default' in setting ? [`Default: \`${setting.default}\``] : []),
    ...('required' in setting ? ['Required'] : []),
    ...(setting.kind === 'list' ? ['May be repeated'] : []),
  ];
  return [
    `## --${setting.name}`,
    `\`${flagText(setting).trim()}\``,
    messageText(setting.description).replaceAll('*', '\\*'),
    facts.map((fact) => `- ${fact}`).join('\n'),
  ].join('\n\n');
}

function helpSection(command: Exclude<CommandName, 'job'>): string {
  return [`### keyferry ${command}`, `\`\`\`text\n${commandHelp(command, PAGE).trimEnd()}\n\`\`\``].join('\n\n');
}

if (import.meta.main) {
  const folder = resolve(import.meta.dirname, '../docs/reference');
  await writeFile(resolve(folder, 'cli.md'), cliReference());
  await writeFile(resolve(folder, 'template-functions.md'), templateFunctionsReference());
  await writeFile(resolve(folder, 'operator-releases.md'), operatorReference());
  await writeFile(resolve(folder, 'manifests/annotations.md'), annotationsReference());
}
