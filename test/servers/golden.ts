/**
 * The documented shapes of Azure's answers, read from `test/golden/azure`.
 *
 * Errors are rendered from these files, and tests hold every other answer against them, so that a server cannot
 * drift from what the service is documented to say. Notation, in keys and texts:
 *
 *   "{{name}}"        any text here; filled in by the server
 *   "{{name|null}}"   any text, or null
 *   "name?": …        the member may be absent
 *   "{{name}}": …     any number of members of this shape
 *   [shape]           any number of elements of this shape
 *   7, true           any number, any boolean
 */
import { readFileSync } from 'node:fs';
import { without } from './json.ts';
import type { Answer } from './listener.ts';

export interface GoldenAnswer extends Answer {
  /** Where the text or shape is documented, when it differs from the source of the whole file. */
  readonly source?: string;
}

export interface GoldenFile {
  readonly source: string | readonly string[];
  readonly answers: Readonly<Record<string, GoldenAnswer>>;
}

export type GoldenName =
  | 'key-vault'
  | 'key-vault-errors'
  | 'entra'
  | 'entra-errors'
  | 'managed-identity'
  | 'github-oidc'
  | 'azure-pipelines'
  | 'resource-manager';

const files = new Map<GoldenName, GoldenFile>();

export function goldenFile(name: GoldenName): GoldenFile {
  const known = files.get(name);
  if (known !== undefined) return known;
  const url = new URL(`../golden/azure/${name}.json`, import.meta.url);
  const file = JSON.parse(readFileSync(url, 'utf8')) as GoldenFile;
  files.set(name, file);
  return file;
}

export function goldenAnswer(file: GoldenName, name: string): GoldenAnswer {
  const answer = goldenFile(file).answers[name];
  if (answer === undefined) throw new Error(`No answer "${name}" in test/golden/azure/${file}.json`);
  return answer;
}

/** An answer with its placeholders replaced. A placeholder without a value stays as it is, so that it is seen. */
export function filledAnswer(file: GoldenName, name: string, values: Readonly<Record<string, string>>): Answer {
  return fill(without(goldenAnswer(file, name), 'source'), values) as Answer;
}

function fill(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  if (Array.isArray(value)) return value.map((element) => fill(element, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, values)]));
}

/** What is wrong with an answer, one line for each place; empty = it has precisely the golden shape. */
export function shapeDifferences(golden: unknown, actual: unknown, path = '$'): readonly string[] {
  if (typeof golden === 'string') return textDifferences(golden, actual, path);
  if (Array.isArray(golden)) return elementDifferences(golden[0], actual, path);
  if (typeof golden === 'object' && golden !== null) return memberDifferences(golden, actual, path);
  return typeof golden === typeof actual ? [] : [`${path} is ${kindOf(actual)} instead of ${kindOf(golden)}`];
}

function textDifferences(golden: string, actual: unknown, path: string): readonly string[] {
  if (actual === null && golden.endsWith('|null}}')) return [];
  if (typeof actual !== 'string') return [`${path} is ${kindOf(actual)} instead of text`];
  const pattern = golden.split(/\{\{[^}]*\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*')}$`).test(actual) ? [] : [`${path} is "${actual}" instead of "${golden}"`];
}

function elementDifferences(golden: unknown, actual: unknown, path: string): readonly string[] {
  if (!Array.isArray(actual)) return [`${path} is ${kindOf(actual)} instead of a list`];
  return actual.flatMap((element: unknown, index) => shapeDifferences(golden, element, `${path}[${index}]`));
}

function memberDifferences(golden: object, actual: unknown, path: string): readonly string[] {
  if (typeof actual !== 'object' || actual === null) return [`${path} is ${kindOf(actual)} instead of an object`];
  const allowed = new Map(Object.entries(golden).map(([key, value]) => [key.replace(/\?$/, ''), value as unknown]));
  const anyMember = [...allowed].find(([key]) => key.startsWith('{{'))?.[1];
  const missing = Object.keys(golden)
    .filter((key) => !key.endsWith('?') && !key.startsWith('{{') && !(key in actual))
    .map((key) => `${path}.${key} is missing`);
  const present = Object.entries(actual).flatMap(([key, value]) => {
    const expected = allowed.get(key) ?? anyMember;
    return expected === undefined ? [`${path}.${key} is unknown`] : shapeDifferences(expected, value, `${path}.${key}`);
  });
  return [...missing, ...present];
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
