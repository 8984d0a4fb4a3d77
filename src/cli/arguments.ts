/** Command line → command and given settings. Knows the table's names, not their meaning. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { COMMANDS, type CommandName } from '../core/model/command-names.ts';
import { findSchema } from '../core/api/json-schema/find-schema.ts';
import type { Setting } from '../core/settings/setting.ts';
import { SETTINGS, settingsOf } from '../core/settings/table.ts';
import { SHELLS, WORDS, type Shell } from '../core/settings/words.ts';
import type { GivenSettings } from '../core/settings/parse.ts';
import { nearest } from '../core/model/nearest.ts';

export type CliCommand = Exclude<CommandName, 'job'>;

export type Arguments =
  | { readonly kind: 'help'; readonly command?: CliCommand; readonly form: 'long' | 'short' }
  | { readonly kind: 'version'; readonly output: 'text' | 'json' }
  | { readonly kind: 'completion'; readonly shell: Shell }
  | { readonly kind: 'schema'; readonly text: string }
  | { readonly kind: 'wrong'; readonly what: string; readonly fix: string }
  | { readonly kind: 'run'; readonly command: CliCommand; readonly flags: GivenSettings };

/** What other tools call our commands; close spellings would lead astray (install is not uninstall). */
const ELSEWHERE: Readonly<Record<string, CliCommand>> = {
  apply: 'sync',
  diff: 'plan',
  install: 'deploy',
  upgrade: 'deploy',
  delete: 'uninstall',
  destroy: 'uninstall',
  remove: 'uninstall',
  lint: 'validate',
  check: 'validate',
  build: 'render',
  get: 'status',
  pause: 'suspend',
};

export function readArguments(args: readonly string[]): Arguments {
  const [word, ...rest] = args;
  switch (word) {
    case undefined:
    case '--help':
    case 'help':
      return helpFor(rest, 'long');
    case '-h':
      return helpFor(rest, 'short');
    case 'version':
    case '--version':
    case '-v':
    case '-V':
      return readVersion(rest);
    case 'completion':
      return readCompletion(rest);
    case 'schema':
      return readSchema(rest);
  }
  const command = COMMANDS.find((name) => name === word);
  if (command === undefined) return unknownCommand(word);
  if (rest.length === 1 && rest[0] === 'help') return { kind: 'help', command, form: 'long' };
  try {
    return readFlags(command, rest);
  } catch (error) {
    return wrong(messageOf(error), `See keyferry ${command} --help.`);
  }
}

function wrong(what: string, fix: string): Arguments {
  return { kind: 'wrong', what, fix };
}

const OTHER_WORDS = WORDS.map(({ name }) => name);

function helpFor([word]: readonly string[], form: 'long' | 'short'): Arguments {
  if (word === undefined || word.startsWith('-') || OTHER_WORDS.includes(word)) return { kind: 'help', form };
  const command = COMMANDS.find((name) => name === word);
  return command === undefined ? unknownCommand(word) : { kind: 'help', command, form };
}

function readVersion(rest: readonly string[]): Arguments {
  const asked = rest.join(' ').replace('=', ' ');
  if (rest.length === 0) return { kind: 'version', output: 'text' };
  const output = (['text', 'json'] as const).find((one) => [`-o ${one}`, `--output ${one}`].includes(asked));
  if (output !== undefined) return { kind: 'version', output };
  return wrong(`version does not take "${rest.join(' ')}"`, 'It takes --output json.');
}

function readCompletion([word, ...more]: readonly string[]): Arguments {
  const shell = SHELLS.find((one) => one === word);
  if (shell !== undefined && more.length === 0) return { kind: 'completion', shell };
  if (word === '--help' || word === '-h') return { kind: 'help', form: 'long' };
  const what = word === undefined ? 'completion needs a shell' : `"${word}" is no shell that completion knows`;
  return wrong(what, `Give one of ${SHELLS.join(', ')}, as in: source <(keyferry completion bash)`);
}

function readSchema(rest: readonly string[]): Arguments {
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', form: 'long' };
  const found = findSchema(rest);
  return found.kind === 'wrong' ? found : { kind: 'schema', text: found.text };
}

function unknownCommand(word: string): Arguments {
  const hint = ELSEWHERE[word] ?? nearest(word, [...COMMANDS, ...OTHER_WORDS]);
  return wrong(`"${word}" is not a command`, hint === undefined ? 'See keyferry --help.' : `Did you mean ${hint}?`);
}

function readFlags(command: CliCommand, args: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: { ...optionsOfTable(), help: { type: 'boolean' }, 'short-help': { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const { help, 'short-help': shortHelp, ...flags } = values;
  if (help === true) return { kind: 'help', command, form: 'long' };
  if (shortHelp === true) return { kind: 'help', command, form: 'short' };
  const given = tokens.filter((token) => token.kind === 'option');
  const letter = given.find(({ name, rawName }) => !isKnown(name) && !rawName.startsWith('--'));
  if (letter !== undefined) return unknownLetter(command, letter.rawName);
  const stray = Object.keys(flags).every(isKnown) ? positionals[0] : undefined;
  if (stray !== undefined) return wrong(`"${stray}" stands alone`, `Put -f before a path: -f ${stray}`);
  const bare = given.find((token) => needsValue(token.name) && token.value === undefined);
  if (bare !== undefined) return wrong(`--${bare.name} needs a value`, `See keyferry ${command} --help.`);
  return { kind: 'run', command, flags: withoutEquals(flags, given) };
}

function isKnown(name: string): boolean {
  return SETTINGS.some((setting: Setting) => setting.name === name);
}

function unknownLetter(command: CliCommand, letter: string): Arguments {
  const isKustomize = letter === '-k' && settingsOf(command).some(({ name }) => name === 'filename');
  return wrong(
    `${letter} is not an option of ${command}`,
    isKustomize
      ? `A kustomization is built by kustomize: kustomize build DIR | keyferry ${command} -f -`
      : `See keyferry ${command} -h.`,
  );
}

type OptionToken = Extract<NonNullable<ReturnType<typeof parseArgs>['tokens']>[number], { kind: 'option' }>;

/** `-f=PATH` is PATH, as with kubectl; Node's parser takes the sign for the beginning of the value. */
function withoutEquals(flags: GivenSettings, given: readonly OptionToken[]): GivenSettings {
  const written = given.filter(({ rawName, value }) => !rawName.startsWith('--') && value?.startsWith('=') === true);
  return Object.fromEntries(
    Object.entries(flags).map(([name, value]) => {
      const wrote = written.filter((token) => token.name === name).map((token) => token.value);
      const bare = (text: unknown) => (typeof text === 'string' && wrote.includes(text) ? text.slice(1) : text);
      return [name, Array.isArray(value) ? value.map(bare) : bare(value)];
    }),
  ) as GivenSettings;
}

function optionsOfTable(): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    SETTINGS.map((setting: Setting) => [
      setting.name,
      {
        type: setting.kind === 'flag' ? ('boolean' as const) : ('string' as const),
        ...(setting.short === undefined ? {} : { short: setting.short }),
        ...(setting.kind === 'list' ? { multiple: true } : {}),
      },
    ]),
  );
}

function needsValue(name: string): boolean {
  const setting = SETTINGS.find((candidate: Setting) => candidate.name === name);
  return setting !== undefined && setting.kind !== 'flag';
}

function messageOf(error: unknown): string {
  return error instanceof Error
    ? (error.message.split('\n')[0] ?? '').replace(/\.$/, '')
    : 'the options cannot be read';
}
