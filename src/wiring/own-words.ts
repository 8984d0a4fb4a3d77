/**
 * Messages name settings as the command line does (`--max-deletes`). An entry that has inputs or variables instead
 * puts them into its own words, so that nobody is told to give an option that is not there.
 */
import { SETTINGS, type Setting } from '../core/settings/table.ts';

const OPTION = /(?<![\w-])--([a-z]+(?:-[a-z]+)*)(?![\w-])/g;

/** Gives a function from text to text; options that are not in the table stay as they are. */
export function inWordsOf(nameOf: (setting: Setting) => string): (text: string) => string {
  const names = new Map(SETTINGS.map((setting: Setting) => [setting.name, nameOf(setting)]));
  return (text) => text.replace(OPTION, (option, name: string) => names.get(name) ?? option);
}
