/**
 * Texts that hold names of other people, made fit to be shown: what is printed is what was meant, and nothing more.
 *
 * A name may hold a line break, with which it forges a line of a report; control sequences, which a terminal obeys;
 * marks that nobody sees and that turn the text around; or the commands that systems look for in the output of a step
 * (`::error::` at the beginning of a line for GitHub, `##[error]` and `##vso[…]` anywhere for Azure Pipelines). Whatever
 * leaves the program as text or JSON goes through here; only what `template` and `render` print as a file does not.
 */

/**
 * Controls (C0, DEL, C1 with NEL), format characters (bidirectional marks, zero-width ones, tags), line and paragraph
 * separators, halves of pairs, and all else that Unicode lets a renderer leave out.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** `##[`, `##vso[`, `##teamcity[`. */
const BRACKET_COMMAND = /#(?=#[\p{L}\p{N}_.-]*\[)/gu;

/** Runners take spaces before it for nothing. */
const COLON_COMMAND = /^(\s*):(?=:)/u;

/** One line, whatever the text holds: unseen characters as `\n` and `\u001b`, commands taken apart. */
export function inOneLine(text: string): string {
  return text
    .replace(UNSEEN, (character) => (character === '\n' ? String.raw`\n` : asNumbers(character)))
    .replace(BRACKET_COMMAND, '# ')
    .replace(COLON_COMMAND, '$1: ');
}

/** The same for each line of a text whose line breaks are ours. */
export function inLines(text: string): string {
  return text.split('\n').map(inOneLine).join('\n');
}

/** JSON that means the same: parsing gives every name back. No line of it begins with `::`, since none of JSON's does. */
export function inJson(json: string): string {
  return json
    .replace(UNSEEN, (character) => (character === '\n' ? character : asNumbers(character)))
    .replace(BRACKET_COMMAND, String.raw`\u0023`);
}

function asNumbers(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** The same value with every text in it changed, however deep. Dates, Maps and objects of a class stay as they are. */
export function everyText<Value>(value: Value, change: (text: string) => string): Value {
  return changed(value, change) as Value;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, change)]));
}
