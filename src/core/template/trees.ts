/** Questions about a template before it runs, answered by what stands in it, whether it will be reached or not. */
import type { FunctionTable } from './function-table.ts';
import type { CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './parse/node.ts';
import type { Tree } from './parse/parser.ts';

type Trees = ReadonlyMap<string, Tree>;

/** Says whether a template can give another result for the same data: it names a function that is random or of the time. */
export function usesVolatile(trees: Trees, functions: FunctionTable): boolean {
  return hasOperand(trees, (node) => node.kind === 'identifier' && functions.get(node.name)?.volatile === true);
}

/** Says whether a template names this function. */
export function namesFunction(trees: Trees, name: string): boolean {
  return hasOperand(trees, (node) => node.kind === 'identifier' && node.name === name);
}

/**
 * Says whether a template only writes template text, as `{{ `{{ .password }}` }}` does: it prints literals with braces in
 * them, and reads no data. In a chart such a text is written for Helm; by itself it comes out as it stands.
 */
export function writesTemplateText(trees: Trees): boolean {
  const readsData = hasOperand(trees, ({ kind }) => kind === 'field' || kind === 'dot' || kind === 'variable');
  return !readsData && [...trees.values()].some(({ root }) => root.nodes.some(printsBraces));
}

function printsBraces(node: StatementNode): boolean {
  if (node.kind !== 'action' || node.pipe.commands.length !== 1) return false;
  const [literal, ...others] = node.pipe.commands[0]?.args ?? [];
  return others.length === 0 && literal?.kind === 'string' && literal.text.includes('{{');
}

type Test = (node: OperandNode) => boolean;

function hasOperand(trees: Trees, test: Test): boolean {
  return [...trees.values()].some(({ root }) => inList(root, test));
}

function inList(list: ListNode | undefined, test: Test): boolean {
  return list?.nodes.some((node) => inStatement(node, test)) ?? false;
}

function inStatement(node: StatementNode, test: Test): boolean {
  switch (node.kind) {
    case 'text':
    case 'break':
    case 'continue':
      return false;
    case 'action':
      return inPipe(node.pipe, test);
    case 'template':
      return inPipe(node.pipe, test);
    default:
      return inPipe(node.pipe, test) || inList(node.list, test) || inList(node.elseList, test);
  }
}

function inPipe(pipe: PipeNode | undefined, test: Test): boolean {
  return pipe?.commands.some((command: CommandNode) => command.args.some((arg) => inOperand(arg, test))) ?? false;
}

function inOperand(node: OperandNode, test: Test): boolean {
  if (test(node)) return true;
  if (node.kind === 'pipe') return inPipe(node, test);
  return node.kind === 'chain' && inOperand(node.operand, test);
}
