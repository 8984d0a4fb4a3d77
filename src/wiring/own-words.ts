/**
 * Messages name settings as the command line does (`--max-deletes`). An entry that has inputs or variables instead says
 * them in its own words, so that nobody is told to give an option that is not there.
 *
 * A message is read into parts: what stands in it as text, as a setting and as a command of ours. What is in quotes, in a
 * path or in a command of another program is text. Only messages are read like this: names in reports never come here.
 */
import { COMMANDS } from '../core/settings/command-names.ts';
import type { Setting } from '../core/settings/setting.ts';
import { SETTINGS } from '../core/settings/table.ts';

export type Part =
  | { readonly text: string }
  | { readonly setting: Setting }
  | { readonly command: string; readonly options: readonly string[] };

/** How an entry without a command line says `keyferry status --refresh`. */
export type CommandWords = (command: string, options: readonly string[]) => string;

/** A command of another program, to be copied: up to the end of its sentence its options are its own. */
const OTHERS = String.raw`\b(?:az|kubectl) .*?(?:\.(?=\s|$)|;|$)`;
/** Names of somebody else, as messages hold them. */
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const OPTION = String.raw`(?<![\w./\\-])--(?<name>[a-z]+(?:-[a-z]+)*)(?![\w/\\-])`;
/** A command line of our own, with its options. */
const OWN = String.raw`(?<![\w./-])keyferry (?<command>${COMMANDS.join('|')})(?![\w-])(?<options>(?: --?[a-z]+(?:-[a-z]+)*(?: [A-Z]+)?)*)`;
const PLACES = new RegExp([OTHERS, QUOTED, OWN, OPTION].join('|'), 'gmu');

/** Options that are not in the table are text. */
export function partsOf(message: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of message.matchAll(PLACES)) {
    const part = partOf(found.groups ?? {});
    if (part === undefined) continue;
    parts.push({ text: message.slice(end, found.index) }, part);
    end = found.index + found[0].length;
  }
  return [...parts, { text: message.slice(end) }].filter((part) => !('text' in part) || part.text !== '');
}

function partOf({ name, command, options = '' }: Readonly<Record<string, string | undefined>>): Part | undefined {
  if (command !== undefined) return { command, options: options.split(' ').filter(Boolean) };
  const setting = SETTINGS.find((one: Setting) => one.name === name);
  return setting === undefined ? undefined : { setting };
}

/** Gives a function from message to text. Without `commandOf` only the options of our commands are worded. */
export function inWordsOf(nameOf: (setting: Setting) => string, commandOf?: CommandWords): (message: string) => string {
  const asText = (part: Part): string => {
    if ('text' in part) return part.text;
    if ('setting' in part) return nameOf(part.setting);
    return (
      commandOf?.(part.command, part.options) ?? ['keyferry', part.command, ...part.options.map(optionText)].join(' ')
    );
  };
  const optionText = (option: string): string => {
    const setting = SETTINGS.find((one: Setting) => option === `--${one.name}`);
    return setting === undefined ? option : nameOf(setting);
  };
  return (message) => partsOf(message).map(asText).join('');
}
