/** Command line → command and given settings. Knows the table's names, not their meaning. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { COMMANDS, type CommandName } from '../core/settings/command-names.ts';
import type { Setting } from '../core/settings/setting.ts';
import { SETTINGS } from '../core/settings/table.ts';
import type { GivenSettings } from '../core/settings/parse.ts';
import { nearest } from '../core/api/nearest.ts';

export type CliCommand = Exclude<CommandName, 'job'>;

export type Arguments =
  | { readonly kind: 'help'; readonly command?: CliCommand }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly what: string; readonly fix: string }
  | { readonly kind: 'run'; readonly command: CliCommand; readonly flags: GivenSettings };

export function readArguments(args: readonly string[]): Arguments {
  const [word, ...rest] = args;
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') return { kind: 'help' };
  if (word === '--version' || word === 'version') return { kind: 'version' };
  const command = COMMANDS.find((name) => name === word);
  if (command === undefined) return unknownCommand(word);
  try {
    return readFlags(command, rest);
  } catch (error) {
    return { kind: 'wrong', what: messageOf(error), fix: `See keyferry ${command} --help.` };
  }
}

function unknownCommand(word: string): Arguments {
  const hint = nearest(word, COMMANDS);
  return {
    kind: 'wrong',
    what: `"${word}" is not a command`,
    fix: hint === undefined ? 'See keyferry --help.' : `Did you mean ${hint}?`,
  };
}

function readFlags(command: CliCommand, args: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: { ...optionsOfTable(), help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (values['help'] === true) return { kind: 'help', command };
  const isKnown = (name: string) => SETTINGS.some((setting: Setting) => setting.name === name);
  const stray = Object.keys(values).every(isKnown) ? positionals[0] : undefined;
  if (stray !== undefined) {
    return { kind: 'wrong', what: `"${stray}" stands alone`, fix: `Put -f before a path: -f ${stray}` };
  }
  const bare = tokens.find((token) => token.kind === 'option' && needsValue(token.name) && token.value === undefined);
  if (bare?.kind === 'option') {
    return { kind: 'wrong', what: `--${bare.name} needs a value`, fix: `See keyferry ${command} --help.` };
  }
  return { kind: 'run', command, flags: values };
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
