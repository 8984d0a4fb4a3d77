/** Whether two values are the same, or nothing: what several functions ask. */
import { LimitError, VALUE, type TemplateRuntime } from '../runtime.ts';
import { GoComplex, GoFloat, GoInt, GoList, GoMap, GoObject, typeOf, type GoValue } from '../values.ts';

type Spend = TemplateRuntime['spend'];

/** Deeper values are given up, before they exhaust the stack. */
const MOST_LEVELS = 1_000;

/** reflect.DeepEqual: types must be the same too, `1` and `1.0` differ, and so do a nil list and an empty one. */
export function isDeepEqual(spend: Spend, a: GoValue, b: GoValue, level = 0): boolean {
  spend(VALUE);
  if (level > MOST_LEVELS) throw new LimitError(`a value has more than ${MOST_LEVELS} levels`);
  if (typeOf(a) !== typeOf(b)) return false;
  if (a instanceof GoInt && b instanceof GoInt) return a.value === b.value;
  if (a instanceof GoFloat && b instanceof GoFloat) return a.value === b.value;
  if (a instanceof GoComplex && b instanceof GoComplex) return a.real === b.real && a.imaginary === b.imaginary;
  if (a instanceof GoList && b instanceof GoList) return a === b || isSameList(spend, a, b, level + 1);
  if (a instanceof GoMap && b instanceof GoMap) return a === b || isSameMap(spend, a, b, level + 1);
  if (a instanceof GoObject && b instanceof GoObject) return a === b || isSameObject(spend, a, b, level + 1);
  return a === b;
}

function isSameList(spend: Spend, a: GoList, b: GoList, level: number): boolean {
  if (a.isNil !== b.isNil || a.items.length !== b.items.length) return false;
  return a.items.every((item, index) => isDeepEqual(spend, item, b.items[index] ?? null, level));
}

function isSameMap(spend: Spend, a: GoMap, b: GoMap, level: number): boolean {
  if (a.isNil !== b.isNil || a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, value]) => {
    const other = b.entries.get(key);
    return other !== undefined && isDeepEqual(spend, value, other, level);
  });
}

function isSameObject(spend: Spend, a: GoObject, b: GoObject, level: number): boolean {
  const others = b.fields();
  return a.fields().every(({ value }, index) => isDeepEqual(spend, value, others[index]?.value ?? null, level));
}

/** sprig `empty`: nil, false, zero, and a text, list or map of no length. A struct never is. */
export function isEmpty(value: GoValue): boolean {
  if (value === null || value === false || value === '') return true;
  if (value instanceof GoInt) return value.value === 0n;
  if (value instanceof GoFloat) return value.value === 0;
  if (value instanceof GoComplex) return value.real === 0 && value.imaginary === 0;
  if (value instanceof GoList) return value.items.length === 0;
  return value instanceof GoMap && value.entries.size === 0;
}
