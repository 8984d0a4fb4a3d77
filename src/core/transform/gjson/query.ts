/**
 * Queries over arrays: `#(path operator value)`.
 *
 * | Value is | operators that can hold |
 * |---|---|
 * | text | `==` `=` `!=` `<` `<=` `>` `>=` by bytes, `%` and `!%` by pattern |
 * | number | `==` `=` `!=` `<` `<=` `>` `>=` as float64; a value that is no number counts as 0 |
 * | true, false | the same six, with false before true |
 * | null, object, array | none |
 *
 * `~true`, `~false`, `~null` and `~*` compare what a value amounts to: `"T"`, `1` and `true` are all `~true`.
 */
import { compareBytes } from '../../go/go-hash.ts';
import { parseGoFloat } from './number.ts';
import { exists, FALSE, TRUE, type Result } from './result.ts';
import { trim } from './scan.ts';
import { unescape } from './text.ts';
import { matchesWildcard } from './wildcard.ts';

export interface Query {
  /** Looked up in each element; empty = the element itself, for elements that are no objects or arrays. */
  readonly path: string;
  /** Empty = the path must exist. */
  readonly operator: string;
  readonly value: string;
  /** Every match and not only the first. */
  readonly all: boolean;
}

export interface ParsedQuery {
  readonly query: Omit<Query, 'all'>;
  /** Index after the closing bracket. */
  readonly end: number;
}

const OPERATOR = /^(?:!=|!%|<=|>=|==|<|>|=|%)/;

/** Reads the query that a path begins with, `#(` or `#[` included; `undefined` when it never closes. */
export function parseQuery(path: string): ParsedQuery | undefined {
  const { end, closed, valueAt, escaped } = scanQuery(path, 0);
  if (!closed) return undefined;
  if (valueAt === undefined) return { query: { path: trim(path.slice(2, end - 1)), operator: '', value: '' }, end };
  const ownPath = trim(path.slice(2, valueAt));
  const comparison = trim(path.slice(valueAt, end - 1));
  const operator = comparison.length === 1 ? comparison : OPERATOR.exec(comparison)?.[0];
  // gjson: `!` before anything but `=` and `%` only asks whether the path exists.
  if (operator === undefined) return { query: { path: ownPath, operator: '', value: '' }, end };
  const value = unquote(trim(comparison.slice(operator.length)), escaped);
  return { query: { path: ownPath, operator: operator === '==' ? '=' : operator, value }, end };
}

function unquote(value: string, escaped: boolean): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return escaped ? unescape(value.slice(1, -1)) : value.slice(1, -1);
}

/** The index after the query whose `#` stands at `start`. */
export function skipQuery(path: string, start: number): number {
  return scanQuery(path, start).end;
}

interface QueryExtent {
  readonly end: number;
  readonly closed: boolean;
  /** Where the operator stands. */
  readonly valueAt: number | undefined;
  /** True when a string in it holds a backslash. */
  readonly escaped: boolean;
}

function scanQuery(path: string, start: number): QueryExtent {
  let depth = 1;
  let valueAt: number | undefined;
  let escaped = false;
  for (let index = start + 2; index < path.length; index++) {
    const sign = path.charAt(index);
    if (depth === 1 && valueAt === undefined && '!=<>%'.includes(sign)) {
      valueAt = index;
      continue;
    }
    if (sign === '\\') index++;
    else if (sign === '(' || sign === '[') depth++;
    else if (sign === ')' || sign === ']') depth--;
    else if (sign === '"') {
      const close = closingQuote(path, index);
      escaped ||= path.slice(index, close).includes('\\');
      index = close;
    }
    if (depth === 0) return { end: index + 1, closed: true, valueAt, escaped };
  }
  return { end: path.length, closed: false, valueAt, escaped };
}

function closingQuote(path: string, open: number): number {
  let index = open + 1;
  while (index < path.length && path[index] !== '"') index += path[index] === '\\' ? 2 : 1;
  return index;
}

/** Says whether a value satisfies a query's operator and value. */
export function satisfies(query: Query, found: Result): boolean {
  const { value, operand } = query.value.startsWith('~')
    ? loosely(query.value, found)
    : { value: found, operand: query.value };
  if (value === undefined || !exists(value)) return false;
  if (query.operator === '') return true;
  switch (value.kind) {
    case 'text':
      return compareTexts(query.operator, value.text, operand);
    case 'number':
      return compareNumbers(query.operator, value.number, parseGoFloat(operand));
    case 'true':
    case 'false':
      return compareBooleans(query.operator, value.kind === 'true', operand);
    case 'null':
    case 'json':
      return false;
    default:
      return value.kind satisfies never;
  }
}

interface Comparison {
  readonly value: Result | undefined;
  readonly operand: string;
}

function loosely(operand: string, found: Result): Comparison {
  const verdict = looseVerdict(operand, found);
  return { value: verdict === undefined ? undefined : verdict ? TRUE : FALSE, operand: 'true' };
}

function looseVerdict(operand: string, found: Result): boolean | undefined {
  switch (operand) {
    case '~*':
      return exists(found);
    case '~null':
      return found.kind === 'null';
    case '~true':
      return truth(found) === true;
    case '~false':
      return found.kind === 'null' || truth(found) === false;
    default:
      return undefined;
  }
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['1', 't', 'true']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['0', 'f', 'false']);

/** What a value amounts to as a boolean; `undefined` for objects, arrays and other texts. */
function truth(result: Result): boolean | undefined {
  if (result.kind === 'true' || result.kind === 'false') return result.kind === 'true';
  if (result.kind === 'number') return result.number !== 0;
  if (result.kind !== 'text') return undefined;
  const word = result.text.toLowerCase();
  return TRUE_WORDS.has(word) ? true : FALSE_WORDS.has(word) ? false : undefined;
}

function compareTexts(operator: string, text: string, operand: string): boolean {
  if (operator === '%') return matchesWildcard(text, operand);
  if (operator === '!%') return !matchesWildcard(text, operand);
  return holds(operator, compareBytes(text, operand));
}

function compareNumbers(operator: string, number: number, operand: number): boolean {
  if (Number.isNaN(number) || Number.isNaN(operand)) return operator === '!=';
  return holds(operator, number === operand ? 0 : number < operand ? -1 : 1);
}

/** Only `true` and `false` can be compared with; `!=` holds for every other word. */
function compareBooleans(operator: string, value: boolean, operand: string): boolean {
  switch (operator) {
    case '=':
      return operand === String(value);
    case '!=':
      return operand !== String(value);
    case '>':
      return value && operand === 'false';
    case '<':
      return !value && operand === 'true';
    case '>=':
      return value;
    case '<=':
      return !value;
    default:
      return false;
  }
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return false;
  }
}
