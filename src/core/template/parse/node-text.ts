/** Nodes written as template text, the way Go's error messages show them. Source: Go text/template/parse. */
import { quote } from '../strconv/quote.ts';
import type { GoString } from '../values.ts';
import type { CommandNode, ListNode, OperandNode, PipeNode, StatementNode, TemplateTreeNode } from './node.ts';

export function nodeText(node: TemplateTreeNode): GoString {
  switch (node.kind) {
    case 'list':
      return listText(node);
    case 'command':
      return commandText(node);
    case 'text':
    case 'action':
    case 'if':
    case 'with':
    case 'range':
    case 'break':
    case 'continue':
    case 'template':
      return statementText(node);
    default:
      return operandText(node);
  }
}

function statementText(node: StatementNode): GoString {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${pipeText(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe === undefined ? '' : ` ${pipeText(node.pipe)}`}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList === undefined ? '' : `{{else}}${listText(node.elseList)}`;
      return `{{${node.kind} ${pipeText(node.pipe)}}}${listText(node.list)}${otherwise}{{end}}`;
    }
    default:
      return node satisfies never;
  }
}

function listText(list: ListNode): GoString {
  return list.nodes.map(statementText).join('');
}

function pipeText(pipe: PipeNode): GoString {
  const declares = pipe.declares.map(({ name }) => name).join(', ');
  const start = declares === '' ? '' : `${declares} ${pipe.isAssignment ? '=' : ':='} `;
  return start + pipe.commands.map(commandText).join(' | ');
}

function commandText(command: CommandNode): GoString {
  return command.args.map((arg) => (arg.kind === 'pipe' ? `(${pipeText(arg)})` : operandText(arg))).join(' ');
}

function operandText(node: OperandNode): GoString {
  switch (node.kind) {
    case 'identifier':
      return node.name;
    case 'field':
      return pathText(node.path);
    case 'variable':
      return node.name + pathText(node.path);
    case 'chain':
      return (
        (node.operand.kind === 'pipe' ? `(${pipeText(node.operand)})` : operandText(node.operand)) + pathText(node.path)
      );
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
    case 'bool':
      return String(node.value);
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'pipe':
      return pipeText(node);
    default:
      return node satisfies never;
  }
}

function pathText(path: readonly GoString[]): GoString {
  return path.map((name) => `.${name}`).join('');
}
