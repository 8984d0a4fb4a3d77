/**
 * What a YAML text says, with go-yaml's types: whole numbers are bigint, other numbers are number. Keys of maps are
 * scalars of any type; JavaScript's Map tells `1`, `1.0` and `"1"` apart as Go does.
 */
import { formatFloat } from '../../strconv/format-float.ts';
import { quote } from '../../strconv/quote.ts';
import type { GoString } from '../../values.ts';

export type YamlScalar = null | boolean | bigint | number | GoString;

export type YamlMap = Map<YamlScalar, YamlValue>;

export type YamlValue = YamlScalar | YamlValue[] | YamlMap;

const MAX_INT64 = 2n ** 63n - 1n;

/** Go's type is uint64 only for what int64 does not hold. */
export function isUnsigned(value: YamlValue): value is bigint {
  return typeof value === 'bigint' && value > MAX_INT64;
}

/** sigs.k8s.io/yaml: numbers become texts with the digits that a float32 needs. Go: FormatFloat(value, 'g', -1, 32). */
export function printFloat32(value: number): string {
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) === single) return formatFloat(shorter, 'g', -1);
  }
  return formatFloat(Number.isFinite(single) ? Number(single.toPrecision(9)) : single, 'g', -1);
}

/** A value as Go source, as fmt's `%#v` prints it in error texts. */
export function toGoSyntax(value: YamlValue): GoString {
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return formatFloat(value, 'g', -1);
  if (isUnsigned(value)) return `0x${value.toString(16)}`;
  if (Array.isArray(value)) return `[]interface {}{${value.map(toGoSyntax).join(', ')}}`;
  if (!(value instanceof Map)) return String(value);
  const entries = [...value].map(([key, item]) => `${toGoSyntax(key)}:${toGoSyntax(item)}`);
  return `map[interface {}]interface {}{${entries.sort().join(', ')}}`;
}
