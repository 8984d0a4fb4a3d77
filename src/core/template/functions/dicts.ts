/** Functions for dicts. sprig: `set` and `unset` change the dict that they are given, `merge` the first one. */
import { shown } from '../message.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import { printPlain } from '../fmt/print-value.ts';
import { LimitError, VALUE, type TemplateRuntime } from '../runtime.ts';
import {
  dictOf,
  GoError,
  GoList,
  GoMap,
  listOf,
  stringsOf,
  typeOf,
  type GoString,
  type GoValue,
  goError,
} from '../values.ts';
import { mergeInto } from './dicts/merge.ts';
import { withMust } from './twins.ts';

const basics: readonly TemplateFunction[] = [
  declare({
    name: 'dict',
    signature: 'func(...interface {}) map[string]interface {}',
    source: 'sprig',
    summary: 'A dict of keys and values; a key without a value gets an empty text.',
    example: { template: '{{ dict "a" 1 "b" 2 }}', prints: 'map[a:1 b:2]' },
    call: (runtime, ...parts) => dictOf(pairsOf(runtime, parts)),
  }),
  declare({
    name: 'get',
    signature: 'func(map[string]interface {}, string) interface {}',
    source: 'sprig',
    summary: 'The value of a key, or an empty text.',
    example: { template: '{{ get (dict "a" 1) "a" }}', prints: '1' },
    call: (_runtime, dict, key) => {
      const value = dict.entries.get(key);
      return value === undefined ? '' : value;
    },
  }),
  declare({
    name: 'set',
    signature: 'func(map[string]interface {}, string, interface {}) map[string]interface {}',
    source: 'sprig',
    summary: 'Sets a key of this dict, and gives the dict.',
    example: { template: '{{ set (dict "a" 1) "b" 2 }}', prints: 'map[a:1 b:2]' },
    call: (_runtime, dict, key, value) => {
      if (dict.isNil) throw goError`assignment to entry in nil map`;
      dict.entries.set(key, value);
      return dict;
    },
  }),
  declare({
    name: 'unset',
    signature: 'func(map[string]interface {}, string) map[string]interface {}',
    source: 'sprig',
    summary: 'Removes a key from this dict, and gives the dict.',
    example: { template: '{{ unset (dict "a" 1 "b" 2) "b" }}', prints: 'map[a:1]' },
    call: (_runtime, dict, key) => {
      dict.entries.delete(key);
      return dict;
    },
  }),
  declare({
    name: 'hasKey',
    signature: 'func(map[string]interface {}, string) bool',
    source: 'sprig',
    summary: 'Says whether a dict has this key. Not for the data of a template, which is no dict.',
    example: { template: '{{ hasKey (dict "a" 1) "a" }}', prints: 'true' },
    call: (_runtime, dict, key) => dict.entries.has(key),
  }),
];

function pairsOf(runtime: TemplateRuntime, parts: readonly GoValue[]): readonly (readonly [GoString, GoValue])[] {
  const keys = parts.filter((_, index) => index % 2 === 0);
  return keys.map((key, index) => {
    const value = parts[2 * index + 1];
    return [printPlain(key, runtime), value === undefined ? '' : value];
  });
}

const choosing: readonly TemplateFunction[] = [
  declare({
    name: 'pluck',
    signature: 'func(string, ...map[string]interface {}) []interface {}',
    source: 'sprig',
    summary: 'The values of one key in several dicts.',
    example: { template: '{{ pluck "a" (dict "a" 1) (dict "a" 2) }}', prints: '[1 2]' },
    call: (_runtime, key, ...dicts) =>
      listOf(dicts.flatMap((dict) => (dict.entries.has(key) ? [dict.entries.get(key) ?? null] : []))),
  }),
  declare({
    name: 'keys',
    signature: 'func(...map[string]interface {}) []string',
    source: 'sprig',
    summary: 'The keys of dicts, sorted. (Go gives them in random order.)',
    example: { template: '{{ keys (dict "b" 1 "a" 2) }}', prints: '[a b]' },
    call: (_runtime, ...dicts) => stringsOf(dicts.flatMap((dict) => dict.sortedKeys())),
  }),
  declare({
    name: 'values',
    signature: 'func(map[string]interface {}) []interface {}',
    source: 'sprig',
    summary: 'The values of a dict in the order of its keys. (Go gives them in random order.)',
    example: { template: '{{ values (dict "b" 1 "a" 2) }}', prints: '[2 1]' },
    call: (_runtime, dict) => listOf(dict.sortedKeys().map((key) => dict.entries.get(key) ?? null)),
  }),
  declare({
    name: 'pick',
    signature: 'func(map[string]interface {}, ...string) map[string]interface {}',
    source: 'sprig',
    summary: 'A dict of these keys only.',
    example: { template: '{{ pick (dict "a" 1 "b" 2) "a" }}', prints: 'map[a:1]' },
    call: (_runtime, dict, ...keys) => dictOf([...dict.entries].filter(([key]) => keys.includes(key))),
  }),
  declare({
    name: 'omit',
    signature: 'func(map[string]interface {}, ...string) map[string]interface {}',
    source: 'sprig',
    summary: 'A dict without these keys.',
    example: { template: '{{ omit (dict "a" 1 "b" 2) "a" }}', prints: 'map[b:2]' },
    call: (_runtime, dict, ...keys) => dictOf([...dict.entries].filter(([key]) => !keys.includes(key))),
  }),
  declare({
    name: 'dig',
    signature: 'func(...interface {}) (interface {}, error)',
    source: 'sprig',
    summary: 'The value under a path of keys, or a default: keys, default, dict.',
    example: { template: '{{ dig "a" "b" "none" (dict "a" (dict "b" 1)) }}', prints: '1' },
    call: (_runtime, ...parts) => dig(parts),
  }),
];

function dig(parts: readonly GoValue[]): GoValue {
  if (parts.length < 3) throw goError`dig needs at least three arguments`;
  let current = asDict(parts.at(-1) ?? null);
  const keys = parts.slice(0, -2).map(asKey);
  for (const [index, key] of keys.entries()) {
    const value = current.entries.get(key);
    if (value === undefined) return parts.at(-2) ?? null;
    if (index === keys.length - 1) return value;
    current = asDict(value);
  }
  return null;
}

function asDict(value: GoValue): GoMap {
  if (value instanceof GoMap && value.elementType === 'interface {}') return value;
  throw conversion(value, 'map[string]interface {}');
}

function asKey(value: GoValue): GoString {
  if (typeof value === 'string') return value;
  throw conversion(value, 'string');
}

function conversion(value: GoValue, wanted: string): GoError {
  const found = value === null ? 'nil' : typeOf(value);
  return goError`interface conversion: interface {} is ${shown(found)}, not ${shown(wanted)}`;
}

const merging: readonly TemplateFunction[] = [
  ...withMust(
    declare({
      name: 'merge',
      signature: 'func(map[string]interface {}, ...map[string]interface {}) interface {}',
      source: 'sprig',
      summary: 'Adds to the first dict what it lacks, from the others. Inner dicts are merged too.',
      example: { template: '{{ merge (dict "a" 1) (dict "a" 2 "b" 3) }}', prints: 'map[a:1 b:3]' },
      call: (runtime, target, ...sources) => mergeAll(runtime, target, { sources, overwrites: false }),
    }),
  ),
  ...withMust(
    declare({
      name: 'mergeOverwrite',
      signature: 'func(map[string]interface {}, ...map[string]interface {}) interface {}',
      source: 'sprig',
      summary: 'Puts all others into the first dict; later ones win. Inner dicts are merged too.',
      example: { template: '{{ mergeOverwrite (dict "a" 1) (dict "a" 2 "b" 3) }}', prints: 'map[a:2 b:3]' },
      call: (runtime, target, ...sources) => mergeAll(runtime, target, { sources, overwrites: true }),
    }),
  ),
  ...withMust(
    declare({
      name: 'deepCopy',
      signature: 'func(interface {}) interface {}',
      source: 'sprig',
      summary: 'A copy that shares nothing with the value.',
      example: { template: '{{ deepCopy (dict "a" (list 1)) }}', prints: 'map[a:[1]]' },
      call: (runtime, value) => {
        if (value === null) throw goError`reflect: call of reflect.Value.Type on zero Value`;
        return copyOf(runtime, value, 0);
      },
    }),
  ),
];

function mergeAll(
  runtime: TemplateRuntime,
  target: GoMap,
  { sources, overwrites }: { readonly sources: readonly GoMap[]; readonly overwrites: boolean },
): GoMap {
  const isUntouched = target.isNil && sources.every((source) => source.isNil);
  const result = target.isNil && !isUntouched ? dictOf([]) : target;
  for (const source of sources) mergeInto(result, source, { overwrites, spend: runtime.spend });
  return result;
}

/** Deeper values are given up, before they exhaust the stack. */
const MOST_LEVELS = 1_000;

function copyOf(runtime: TemplateRuntime, value: GoValue, level: number): GoValue {
  if (level > MOST_LEVELS) throw new LimitError(`a value has more than ${MOST_LEVELS} levels`);
  runtime.spend(VALUE);
  if (value instanceof GoList) {
    return new GoList(
      value.elementType,
      value.items.map((item) => copyOf(runtime, item, level + 1)),
      value.isNil,
    );
  }
  if (!(value instanceof GoMap)) return value;
  runtime.spend(VALUE * (2 + value.entries.size));
  const entries = [...value.entries].map(([key, part]) => [key, copyOf(runtime, part, level + 1)] as const);
  return new GoMap(value.elementType, new Map(entries), value.isNil);
}

export const dictFunctions: readonly TemplateFunction[] = [...basics, ...choosing, ...merging];
