/** One setting as it was given → its value, or why it cannot be. */
import { nearest } from '../api/nearest.ts';
import { defaultOf, type ListSetting, type Setting, type Value } from './setting.ts';

/** As an entry collected it: a repeated flag is a list, a flag without a value is `true`. */
export type Given = string | readonly string[] | boolean | undefined;

/** Why a text cannot be the value of a setting; goes on from its name. */
export interface Finding {
  readonly what: string;
  readonly fix: string;
}

const LEAVE_OUT = 'Give a value, or leave the option out.';

/** The default where it is absent. */
export function readValue(setting: Setting, given: Given): Value | Finding {
  if (given === undefined) return isRequired(setting) ? missing() : defaultOf(setting);
  switch (setting.kind) {
    case 'flag':
      return parseFlag(given);
    case 'list':
      return parseList(setting, given);
    case 'text':
      return given === '' ? { what: 'is empty', fix: setting.emptyFix ?? LEAVE_OUT } : String(given);
    case 'choice':
      return setting.choices.includes(String(given)) ? String(given) : badChoice(setting.choices, String(given));
    case 'number':
    case 'percent':
      return parseNumber(setting.kind, String(given));
  }
}

function isRequired(setting: Setting): boolean {
  return (setting.kind === 'text' || setting.kind === 'list') && setting.required === true;
}

function parseFlag(given: Exclude<Given, undefined>): boolean | Finding {
  if (given === false || given === 'false') return false;
  if (given === true || given === 'true') return true;
  return { what: 'is neither true nor false', fix: 'Use true or false.' };
}

/** In a variable, a list is separated by commas or line ends. */
function parseList(setting: ListSetting, given: Exclude<Given, undefined>): readonly string[] | Finding {
  const items =
    typeof given === 'string'
      ? given.split(/[\n,]/).map((item) => item.trim())
      : Array.isArray(given)
        ? (given as readonly string[])
        : [];
  const filled = items.filter((item) => item !== '');
  return filled.length === 0 && setting.required === true ? missing() : filled;
}

function missing(): Finding {
  return { what: 'is missing', fix: 'Give it at least once.' };
}

function badChoice(choices: readonly string[], given: string): Finding {
  const hint = nearest(given, choices);
  return {
    what: `is "${given}", which is not one of ${choices.join(', ')}`,
    fix: hint === undefined ? 'Use one of these.' : `Did you mean ${hint}?`,
  };
}

function parseNumber(kind: 'number' | 'percent', text: string): number | Finding {
  const digits = kind === 'percent' ? text.replace(/%$/, '') : text;
  if (!/^\d+$/.test(digits)) return { what: `"${text}" is not a whole number`, fix: 'Use 0 or more.' };
  const value = Number(digits);
  if (kind === 'percent' && value > 100) return { what: `"${text}" is over 100`, fix: 'Use 0 to 100.' };
  return value;
}
