/**
 * How a function for templates is declared.
 *
 * The signature is Go's, as reflect prints it. The evaluator checks number and types of the arguments against it, with
 * Go's error texts, before the function is called; TypeScript derives from it what the implementation takes and gives.
 */
import type { TemplateRuntime } from './runtime.ts';
import type { GoList, GoMap, GoObject, GoValue } from './values.ts';

export type FunctionSource = 'sprig' | 'ESO';

/** A template that shows the function, and what it prints; `matches` when every run prints something else. */
export type FunctionExample =
  | { readonly template: string; readonly data?: Readonly<Record<string, string>>; readonly prints: string }
  | { readonly template: string; readonly data?: Readonly<Record<string, string>>; readonly matches: RegExp };

interface Described<Signature extends string> {
  readonly name: string;
  readonly signature: Signature;
  readonly source: FunctionSource;
  /** Another run gives another result: random, or of the time. */
  readonly volatile?: true;
  /** It asks what a value is and computes nothing with it: it may be given one that failed. */
  readonly asks?: true;
  /** It gives one of its arguments: the index of which one, nil for none. */
  readonly selects?: (args: readonly GoValue[]) => number | undefined;
  /** What each byte of its arguments counts for, if more than one unit. */
  readonly weight?: number;
  /** One sentence for the manual. */
  readonly summary: string;
  readonly example: FunctionExample;
}

/** What a declaration holds. `call` takes plain values of the declared types: see `Native`. */
export interface Declaration<Signature extends string> extends Described<Signature> {
  /** Throws `GoError` with Go's text where Go returns an error or panics. */
  readonly call: (runtime: TemplateRuntime, ...args: Parameters<Signature>) => Result<Signature>;
}

/** A declaration whose types are forgotten: what the evaluator works with. */
export interface TemplateFunction extends Described<string> {
  readonly call: (runtime: TemplateRuntime, ...args: Unboxed[]) => Unboxed;
}

export type FunctionTable = ReadonlyMap<string, TemplateFunction>;

/**
 * What stands for a Go type in a call: integers are bigint, float64 is a number, the rest are values. A nil slice or map
 * comes as a `GoList` or `GoMap` with `isNil`, a nil interface or pointer as `null`.
 */
export type Native<Type extends string> = Type extends 'string' | 'sprig.HashAlgorithm'
  ? string
  : Type extends 'bool'
    ? boolean
    : Type extends 'int' | 'int64' | 'uint32' | 'uint64' | 'time.Duration'
      ? bigint
      : Type extends 'float64'
        ? number
        : Type extends `[]${string}`
          ? GoList
          : Type extends `map[${string}`
            ? GoMap
            : Type extends 'interface {}'
              ? GoValue
              : Type extends `*${string}`
                ? GoObject | null
                : GoObject;

/** Everything that an implementation may give. */
export type Unboxed = GoValue | bigint | number;

type Parameters<Signature extends string> = Signature extends `func(${infer List}) ${string}` ? Tuple<List> : never;

type Tuple<List extends string> = List extends ''
  ? []
  : List extends `${infer First}, ${infer Rest}`
    ? [Native<First>, ...Tuple<Rest>]
    : List extends `...${infer Element}`
      ? Native<Element>[]
      : [Native<List>];

/** The first result; an error as second one is thrown instead. */
type Result<Signature extends string> = Signature extends `func(${string}) (${infer First}, error)`
  ? Native<First>
  : Signature extends `func(${string}) ${infer Only}`
    ? Native<Only>
    : never;

/**
 * Declares one function; the types of `call` follow from `signature`:
 *
 * ```ts
 * declare({
 *   name: 'trunc',
 *   signature: 'func(int, string) string',
 *   source: 'sprig',
 *   summary: 'The first n bytes, or with a negative n the last ones.',
 *   example: { template: '{{ trunc 5 "hello world" }}', prints: 'hello' },
 *   call: (_runtime, length, text) => truncate(length, text),
 * });
 * ```
 */
export function declare<const Signature extends string>(declaration: Declaration<Signature>): TemplateFunction {
  return declaration as unknown as TemplateFunction;
}
