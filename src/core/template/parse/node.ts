/** The syntax tree of a template. Every node knows its place, for errors. */
import type { GoString } from '../values.ts';

/** A node knows the byte offset where Go says that it is. */
interface Placed {
  readonly at: number;
}

export interface TextNode extends Placed {
  readonly kind: 'text';
  readonly text: GoString;
}

export interface ActionNode extends Placed {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

export interface BranchNode extends Placed {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
}

export interface JumpNode extends Placed {
  readonly kind: 'break' | 'continue';
}

export interface TemplateNode extends Placed {
  readonly kind: 'template';
  readonly name: GoString;
  readonly pipe: PipeNode | undefined;
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

export type StatementNode = TextNode | ActionNode | BranchNode | JumpNode | TemplateNode;

/** What closes or divides a list; never part of the tree. */
export interface MarkNode extends Placed {
  readonly kind: 'end' | 'else';
}

export interface PipeNode extends Placed {
  readonly kind: 'pipe';
  readonly declares: readonly VariableNode[];
  /** `=` instead of `:=`. */
  readonly isAssignment: boolean;
  readonly commands: readonly CommandNode[];
}

export interface CommandNode extends Placed {
  readonly kind: 'command';
  /** Never empty. */
  readonly args: readonly OperandNode[];
}

export interface IdentifierNode extends Placed {
  readonly kind: 'identifier';
  readonly name: GoString;
}

/** `.a.b` */
export interface FieldNode extends Placed {
  readonly kind: 'field';
  readonly path: readonly GoString[];
}

/** `$x.a.b`; the dollar is part of the name. */
export interface VariableNode extends Placed {
  readonly kind: 'variable';
  readonly name: GoString;
  readonly path: readonly GoString[];
}

/** `(pipeline).a.b` */
export interface ChainNode extends Placed {
  readonly kind: 'chain';
  readonly operand: OperandNode;
  readonly path: readonly GoString[];
}

export interface NumberNode extends Placed {
  readonly kind: 'number';
  readonly text: GoString;
  /** The forms that this literal fits, as Go keeps them. */
  readonly int: bigint | undefined;
  readonly unsigned: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: readonly [number, number] | undefined;
}

export interface StringNode extends Placed {
  readonly kind: 'string';
  readonly quoted: GoString;
  readonly text: GoString;
}

export interface BoolNode extends Placed {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface DotNode extends Placed {
  readonly kind: 'dot';
}

export interface NilNode extends Placed {
  readonly kind: 'nil';
}

export type OperandNode =
  | BoolNode
  | ChainNode
  | DotNode
  | FieldNode
  | IdentifierNode
  | NilNode
  | NumberNode
  | PipeNode
  | StringNode
  | VariableNode;

export type TemplateTreeNode = StatementNode | ListNode | CommandNode | OperandNode;
