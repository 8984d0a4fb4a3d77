/** Whether a template can give another result for the same data. */
import type { FunctionTable } from './function-table.ts';
import type { CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './parse/node.ts';
import type { Tree } from './parse/parser.ts';

/** Says whether any of the trees names a function that is random or of the time, whether it will be reached or not. */
export function usesVolatile(trees: ReadonlyMap<string, Tree>, functions: FunctionTable): boolean {
  const isVolatile = (name: string): boolean => functions.get(name)?.volatile === true;
  return [...trees.values()].some(({ root }) => inList(root, isVolatile));
}

type Test = (name: string) => boolean;

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
  if (node.kind === 'identifier') return test(node.name);
  if (node.kind === 'pipe') return inPipe(node, test);
  return node.kind === 'chain' && inOperand(node.operand, test);
}
