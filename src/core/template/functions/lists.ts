/** Functions for lists. sprig: none of them changes the list that it is given. */
import { say, shown, type Message } from '../message.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { GoList, kindOf, listOf, type GoValue, goError } from '../values.ts';
import { isDeepEqual, isEmpty } from './equality.ts';
import { toInteger } from './numbers/cast.ts';
import { withAliases, withMust } from './twins.ts';

/** The elements of what must be a list; `refusal` is sprig's text up to the kind that it found. */
function itemsOf(list: GoValue, refusal: Message): readonly GoValue[] {
  // sprig asks nil for its type.
  if (list === null) throw goError`runtime error: invalid memory address or nil pointer dereference`;
  if (list instanceof GoList) return list.items;
  throw goError`${refusal} ${shown(kindOf(list))}`;
}

/** `[]interface {}(nil)`, which JSON shows as null. */
function nilList(): GoList {
  return new GoList('interface {}', [], true);
}

const making: readonly TemplateFunction[] = [
  ...withAliases(
    declare({
      name: 'list',
      signature: 'func(...interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list of these values.',
      example: { template: '{{ list 1 "a" true }}', prints: '[1 a true]' },
      call: (_runtime, ...values) => listOf(values),
    }),
    'tuple',
  ),
  declare({
    name: 'concat',
    signature: 'func(...interface {}) interface {}',
    source: 'sprig',
    summary: 'One list of the elements of several.',
    example: { template: '{{ concat (list 1 2) (list 3) }}', prints: '[1 2 3]' },
    call: (runtime, ...lists) => concatenate(runtime, lists),
  }),
  ...withMust(
    declare({
      name: 'prepend',
      signature: 'func(interface {}, interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list with one more element in front.',
      example: { template: '{{ prepend (list 1 2) 0 }}', prints: '[0 1 2]' },
      call: (runtime, list, value) => spending(runtime, [value, ...itemsOf(list, say`Cannot prepend on type`)]),
    }),
  ),
  ...(['append', 'push'] as const).flatMap((name) =>
    withMust(
      declare({
        name,
        signature: 'func(interface {}, interface {}) []interface {}',
        source: 'sprig',
        summary: 'A list with one more element at the end.',
        example: { template: `{{ ${name} (list 1 2) 3 }}`, prints: '[1 2 3]' },
        call: (runtime, list, value) => spending(runtime, [...itemsOf(list, say`Cannot push on type`), value]),
      }),
    ),
  ),
  ...withMust(
    declare({
      name: 'chunk',
      signature: 'func(int, interface {}) [][]interface {}',
      source: 'sprig',
      summary: 'A list cut into lists of n elements.',
      example: { template: '{{ chunk 2 (list 1 2 3) }}', prints: '[[1 2] [3]]' },
      call: (_runtime, size, list) => chunksOf(itemsOf(list, say`Cannot chunk type`), Number(size)),
    }),
  ),
];

function spending(runtime: TemplateRuntime, items: GoValue[]): GoList {
  runtime.spend(items.length);
  return listOf(items);
}

function concatenate(runtime: TemplateRuntime, lists: readonly GoValue[]): GoList {
  const items = lists.flatMap((list) => {
    if (list !== null && !(list instanceof GoList)) throw goError`Cannot concat type ${shown(kindOf(list))} as list`;
    return itemsOf(list, say``);
  });
  return items.length === 0 ? nilList() : spending(runtime, items);
}

/** sprig computes with floats: no size makes infinitely many chunks, a negative one none or a chunk of that size. */
function chunksOf(items: readonly GoValue[], size: number): GoList {
  const count = Math.floor((items.length - 1) / size) + 1;
  if (!(count >= 0 && count <= items.length) || (count > 0 && size < 0)) {
    throw goError`runtime error: makeslice: len out of range`;
  }
  const chunks = Array.from({ length: count }, (_, index) => listOf(items.slice(index * size, (index + 1) * size)));
  return new GoList('[]interface {}', chunks);
}

const taking: readonly TemplateFunction[] = [
  ...withMust(
    declare({
      name: 'first',
      signature: 'func(interface {}) interface {}',
      source: 'sprig',
      summary: 'The first element of a list.',
      example: { template: '{{ first (list 1 2 3) }}', prints: '1' },
      call: (_runtime, list) => itemsOf(list, say`Cannot find first on type`)[0] ?? null,
    }),
  ),
  ...withMust(
    declare({
      name: 'last',
      signature: 'func(interface {}) interface {}',
      source: 'sprig',
      summary: 'The last element of a list.',
      example: { template: '{{ last (list 1 2 3) }}', prints: '3' },
      call: (_runtime, list) => itemsOf(list, say`Cannot find last on type`).at(-1) ?? null,
    }),
  ),
  ...withMust(
    declare({
      name: 'rest',
      signature: 'func(interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list without its first element.',
      example: { template: '{{ rest (list 1 2 3) }}', prints: '[2 3]' },
      call: (_runtime, list) => {
        const items = itemsOf(list, say`Cannot find rest on type`);
        return items.length === 0 ? nilList() : listOf(items.slice(1));
      },
    }),
  ),
  ...withMust(
    declare({
      name: 'initial',
      signature: 'func(interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list without its last element.',
      example: { template: '{{ initial (list 1 2 3) }}', prints: '[1 2]' },
      call: (_runtime, list) => {
        const items = itemsOf(list, say`Cannot find initial on type`);
        return items.length === 0 ? nilList() : listOf(items.slice(0, -1));
      },
    }),
  ),
  ...withMust(
    declare({
      name: 'slice',
      signature: 'func(interface {}, ...interface {}) interface {}',
      source: 'sprig',
      summary: 'The elements of a list from a start up to an end.',
      example: { template: '{{ slice (list 1 2 3 4) 1 3 }}', prints: '[2 3]' },
      call: (_runtime, list, ...bounds) => sliceOf(list, bounds),
    }),
  ),
];

/** An empty list gives nothing, whatever the bounds; the type of the list is kept. */
function sliceOf(list: GoValue, [from, to]: readonly GoValue[]): GoValue {
  const items = itemsOf(list, say`list should be type of slice or array but`);
  if (items.length === 0 || !(list instanceof GoList)) return null;
  const start = from === undefined ? 0n : toInteger(from);
  const end = to === undefined ? BigInt(items.length) : toInteger(to);
  if (start < 0n || end < start || end > BigInt(items.length)) {
    throw goError`reflect.Value.Slice: slice index out of bounds`;
  }
  return new GoList(list.elementType, items.slice(Number(start), Number(end)));
}

const choosing: readonly TemplateFunction[] = [
  ...withMust(
    declare({
      name: 'reverse',
      signature: 'func(interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list from its end to its beginning.',
      example: { template: '{{ reverse (list 1 2 3) }}', prints: '[3 2 1]' },
      call: (_runtime, list) => listOf(itemsOf(list, say`Cannot find reverse on type`).toReversed()),
    }),
  ),
  ...withMust(
    declare({
      name: 'uniq',
      signature: 'func(interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list with each element once.',
      example: { template: '{{ uniq (list 1 2 1) }}', prints: '[1 2]' },
      call: (runtime, list) => uniqueOf(runtime, itemsOf(list, say`Cannot find uniq on type`)),
    }),
  ),
  ...withMust(
    declare({
      name: 'compact',
      signature: 'func(interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list without empty elements.',
      example: { template: '{{ compact (list 1 "" 2 nil) }}', prints: '[1 2]' },
      call: (_runtime, list) => listOf(itemsOf(list, say`Cannot compact on type`).filter((item) => !isEmpty(item))),
    }),
  ),
  ...withMust(
    declare({
      name: 'without',
      signature: 'func(interface {}, ...interface {}) []interface {}',
      source: 'sprig',
      summary: 'A list without these elements.',
      example: { template: '{{ without (list 1 2 3) 2 }}', prints: '[1 3]' },
      call: (runtime, list, ...omitted) => {
        const items = itemsOf(list, say`Cannot find without on type`);
        return listOf(items.filter((item) => !omitted.some((other) => isDeepEqual(runtime.spend, other, item))));
      },
    }),
  ),
  ...withMust(
    declare({
      name: 'has',
      signature: 'func(interface {}, interface {}) bool',
      source: 'sprig',
      summary: 'Says whether a list has this element.',
      example: { template: '{{ has 2 (list 1 2 3) }}', prints: 'true' },
      call: ({ spend }, value, list) =>
        list !== null && itemsOf(list, say`Cannot find has on type`).some((item) => isDeepEqual(spend, value, item)),
    }),
  ),
];

function uniqueOf(runtime: TemplateRuntime, items: readonly GoValue[]): GoList {
  const unique: GoValue[] = [];
  for (const item of items) {
    if (!unique.some((other) => isDeepEqual(runtime.spend, item, other))) unique.push(item);
  }
  return listOf(unique);
}

export const listFunctions: readonly TemplateFunction[] = [...making, ...taking, ...choosing];
