/**
 * Modifiers: functions over a whole JSON text, as `a.@reverse` or `@flatten:{"deep":true}`.
 *
 * | Modifier | gives |
 * |---|---|
 * | `@this` | the text |
 * | `@reverse` | elements or members in reverse order |
 * | `@ugly`, `@pretty` | without space; with lines and indents |
 * | `@valid` | the text if it is valid JSON, else nothing |
 * | `@flatten` | inner arrays opened, with `{"deep":true}` at every depth |
 * | `@join` | an array of objects as one object, with `{"preserve":true}` equal names kept |
 * | `@keys`, `@values` | an array of them |
 * | `@tostr`, `@fromstr` | the text as a JSON string, and back |
 * | `@group` | an object of arrays as an array of objects |
 * | `@dig:path` | an array of what the path selects at any depth |
 */
import type { ModifierName } from './modifier-names.ts';
import { prettyPrint } from './pretty.ts';
import { exists, isArray, isObject, membersOf, parseResult, resultText, type Member, type Result } from './result.ts';
import { depthOf, endOfString, trim } from './scan.ts';
import { quote } from './text.ts';
import { isValid } from './valid.ts';

/** The lookup, handed in because it is what calls this module. */
export type Get = (json: string, path: string) => Result;

/** Deeper than this, modifiers that walk through all levels give nothing: they would take quadratic time. */
const DEEPEST = 500;
const WALKERS: ReadonlySet<ModifierName> = new Set(['pretty', 'flatten', 'dig']);

/** What a modifier makes of a text. */
export function applyModifier(name: ModifierName, json: string, argument: string, get: Get): string {
  if (WALKERS.has(name) && depthOf(json) > DEEPEST) return '';
  switch (name) {
    case 'this':
      return json;
    case 'pretty':
      return prettyPrint(json, argument);
    case 'ugly':
      return ugly(json);
    case 'valid':
      return isValid(json) ? json : '';
    case 'reverse':
      return reverse(json);
    case 'flatten':
      return flatten(json, hasOption(argument, 'deep'));
    case 'join':
      return join(json, hasOption(argument, 'preserve'));
    case 'keys':
      return keys(json);
    case 'values':
      return values(json);
    case 'tostr':
      return quote(json);
    case 'fromstr':
      return isValid(json) ? resultText(parseResult(json)) : '';
    case 'group':
      return group(json);
    case 'dig':
      return dig(json, argument, get);
    default:
      return name satisfies never;
  }
}

/** Options are members of a JSON argument; the last of equal names counts. */
function hasOption(argument: string, name: string): boolean {
  const options = membersOf(parseResult(argument)).filter(({ key }) => key.text === name);
  const option = options.at(-1)?.value;
  if (option === undefined) return false;
  if (option.kind === 'text') return ['1', 't', 'true'].includes(option.text.toLowerCase());
  return option.kind === 'true' || (option.kind === 'number' && option.number !== 0);
}

function ugly(json: string): string {
  let text = '';
  for (let index = 0; index < json.length; index++) {
    if (json.charCodeAt(index) <= 0x20) continue;
    const end = json[index] === '"' ? endOfString(json, index).end : index + 1;
    text += json.slice(index, end);
    index = end - 1;
  }
  return text;
}

function memberText({ key, value }: Member): string {
  return `${key.raw}:${value.raw}`;
}

function reverse(json: string): string {
  const result = parseResult(json);
  const members = membersOf(result).reverse();
  if (isArray(result)) return `[${members.map(({ value }) => value.raw).join(',')}]`;
  if (isObject(result)) return `{${members.map(memberText).join(',')}}`;
  return json;
}

function flatten(json: string, deep: boolean): string {
  const result = parseResult(json);
  if (!isArray(result)) return json;
  const parts = membersOf(result).map(({ value }) => {
    if (!isArray(value)) return trim(value.raw);
    return trim(unwrap(deep ? flatten(value.raw, true) : value.raw));
  });
  return `[${parts.filter((part) => part !== '').join(',')}]`;
}

/** The text between the brackets. */
function unwrap(json: string): string {
  const text = trim(json);
  return text.length >= 2 && /^[[{]/.test(text) ? text.slice(1, -1) : text;
}

function join(json: string, preserve: boolean): string {
  const result = parseResult(json);
  if (!isArray(result)) return json;
  const objects = membersOf(result).filter(({ value }) => isObject(value));
  if (preserve) {
    return `{${objects.map(({ value }) => unwrap(value.raw)).join(',')}}`;
  }
  const byName = new Map<string, Member>();
  for (const { key, value } of objects.flatMap((object) => membersOf(object.value))) {
    byName.set(key.text, { key: byName.get(key.text)?.key ?? key, value });
  }
  return `{${[...byName.values()].map(memberText).join(',')}}`;
}

/** An array or a scalar has no names: each of its elements gives `null`. */
function keys(json: string): string {
  const result = parseResult(json);
  if (!exists(result)) return isArray(result) ? json : '[]';
  return `[${membersOf(result)
    .map(({ key }) => key.raw || 'null')
    .join(',')}]`;
}

function values(json: string): string {
  const result = parseResult(json);
  if (isArray(result)) return json;
  return `[${membersOf(result)
    .map(({ value }) => value.raw)
    .join(',')}]`;
}

function group(json: string): string {
  const result = parseResult(json);
  if (!isObject(result)) return '';
  const rows: string[][] = [];
  for (const column of membersOf(result)) {
    if (!isArray(column.value)) continue;
    for (const [index, { value }] of membersOf(column.value).entries()) {
      (rows[index] ??= []).push(`${column.key.raw}:${value.raw}`);
    }
  }
  return `[${rows.map((row) => `{${row.join(',')}}`).join(',')}]`;
}

/** Walks with a stack of its own, so that no depth of the text can exhaust the program's. */
function dig(json: string, path: string, get: Get): string {
  const found: string[] = [];
  const pending = [parseResult(json)];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    const result = get(parent.raw, path);
    if (exists(result)) found.push(result.raw);
    if (parent.kind !== 'json') continue;
    for (const { value } of membersOf(parent).reverse()) pending.push(value);
  }
  return `[${found.join(',')}]`;
}
