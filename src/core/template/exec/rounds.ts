/** What a `range` goes over. Source of rules and texts: Go text/template. */
import { say } from '../message.ts';
import { allowingNil } from '../runtime.ts';
import { sprint } from '../fmt/printf.ts';
import { GoInt, GoList, GoMap } from '../values.ts';
import { Boxed, hold } from './held.ts';
import type { Held, Sound } from './held.ts';
import type { Scope } from './scope.ts';

/** One turn of a loop. */
export interface Round {
  /** A position or key; no value for numbers. */
  readonly index: Held;
  readonly element: Held;
}

/** The rounds over a value; `undefined` when there are none and the else part runs. Throws `ExecError`. */
export function roundsOf(scope: Scope, value: Exclude<Sound, Boxed>, variables: number): Iterator<Round> | undefined {
  if (value === undefined) return undefined;
  if (value instanceof GoList) return value.items.length === 0 ? undefined : listRounds(value);
  if (value instanceof GoMap) return value.entries.size === 0 ? undefined : mapRounds(value);
  if (!(value instanceof GoInt))
    throw scope.error(say`range can't iterate over ${sprint([value], allowingNil(scope.context.runtime))}`);
  if (variables > 1) throw scope.error(say`can't use ${value.value} to iterate over more than one variable`);
  return value.value > 0n ? countRounds(value) : undefined;
}

/** Go reads the length once: what is appended meanwhile is another list. */
function* listRounds(list: GoList): Generator<Round, void> {
  const { length } = list.items;
  for (let index = 0; index < length; index += 1) {
    yield { index: new GoInt('int', BigInt(index)), element: hold(list.elementType, list.items[index] ?? null) };
  }
}

/** Keys and values are taken before the first round, in the order of the keys. */
function* mapRounds(map: GoMap): Generator<Round, void> {
  const entries = map.sortedKeys().map((key) => ({ key, value: map.entries.get(key) ?? null }));
  for (const { key, value } of entries) yield { index: key, element: hold(map.elementType, value) };
}

function* countRounds(limit: GoInt): Generator<Round, void> {
  for (let value = 0n; value < limit.value; value += 1n) {
    yield { index: undefined, element: new GoInt(limit.kind, value, limit.named) };
  }
}
