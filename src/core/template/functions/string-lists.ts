/** Functions between texts and lists, and those that turn any value into text. sprig. */
import { declare, type TemplateFunction } from '../function-table.ts';
import { printPlain } from '../fmt/print-value.ts';
import { quote } from '../strconv/quote.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { compareBytes, GoList, stringMapOf, stringsOf, type GoMap, type GoString, type GoValue } from '../values.ts';
import { splitBytes } from './text/bytes.ts';
import { splitRunes } from './text/runes.ts';

const texts: readonly TemplateFunction[] = [
  declare({
    name: 'toString',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'Any value as text.',
    example: { template: '{{ toString 1.5 }}', prints: '1.5' },
    call: (runtime, value) => printPlain(value, runtime),
  }),
  declare({
    name: 'quote',
    signature: 'func(...interface {}) string',
    source: 'sprig',
    summary: 'Values in double quotes, with Go escapes. Nothing is left out.',
    example: { template: '{{ quote "a" 5 }}', prints: '"a" "5"' },
    call: (runtime, ...values) => joinPrinted(values, (value) => quote(printPlain(value, runtime))),
  }),
  declare({
    name: 'squote',
    signature: 'func(...interface {}) string',
    source: 'sprig',
    summary: 'Values in single quotes, without escapes. Nothing is left out.',
    example: { template: '{{ squote "a" 5 }}', prints: "'a' '5'" },
    call: (runtime, ...values) => joinPrinted(values, (value) => `'${printPlain(value, runtime)}'`),
  }),
  declare({
    name: 'cat',
    signature: 'func(...interface {}) string',
    source: 'sprig',
    summary: 'Values with blanks between them. Nothing is left out.',
    example: { template: '{{ cat "a" 1 true }}', prints: 'a 1 true' },
    call: (runtime, ...values) => joinPrinted(values, (value) => printPlain(value, runtime)),
  }),
];

function joinPrinted(values: readonly GoValue[], print: (value: GoValue) => GoString): GoString {
  return values
    .filter((value) => value !== null)
    .map(print)
    .join(' ');
}

const lists: readonly TemplateFunction[] = [
  declare({
    name: 'join',
    signature: 'func(string, interface {}) string',
    source: 'sprig',
    summary: 'The elements of a list as one text, with a separator.',
    example: { template: '{{ list "a" "b" 3 | join "," }}', prints: 'a,b,3' },
    call: (runtime, separator, list) => joinTexts(runtime, toTexts(runtime, list), separator),
  }),
  declare({
    name: 'toStrings',
    signature: 'func(interface {}) []string',
    source: 'sprig',
    summary: 'The elements of a list as texts. Nothing is left out.',
    example: { template: '{{ list 1 2 | toStrings | typeOf }}', prints: '[]string' },
    call: (runtime, list) => toStringList(runtime, list),
  }),
  declare({
    name: 'sortAlpha',
    signature: 'func(interface {}) []string',
    source: 'sprig',
    summary: 'The elements of a list as texts, sorted by their bytes.',
    example: { template: '{{ list "b" "a" "C" | sortAlpha }}', prints: '[C a b]' },
    call: (runtime, list) =>
      stringsOf(list instanceof GoList ? toTexts(runtime, list).toSorted(compareBytes) : [printPlain(list, runtime)]),
  }),
  declare({
    name: 'split',
    signature: 'func(string, string) map[string]string',
    source: 'sprig',
    summary: 'The parts of a text between separators, as a dict with the keys _0, _1 and so on.',
    example: { template: '{{ (split "@" "me@example.com")._1 }}', prints: 'example.com' },
    call: (_runtime, separator, text) => numbered(cutText(text, separator)),
  }),
  declare({
    name: 'splitn',
    signature: 'func(string, int, string) map[string]string',
    source: 'sprig',
    summary: 'As split, with at most n parts.',
    example: { template: '{{ (splitn ":" 2 "a:b:c")._1 }}', prints: 'b:c' },
    call: (_runtime, separator, bound, text) => numbered(splitBytes(cutText(text, separator), separator, bound)),
  }),
  declare({
    name: 'splitList',
    signature: 'func(string, string) []string',
    source: 'sprig',
    summary: 'The parts of a text between separators, as a list.',
    example: { template: '{{ splitList "," "a,b" | len }}', prints: '2' },
    call: (_runtime, separator, text) => stringsOf([...cutText(text, separator)]),
  }),
];

function cutText(text: GoString, separator: GoString): readonly GoString[] {
  return separator === '' ? splitRunes(text) : text.split(separator);
}

function numbered(parts: readonly GoString[]): GoMap {
  return stringMapOf(parts.map((part, index) => [`_${index}`, part]));
}

/** sprig strslice: what is no list is one element, nil is none. */
function toTexts(runtime: TemplateRuntime, list: GoValue): readonly GoString[] {
  if (list === null) return [];
  return list instanceof GoList
    ? list.items.filter((item) => item !== null).map((item) => printPlain(item, runtime))
    : [printPlain(list, runtime)];
}

/** A list of strings comes back as it is, nil too. */
function toStringList(runtime: TemplateRuntime, list: GoValue): GoList {
  return list instanceof GoList && list.elementType === 'string' ? list : stringsOf([...toTexts(runtime, list)]);
}

function joinTexts(runtime: TemplateRuntime, texts: readonly GoString[], separator: GoString): GoString {
  runtime.spend(texts.reduce((length, text) => length + text.length + separator.length, 0));
  return texts.join(separator);
}

export const stringListFunctions: readonly TemplateFunction[] = [...texts, ...lists];
