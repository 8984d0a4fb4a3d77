/** Pipelines and commands: what an action says is worth. Source of order, rules and texts: Go text/template. */
import { say, source } from '../message.ts';
import type {
  ChainNode,
  CommandNode,
  FieldNode,
  IdentifierNode,
  OperandNode,
  PipeNode,
  VariableNode,
} from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import type { GoString, GoType } from '../values.ts';
import { fit, fitting, literalFor, literalValue, nilFor } from './arguments.ts';
import { NO_FINAL } from './call.ts';
import type { Call, Final } from './call.ts';
import { callForm, callFunction, checkCount } from './calls.ts';
import { BUILTINS } from './builtins.ts';
import { fieldOf } from './fields.ts';
import { Failed, unbox } from './held.ts';
import type { Held } from './held.ts';
import type { Scope } from './scope.ts';
import { readSignature } from './signature.ts';

/** What a pipeline is worth. Its variables are declared or set on the way. */
export function evalPipeline(scope: Scope, dot: Held, pipe: PipeNode): Held {
  scope.at(pipe);
  let value: Final = NO_FINAL;
  for (const command of pipe.commands) value = unboxed(evalCommand(scope, dot, command, value));
  const result = value === NO_FINAL ? undefined : value;
  for (const { name } of pipe.declares) {
    if (pipe.isAssignment) scope.set(name, result);
    else scope.push(name, result);
  }
  return result;
}

/** Between two commands a value is out of its interface. */
function unboxed(held: Held): Held {
  return held instanceof Failed ? held : unbox(held);
}

function evalCommand(scope: Scope, dot: Held, command: CommandNode, final: Final): Held {
  scope.context.step();
  const [first, ...args] = command.args;
  if (first === undefined) return undefined;
  const call: Call = { scope, dot, args, final };
  switch (first.kind) {
    case 'field':
      return evalField(call, first);
    case 'chain':
      return evalChain(call, first);
    case 'identifier':
      return evalFunction(call, first, command);
    case 'pipe':
      refuseArguments(call, first);
      return evalPipeline(scope, dot, first);
    case 'variable':
      return evalVariable(call, first);
    default:
      return evalLiteral(call, first);
  }
}

function evalLiteral(call: Call, node: OperandNode): Held {
  call.scope.at(node);
  refuseArguments(call, node);
  if (node.kind === 'dot') return call.dot;
  if (node.kind === 'nil') throw call.scope.error(say`nil is not a command`);
  return fitting(call.scope, () => literalValue(node));
}

function refuseArguments({ scope, args, final }: Call, node: OperandNode): void {
  if (args.length === 0 && final === NO_FINAL) return;
  throw scope.error(say`can't give argument to non-function ${source(nodeText(node))}`);
}

function evalField(call: Call, node: FieldNode): Held {
  call.scope.at(node);
  return evalPath(call, node, call.dot, node.path);
}

function evalChain(call: Call, node: ChainNode): Held {
  call.scope.at(node);
  if (node.operand.kind === 'nil')
    throw call.scope.error(say`indirection through explicit nil in ${source(nodeText(node))}`);
  return evalPath(call, node, evalOperand(call.scope, call.dot, node.operand), node.path);
}

function evalVariable(call: Call, node: VariableNode): Held {
  call.scope.at(node);
  const value = call.scope.get(node.name);
  if (node.path.length > 0) return evalPath(call, node, value, node.path);
  refuseArguments(call, node);
  return value;
}

/** Fields one after the other; only the last one, if it is a method, gets the arguments. */
function evalPath(call: Call, node: OperandNode, start: Held, path: readonly GoString[]): Held {
  const bare: Call = { ...call, args: [], final: NO_FINAL };
  let value = start;
  path.forEach((name, index) => {
    value = fieldOf(index === path.length - 1 ? call : bare, node, value, name);
  });
  return value;
}

function evalFunction(call: Call, node: IdentifierNode, place: CommandNode | IdentifierNode): Held {
  const { scope } = call;
  scope.at(node);
  const declared = scope.context.functions.get(node.name);
  const builtin = BUILTINS.get(node.name);
  const signature = readSignature((declared ?? builtin)?.signature ?? '');
  checkCount(call, node.name, signature);
  if (declared === undefined && builtin !== undefined && 'form' in builtin) {
    return callForm(call, place, builtin.form);
  }
  return callFunction(call, place, { name: node.name, signature, declared, builtin });
}

/** An operand that is no argument of a known type: what a chain of fields begins with. */
function evalOperand(scope: Scope, dot: Held, node: OperandNode): Held {
  scope.at(node);
  const alone: Call = { scope, dot, args: [], final: NO_FINAL };
  switch (node.kind) {
    case 'dot':
      return dot;
    case 'field':
      return evalField(alone, node);
    case 'variable':
      return evalVariable(alone, node);
    case 'pipe':
      return evalPipeline(scope, dot, node);
    case 'identifier':
      return evalFunction(alone, node, node);
    case 'chain':
      return evalChain(alone, node);
    default:
      return literalValue(node);
  }
}

const LITERALS: ReadonlySet<string> = new Set(['bool', 'number', 'string']);

/** An operand as an argument of a type. Go text/template: evalArg. */
export function evalArgument(scope: Scope, dot: Held, node: OperandNode, type: GoType): Held {
  scope.at(node);
  if (node.kind === 'nil') return fitting(scope, () => nilFor(type));
  if (LITERALS.has(node.kind)) return fitting(scope, () => literalFor(node, type));
  const value = evalOperand(scope, dot, node);
  return fitting(scope, () => fit(value, type));
}
