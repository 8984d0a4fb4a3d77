/** A name after a dot: a method, a field of a struct, an entry of a map. Source of rules and texts: Go text/template. */
import { say, shown, source } from '../message.ts';
import type { OperandNode } from '../parse/node.ts';
import { quote } from '../strconv/quote.ts';
import { GoMap, GoObject, methodsOf } from '../values.ts';
import type { GoMethod, GoString, GoValue } from '../values.ts';
import { fromNative } from './arguments.ts';
import { NO_FINAL } from './call.ts';
import type { Call } from './call.ts';
import { checkCount, evalArguments, guarded } from './calls.ts';
import { hold, staticType, unbox, used, valueOf } from './held.ts';
import type { Held } from './held.ts';
import { readSignature } from './signature.ts';
import type { Signature } from './signature.ts';

/** What a value has under a name. */
export function fieldOf(call: Call, node: OperandNode, of: Held, name: GoString): Held {
  const { scope } = call;
  const receiver = used(of);
  const type = staticType(receiver);
  if (type === undefined) return fieldOfNothing(call, name);
  const value = unbox(receiver);
  if (value === undefined) throw scope.error(say`nil pointer evaluating ${shown(type)}.${source(name)}`);
  const method = methodsOf(value).get(name);
  if (method !== undefined) return callMethod(call, node, value, name, method);
  if (value instanceof GoMap) return entryOf(call, value, name);
  const field = value instanceof GoObject ? value.fields().find((candidate) => candidate.name === name) : undefined;
  if (field === undefined) throw scope.error(say`can't evaluate field ${source(name)} in type ${shown(type)}`);
  if (!/^\p{Lu}/u.test(name))
    throw scope.error(say`${source(name)} is an unexported field of struct type ${shown(type)}`);
  if (hasArguments(call)) throw scope.error(say`${source(name)} has arguments but cannot be invoked as function`);
  return hold('', field.value);
}

function fieldOfNothing({ scope }: Call, name: GoString): Held {
  if (scope.context.missingKey === 'error') throw scope.error(say`nil data; no entry for key ${source(quote(name))}`);
  return undefined;
}

function entryOf(call: Call, map: GoMap, name: GoString): Held {
  const { scope } = call;
  if (hasArguments(call)) throw scope.error(say`${source(name)} is not a method but has arguments`);
  const entry = map.entries.get(name);
  if (entry !== undefined) return hold(map.elementType, entry);
  if (scope.context.missingKey === 'error') throw scope.error(say`map has no entry for key ${source(quote(name))}`);
  return undefined;
}

function hasArguments({ args, final }: Call): boolean {
  return args.length > 0 || final !== NO_FINAL;
}

function callMethod(call: Call, node: OperandNode, receiver: GoValue, name: GoString, method: GoMethod): Held {
  const signature = readSignature(method.signature);
  checkCount(call, name, signature);
  checkResults(call, name, signature);
  const args = evalArguments(call, signature).map(used);
  return guarded(call, { place: node, name, values: args }, () =>
    fromNative(method.call(receiver, args.map(valueOf)), signature.results[0] ?? ''),
  );
}

/** Go calls only what gives one result, or one and an error. */
function checkResults({ scope }: Call, name: GoString, { results }: Signature): void {
  if (results.length === 1) return;
  const second = results[1] ?? '';
  if (results.length !== 2) {
    throw scope.error(say`function ${source(name)} has ${shown(results.length)} return values; should be 1 or 2`);
  }
  if (second === 'error') return;
  throw scope.error(
    say`invalid function signature for ${source(name)}: second return value should be error; is ${shown(second)}`,
  );
}
