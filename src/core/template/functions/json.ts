/** Functions for JSON. sprig, over Go's encoding/json. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { type GoString, type GoValue } from '../values.ts';
import { parseJson, readJson } from './json/parse.ts';
import { writeJson } from './json/write.ts';
import { recovering } from './failing.ts';

const reading: readonly TemplateFunction[] = [
  declare({
    name: 'fromJson',
    signature: 'func(string) interface {}',
    source: 'sprig',
    summary: 'The value of a JSON text; nothing when it is none.',
    example: { template: '{{ (fromJson "{\\"port\\":8080}").port }}', prints: '8080' },
    call: (runtime, text) => readOrNothing(runtime, text),
  }),
  declare({
    name: 'mustFromJson',
    signature: 'func(string) (interface {}, error)',
    source: 'sprig',
    summary: 'As fromJson; fails when the text is no JSON.',
    example: { template: '{{ mustFromJson "[1, 2]" | len }}', prints: '2' },
    call: ({ spend }, text) => parseJson(text, spend),
  }),
];

/** Go reads on behind a number that is too large, and leaves nothing in its place. */
function readOrNothing({ passOver, spend }: TemplateRuntime, text: GoString): GoValue {
  return recovering<GoValue>(
    () => {
      const { value, fault } = readJson(text, spend);
      if (fault !== undefined) passOver(fault.what);
      return value;
    },
    (what) => {
      passOver(what);
      return null;
    },
  );
}

type Style = 'compact' | 'pretty' | 'raw';

function write(runtime: TemplateRuntime, value: GoValue, style: Style): GoString {
  return writeJson(value, { escapesHtml: style !== 'raw', isPretty: style === 'pretty', spend: runtime.spend });
}

function writeOrNothing(runtime: TemplateRuntime, value: GoValue, style: Style): GoString {
  return recovering(
    () => write(runtime, value, style),
    (what) => {
      runtime.passOver(what);
      return '';
    },
  );
}

const writing: readonly TemplateFunction[] = [
  declare({
    name: 'toJson',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'A value as JSON; an empty text when it has none.',
    example: { template: '{{ dict "b" 1 "a" "<x>" | toJson }}', prints: '{"a":"\\u003cx\\u003e","b":1}' },
    call: (runtime, value) => writeOrNothing(runtime, value, 'compact'),
  }),
  declare({
    name: 'mustToJson',
    signature: 'func(interface {}) (string, error)',
    source: 'sprig',
    summary: 'As toJson; fails when the value has no JSON.',
    example: { template: '{{ list 1 "a" | mustToJson }}', prints: '[1,"a"]' },
    call: (runtime, value) => write(runtime, value, 'compact'),
  }),
  declare({
    name: 'toPrettyJson',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'A value as JSON on several lines.',
    example: { template: '{{ dict "a" 1 | toPrettyJson }}', prints: '{\n  "a": 1\n}' },
    call: (runtime, value) => writeOrNothing(runtime, value, 'pretty'),
  }),
  declare({
    name: 'mustToPrettyJson',
    signature: 'func(interface {}) (string, error)',
    source: 'sprig',
    summary: 'As toPrettyJson; fails when the value has no JSON.',
    example: { template: '{{ list 1 | mustToPrettyJson }}', prints: '[\n  1\n]' },
    call: (runtime, value) => write(runtime, value, 'pretty'),
  }),
  declare({
    name: 'toRawJson',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'A value as JSON with <, > and & as they are; fails when it has none.',
    example: { template: '{{ toRawJson "<x>" }}', prints: '"<x>"' },
    call: (runtime, value) => write(runtime, value, 'raw'),
  }),
  declare({
    name: 'mustToRawJson',
    signature: 'func(interface {}) (string, error)',
    source: 'sprig',
    summary: 'As toRawJson.',
    example: { template: '{{ mustToRawJson "a&b" }}', prints: '"a&b"' },
    call: (runtime, value) => write(runtime, value, 'raw'),
  }),
];

export const jsonFunctions: readonly TemplateFunction[] = [...reading, ...writing];
