/**
 * Arguments of calls: which values and literals fit a parameter's type, and Go's words for those that do not.
 *
 * Source of the rules: Go text/template. A literal takes the type of its parameter where it can; a value must have it.
 */
import { say, shown, source, type Message } from '../message.ts';
import type { NumberNode, OperandNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { GoComplex, GoFloat, GoInt, GoList, GoMap } from '../values.ts';
import type { GoString, GoType } from '../values.ts';
import type { Unboxed } from '../function-table.ts';
import { ANY, Boxed, Failed, NIL, staticType, used, valueOf } from './held.ts';
import type { Held } from './held.ts';
import type { Scope } from './scope.ts';
import { kindOfType } from './signature.ts';

/** An argument does not fit: Go's text, to which the place is added. */
class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly what: Message;

  constructor(what: Message) {
    super(what.toString());
    this.what = what;
  }
}

/** Gives what does not fit its place, which is the node visited last. */
export function fitting<Result>(scope: Scope, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw error instanceof Misfit ? scope.error(error.what) : error;
  }
}

const SEVERAL_KINDS: ReadonlySet<string> = new Set(['any', 'map', 'slice', 'ptr']);

/** Checks a value against a parameter's type. Go text/template: validateType. */
export function fit(held: Held, type: GoType): Held {
  if (type === 'reflect.Value') return held;
  if (held instanceof Failed) return type === ANY ? held : fit(used(held), type);
  if (held === undefined) {
    if (!SEVERAL_KINDS.has(kindOfType(type))) throw new Misfit(say`invalid value; expected ${shown(type)}`);
    return zeroOf(type);
  }
  const actual = staticType(held);
  if (actual === type || type === ANY) return held;
  if (!(held instanceof Boxed) || held.value === null) {
    throw new Misfit(say`wrong type for value; expected ${shown(type)}; got ${shown(actual ?? '')}`);
  }
  return fit(held.value, type);
}

/** What the word nil becomes as an argument. */
export function nilFor(type: GoType): Held {
  if (type === 'reflect.Value') return undefined;
  if (!SEVERAL_KINDS.has(kindOfType(type))) throw new Misfit(say`cannot assign nil to ${shown(type)}`);
  return zeroOf(type);
}

function zeroOf(type: GoType): Held {
  if (type.startsWith('[]')) return new GoList(type.slice(2), [], true);
  return type.startsWith('map[string]') ? new GoMap(type.slice('map[string]'.length), new Map(), true) : NIL;
}

/** A literal as an argument; its own type where the parameter takes anything. Go text/template: evalArg. */
export function literalFor(node: OperandNode, type: GoType): Held {
  const kind = kindOfType(type);
  switch (kind) {
    case 'any':
      return literalValue(node);
    case 'bool':
      if (node.kind === 'bool') return node.value;
      throw new Misfit(say`expected bool; found ${source(nodeText(node))}`);
    case 'string':
      if (node.kind === 'string') return node.text;
      throw new Misfit(say`expected string; found ${source(nodeText(node))}`);
    case 'int':
    case 'int64':
      if (node.kind === 'number' && node.int !== undefined) return new GoInt(kind, node.int);
      throw new Misfit(say`expected integer; found ${source(nodeText(node))}`);
    case 'uint32':
      // Go cuts what is too large without a word.
      if (node.kind === 'number' && node.unsigned !== undefined) {
        return new GoInt('uint32', BigInt.asUintN(32, node.unsigned));
      }
      throw new Misfit(say`expected unsigned integer; found ${source(nodeText(node))}`);
    case 'float64':
      if (node.kind === 'number' && node.float !== undefined) return new GoFloat(node.float);
      throw new Misfit(say`expected float; found ${source(nodeText(node))}`);
    default:
      throw new Misfit(say`can't handle ${source(nodeText(node))} for arg of type ${shown(type)}`);
  }
}

/** A literal by itself. */
export function literalValue(node: OperandNode): Held {
  if (node.kind === 'bool') return node.value;
  if (node.kind === 'string') return node.text;
  return node.kind === 'number' ? constantOf(node) : undefined;
}

/** The type that a number has when nothing asks for one. Go text/template: idealConstant. */
function constantOf(node: NumberNode): Held {
  if (node.complex !== undefined) return new GoComplex(...node.complex);
  if (node.float !== undefined && looksLikeFloat(node.text)) return new GoFloat(node.float);
  if (node.int !== undefined) return new GoInt('int', node.int);
  throw new Misfit(say`${source(node.text)} overflows int`);
}

/** A point or an exponent; the e of a hexadecimal integer is a digit, and a quoted character is none of this. */
function looksLikeFloat(text: GoString): boolean {
  if (text.startsWith("'")) return false;
  const isHexInteger = /^[+-]?0[xX]/.test(text) && !/[pP]/.test(text);
  return !isHexInteger && /[.eEpP]/.test(text);
}

/** A fitting argument as the function takes it: integers as bigint, floats as number, the rest as values. */
export function toNative(held: Held, type: GoType): Unboxed {
  const value = valueOf(held);
  if (type === ANY) return value;
  return value instanceof GoInt || value instanceof GoFloat ? value.value : value;
}

/** What a function gave, as its result type says. */
export function fromNative(result: Unboxed, type: GoType): Held {
  if (type === ANY) return new Boxed(asValue(result));
  if (typeof result === 'bigint') return new GoInt(INT_KINDS.get(type) ?? 'int', BigInt.asIntN(64, result));
  if (typeof result === 'number') return new GoFloat(result);
  return result ?? NIL;
}

const INT_KINDS: ReadonlyMap<GoType, 'int' | 'int64'> = new Map([
  ['int', 'int'],
  ['int64', 'int64'],
]);

function asValue(result: Unboxed): ReturnType<typeof valueOf> {
  if (typeof result === 'bigint') return new GoInt('int', result);
  return typeof result === 'number' ? new GoFloat(result) : result;
}
