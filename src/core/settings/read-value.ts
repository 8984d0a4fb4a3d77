/** One setting as it was given → its value, or why it cannot be. */
import { nearest } from '../model/nearest.ts';
import type { Finding } from './finding.ts';
import { defaultOf, type ListSetting, type Setting, type Value } from './setting.ts';

/** As an entry collected it: a repeated flag is a list, a flag without a value is `true`. */
export type Given = string | readonly string[] | boolean | undefined;

/** The value, or everything that is wrong with what was given. */
export type ReadValue = { readonly value: Value } | { readonly findings: readonly Finding[] };

const LEAVE_OUT = 'Give a value, or leave the option out.';

/** The default where it is absent. */
export function readValue(setting: Setting, given: Given): ReadValue {
  const value = parse(setting, given);
  if (typeof value === 'object' && 'what' in value) return { findings: [value] };
  const findings = given === undefined ? [] : formFindings(setting, value);
  return findings.length === 0 ? { value } : { findings };
}

function formFindings(setting: Setting, value: Value): readonly Finding[] {
  if (!('form' in setting)) return [];
  const { form } = setting;
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  return texts.flatMap((text) => form(text) ?? []);
}

function parse(setting: Setting, given: Given): Value | Finding {
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

/** In a variable, a list is separated by commas or line ends; where values may hold commas, by line ends everywhere. */
function parseList(setting: ListSetting, given: Exclude<Given, undefined>): readonly string[] | Finding {
  const filled = itemsOf(setting, given)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return filled.length === 0 && setting.required === true ? missing() : filled;
}

function itemsOf({ byLine }: ListSetting, given: Exclude<Given, undefined>): readonly string[] {
  if (typeof given === 'string') return given.split(byLine === true ? '\n' : /[\n,]/u);
  if (!Array.isArray(given)) return [];
  const texts = given as readonly string[];
  return byLine === true ? texts.flatMap((text) => text.split('\n')) : texts;
}

function missing(): Finding {
  return { what: 'is missing', fix: 'Give it at least once.' };
}

/** What is no choice because it is said in another place. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  'managed-identity': 'The managed identity of a machine is set in the store: authType: ManagedIdentity.',
};

function badChoice(choices: readonly string[], given: string): Finding {
  const hint = nearest(given, choices);
  return {
    what: `is "${given}", which is not one of ${choices.join(', ')}`,
    fix: SAID_ELSEWHERE[given] ?? (hint === undefined ? 'Use one of these.' : `Did you mean ${hint}?`),
  };
}

function parseNumber(kind: 'number' | 'percent', text: string): number | Finding {
  const digits = kind === 'percent' ? text.replace(/%$/, '') : text;
  if (!/^\d+$/.test(digits)) return { what: `"${text}" is not a whole number`, fix: 'Use 0 or more.' };
  const value = Number(digits);
  if (kind === 'percent' && value > 100) return { what: `"${text}" is over 100`, fix: 'Use 0 to 100.' };
  return value;
}
