/**
 * JSON objects as values of a vault: a whole Secret as one object, and single members of an object that is there.
 *
 * ESO 2.9 replaces the whole value, whatever `property` says. Here everything but the members that are ours keeps its
 * text to the byte. What is no JSON object is never touched.
 */
import { SecretValue } from '../model/secret-value.ts';
import { templateData } from '../secret-template/render-text.ts';
import { quoteJson, writeJson } from '../template/functions/json/write.ts';
import { fromUtf8, toBytes, toUtf8Text } from '../template/values.ts';
import { endOfBrackets, endOfString } from '../transform/gjson/scan.ts';
import { isValid } from '../transform/gjson/valid.ts';

/** ESO 2.9: all keys of a Secret as Go's encoding/json writes them, without HTML escapes. */
export function wholeSecretJson(data: ReadonlyMap<string, SecretValue>): SecretValue {
  const style = { escapesHtml: false, isPretty: false, spend: () => undefined };
  return SecretValue.of(toBytes(writeJson(templateData(data), style)));
}

export interface JsonMember {
  /** As it is written in the object. */
  readonly json: string;
  /** Of a text what it says; absent for everything else. */
  readonly text?: string;
}

/** The member of this name, literally and without any path in it; of several the last. */
export function readMember(text: string, name: string): JsonMember | undefined {
  const wanted = name.toWellFormed();
  const member = readObject(text)?.members.findLast((one) => one.name === wanted);
  return member === undefined ? undefined : memberOf(member.value);
}

/** The names of all members, each once; `undefined` for what is no JSON object. */
export function memberNames(text: string): readonly string[] | undefined {
  const members = readObject(text)?.members;
  return members === undefined ? undefined : [...new Set(members.map(({ name }) => name))];
}

/**
 * Sets and takes away members. A member that says the same already keeps its text; one that is there several times is
 * there once afterwards; new ones come last and are spaced as the last one was. Without a text there is a new object.
 */
export function setMembers(
  text: string | undefined,
  set: ReadonlyMap<string, string>,
  remove: readonly string[],
): { readonly text: string } | { readonly fault: 'not-an-object' } {
  const object = text === undefined ? EMPTY : readObject(text);
  if (object === undefined) return { fault: 'not-an-object' };
  const wanted = new Map([...set].map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]));
  const gone = new Set(remove.map((name) => name.toWellFormed()));
  const kept = keptMembers(object.members, wanted, gone);
  const present = new Set(kept.map(({ name }) => name));
  const added = [...wanted].filter(([name]) => !present.has(name));
  const members = [...kept, ...addedMembers(object, added)].map(
    (one) => `${one.before}${one.head}${one.value}${one.after}`,
  );
  return { text: `${object.opening}${members.join(',')}${object.closing}` };
}

/** One member with the spaces around it, as it stands. */
interface Member {
  readonly name: string;
  readonly before: string;
  /** The name as it is written, and all up to the value. */
  readonly head: string;
  readonly value: string;
  readonly after: string;
}

interface JsonObject {
  /** Up to the opening brace, with it. */
  readonly opening: string;
  readonly members: readonly Member[];
  /** From behind the last member on: the space before the closing brace stays there, whichever member is the last. */
  readonly closing: string;
}

const EMPTY: JsonObject = { opening: '{', members: [], closing: '}' };
const SPACES = /[ \t\n\r]*/y;

function readObject(text: string): JsonObject | undefined {
  const start = endOfSpaces(text, 0);
  if (text[start] !== '{' || !isValid(text)) return undefined;
  const opening = text.slice(0, start + 1);
  const members: Member[] = [];
  if (text[endOfSpaces(text, start + 1)] === '}') return { opening, members, closing: text.slice(start + 1) };
  for (let at = start + 1; ;) {
    const { member, end } = readMemberAt(text, at);
    const next = endOfSpaces(text, end);
    if (text[next] !== ',') return { opening, members: [...members, member], closing: text.slice(end) };
    members.push({ ...member, after: text.slice(end, next) });
    at = next + 1;
  }
}

/** The text is known to be JSON. */
function readMemberAt(text: string, at: number): { readonly member: Member; readonly end: number } {
  const nameStart = endOfSpaces(text, at);
  const nameEnd = endOfString(text, nameStart).end;
  const valueStart = endOfSpaces(text, endOfSpaces(text, nameEnd) + 1);
  const valueEnd = endOfValue(text, valueStart);
  const member = {
    name: String(JSON.parse(text.slice(nameStart, nameEnd))).toWellFormed(),
    before: text.slice(at, nameStart),
    head: text.slice(nameStart, valueStart),
    value: text.slice(valueStart, valueEnd),
    after: '',
  };
  return { member, end: valueEnd };
}

const WORD = /[^ \t\n\r,}\]]*/y;

function endOfValue(text: string, start: number): number {
  const sign = text[start];
  if (sign === '"') return endOfString(text, start).end;
  return sign === '{' || sign === '[' ? endOfBrackets(text, start) : endOf(WORD, text, start);
}

function endOfSpaces(text: string, start: number): number {
  return endOf(SPACES, text, start);
}

function endOf(sticky: RegExp, text: string, start: number): number {
  sticky.lastIndex = start;
  return start + (sticky.exec(text)?.[0].length ?? 0);
}

function memberOf(json: string): JsonMember {
  return json.startsWith('"') ? { json, text: String(JSON.parse(json)).toWellFormed() } : { json };
}

/** The last of equal names stands for all of them, for readers take that one. */
function keptMembers(
  members: readonly Member[],
  wanted: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): readonly Member[] {
  const last = new Map(members.map(({ name }, index) => [name, index]));
  const kept: Member[] = [];
  for (const [index, member] of members.entries()) {
    const value = wanted.get(member.name);
    if (value === undefined ? gone.has(member.name) : last.get(member.name) !== index) continue;
    kept.push(
      value === undefined || memberOf(member.value).text === value ? member : { ...member, value: quote(value) },
    );
  }
  return kept;
}

function addedMembers({ members }: JsonObject, added: readonly (readonly [string, string])[]): readonly Member[] {
  const model = members.at(-1);
  const colon = model === undefined ? ':' : model.head.slice(endOfString(model.head, 0).end);
  return added.map(([name, value]) => ({
    name,
    before: model?.before ?? '',
    head: `${quote(name)}${colon}`,
    value: quote(value),
    after: '',
  }));
}

function quote(text: string): string {
  return toUtf8Text(quoteJson(fromUtf8(text), false));
}
