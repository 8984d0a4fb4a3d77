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
import type { Sound } from './held.ts';
import { indexInto, lengthOf } from './index-of.ts';

/** A function of arguments, or a form that the evaluator knows: these look at arguments before or instead of values. */
export type Builtin =
  | {
      readonly signature: string;
      readonly asks?: true;
      readonly weight?: number;
      readonly call: (runtime: TemplateRuntime, args: readonly Sound[]) => Sound;
    }
  | {
      readonly signature: string;
      readonly form: 'and' | 'or' | 'call';
      readonly asks?: never;
      readonly weight?: never;
    };

const TEXT = 'func(...interface {}) string';
const COMPARISON = 'func(reflect.Value, reflect.Value) (bool, error)';
const SEVERAL = 'func(reflect.Value, ...reflect.Value) reflect.Value';

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['and', { signature: SEVERAL, form: 'and' }],
  ['or', { signature: SEVERAL, form: 'or' }],
  ['call', { signature: SEVERAL, form: 'call' }],
  ['not', { signature: 'func(reflect.Value) bool', asks: true, call: (_runtime, [arg]) => !isTrue(arg) }],
  ['len', { signature: 'func(reflect.Value) (int, error)', call: (_runtime, [arg]) => lengthOf(arg) }],
  ['index', { signature: SEVERAL, call: (_runtime, [item, ...indexes]) => indexInto(item, indexes) }],
  ['print', { signature: TEXT, call: (runtime, args) => sprint(args.map(valueOf), runtime) }],
  ['println', { signature: TEXT, call: (runtime, args) => sprintln(args.map(valueOf), runtime) }],
  ['printf', { signature: 'func(string, ...interface {}) string', call: printf }],
  ['html', { signature: TEXT, weight: 4, call: (runtime, args) => escapeHtml(operands(runtime, args)) }],
  ['js', { signature: TEXT, weight: 12, call: (runtime, args) => escapeJavaScript(operands(runtime, args)) }],
  ['urlquery', { signature: TEXT, weight: 20, call: (runtime, args) => escapeQuery(operands(runtime, args)) }],
  [
    'eq',
    {
      signature: 'func(reflect.Value, ...reflect.Value) (bool, error)',
      asks: true,
      call: (runtime, [first, ...others]) => equals(first, others, runtime),
    },
  ],
  ['ne', { signature: COMPARISON, asks: true, call: (runtime, [a, b]) => !equals(a, [b], runtime) }],
  ['lt', { signature: COMPARISON, call: (_runtime, [a, b]) => isLess(a, b) }],
  ['le', { signature: COMPARISON, call: (runtime, [a, b]) => isLess(a, b) || equals(a, [b], runtime) }],
  ['gt', { signature: COMPARISON, call: (runtime, [a, b]) => !isLess(a, b) && !equals(a, [b], runtime) }],
  ['ge', { signature: COMPARISON, call: (_runtime, [a, b]) => !isLess(a, b) }],
]);

function operands(runtime: TemplateRuntime, args: readonly Sound[]): string {
  return joinOperands(args.map(valueOf), runtime);
}

function printf(runtime: TemplateRuntime, [format, ...args]: readonly Sound[]): Sound {
  const text: GoValue = valueOf(format);
  return sprintf(typeof text === 'string' ? text : '', args.map(valueOf), runtime);
}
