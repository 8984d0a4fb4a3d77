/**
 * What an expression holds while a template runs: Go's reflect.Value.
 *
 * `undefined` is no value at all, as a missing entry is. `Boxed` is a value of the static type `interface {}`, as an
 * element of `[]interface {}` is, perhaps nil in it. `Failed` is what Go gives in place of a failure that it passes over,
 * and exists in strict renders only. Anything else has its own type. The difference shows in error texts, and in what
 * may be nil.
 */
import type { ExecError } from './exec-error.ts';
import { GoComplex, GoFloat, GoInt, GoList, GoMap, typeOf } from '../values.ts';
import type { GoType, GoValue } from '../values.ts';

export class Boxed {
  readonly value: GoValue;

  constructor(value: GoValue) {
    this.value = value;
  }
}

export const NIL = new Boxed(null);

/**
 * The value of a function that failed without a word. It may be asked for (`if`, `with`, `default` …); whoever uses it
 * in any other way ends the render with the failure.
 */
export class Failed {
  readonly value: GoValue;
  /** Made only where it is thrown: its place costs as much as the template is long. */
  readonly error: () => ExecError;

  constructor(value: GoValue, error: () => ExecError) {
    this.value = value;
    this.error = error;
  }
}

/** What can be used as it is. */
export type Sound = undefined | NonNullable<GoValue> | Boxed;

export type Held = Sound | Failed;

/** A value for whoever does more than asking for it: one that failed fails here. */
export function used(held: Held): Sound {
  if (held instanceof Failed) throw held.error();
  return held;
}

export const ANY: GoType = 'interface {}';

/** A value as it comes out of a container or function whose element or result type is this. */
export function hold(type: GoType, value: GoValue): Sound {
  return type === ANY || value === null ? new Boxed(value) : value;
}

/** What is inside, nil for no value. */
export function valueOf(held: Held): GoValue {
  if (held === undefined) return null;
  return held instanceof Boxed || held instanceof Failed ? held.value : held;
}

/** Takes a value out of its interface; nil becomes no value. Go text/template: indirectInterface. */
export function unbox(held: Sound): Exclude<Sound, Boxed> {
  return held instanceof Boxed ? (held.value ?? undefined) : held;
}

/** The static type; `undefined` for no value. */
export function staticType(held: Sound): GoType | undefined {
  if (held === undefined) return undefined;
  return held instanceof Boxed ? ANY : typeOf(held);
}

/** Whether a condition holds: not zero, not empty, not nil. Structs are always true. Go text/template: IsTrue. */
export function isTrue(held: Held): boolean {
  const value = valueOf(held);
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (value instanceof GoInt) return value.value !== 0n;
  if (value instanceof GoFloat) return value.value !== 0;
  if (value instanceof GoComplex) return value.real !== 0 || value.imaginary !== 0;
  if (value instanceof GoList) return value.items.length > 0;
  return value instanceof GoMap ? value.entries.size > 0 : true;
}
