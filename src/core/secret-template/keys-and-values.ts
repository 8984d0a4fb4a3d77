/**
 * Rendered texts that are YAML. ESO 2.9 reads them with sigs.k8s.io/yaml, into texts by name or into anything.
 *
 * Scalars that are no texts become texts again after YAML 1.1 has given them a type: `010` is `8`, `yes` is `true`. Of
 * equal keys the last one counts, further documents do not, and an empty text has no keys.
 */
import { jsonTypeOf, printKey, repairUtf8, toJsonValue } from '../template/functions/yaml/to-json.ts';
import { readYaml } from '../template/functions/yaml/read.ts';
import { printFloat32, type YamlValue } from '../template/functions/yaml/value.ts';
import { say, shown, type Message } from '../template/message.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import { LimitError } from '../template/runtime.ts';
import {
  GoError,
  GoFloat,
  GoList,
  GoMap,
  toUtf8Text,
  type GoString,
  type GoValue,
  goError,
} from '../template/values.ts';
import type { JsonValue } from './target-path.ts';

/** Go's words for what is no such YAML; they may quote the text. */
export interface NotYaml {
  readonly reason: Message;
}

/** The pairs of a YAML map, keys as UTF-8 texts and values as bytes. */
export function parseKeysAndValues(text: GoString): ReadonlyMap<string, GoString> | NotYaml {
  return guarded(() => {
    const root = read(text, (value) => value);
    if (root === null) return new Map<string, GoString>();
    if (!(root instanceof Map)) throw unfit(root, 'map[string]string');
    const keys = read(text, () => [...root].map(([key, value]) => printKey(key, value)));
    const pairs = [...root.values()].map((value, index) => [toUtf8Text(keys[index] ?? ''), textOf(value)] as const);
    return new Map(pairs);
  });
}

/** A YAML text as JSON has it; numbers as float64. */
export function parseYamlValue(text: GoString): { readonly value: JsonValue } | NotYaml {
  return guarded(() => ({ value: plain(read(text, toJsonValue)) }));
}

/** Reads and converts; both count for Go as one step. */
function read<Result>(text: GoString, convert: (value: YamlValue) => Result): Result {
  const { spend } = new Account(DEFAULT_LIMITS);
  try {
    return convert(readYaml(text, spend));
  } catch (error) {
    throw error instanceof GoError ? goError`error converting YAML to JSON: ${error.what}` : error;
  }
}

function guarded<Result>(run: () => Result): Result | NotYaml {
  try {
    return run();
  } catch (error) {
    if (error instanceof GoError || error instanceof LimitError)
      return { reason: error instanceof GoError ? error.what : say`${shown(error.message)}` };
    throw error;
  }
}

/** Go: FormatInt, FormatFloat with 32 bits, and an empty text for null. */
function textOf(value: YamlValue): GoString {
  if (value === null) return '';
  if (typeof value === 'string') return repairUtf8(value);
  if (typeof value === 'number') return printFloat32(value);
  if (typeof value === 'object') throw unfit(value, 'string');
  return String(value);
}

function unfit(value: YamlValue, type: string): GoError {
  return goError`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${shown(typeName(value))} into Go value of type ${shown(type)}`;
}

function typeName(value: YamlValue): string {
  return value instanceof Map ? 'object' : jsonTypeOf(toJsonValue(value));
}

function plain(value: GoValue): JsonValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return toUtf8Text(value);
  if (value instanceof GoFloat) return value.value;
  if (value instanceof GoList) return value.items.map(plain);
  return value instanceof GoMap ? plainMap(value) : null;
}

function plainMap(map: GoMap): JsonValue {
  return Object.fromEntries([...map.entries].map(([key, value]) => [toUtf8Text(key), plain(value)]));
}
