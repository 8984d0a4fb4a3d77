/**
 * Runs the statements of a template: texts, actions, branches, ranges, other templates.
 *
 * Works on a stack of its own and not by recursion, so that as many templates can call each other as in Go.
 * Source of order, rules and texts: Go text/template.
 */
import { say, shown, source } from '../message.ts';
import { printPlain } from '../fmt/print-value.ts';
import type { ActionNode, BranchNode, ListNode, PipeNode, StatementNode, TemplateNode } from '../parse/node.ts';
import { quote } from '../strconv/quote.ts';
import type { GoString } from '../values.ts';
import { Failed, isTrue, unbox, used } from './held.ts';
import type { Held } from './held.ts';
import { evalPipeline } from './pipelines.ts';
import { roundsOf } from './rounds.ts';
import type { Round } from './rounds.ts';
import { Scope } from './scope.ts';
import type { RenderContext } from './scope.ts';

/** Go: maxExecDepth. */
const MAX_DEPTH = 100_000;

/** A list that is being run, and where in it. */
interface Frame {
  readonly scope: Scope;
  readonly list: ListNode;
  next: number;
  dot: Held;
  /** The variables to forget at the end. */
  readonly mark: number;
  readonly loop: Loop | undefined;
}

/** What makes a list a loop: more rounds, and the variables that live through them. */
interface Loop {
  readonly node: BranchNode;
  readonly rounds: Iterator<Round>;
  readonly mark: number;
}

interface Entry {
  readonly scope: Scope;
  readonly list: ListNode;
  readonly dot: Held;
  readonly mark?: number;
  readonly loop?: Loop;
}

/** Runs the template of the context's name, and gives what it prints to `write`. Throws `ExecError`, `LimitError`. */
export function run(context: RenderContext, data: Held, write: (text: GoString) => void): void {
  const tree = context.trees.get(context.name);
  if (tree === undefined) return;
  const scope = new Scope(context, context.name, data, 0);
  const machine = new Machine(write);
  machine.enter({ scope, list: tree.root, dot: data });
  machine.run();
}

class Machine {
  private readonly write: (text: GoString) => void;
  private readonly frames: Frame[] = [];

  constructor(write: (text: GoString) => void) {
    this.write = write;
  }

  enter({ scope, list, dot, mark = scope.mark(), loop }: Entry): void {
    this.frames.push({ scope, list, dot, mark, loop, next: 0 });
  }

  run(): void {
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      const node = frame.list.nodes[frame.next];
      frame.next += 1;
      if (node === undefined) this.finish(frame);
      else this.execute(frame, node);
    }
  }

  private execute(frame: Frame, node: StatementNode): void {
    frame.scope.context.step();
    frame.scope.at(node);
    switch (node.kind) {
      case 'text':
        this.write(node.text);
        break;
      case 'action':
        this.executeAction(frame, node);
        break;
      case 'if':
      case 'with':
        this.executeBranch(frame, node);
        break;
      case 'range':
        this.executeRange(frame, node);
        break;
      case 'template':
        this.executeTemplate(frame, node);
        break;
      case 'break':
      case 'continue':
        this.jump(node.kind);
        break;
      default:
        node satisfies never;
    }
  }

  /** An action that declares a variable prints nothing. */
  private executeAction({ scope, dot }: Frame, { pipe }: ActionNode): void {
    const value = evalPipeline(scope, dot, pipe);
    if (pipe.declares.length === 0) this.write(printed(scope, pipe, value));
  }

  private executeBranch({ scope, dot }: Frame, node: BranchNode): void {
    const mark = scope.mark();
    const value = evalPipeline(scope, dot, node.pipe);
    const holds = isTrue(value);
    const list = holds ? node.list : node.elseList;
    if (list === undefined) scope.pop(mark);
    else this.enter({ scope, list, dot: holds && node.kind === 'with' ? value : dot, mark });
  }

  private executeRange({ scope, dot }: Frame, node: BranchNode): void {
    const mark = scope.mark();
    const value = evalPipeline(scope, dot, node.pipe);
    const rounds = this.roundsOver(scope, value, node);
    if (rounds === undefined) {
      if (node.elseList === undefined) scope.pop(mark);
      else this.enter({ scope, list: node.elseList, dot, mark });
      return;
    }
    this.enter({ scope, list: node.list, dot, mark, loop: { node, rounds, mark: scope.mark() } });
    this.nextRound(this.frames.at(-1));
  }

  /** An else part asks whether there is anything, as an `if` does. */
  private roundsOver(scope: Scope, value: Held, node: BranchNode): Iterator<Round> | undefined {
    if (value instanceof Failed && node.elseList !== undefined && !isTrue(value)) return undefined;
    return roundsOf(scope, unbox(used(value)), node.pipe.declares.length);
  }

  private executeTemplate({ scope, dot }: Frame, node: TemplateNode): void {
    const tree = scope.context.trees.get(node.name);
    if (tree === undefined) throw scope.error(say`template ${source(quote(node.name))} not defined`);
    if (scope.depth === MAX_DEPTH) throw scope.error(say`exceeded maximum template depth (${shown(MAX_DEPTH)})`);
    const value = node.pipe === undefined ? undefined : evalPipeline(scope, dot, node.pipe);
    // No dynamic scope: what is called sees its argument only.
    const inner = new Scope(scope.context, tree.name, value, scope.depth + 1);
    this.enter({ scope: inner, list: tree.root, dot: value });
  }

  private finish(frame: Frame): void {
    if (frame.loop === undefined) this.leave();
    else this.nextRound(frame);
  }

  private leave(): void {
    const frame = this.frames.pop();
    frame?.scope.pop(frame.mark);
  }

  private nextRound(frame: Frame | undefined): void {
    if (frame?.loop === undefined) return;
    const { rounds, mark, node } = frame.loop;
    frame.scope.pop(mark);
    const round = rounds.next();
    if (round.done === true) {
      this.leave();
      return;
    }
    frame.scope.context.step();
    setLoopVariables(frame.scope, node, round.value);
    frame.dot = round.value.element;
    frame.next = 0;
  }

  /** Out of all lists up to the innermost loop; the parser has seen to it that there is one. */
  private jump(kind: 'break' | 'continue'): void {
    while (this.frames.length > 0 && this.frames.at(-1)?.loop === undefined) this.leave();
    if (kind === 'break') this.leave();
    else this.nextRound(this.frames.at(-1));
  }
}

/** What an action prints. */
function printed(scope: Scope, pipe: PipeNode, held: Held): GoString {
  const value = unbox(used(held));
  const { runtime, passedOver } = scope.context;
  if (value === undefined) runtime.printsNil();
  const text = value === undefined ? '<no value>' : printPlain(value, runtime);
  const failure = passedOver.take();
  if (failure === undefined) return text;
  scope.at(pipe);
  throw scope.error(failure.what);
}

/** With two variables the first is the index; with one it is the element. */
function setLoopVariables(scope: Scope, { pipe }: BranchNode, { index, element }: Round): void {
  const [first, second] = pipe.declares;
  if (first === undefined) return;
  if (pipe.isAssignment) {
    scope.set(first.name, second === undefined ? element : index);
    if (second !== undefined) scope.set(second.name, element);
    return;
  }
  scope.setTop(1, element);
  if (second !== undefined) scope.setTop(2, index);
}
