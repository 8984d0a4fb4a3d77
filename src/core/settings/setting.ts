/** One row of the table of settings, and its names elsewhere. */
import type { CommandName } from '../model/command-names.ts';
import type { Message } from '../model/message.ts';
import type { SettingName } from '../model/setting-names.ts';
import type { Form } from './finding.ts';

interface SettingBase {
  /** Kebab-case, as the flag without dashes. */
  readonly name: SettingName;
  /** One letter for the command line. */
  readonly short?: string;
  readonly commands: readonly CommandName[];
  /** One sentence for the help text. */
  readonly description: Message;
}

export interface TextSetting extends SettingBase {
  readonly kind: 'text';
  /** What stands for the value in help texts. */
  readonly placeholder: string;
  readonly default?: string;
  readonly required?: boolean;
  /** Where an empty text is no less than a mistake, in a variable too: what to do about it. */
  readonly emptyFix?: Message;
  /** What it must look like. */
  readonly form?: Form;
}

export interface ListSetting extends SettingBase {
  readonly kind: 'list';
  readonly placeholder: string;
  readonly required?: boolean;
  /** Values may hold commas: only line ends part one from the next, in every entry. */
  readonly byLine?: true;
  /** What each of them must look like. */
  readonly form?: Form;
}

export interface ChoiceSetting extends SettingBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default: string;
}

export interface NumberSetting extends SettingBase {
  readonly kind: 'number' | 'percent';
  readonly default: number;
}

export interface FlagSetting extends SettingBase {
  readonly kind: 'flag';
}

/** What a setting can be. */
export type Value = string | number | boolean | readonly string[] | undefined;

export type Setting = TextSetting | ListSetting | ChoiceSetting | NumberSetting | FlagSetting;

/** `KEYFERRY_MAX_DELETES`. */
export function variableOf(setting: { readonly name: string }): string {
  return `KEYFERRY_${setting.name.toUpperCase().replaceAll('-', '_')}`;
}

/** `maxDeletes`. */
export function propertyOf(setting: { readonly name: string }): string {
  return setting.name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** What a setting is where nobody gives it. */
export function defaultOf(setting: Setting): Value {
  switch (setting.kind) {
    case 'flag':
      return false;
    case 'list':
      return [];
    default:
      return setting.default;
  }
}

/** Entries that fill in defaults give them as if they were meant, so that nobody can tell the two apart. */
export function differsFromDefault(setting: Setting, value: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(defaultOf(setting));
}
