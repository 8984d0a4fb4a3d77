/** One template that is being run: its name, its variables, and the node that Go would name in an error. */
import { say, shown, source, type Message } from '../message.ts';
import { limitOf } from '../limits.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { GoError } from '../values.ts';
import type { GoString } from '../values.ts';
import type { FunctionTable } from '../function-table.ts';
import { quote } from '../strconv/quote.ts';
import type { Tree } from '../parse/parser.ts';
import type { TemplateTreeNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import type { PassedOver } from './passed-over.ts';
import { ExecError } from './exec-error.ts';
import type { Held } from './held.ts';

/** What is the same for all templates of one render. */
export interface RenderContext {
  readonly text: GoString;
  /** Go: ParseName, in front of line and column. */
  readonly name: GoString;
  readonly trees: ReadonlyMap<GoString, Tree>;
  readonly functions: FunctionTable;
  readonly runtime: TemplateRuntime;
  readonly passedOver: PassedOver;
  /** What a field gives that a map has not: an error, or no value. */
  readonly missingKey: 'error' | 'invalid';
  /** One step of the evaluator; throws `LimitError` when there were too many. */
  readonly step: () => void;
}

interface Variable {
  readonly name: GoString;
  value: Held;
}

export class Scope {
  readonly context: RenderContext;
  readonly name: GoString;
  /** How many `template` calls led here. */
  readonly depth: number;
  private readonly variables: Variable[];
  private node: TemplateTreeNode | undefined;

  constructor(context: RenderContext, name: GoString, dot: Held, depth: number) {
    this.context = context;
    this.name = name;
    this.depth = depth;
    this.variables = [{ name: '$', value: dot }];
  }

  /** Remembers the node that is evaluated now. */
  at(node: TemplateTreeNode): void {
    this.node = node;
  }

  mark(): number {
    return this.variables.length;
  }

  pop(mark: number): void {
    this.variables.length = mark;
  }

  push(name: GoString, value: Held): void {
    this.variables.push({ name, value });
  }

  /** Sets the nth variable from the end, as a range does with those that it declared. */
  setTop(fromEnd: number, value: Held): void {
    const variable = this.variables.at(-fromEnd);
    if (variable !== undefined) variable.value = value;
  }

  set(name: GoString, value: Held): void {
    this.find(name).value = value;
  }

  get(name: GoString): Held {
    return this.find(name).value;
  }

  private find(name: GoString): Variable {
    let at = this.variables.length - 1;
    while (at >= 0 && this.variables[at]?.name !== name) at -= 1;
    this.context.runtime.spend(2 * (this.variables.length - at));
    const variable = this.variables[at];
    // The parser accepts `$x := $x`, where there is no $x yet.
    if (variable === undefined) throw this.error(say`undefined variable: ${source(name)}`);
    return variable;
  }

  /** Go's error at the remembered node. */
  error(what: Message): ExecError {
    const { text, name } = this.context;
    const at = this.node?.at ?? 0;
    const line = 1 + countLines(text, at);
    const column = at - (text.lastIndexOf('\n', at - 1) + 1);
    const written = this.node === undefined ? '' : nodeText(this.node);
    const where = say`template: ${shown(name)}:${shown(line)}:${shown(column)}: `;
    const place = say`${where}executing ${source(quote(this.name))} at <${source(written)}>: `;
    return new ExecError({ place, line, column, what });
  }

  /** Passes on what a call threw: limits and bugs as they are, failures with their place. */
  failure(thrown: unknown, what: (cause: Message) => Message): unknown {
    if (thrown instanceof GoError) return this.error(what(thrown.what));
    return thrown instanceof RangeError ? limitOf(thrown) : thrown;
  }
}

function countLines(text: GoString, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
