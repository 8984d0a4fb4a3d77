/**
 * The functions that Go's templates have by themselves. sprig's `slice` hides the one of Go, so it is not here.
 *
 * A parameter of the type `reflect.Value` takes anything as it is held, no value included.
 */
import { sprint, sprintf, sprintln } from '../fmt/printf.ts';
import type { GoValue } from '../values.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { equals, isLess } from './compare.ts';
import { escapeHtml, escapeJavaScript, escapeQuery, joinOperands } from './escape.ts';
import { isTrue, valueOf } from './held.ts';
import type { Held } from './held.ts';
import { indexInto, lengthOf } from './index-of.ts';

/** A function of arguments, or a form that the evaluator knows: these look at arguments before or instead of values. */
export type Builtin =
  | { readonly signature: string; readonly call: (runtime: TemplateRuntime, args: readonly Held[]) => Held }
  | { readonly signature: string; readonly form: 'and' | 'or' | 'call' };

const TEXT = 'func(...interface {}) string';
const COMPARISON = 'func(reflect.Value, reflect.Value) (bool, error)';
const SEVERAL = 'func(reflect.Value, ...reflect.Value) reflect.Value';

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['and', { signature: SEVERAL, form: 'and' }],
  ['or', { signature: SEVERAL, form: 'or' }],
  ['call', { signature: SEVERAL, form: 'call' }],
  ['not', { signature: 'func(reflect.Value) bool', call: (_runtime, [arg]) => !isTrue(arg) }],
  ['len', { signature: 'func(reflect.Value) (int, error)', call: (_runtime, [arg]) => lengthOf(arg) }],
  ['index', { signature: SEVERAL, call: (_runtime, [item, ...indexes]) => indexInto(item, indexes) }],
  ['print', { signature: TEXT, call: (_runtime, args) => sprint(args.map(valueOf)) }],
  ['println', { signature: TEXT, call: (_runtime, args) => sprintln(args.map(valueOf)) }],
  ['printf', { signature: 'func(string, ...interface {}) string', call: printf }],
  ['html', { signature: TEXT, call: (_runtime, args) => escapeHtml(operands(args)) }],
  ['js', { signature: TEXT, call: (_runtime, args) => escapeJavaScript(operands(args)) }],
  ['urlquery', { signature: TEXT, call: (_runtime, args) => escapeQuery(operands(args)) }],
  [
    'eq',
    {
      signature: 'func(reflect.Value, ...reflect.Value) (bool, error)',
      call: (_runtime, [first, ...others]) => equals(first, others),
    },
  ],
  ['ne', { signature: COMPARISON, call: (_runtime, [a, b]) => !equals(a, [b]) }],
  ['lt', { signature: COMPARISON, call: (_runtime, [a, b]) => isLess(a, b) }],
  ['le', { signature: COMPARISON, call: (_runtime, [a, b]) => isLess(a, b) || equals(a, [b]) }],
  ['gt', { signature: COMPARISON, call: (_runtime, [a, b]) => !isLess(a, b) && !equals(a, [b]) }],
  ['ge', { signature: COMPARISON, call: (_runtime, [a, b]) => !isLess(a, b) }],
]);

function operands(args: readonly Held[]): string {
  return joinOperands(args.map(valueOf));
}

function printf(runtime: TemplateRuntime, [format, ...args]: readonly Held[]): Held {
  const text: GoValue = valueOf(format);
  return sprintf(typeof text === 'string' ? text : '', args.map(valueOf), runtime.spend);
}
