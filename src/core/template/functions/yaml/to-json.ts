/**
 * YAML as a Go program gets it that reads YAML by way of JSON. Source of the rules: sigs.k8s.io/yaml, which turns keys
 * into texts, and Go's encoding/json, which then makes every number a float64.
 */
import { shown, say } from '../../message.ts';
import { formatFloat } from '../../strconv/format-float.ts';
import { encodeRune, runesOf } from '../../utf8.ts';
import { dictOf, float64, GoFloat, GoList, GoMap, listOf, type GoString, type GoValue, goError } from '../../values.ts';
import { isAscii } from '../text/runes.ts';
import { readYaml } from './read.ts';
import { isUnsigned, printFloat32, toGoSyntax, type YamlMap, type YamlScalar, type YamlValue } from './value.ts';
import { prefixing } from '../failing.ts';

/** The map that a YAML text holds, empty for an empty text; throws Go's text when it holds anything else. */
export function readYamlMap(text: GoString, spend: (units: number) => void): GoMap {
  const value = prefixing(say`error converting YAML to JSON: `, () => toJsonValue(readYaml(text, spend)));
  if (value === null) return dictOf([]);
  if (value instanceof GoMap) return value;
  throw goError`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${shown(jsonTypeOf(value))} into Go value of type map[string]interface {}`;
}

/** What encoding/json calls the type of a value that is neither nil nor a map. */
export function jsonTypeOf(value: GoValue): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return value instanceof GoList ? 'array' : 'number';
}

/** In two steps as in Go: a key that can be none is found before a number that JSON has not. */
export function toJsonValue(value: YamlValue): GoValue {
  const converted = convert(value);
  checkNumbers(converted);
  return converted;
}

function convert(value: YamlValue): GoValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return repairUtf8(value);
  if (typeof value === 'bigint') return float64(Number(value));
  if (typeof value === 'number') return float64(value);
  return Array.isArray(value) ? listOf(value.map(convert)) : convertMap(value);
}

function convertMap(map: YamlMap): GoMap {
  return dictOf([...map].map(([key, value]) => [repairUtf8(printKey(key, value)), convert(value)]));
}

function checkNumbers(value: GoValue): void {
  if (value instanceof GoList) for (const item of value.items) checkNumbers(item);
  if (value instanceof GoMap) for (const key of value.sortedKeys()) checkNumbers(value.entries.get(key) ?? null);
  if (!(value instanceof GoFloat) || Number.isFinite(value.value)) return;
  throw goError`json: unsupported value: ${formatFloat(value.value, 'g', -1)}`;
}

/** Go's encoding/json: what is no UTF-8 becomes U+FFFD. Only `!!binary` can bring such bytes. */
export function repairUtf8(text: GoString): GoString {
  if (isAscii(text)) return text;
  let result = '';
  for (const { code } of runesOf(text)) result += encodeRune(code);
  return result;
}

const SPECIAL: Readonly<Record<string, string>> = { '+Inf': '.inf', '-Inf': '-.inf', NaN: '.nan' };

/** A key as a text; `value` is only named when the key can be none. */
export function printKey(key: YamlScalar, value: YamlValue): GoString {
  if (typeof key === 'string') return key;
  if (typeof key === 'number') return SPECIAL[printFloat32(key)] ?? printFloat32(key);
  if (key !== null && !isUnsigned(key)) return String(key);
  const type = key === null ? '%!s(<nil>)' : 'uint64';
  throw goError`unsupported map key of type: ${shown(type)}, key: ${printOperand(key)}, value: ${printOperand(value)}`;
}

/** `%+#v` */
function printOperand(value: YamlValue): GoString {
  return value === null ? '<nil>' : toGoSyntax(value);
}
