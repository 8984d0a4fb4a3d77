/**
 * Paths into objects that are not Secrets, as `templateFrom[].target` names them: `spec.list[2].name`. ESO 2.9, 1.2.
 *
 * What is missing on the way is made: a map before a name, a list before an index, filled up with null.
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A name, or a position in a list. */
export type PathStep = string | number;

/** A path is no path, or leads through something that it cannot: ESO's text. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

const MAX_INDEX = 10_000;

/** Takes a path apart; throws `PathError` with ESO's text. */
export function parsePath(path: string): readonly [string, ...PathStep[]] {
  const steps = path.split('.').flatMap((segment) => parseSegment(path, segment));
  const [first, ...rest] = steps;
  if (typeof first !== 'string') throw invalid(path, 'path must start with a key');
  return [first, ...rest];
}

function parseSegment(path: string, segment: string): readonly PathStep[] {
  if (segment === '') throw invalid(path, 'empty segment');
  const open = segment.indexOf('[');
  if (open < 0) return [segment];
  const name = segment.slice(0, open);
  return [...(name === '' ? [] : [name]), ...parseIndexes(path, segment.slice(open))];
}

function parseIndexes(path: string, text: string): readonly number[] {
  const indexes: number[] = [];
  for (let at = 0; at < text.length;) {
    const close = text.indexOf(']', at);
    if (text[at] !== '[' || close < 0) throw invalid(path, "unterminated '['");
    indexes.push(parseIndex(path, text.slice(at + 1, close)));
    at = close + 1;
  }
  return indexes;
}

function parseIndex(path: string, text: string): number {
  const index = /^[+-]?[0-9]{1,18}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(index)) throw invalid(path, `bad index "${text}"`);
  if (index < 0) throw invalid(path, `negative index ${index}`);
  if (index > MAX_INDEX) throw invalid(path, `index ${index} exceeds maximum (${MAX_INDEX})`);
  return index;
}

function invalid(path: string, what: string): PathError {
  return new PathError(`invalid path "${path}": ${what}`);
}

/** What stands at a path; `undefined` where it leads nowhere. */
export function valueAt(root: JsonValue, steps: readonly PathStep[]): JsonValue | undefined {
  return steps.reduce<JsonValue | undefined>((value, step) => {
    if (typeof step === 'number') return Array.isArray(value) ? (value as readonly JsonValue[])[step] : undefined;
    return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, root);
}

/** The same object with one value set; throws `PathError` where the path leads through something else. */
export function setAt(root: JsonObject, steps: readonly PathStep[], value: JsonValue): JsonObject {
  return set(root, steps, value) as JsonObject;
}

function set(container: JsonValue | undefined, steps: readonly PathStep[], value: JsonValue): JsonValue {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  return typeof step === 'number' ? setIn(container, step, rest, value) : setUnder(container, step, rest, value);
}

function setUnder(
  container: JsonValue | undefined,
  name: string,
  rest: readonly PathStep[],
  value: JsonValue,
): JsonValue {
  const object = container ?? {};
  if (!isObject(object)) throw new PathError(`expected map at key "${name}" but found ${typeName(object)}`);
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return Object.fromEntries([...Object.entries(object), [name, set(inner, rest, value)]]);
}

function setIn(
  container: JsonValue | undefined,
  index: number,
  rest: readonly PathStep[],
  value: JsonValue,
): JsonValue {
  const list = container ?? [];
  if (!isList(list)) throw new PathError(`expected array at index ${index} but found ${typeName(list)}`);
  const length = Math.max(list.length, index + 1);
  return Array.from({ length }, (_, at) => (at === index ? set(list[at], rest, value) : (list[at] ?? null)));
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The Go type that an object of the API server has there. */
function typeName(value: JsonValue): string {
  if (isList(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'string';
}
