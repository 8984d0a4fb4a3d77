/**
 * A rendered template put into an object that is not a Secret. ESO 2.9, 1.2 and 3.8.
 *
 * | target | Values | KeysAndValues |
 * | --- | --- | --- |
 * | Data, Labels, Annotations | the text under its key | each pair, as texts |
 * | Spec | the text under its key | as a path |
 * | a path | read as YAML where possible; the key does not matter | read as YAML; a map is merged into a map, one level deep, unless the path has one step |
 */
import { toUtf8Text, type GoString } from '../template/values.ts';
import { parseKeysAndValues, parseYamlValue } from './keys-and-values.ts';
import { isObject, parsePath, PathError, setAt, valueAt, type JsonObject, type JsonValue } from './target-path.ts';

export interface ObjectRendering {
  readonly scope: string;
  readonly key: string;
  /** As written; '' is Data. */
  readonly target: string;
  readonly text: GoString;
}

export type ObjectResult = { readonly object: JsonObject } | { readonly error: string };

/** The object with the text in it, or ESO's error. */
export function renderOntoObject(object: JsonObject, rendering: ObjectRendering): ObjectResult {
  try {
    if (rendering.scope === 'Values') return { object: putValue(object, rendering) };
    if (rendering.scope === 'KeysAndValues') return putKeysAndValues(object, rendering);
    return { error: `unknown scope '${rendering.scope}': expected 'Values' or 'KeysAndValues'` };
  } catch (error) {
    if (error instanceof PathError) return { error: `failed to apply to target: ${error.message}` };
    throw error;
  }
}

/** Fields of an object that hold texts by name, compared without case. */
const TEXT_MAPS: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
  ['', ['data']],
  ['data', ['data']],
  ['labels', ['metadata', 'labels']],
  ['annotations', ['metadata', 'annotations']],
]);

function putValue(object: JsonObject, { key, target, text }: ObjectRendering): JsonObject {
  const field = TEXT_MAPS.get(target.toLowerCase()) ?? (target.toLowerCase() === 'spec' ? ['spec'] : undefined);
  if (field !== undefined) return withMetadata(setAt(object, [...field, key], toUtf8Text(text)));
  const parsed = parseYamlValue(text);
  return withMetadata(checked(setPath(object, target, 'reason' in parsed ? toUtf8Text(text) : parsed.value)));
}

function setPath(object: JsonObject, path: string, value: JsonValue): JsonObject {
  const steps = parsePath(path);
  try {
    return setAt(object, steps, value);
  } catch (error) {
    throw error instanceof PathError ? new PathError(`failed to set path ${path}: ${error.message}`) : error;
  }
}

/** An object without a kind cannot be sent anywhere. */
function checked(object: JsonObject): JsonObject {
  if (typeof object['kind'] === 'string') return object;
  const text = `Object 'Kind' is missing in '${canonicalJson(object)}'`;
  throw new PathError(`failed to convert unstructured to object: ${text}`);
}

function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, part: JsonValue) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** ESO writes labels and annotations back as it read them: none where they are no texts by name. */
function withMetadata(object: JsonObject): JsonObject {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const texts = { labels: textsOf(metadata['labels']), annotations: textsOf(metadata['annotations']) };
  return { ...object, metadata: { ...metadata, ...texts } };
}

function textsOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string') ? value : {};
}

function putKeysAndValues(object: JsonObject, { target, text }: ObjectRendering): ObjectResult {
  const field = TEXT_MAPS.get(target.toLowerCase());
  if (field === undefined) return putTree(object, target, text);
  const pairs = parseKeysAndValues(text);
  if ('reason' in pairs)
    return { error: `could not unmarshal template to 'map[string][]byte': ${pairs.reason.revealExact()}` };
  const put = (current: JsonObject, [key, bytes]: readonly [string, GoString]): JsonObject =>
    setAt(current, [...field, key], toUtf8Text(bytes));
  return { object: withMetadata([...pairs].reduce(put, object)) };
}

function putTree(object: JsonObject, path: string, text: GoString): ObjectResult {
  const parsed = parseYamlValue(text);
  if ('reason' in parsed) return { error: `could not unmarshal template YAML: ${parsed.reason.revealExact()}` };
  const steps = parsePath(path);
  const current = valueAt(object, steps);
  const merges = steps.length > 1 && isObject(current) && isObject(parsed.value);
  return { object: setPath(object, path, merges ? { ...current, ...parsed.value } : parsed.value) };
}
