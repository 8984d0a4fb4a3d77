/** A value that a path selected: its sort, its source text, and what it says. */
import { formatGoFloat, parseGoFloat } from './number.ts';
import { endOfGroup, endOfLiteral, endOfNumber, endOfString, valueStartAt, type ValueStart } from './scan.ts';
import { unescape } from './text.ts';

/** `json` is an object or an array. */
export type ResultKind = 'null' | 'false' | 'true' | 'number' | 'text' | 'json';

export interface Result {
  readonly kind: ResultKind;
  /** The source text, quotes included; empty for nothing at all. */
  readonly raw: string;
  /** The decoded text of a `text`. */
  readonly text: string;
  /** The value of a `number`. */
  readonly number: number;
}

/** Nothing was selected. */
export const ABSENT: Result = { kind: 'null', raw: '', text: '', number: 0 };

export const TRUE: Result = { ...ABSENT, kind: 'true' };
export const FALSE: Result = { ...ABSENT, kind: 'false' };

/** JSON's `null` exists; ABSENT does not. */
export function exists(result: Result): boolean {
  return result.kind !== 'null' || result.raw !== '';
}

export function isArray(result: Result): boolean {
  return result.kind === 'json' && result.raw.startsWith('[');
}

export function isObject(result: Result): boolean {
  return result.kind === 'json' && result.raw.startsWith('{');
}

export function jsonResult(raw: string): Result {
  return { ...ABSENT, kind: 'json', raw };
}

export function numberResult(raw: string): Result {
  return { ...ABSENT, kind: 'number', raw, number: parseGoFloat(raw) };
}

function literalResult(raw: string): Result {
  const kind = raw.startsWith('t') ? 'true' : raw.startsWith('f') ? 'false' : 'null';
  return { ...ABSENT, kind, raw };
}

function textResult(raw: string, closed: boolean, escaped: boolean): Result {
  const body = raw.slice(1, closed ? -1 : undefined);
  return { ...ABSENT, kind: 'text', raw, text: escaped ? unescape(body) : body };
}

/**
 * ESO 2.9: gjson's string form. Digits alone (and a minus before them) stay as written; every other number is
 * written anew from its float64; null and nothing are empty.
 */
export function resultText(result: Result): string {
  switch (result.kind) {
    case 'null':
      return '';
    case 'number':
      return /^-?\d*$/.test(result.raw) ? result.raw : formatGoFloat(result.number);
    case 'text':
      return result.text;
    case 'json':
      return result.raw;
    case 'true':
    case 'false':
      return result.kind;
    default:
      return result.kind satisfies never;
  }
}

/** The source text of a value inside of other JSON; a value without one is written as its string form. */
export function rawOrText(result: Result): string {
  return result.raw === '' ? resultText(result) : result.raw;
}

export interface ReadValue {
  readonly result: Result;
  /** Index after the value. */
  readonly end: number;
}

/** Reads the value that begins at an index; `undefined` for a string that never closes. */
export function readValue(json: string, index: number, start: ValueStart): ReadValue | undefined {
  switch (start) {
    case 'text': {
      const { end, closed, escaped } = endOfString(json, index);
      return closed ? { result: textResult(json.slice(index, end), true, escaped), end } : undefined;
    }
    case 'object':
    case 'array': {
      const end = endOfGroup(json, index);
      return { result: jsonResult(json.slice(index, end)), end };
    }
    case 'literal': {
      const end = endOfLiteral(json, index);
      return { result: literalResult(json.slice(index, end)), end };
    }
    case 'number': {
      const end = endOfNumber(json, index);
      return { result: numberResult(json.slice(index, end)), end };
    }
    default:
      return start satisfies never;
  }
}

/**
 * Reads a text as one value. An object or array takes all the text to its end, closed or not; a string may lack its
 * closing quote; anything that begins no value is nothing.
 */
export function parseResult(json: string): Result {
  let index = 0;
  while (index < json.length && json.charCodeAt(index) <= 0x20) index++;
  const start = valueStartAt(json, index);
  if (start === undefined) return ABSENT;
  if (start === 'object' || start === 'array') return jsonResult(json.slice(index));
  if (start !== 'text') return readValue(json, index, start)?.result ?? ABSENT;
  const { end, closed, escaped } = endOfString(json, index);
  return textResult(json.slice(index, end), closed, escaped);
}

export interface Member {
  /** Absent for elements of an array. */
  readonly key: Result;
  readonly value: Result;
}

/** The members of an object or elements of an array, as far as they can be read; a scalar is its own only element. */
export function membersOf(result: Result): Member[] {
  if (!exists(result)) return [];
  if (result.kind !== 'json') return [{ key: ABSENT, value: result }];
  const json = result.raw;
  const members: Member[] = [];
  for (let index = 1; index < json.length; index++) {
    let key = ABSENT;
    if (json.startsWith('{')) {
      if (json[index] !== '"') continue;
      const read = readValue(json, index, 'text');
      if (read === undefined) return members;
      key = read.result;
      index = read.end;
    }
    const member = nextValue(json, index);
    if (member === undefined) return members;
    members.push({ key, value: member.result });
    index = member.end;
  }
  return members;
}

/** Skips what begins no value and reads the value that follows. */
export function nextValue(json: string, from: number): ReadValue | undefined {
  for (let index = from; index < json.length; index++) {
    const start = valueStartAt(json, index);
    if (start !== undefined) return readValue(json, index, start);
  }
  return undefined;
}
