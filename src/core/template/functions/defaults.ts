/** Functions for values that may be missing, for conditions, and for the types of values. sprig. */
import { declare, type TemplateFunction } from '../function-table.ts';
import { goError, kindOf, typeOf } from '../values.ts';
import { isDeepEqual, isEmpty } from './equality.ts';

const conditions: readonly TemplateFunction[] = [
  declare({
    name: 'default',
    signature: 'func(interface {}, ...interface {}) interface {}',
    source: 'sprig',
    summary: 'The second value, or the first when the second is empty. A missing key is still an error.',
    example: { template: '{{ "" | default "require" }}', prints: 'require' },
    asks: true,
    selects: ([, given = null]) => (isEmpty(given) ? 0 : 1),
    call: (_runtime, otherwise, given = null) => (isEmpty(given) ? otherwise : given),
  }),
  declare({
    name: 'empty',
    signature: 'func(interface {}) bool',
    source: 'sprig',
    summary: 'Says whether a value is nothing, false, zero or of no length.',
    example: { template: '{{ empty "" }}', prints: 'true' },
    asks: true,
    call: (_runtime, value) => isEmpty(value),
  }),
  declare({
    name: 'coalesce',
    signature: 'func(...interface {}) interface {}',
    source: 'sprig',
    summary: 'The first value that is not empty.',
    example: { template: '{{ coalesce "" 0 "c" }}', prints: 'c' },
    asks: true,
    selects: (values) => values.findIndex((value) => !isEmpty(value)),
    call: (_runtime, ...values) => values.find((value) => !isEmpty(value)) ?? null,
  }),
  declare({
    name: 'all',
    signature: 'func(...interface {}) bool',
    source: 'sprig',
    summary: 'Says whether no value is empty.',
    example: { template: '{{ all "a" 1 "" }}', prints: 'false' },
    asks: true,
    call: (_runtime, ...values) => !values.some(isEmpty),
  }),
  declare({
    name: 'any',
    signature: 'func(...interface {}) bool',
    source: 'sprig',
    summary: 'Says whether a value is not empty.',
    example: { template: '{{ any "" 0 "c" }}', prints: 'true' },
    asks: true,
    call: (_runtime, ...values) => values.some((value) => !isEmpty(value)),
  }),
  declare({
    name: 'ternary',
    signature: 'func(interface {}, interface {}, bool) interface {}',
    source: 'sprig',
    summary: 'The first value for true, the second for false.',
    example: { template: '{{ true | ternary "yes" "no" }}', prints: 'yes' },
    asks: true,
    selects: ([, , condition = false]) => (condition === true ? 0 : 1),
    call: (_runtime, yes, no, condition) => (condition ? yes : no),
  }),
  declare({
    name: 'fail',
    signature: 'func(string) (string, error)',
    source: 'sprig',
    summary: 'Ends the template with this error.',
    example: { template: '{{ if eq "a" "b" }}{{ fail "a is b" }}{{ end }}ok', prints: 'ok' },
    call: (_runtime, message) => {
      throw goError`${message}`;
    },
  }),
];

const types: readonly TemplateFunction[] = [
  declare({
    name: 'typeOf',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'The Go type of a value.',
    example: { template: '{{ list 1 | typeOf }}', prints: '[]interface {}' },
    asks: true,
    call: (_runtime, value) => typeOf(value),
  }),
  declare({
    name: 'typeIs',
    signature: 'func(string, interface {}) bool',
    source: 'sprig',
    summary: 'Says whether a value has this Go type.',
    example: { template: '{{ typeIs "string" "a" }}', prints: 'true' },
    asks: true,
    call: (_runtime, type, value) => typeOf(value) === type,
  }),
  declare({
    name: 'typeIsLike',
    signature: 'func(string, interface {}) bool',
    source: 'sprig',
    summary: 'As typeIs; a pointer to the type counts too.',
    example: { template: '{{ typeIsLike "semver.Version" (semver "1.2.3") }}', prints: 'true' },
    asks: true,
    call: (_runtime, type, value) => typeOf(value) === type || typeOf(value) === `*${type}`,
  }),
  declare({
    name: 'kindOf',
    signature: 'func(interface {}) string',
    source: 'sprig',
    summary: 'The kind of a value: string, bool, int, float64, slice, map, struct, ptr.',
    example: { template: '{{ dict "a" 1 | kindOf }}', prints: 'map' },
    asks: true,
    call: (_runtime, value) => kindOf(value),
  }),
  declare({
    name: 'kindIs',
    signature: 'func(string, interface {}) bool',
    source: 'sprig',
    summary: 'Says whether a value is of this kind.',
    example: { template: '{{ kindIs "slice" (list 1) }}', prints: 'true' },
    asks: true,
    call: (_runtime, kind, value) => kindOf(value) === kind,
  }),
  declare({
    name: 'deepEqual',
    signature: 'func(interface {}, interface {}) bool',
    source: 'sprig',
    summary: 'Says whether two values are of one type and the same in all their parts.',
    example: { template: '{{ deepEqual (list 1 2) (list 1 2) }}', prints: 'true' },
    call: ({ spend }, a, b) => isDeepEqual(spend, a, b),
  }),
];

export const defaultFunctions: readonly TemplateFunction[] = [...conditions, ...types];
