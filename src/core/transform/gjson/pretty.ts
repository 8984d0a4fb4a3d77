/**
 * `@pretty`: one member or element on a line, short arrays on one line, a line break at the end.
 *
 * An array stays on one line when it holds no object and fits into `width` (80). For valid JSON this is gjson's text
 * to the byte, save for the order of equal names under `sortKeys`. Of anything else it prints what it can read.
 */
import { compareBytes } from '../../go/go-hash.ts';
import { membersOf, nextValue, parseResult, resultText, type Member, type Result } from './result.ts';
import { endOfString } from './scan.ts';

interface Layout {
  readonly width: number;
  readonly prefix: string;
  readonly indent: string;
  readonly sortKeys: boolean;
}

const LAYOUT: Layout = { width: 80, prefix: '', indent: '  ', sortKeys: false };

/** Writes a text in lines. The argument is JSON with `sortKeys`, `indent`, `prefix` and `width`. */
export function prettyPrint(json: string, argument: string): string {
  const layout = membersOf(parseResult(argument)).reduce<Layout>(
    (settings, { key, value }) => withSetting(settings, key.text, value),
    LAYOUT,
  );
  const value = nextValue(json, 0);
  if (value === undefined) return '';
  return `${layout.prefix}${print(value.result.raw, layout, 0, layout.prefix.length)}\n`;
}

function withSetting(settings: Layout, name: string, value: Result): Layout {
  switch (name) {
    case 'sortKeys':
      return { ...settings, sortKeys: value.kind === 'true' };
    case 'indent':
      return { ...settings, indent: onlySpace(resultText(value)) };
    case 'prefix':
      return { ...settings, prefix: onlySpace(resultText(value)) };
    case 'width':
      return { ...settings, width: Math.trunc(value.number) };
    default:
      return settings;
  }
}

function onlySpace(text: string): string {
  return text.replace(/[^ \t\n\r]/g, '');
}

function print(json: string, layout: Layout, depth: number, column: number): string {
  if (json.startsWith('{')) return printObject(json, layout, depth);
  if (json.startsWith('[')) return printArray(json, layout, depth, column);
  return json;
}

function lineStart(layout: Layout, depth: number): string {
  return layout.prefix + layout.indent.repeat(depth);
}

function printObject(json: string, layout: Layout, depth: number): string {
  const members = membersOf({ kind: 'json', raw: json, text: '', number: 0 });
  if (members.length === 0) return '{}';
  if (layout.sortKeys) members.sort(compareMembers);
  const start = lineStart(layout, depth + 1);
  const lines = members.map(({ key, value }) => {
    const label = `${start}${key.raw}: `;
    return label + print(value.raw, layout, depth + 1, byteLength(label) + 1);
  });
  return `{\n${lines.join(',\n')}\n${lineStart(layout, depth)}}`;
}

const KINDS: readonly Result['kind'][] = ['null', 'false', 'number', 'text', 'true', 'json'];

/** By name; members of equal names by their values: sort of value, then number, then text. */
function compareMembers(a: Member, b: Member): number {
  return (
    compareBytes(a.key.text, b.key.text) ||
    KINDS.indexOf(a.value.kind) - KINDS.indexOf(b.value.kind) ||
    a.value.number - b.value.number ||
    compareBytes(a.value.text || a.value.raw, b.value.text || b.value.raw)
  );
}

function printArray(json: string, layout: Layout, depth: number, column: number): string {
  const line = oneLine(json);
  const room = layout.width - column;
  if (line !== undefined && layout.width > 0 && room > 3 && byteLength(line) <= room) return line;
  const elements = membersOf({ kind: 'json', raw: json, text: '', number: 0 });
  if (elements.length === 0) return '[]';
  const start = lineStart(layout, depth + 1);
  const lines = elements.map(({ value }, index) => {
    // The column of the first element counts the line break before it: that is how gjson measures.
    return start + print(value.raw, layout, depth + 1, start.length + (index === 0 ? 1 : 0));
  });
  return `[\n${lines.join(',\n')}\n${lineStart(layout, depth)}]`;
}

/** Go measures lines in bytes. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** An array without objects as `[1, [2, 3]]`; `undefined` when it holds one. */
function oneLine(json: string): string | undefined {
  let line = '';
  for (let index = 0; index < json.length; index++) {
    const sign = json.charAt(index);
    if (sign === '{') return undefined;
    if (sign === '"') {
      const { end } = endOfString(json, index);
      line += json.slice(index, end);
      index = end - 1;
    } else if (sign === ',') line += ', ';
    else if (json.charCodeAt(index) > 0x20) line += sign;
  }
  return line;
}
