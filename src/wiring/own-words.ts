/**
 * Messages name settings as the command line does (`--max-deletes`). An entry that has inputs or variables instead
 * puts them into its own words, so that nobody is told to give an option that is not there.
 */
import { COMMANDS } from '../core/settings/command-names.ts';
import type { Setting } from '../core/settings/setting.ts';
import { SETTINGS } from '../core/settings/table.ts';

/** A command of another program, to be copied: up to the end of its sentence its options are its own. */
const COMMAND = String.raw`\b(?:az|kubectl) .*?(?:\.(?=\s|$)|;|$)`;
const OPTION = String.raw`(?<![\w-])--(?<name>[a-z]+(?:-[a-z]+)*)(?![\w-])`;

/** A command line of our own, with its options. */
const OWN = String.raw`(?<![\w./-])keyferry (?<command>${COMMANDS.join('|')})(?![\w-])(?<options>(?: --?[a-z]+(?:-[a-z]+)*(?: [A-Z]+)?)*)`;

/** How an entry without a command line says `keyferry status --refresh`. */
export type CommandWords = (command: string, options: readonly string[]) => string;

/** Gives a function from text to text; options that are not in the table stay as they are. */
export function inWordsOf(nameOf: (setting: Setting) => string, commandOf?: CommandWords): (text: string) => string {
  const names = new Map(SETTINGS.map((setting: Setting) => [setting.name, nameOf(setting)]));
  const places = new RegExp([COMMAND, ...(commandOf === undefined ? [] : [OWN]), OPTION].join('|'), 'gmu');
  return (text) =>
    text.replace(places, (found, ...rest) => {
      const { name, command, options = '' } = rest.at(-1) as Found;
      if (command !== undefined) return commandOf?.(command, options.split(' ').filter(Boolean)) ?? found;
      return (name === undefined ? undefined : names.get(name)) ?? found;
    });
}

interface Found {
  readonly name?: string;
  readonly command?: string;
  readonly options?: string;
}
