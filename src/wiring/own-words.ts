/**
 * Messages name settings as the command line does (`--max-deletes`). An entry that has inputs or variables instead
 * puts them into its own words, so that nobody is told to give an option that is not there.
 */
import type { Setting } from '../core/settings/setting.ts';
import { SETTINGS } from '../core/settings/table.ts';

/** A command of another program, to be copied: up to the end of its sentence its options are its own. */
const COMMAND = String.raw`\b(?:az|kubectl) .*?(?:\.(?=\s|$)|;|$)`;
const OPTION = String.raw`(?<![\w-])--(?<name>[a-z]+(?:-[a-z]+)*)(?![\w-])`;

/** Gives a function from text to text; options that are not in the table stay as they are. */
export function inWordsOf(nameOf: (setting: Setting) => string): (text: string) => string {
  const names = new Map(SETTINGS.map((setting: Setting) => [setting.name, nameOf(setting)]));
  const places = new RegExp(`${COMMAND}|${OPTION}`, 'gmu');
  return (text) =>
    text.replace(places, (found, ...rest) => {
      const { name } = rest.at(-1) as { readonly name?: string };
      return (name === undefined ? undefined : names.get(name)) ?? found;
    });
}
