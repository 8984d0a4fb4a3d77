/** Calling functions and methods: counting and checking arguments, running, and Go's words for failures. */
import { say, shown, source, type Message, type Part } from '../message.ts';
import type { FunctionTable } from '../function-table.ts';
import type { CommandNode, OperandNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { GoList, GoMap, typeOf } from '../values.ts';
import type { GoString, GoValue } from '../values.ts';
import { fit, fitting, fromNative, toNative } from './arguments.ts';
import type { Builtin } from './builtins.ts';
import { NO_FINAL } from './call.ts';
import type { Call } from './call.ts';
import type { ExecError } from './exec-error.ts';
import { Boxed, Failed, isTrue, staticType, unbox, used, valueOf } from './held.ts';
import type { Held, Sound } from './held.ts';
import type { PassedOverFailure } from './passed-over.ts';
import { evalArgument } from './pipelines.ts';
import { paramAt } from './signature.ts';
import type { Signature } from './signature.ts';

export interface Callee {
  readonly name: GoString;
  readonly signature: Signature;
  readonly declared: ReturnType<FunctionTable['get']>;
  readonly builtin: Builtin | undefined;
}

/** Refuses too few or too many arguments. Go counts those through the pipe, but does not always name them. */
export function checkCount({ scope, args, final }: Call, name: GoString, signature: Signature): void {
  const count = args.length + (final === NO_FINAL ? 0 : 1);
  const { length } = signature.params;
  if (signature.isVariadic) {
    if (count >= length - 1) return;
    throw scope.error(
      say`wrong number of args for ${source(name)}: want at least ${shown(length - 1)} got ${shown(args.length)}`,
    );
  }
  if (count !== length)
    throw scope.error(say`wrong number of args for ${source(name)}: want ${shown(length)} got ${shown(count)}`);
}

/** The arguments in order, each checked against its parameter. */
export function evalArguments({ scope, dot, args, final }: Call, signature: Signature): Held[] {
  const values = args.map((arg, index) => evalArgument(scope, dot, arg, paramAt(signature, index)));
  if (final !== NO_FINAL) values.push(fitting(scope, () => fit(final, paramAt(signature, args.length))));
  return values;
}

/** The same for whoever computes with them. */
function evalUsedArguments(call: Call, signature: Signature): Sound[] {
  return evalArguments(call, signature).map(used);
}

/** Runs a function of the table, or one of Go's own. */
export function callFunction(call: Call, place: CommandNode | OperandNode, callee: Callee): Held {
  const { name, signature, declared, builtin } = callee;
  const asks = (declared ?? builtin)?.asks === true;
  const args = (asks ? evalArguments : evalUsedArguments)(call, signature);
  return guarded(call, { place, name, values: args, weight: (declared ?? builtin)?.weight }, () => {
    const { runtime } = call.scope.context;
    if (declared === undefined) {
      return builtin !== undefined && 'call' in builtin ? builtin.call(runtime, args.map(sound)) : undefined;
    }
    if (declared.selects !== undefined) return selected(args, declared.selects(args.map(valueOf)));
    const natives = args.map((arg, index) => toNative(arg, paramAt(signature, index)));
    return fromNative(declared.call(runtime, ...natives), signature.results[0] ?? '');
  });
}

/** What an argument is to a function that only asks. */
function sound(held: Held): Sound {
  return held instanceof Failed ? (held.value ?? undefined) : held;
}

/** The argument itself, so that a failure stays one. */
function selected(args: readonly Held[], index: number | undefined): Held {
  const held = index === undefined ? undefined : args[index];
  return held instanceof Failed ? held : new Boxed(valueOf(held));
}

/** What runs, where, and over what. */
interface Called {
  readonly place: CommandNode | OperandNode;
  readonly name: GoString;
  readonly values: readonly Held[];
  readonly weight?: number | undefined;
}

/** What a call counts for by itself. */
const CALL = 32;

/** Runs something that may fail as Go's functions do, and pays for what it reads and for the text that it makes. */
export function guarded({ scope, args }: Call, { place, name, values, weight = 1 }: Called, run: () => Held): Held {
  const { runtime, passedOver } = scope.context;
  const { spend } = runtime;
  const literals = new Set(args.flatMap(literalText));
  const wording = (cause: Message): Message => say`error calling ${source(name)}: ${cause.knowing(literals)}`;
  spend(weight * values.reduce<number>((size, value) => size + sizeOf(valueOf(value)), CALL));
  let result: Held;
  try {
    result = run();
    spend(madeBy(valueOf(result)));
  } catch (thrown) {
    scope.at(place);
    throw scope.failure(thrown, wording);
  }
  const failure = passedOver.take();
  if (failure === undefined) return result;
  return failed(result, failure, () => {
    scope.at(place);
    return scope.error(wording(failure.what));
  });
}

/** An error text cannot be told from a good one, so that nobody can ask for it: that fails at once. */
function failed(result: Held, { isNil }: PassedOverFailure, error: () => ExecError): Failed {
  if (!isNil && isTrue(result)) throw error();
  return new Failed(valueOf(result), error);
}

/** A function that looks at all of a large argument takes its time, even when it makes little of it. */
function sizeOf(value: GoValue): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof GoList) return value.items.length;
  return value instanceof GoMap ? value.entries.size : 0;
}

/** What a result takes: an element of a list some eight bytes, an entry of a map more. */
function madeBy(value: GoValue): number {
  if (typeof value === 'string') return value.length;
  return sizeOf(value) * (value instanceof GoMap ? 48 : 8);
}

/** What the author of the template wrote is no secret: an error of `fail "port is missing"` shows its words. */
function literalText(node: OperandNode): readonly GoString[] {
  return node.kind === 'string' || node.kind === 'number' ? [node.text] : [];
}

/** `and`, `or` and `call`. */
export function callForm(call: Call, place: CommandNode | OperandNode, form: 'and' | 'or' | 'call'): Held {
  return form === 'call' ? refuseCall(call, place) : shortCircuit(call, form);
}

/** Gives the argument that decides, and does not evaluate those after it. */
function shortCircuit({ scope, dot, args, final }: Call, form: 'and' | 'or'): Held {
  let value: Held;
  for (const arg of args) {
    value = evalArgument(scope, dot, arg, 'reflect.Value');
    if (isTrue(value) === (form === 'or')) return value;
  }
  return final === NO_FINAL ? value : final;
}

/** No function gives a function, so there is never one to call. */
function refuseCall(call: Call, place: CommandNode | OperandNode): never {
  const [first] = call.args;
  const values = call.args.map((arg) => evalArgument(call.scope, call.dot, arg, 'reflect.Value'));
  const callee = unbox(used(first === undefined && call.final !== NO_FINAL ? call.final : values[0]));
  call.scope.at(place);
  if (callee === undefined) throw call.scope.error(say`error calling call: call of nil`);
  const text = first === undefined ? reflectText(callee) : source(nodeText(first));
  throw call.scope.error(say`error calling call: non-function ${text} of type ${shown(typeOf(callee))}`);
}

/** reflect.Value.String: a string itself, of everything else the type. */
function reflectText(value: NonNullable<GoValue>): Part {
  return typeof value === 'string' ? value : shown(`<${staticType(value) ?? ''} Value>`);
}
