/** Writes a value as YAML. Source of the rules: go-yaml. */
import type { GoString } from '../../values.ts';
import { formatFloat } from '../../strconv/format-float.ts';
import { compareKeys } from './key-order.ts';
import { YamlOutput } from './output.ts';
import { analyzeScalar, chooseStyle } from './scalar-style.ts';
import { writeScalar } from './scalar-writer.ts';
import type { YamlMap, YamlScalar, YamlValue } from './value.ts';

/** go-yaml: bytes of a key that needs no `?`. */
const LONGEST_KEY = 128;

/** One document that ends in a line break. `spend` is told the length of every piece before it is kept. */
export function writeYaml(value: YamlValue, spend: (units: number) => void): GoString {
  const output = new YamlOutput(spend);
  writeNode(output, value, 'root');
  output.writeIndent();
  return output.text;
}

type Place = 'root' | 'list' | 'map' | 'key';

function writeNode(output: YamlOutput, value: YamlValue, place: Place): void {
  if (Array.isArray(value)) writeList(output, value, place);
  else if (value instanceof Map) writeMap(output, value);
  else output.indented('scalar', () => writeScalarAt(output, value, place));
}

function writeScalarAt(output: YamlOutput, value: YamlScalar, place: Place): void {
  const isKey = place === 'key';
  if (typeof value !== 'string') writeScalar(output, print(value), 'plain', !isKey);
  else writeScalar(output, value, chooseStyle(value, analyzeScalar(value), isKey), !isKey);
}

/** A number here came from JSON, which has no infinity. */
function print(value: Exclude<YamlScalar, string>): GoString {
  return typeof value === 'number' ? formatFloat(value, 'g', -1) : String(value);
}

function writeList(output: YamlOutput, items: readonly YamlValue[], place: Place): void {
  if (items.length === 0) {
    writeEmpty(output, '[', ']');
    return;
  }
  const isSameColumn = place === 'map' && !output.isIndentation;
  output.indented(isSameColumn ? 'same column' : 'block', () => {
    for (const item of items) {
      output.writeIndent();
      output.writeIndicator('-', { separated: true, indents: true });
      writeNode(output, item, 'list');
    }
  });
}

function writeEmpty(output: YamlOutput, begin: string, end: string): void {
  output.writeIndicator(begin, { separated: true, opens: true });
  output.writeIndicator(end);
}

function writeMap(output: YamlOutput, map: YamlMap): void {
  if (map.size === 0) {
    writeEmpty(output, '{', '}');
    return;
  }
  const entries = [...map].map(([key, value]) => [String(key), value] as const);
  entries.sort(([a], [b]) => compareKeys(a, b));
  output.indented('block', () => {
    for (const [key, value] of entries) writeEntry(output, key, value);
  });
}

function writeEntry(output: YamlOutput, key: GoString, value: YamlValue): void {
  output.writeIndent();
  if (key.length <= LONGEST_KEY && !analyzeScalar(key).hasBreaks) {
    writeNode(output, key, 'key');
    output.writeIndicator(':');
  } else {
    output.writeIndicator('?', { separated: true, indents: true });
    writeNode(output, key, 'map');
    output.writeIndent();
    output.writeIndicator(':', { separated: true, indents: true });
  }
  writeNode(output, value, 'map');
}
