/** `index` and `len`. Source of rules and texts: Go text/template and reflect. */
import { shown } from '../message.ts';
import { GoInt, GoList, GoMap, typeOf, goError } from '../values.ts';
import type { GoValue } from '../values.ts';
import { Boxed, hold, unbox } from './held.ts';
import type { Sound } from './held.ts';

/** Goes down by keys and positions. A key that a map has not gives the zero value of its elements. */
export function indexInto(start: Sound, indexes: readonly Sound[]): Sound {
  let item: Sound = unbox(start);
  if (item === undefined) throw goError`index of untyped nil`;
  for (const index of indexes) {
    const container = unbox(item);
    if (container === undefined) throw goError`index of nil pointer`;
    item = elementOf(container, unbox(index));
  }
  return item;
}

function elementOf(container: NonNullable<GoValue>, index: NonNullable<GoValue> | undefined): Sound {
  if (container instanceof GoMap) return entryOf(container, index);
  if (container instanceof GoList) {
    const at = position(index, container.items.length, 'slice');
    return hold(container.elementType, container.items[at] ?? null);
  }
  if (typeof container !== 'string') throw goError`can't index item of type ${shown(typeOf(container))}`;
  return new GoInt('uint8', BigInt(container.charCodeAt(position(index, container.length, 'string'))));
}

function entryOf(map: GoMap, key: NonNullable<GoValue> | undefined): Sound {
  if (key === undefined) throw goError`value is nil; should be of type string`;
  if (typeof key !== 'string') throw goError`value has type ${shown(typeOf(key))}; should be string`;
  const entry = map.entries.get(key);
  if (entry !== undefined) return hold(map.elementType, entry);
  return map.elementType === 'string' ? '' : hold(map.elementType, null);
}

function position(index: NonNullable<GoValue> | undefined, length: number, what: string): number {
  if (index === undefined) throw goError`cannot index slice/array with nil`;
  if (!(index instanceof GoInt)) throw goError`cannot index slice/array with type ${shown(typeOf(index))}`;
  const at = BigInt.asIntN(64, index.value);
  if (at < 0n || at > BigInt(length)) throw goError`index out of range: ${at}`;
  // Go's own check lets the length pass, and reflect panics.
  if (at === BigInt(length)) throw goError`reflect: ${shown(what)} index out of range`;
  return Number(at);
}

/** Bytes of a string, elements of a list, entries of a map. */
export function lengthOf(held: Sound): GoInt {
  if (held === undefined) throw goError`reflect: call of reflect.Value.Type on zero Value`;
  const value = held instanceof Boxed ? held.value : held;
  if (value === null) throw goError`len of nil pointer`;
  if (typeof value === 'string') return new GoInt('int', BigInt(value.length));
  if (value instanceof GoList) return new GoInt('int', BigInt(value.items.length));
  if (value instanceof GoMap) return new GoInt('int', BigInt(value.entries.size));
  throw goError`len of type ${shown(typeOf(value))}`;
}
