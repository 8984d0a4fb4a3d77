/**
 * Looks a gjson path up in a text.
 *
 * ESO 2.9: `remoteRef.property` is a gjson 1.18.0 path (`get` is its `Get`). The text is searched as it is: it need
 * not be valid JSON, the search begins at its first bracket, and of equal names the first that leads on is taken.
 * Nothing in here throws for any text or path, but TooMuchWork for one that goes on and on.
 */
import { applyModifier } from './modifiers.ts';
import { isModifier } from './modifier-names.ts';
import { splitMultipath, type Multipath } from './multipath.ts';
import { arrayComponent, objectComponent, splitAtPipe, type ArrayComponent, type ObjectComponent } from './path.ts';
import { satisfies, type Query } from './query.ts';
import {
  ABSENT,
  exists,
  jsonResult,
  nextValue,
  numberResult,
  parseResult,
  rawOrText,
  readValue,
  type Result,
} from './result.ts';
import { endOfBrackets, endOfGroup, endOfString, findValue, valueStartAt } from './scan.ts';
import { matchesWildcard } from './wildcard.ts';
import { Work } from './work.ts';
import { unescape } from './text.ts';

/** What a path selects from a text; ABSENT when it selects nothing. */
export function get(json: string, path: string, work: Work = new Work(json)): Result {
  work.spend(json);
  if (path.length < 2) return search(json, path, work);
  switch (path[0]) {
    case '@':
      return modified(json, path, work) ?? search(json, path, work);
    case '!':
      return staticValue(path, work) ?? search(json, path, work);
    case '{':
    case '[':
      return collected(json, path, work);
    default:
      return search(json, path, work);
  }
}

interface Read {
  readonly work: Work;
  readonly read: (raw: string) => Result;
}

/** Goes on with the rest of a path after a whole value, or reads that value. */
function followed(raw: string, rest: string, { work, read }: Read): Result {
  return rest.startsWith('|') || rest.startsWith('.') ? get(raw, rest.slice(1), work) : read(raw);
}

/** `@name`, `@name:argument`, and what follows. The argument is JSON, or a text up to the next pipe. */
function modified(json: string, path: string, work: Work): Result | undefined {
  const name = /^[^:.|]*/.exec(path.slice(1))?.[0] ?? '';
  if (!isModifier(name)) return undefined;
  const after = path.slice(1 + name.length);
  const argument = after.startsWith(':') ? modifierArgument(after.slice(1)) : '';
  const rest = after.startsWith(':') ? after.slice(1 + argument.length) : after;
  const made = applyModifier(name, json, argument, (part, way) => get(part, way, work));
  return followed(made, rest, { work, read: parseResult });
}

function modifierArgument(text: string): string {
  if (/^[{["]/.test(text)) return text.slice(0, endOfGroup(text, 0));
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '|') return text.slice(0, index);
    if ('{["('.includes(text.charAt(index))) index = endOfGroup(text, index) - 1;
  }
  return text;
}

const STATIC_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'nan', 'inf']);

/**
 * `!"text"`, `!5`, `!{"a":1}`, `!true`: the value itself, whatever the text is.
 *
 * Only an object, an array or a word can be followed by more path: gjson takes all that follows a string or a number
 * for a part of it.
 */
function staticValue(path: string, work: Work): Result | undefined {
  const text = path.slice(1);
  if (/^[{["+\-\d]/.test(text)) {
    const end = endOfBrackets(text, 0);
    return followed(text.slice(0, end), text.slice(end), { work, read: parseResult });
  }
  const word = /^[^|.]*/.exec(text)?.[0] ?? '';
  if (!STATIC_WORDS.has(word.toLowerCase())) return undefined;
  return followed(word, text.slice(word.length), { work, read: parseResult });
}

/** A multipath that never closes counts as an empty path; one with text after it, as that text. */
function collected(json: string, path: string, work: Work): Result {
  const multipath = splitMultipath(path);
  if (multipath === undefined) return search(json, '', work);
  if (!/^(?:$|[.|])/.test(multipath.rest)) return search(json, multipath.rest, work);
  return followed(collect(json, multipath, work), multipath.rest, { work, read: jsonResult });
}

function collect(json: string, multipath: Multipath, work: Work): string {
  const parts = multipath.selectors.flatMap((selector) => {
    const result = get(json, selector.path, work);
    if (!exists(result)) return [];
    const raw = rawOrText(result) || 'null';
    return [multipath.kind === 'object' ? `${selector.label}:${raw}` : raw];
  });
  return multipath.kind === 'object' ? `{${parts.join(',')}}` : `[${parts.join(',')}]`;
}

/**
 * One search through one text. `found` may be set without a hit: a query that collects all matches leaves what it
 * collected there, and the search goes on in case an equal name follows.
 */
interface Search {
  readonly json: string;
  readonly work: Work;
  found: Result;
  pipe?: string;
}

interface Step {
  /** Index to go on from. */
  readonly end: number;
  readonly hit: boolean;
}

function search(json: string, path: string, work: Work): Result {
  const state: Search = { json, work, found: ABSENT };
  if (path.startsWith('..')) searchArray(state, 0, path.slice(2));
  else searchFirstBracket(state, path);
  return state.pipe === undefined ? state.found : get(state.found.raw, state.pipe, work);
}

function searchFirstBracket(state: Search, path: string): void {
  const start = state.json.search(/[{[]/);
  if (start < 0) return;
  if (state.json[start] === '{') searchObject(state, start + 1, path);
  else searchArray(state, start + 1, path);
}

/** Ends the search with a value. */
function hit(state: Search, found: Result, end: number): Step {
  state.found = found;
  return { end, hit: true };
}

function miss(end: number): Step {
  return { end, hit: false };
}

function searchObject(state: Search, from: number, path: string): Step {
  const component = objectComponent(path);
  if (component.pipe !== undefined) state.pipe = component.pipe;
  const { json } = state;
  let index = from;
  while (index < json.length) {
    const sign = json[index];
    if (sign === '}') return miss(index + 1);
    if (sign !== '"') {
      index++;
      continue;
    }
    const key = endOfString(json, index);
    if (!key.closed) return miss(json.length);
    const body = json.slice(index + 1, key.end - 1);
    const isNamed = matchesName(component, key.escaped ? unescape(body) : body);
    const step = searchValue(state, findValue(json, key.end), isNamed, component.rest);
    if (step === undefined) return miss(json.length);
    if (step.hit) return step;
    index = step.end;
  }
  return miss(json.length);
}

function matchesName(component: ObjectComponent, name: string): boolean {
  return component.isPattern ? matchesWildcard(name, component.name) : component.name === name;
}

/**
 * Takes the value at an index, or looks inside of it for the rest of the path, or passes over it.
 * `undefined` when the text ends before or within it.
 */
function searchValue(state: Search, index: number, isNamed: boolean, rest: string | undefined): Step | undefined {
  const { json } = state;
  const start = valueStartAt(json, index);
  if (start === undefined) return undefined;
  if (isNamed && rest !== undefined && start === 'object') return searchObject(state, index + 1, rest);
  if (isNamed && rest !== undefined && start === 'array') return searchArray(state, index + 1, rest);
  const read = readValue(json, index, start);
  if (read === undefined) return undefined;
  return isNamed && rest === undefined ? hit(state, read.result, read.end) : miss(read.end);
}

function searchArray(state: Search, from: number, path: string): Step {
  const component = arrayComponent(path);
  if (component.pipe !== undefined) state.pipe = component.pipe;
  switch (component.kind) {
    case 'query':
      return searchMatches(state, from, component, component.query);
    case 'each':
      return searchEach(state, from, component.path);
    case 'count':
      return countElements(state, from);
    case 'index':
      return searchIndex(state, from, component.index, component.rest);
    case 'none':
      return searchIndex(state, from, -1, undefined);
    default:
      return component satisfies never;
  }
}

/** The index of the next element, of the closing bracket, or the end of the text. */
function nextElement(json: string, from: number): number {
  let index = from;
  while (index < json.length && json[index] !== ']' && valueStartAt(json, index) === undefined) index++;
  return index;
}

function isArrayEnd(json: string, index: number): boolean {
  return index >= json.length || json[index] === ']';
}

function searchIndex(state: Search, from: number, wanted: number, rest: string | undefined): Step {
  const { json } = state;
  let index = nextElement(json, from);
  for (let element = 0; !isArrayEnd(json, index); element++) {
    const step = searchValue(state, index, element === wanted, rest);
    if (step === undefined) return miss(json.length);
    if (step.hit) return step;
    index = nextElement(json, step.end);
  }
  return miss(index + 1);
}

function countElements(state: Search, from: number): Step {
  const { json } = state;
  let count = 0;
  let index = nextElement(json, from);
  for (; !isArrayEnd(json, index); count++) {
    const step = searchValue(state, index, false, undefined);
    if (step === undefined) return miss(json.length);
    index = nextElement(json, step.end);
  }
  return index > json.length ? miss(index) : hit(state, numberResult(String(count)), index + 1);
}

/** `#.path`: an array of what the path selects in each element that has it. A pipe after it takes that array. */
function searchEach(state: Search, from: number, path: string): Step {
  const split = splitAtPipe(path);
  const selected: string[] = [];
  const { json } = state;
  let index = nextElement(json, from);
  while (!isArrayEnd(json, index)) {
    const element = nextValue(json, index);
    if (element === undefined) return miss(json.length);
    const result = get(element.result.raw, split?.path ?? path, state.work);
    if (exists(result)) selected.push(rawOrText(result));
    index = nextElement(json, element.end);
  }
  if (index > json.length) return miss(index);
  if (split !== undefined) state.pipe = split.pipe;
  return hit(state, jsonResult(`[${selected.join(',')}]`), index + 1);
}

/** `#(…)`: the first element that satisfies the query; `#(…)#`: an array of all of them. */
function searchMatches(state: Search, from: number, component: ArrayComponent, query: Query): Step {
  const split = component.rest === undefined ? undefined : splitAtPipe(component.rest);
  const rest = split?.path ?? component.rest;
  const { json } = state;
  const matches: string[] = [];
  let index = nextElement(json, from);
  while (!isArrayEnd(json, index)) {
    const element = nextValue(json, index);
    if (element === undefined) return miss(json.length);
    index = nextElement(json, element.end);
    if (!isMatch(query, element.result, state.work)) continue;
    if (split !== undefined) state.pipe = split.pipe;
    const result = rest === undefined ? element.result : get(element.result.raw, rest, state.work);
    if (!query.all) return hit(state, result, element.end);
    const raw = rawOrText(result);
    if (raw !== '') matches.push(raw);
  }
  if (index > json.length) return miss(index);
  if (query.all && !exists(state.found)) state.found = jsonResult(`[${matches.join(',')}]`);
  return miss(index + 1);
}

/** A query with a path asks objects and arrays only, one without a path asks other values directly. */
function isMatch(query: Query, element: Result, work: Work): boolean {
  if (element.kind === 'json') return satisfies(query, get(element.raw, query.path, work));
  return query.path === '' && satisfies(query, element);
}
