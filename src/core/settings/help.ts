/** Help texts, made from the table: examples first, options in groups, no line longer than the terminal. */
import { messageText } from '../model/message.ts';
import { COMMANDS, type CommandName } from '../model/command-names.ts';
import { COMMAND_HELP } from './command-help.ts';
import { grouped } from './groups.ts';
import { variableOf, type Setting } from './setting.ts';
import { settingsOf } from './table.ts';
import { WORDS } from './words.ts';

type CliCommand = Exclude<CommandName, 'job'>;

/** How a help text is laid out. */
export interface HelpLayout {
  /** Columns of the terminal; no line is longer, but for a word that is. */
  readonly width: number;
  /** Every option with its whole description, or one line for each. */
  readonly form: 'long' | 'short';
}

const STOPPED = '130 or 143: stopped by SIGINT or SIGTERM; what was begun was finished.';

const RUN_EXIT_CODES = [
  '0: nothing wrong (with --detailed-exitcode: and no changes).',
  '1: problems; everything that had none was still done.',
  '2: changes, only with --detailed-exitcode.',
  STOPPED,
];

const TEMPLATE_EXIT_CODES = [
  '0: everything was rendered, and is as expected.',
  '1: problems, or differences from --expect.',
];

const VALIDATE_EXIT_CODES = ['0: no errors.', '1: errors; all of them are listed.'];

const OTHER_EXIT_CODES = ['0: nothing wrong.', '1: problems.', STOPPED];

const MORE = [
  'Documentation: docs/index.md beside this program, and https://github.com/keyferry/keyferry#readme',
  'Something wrong? https://github.com/keyferry/keyferry/issues',
];

/** Where descriptions begin; longer option names have a line of their own. */
const DESCRIPTION_COLUMN = 30;
const INDENT = '  ';

/** The help of the program itself. */
export function generalHelp(version: string, width: number): string {
  const words = [...COMMANDS.map((name) => ({ name, summary: COMMAND_HELP[name].summary })), ...WORDS];
  const nameColumn = Math.max(...words.map(({ name }) => name.length)) + 4;
  return page([
    wrapped(`keyferry ${version}: keeps Azure Key Vault and Kubernetes Secrets in step`, width, 0),
    section('Examples', [
      `${INDENT}keyferry validate -f deploy/secrets`,
      `${INDENT}keyferry plan -f deploy/secrets --directory ./preview`,
      `${INDENT}keyferry deploy --help`,
    ]),
    section('Usage', [`${INDENT}keyferry COMMAND -f PATH [options]`]),
    section(
      'Commands',
      words.flatMap(({ name, summary }) => twoColumns(name, summary, nameColumn, width)),
    ),
    MORE.flatMap((line) => wrapped(line, width, 2)),
  ]);
}

/** The help of one command. */
export function commandHelp(command: CliCommand, { width, form }: HelpLayout): string {
  const settings = settingsOf(command);
  const files = settings.some(({ name }) => name === 'filename') ? ' -f PATH' : '';
  const groups = grouped(settings).map((group) =>
    section(
      group.title,
      group.settings.flatMap((setting) => optionLines(setting, { width, form })),
    ),
  );
  const example = variableOf(settings[0] ?? { name: '' });
  const variables = `Every option is a variable too: --${settings[0]?.name ?? ''} is ${example}.`;
  return page([
    wrapped(`keyferry ${command}: ${COMMAND_HELP[command].summary}`, width, 2),
    section(
      'Examples',
      COMMAND_HELP[command].examples.map((line) => INDENT + line),
    ),
    section('Usage', [`${INDENT}keyferry ${command}${files} [options]`]),
    ...groups,
    ...(form === 'short'
      ? [wrapped(`keyferry ${command} --help says more of each, and what the exit codes mean.`, width, 0)]
      : [
          wrapped(variables, width, 0),
          section(
            'Exit codes',
            exitCodesOf(command).flatMap((line) => wrapped(line, width - 2, 3).map((one) => INDENT + one)),
          ),
        ]),
  ]);
}

function exitCodesOf(command: CliCommand): readonly string[] {
  if (command === 'plan' || command === 'sync') return RUN_EXIT_CODES;
  if (command === 'template') return TEMPLATE_EXIT_CODES;
  return command === 'validate' ? VALIDATE_EXIT_CODES : OTHER_EXIT_CODES;
}

function optionLines(setting: Setting, { width, form }: HelpLayout): readonly string[] {
  if (form === 'long') return twoColumns(flagText(setting), description(setting), DESCRIPTION_COLUMN, width);
  const [line = '', ...rest] = twoColumns(flagText(setting), firstSentence(setting), DESCRIPTION_COLUMN, width);
  const isOnItsOwn = line.trim() === flagText(setting).trim();
  const shown = isOnItsOwn ? [line, ...rest.slice(0, 1)] : [line];
  return rest.length < shown.length ? shown : [...shown.slice(0, -1), cut(shown.at(-1) ?? '', width)];
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
      return ` ${setting.name.split('-').at(-1)?.toUpperCase() ?? 'WORD'}`;
    case 'number':
      return ' N';
    case 'percent':
      return ' PERCENT';
    default:
      return ` ${setting.placeholder}`;
  }
}

function description(setting: Setting): string {
  const choices = setting.kind === 'choice' ? ` One of ${setting.choices.join(', ')}.` : '';
  const standard = 'default' in setting ? ` Default: ${setting.default}.` : '';
  return `${messageText(setting.description)}${choices}${standard}`;
}

function firstSentence(setting: Setting): string {
  const text = messageText(setting.description);
  return (/^.*?[.;](?= |$)/u.exec(text)?.[0] ?? text).replace(/[.;]$/u, '');
}

function cut(line: string, width: number): string {
  return `${line.slice(0, Math.max(0, width - 2)).trimEnd()} …`;
}

function page(parts: readonly (readonly string[])[]): string {
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines];
}

function twoColumns(left: string, right: string, column: number, width: number): readonly string[] {
  const lines = wrapped(right, Math.max(width - column, 24), 0).map((line) => ' '.repeat(column) + line);
  const head = INDENT + left;
  const [first = '', ...rest] = lines;
  return head.length + 2 > column ? [head, ...lines] : [head.padEnd(column) + first.trimStart(), ...rest];
}

/** Lines of at most `width` columns, broken between words; from the second on they hang by `hang`. */
function wrapped(text: string, width: number, hang: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(hang) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
