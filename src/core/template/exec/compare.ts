/** `eq`, `ne`, `lt`, `le`, `gt`, `ge`. Source of rules and texts: Go text/template. */
import { shown } from '../message.ts';
import { allowingNil, type Printing } from '../runtime.ts';
import { sprintf } from '../fmt/printf.ts';
import {
  compareBytes,
  GoComplex,
  GoError,
  GoFloat,
  GoInt,
  GoList,
  GoMap,
  GoObject,
  kindOf,
  typeOf,
  goError,
} from '../values.ts';
import type { GoValue } from '../values.ts';
import { unbox } from './held.ts';
import type { Sound } from './held.ts';

/** Whether a value equals one of the others. Kinds must agree, except for signed with unsigned integers. */
export function equals(first: Sound, others: readonly Sound[], printing: Printing): boolean {
  const a = unbox(first);
  if (others.length === 0) throw goError`missing argument for comparison`;
  return others.some((other) => equalsOne(a, unbox(other), printing));
}

type Operand = NonNullable<GoValue> | undefined;

function equalsOne(a: Operand, b: Operand, printing: Printing): boolean {
  const kind = basicKind(a);
  if (kind !== basicKind(b)) {
    if (a === undefined || b === undefined) return false;
    throw incompatible(a, b);
  }
  if (kind === undefined) return equalsOther(a, b, printing);
  if (a instanceof GoComplex && b instanceof GoComplex) return a.real === b.real && a.imaginary === b.imaginary;
  return scalarOf(a) === scalarOf(b);
}

/** Lists, maps, structs and nil. Nil equals nil, and the others only what is known to be comparable. */
function equalsOther(a: Operand, b: Operand, printing: Printing): boolean {
  const print = (verb: string, value: NonNullable<GoValue>): string => sprintf(verb, [value], allowingNil(printing));
  if (a !== undefined && b !== undefined && kindOf(a) !== kindOf(b)) {
    throw goError`non-comparable types ${print('%s', a)}: ${shown(typeOf(a))}, ${shown(typeOf(b))}: ${print('%v', b)}`;
  }
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (b instanceof GoList || b instanceof GoMap) {
    throw goError`non-comparable type ${print('%s', b)}: ${shown(typeOf(b))}`;
  }
  return a instanceof GoObject && b instanceof GoObject && isSameObject(a, b);
}

function isNil(value: NonNullable<GoValue> | undefined): boolean {
  return value === undefined || ((value instanceof GoList || value instanceof GoMap) && value.isNil);
}

/** Go: structs are equal when their fields are, pointers when they point to the same. */
function isSameObject(a: GoObject, b: GoObject): boolean {
  if (a === b || a.type !== b.type || a.kind === 'ptr') return a === b;
  const others = b.fields();
  return a.fields().every(({ value }, index) => isSameField(value, others[index]?.value ?? null));
}

function isSameField(a: GoValue, b: GoValue): boolean {
  if (a instanceof GoObject && b instanceof GoObject) return isSameObject(a, b);
  return a === b || (a instanceof GoInt && b instanceof GoInt && a.value === b.value);
}

/** Whether one value is less than another. Only numbers and strings have an order. */
export function isLess(first: Sound, second: Sound): boolean {
  const a = unbox(first);
  const b = unbox(second);
  const kind = orderedKind(a);
  if (kind !== orderedKind(b)) throw incompatible(a ?? null, b ?? null);
  if (kind === 'bool' || kind === 'complex') throw goError`invalid type for comparison`;
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0;
  return (scalarOf(a) ?? 0) < (scalarOf(b) ?? 0);
}

function orderedKind(value: NonNullable<GoValue> | undefined): string {
  const kind = basicKind(value);
  if (kind === undefined) throw goError`invalid type for comparison`;
  return kind;
}

function basicKind(value: NonNullable<GoValue> | undefined): string | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof GoInt) return 'integer';
  if (value instanceof GoFloat) return 'float';
  return value instanceof GoComplex ? 'complex' : undefined;
}

function scalarOf(value: GoValue | undefined): string | boolean | bigint | number | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value instanceof GoInt || value instanceof GoFloat ? value.value : undefined;
}

function incompatible(a: GoValue, b: GoValue): GoError {
  return goError`incompatible types for comparison: ${shown(typeOf(a))} and ${shown(typeOf(b))}`;
}
