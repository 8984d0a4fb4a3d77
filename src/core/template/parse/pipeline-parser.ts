/** Pipelines, commands and operands, with the variables that they may use. Source: Go text/template/parse. */
import { say, shown, source, Message } from '../message.ts';
import type { Limits } from '../limits.ts';
import { quote } from '../strconv/quote.ts';
import { unquote } from '../strconv/unquote.ts';
import type { GoString } from '../values.ts';
import type { CommandNode, OperandNode, PipeNode, VariableNode } from './node.ts';
import { nodeText } from './node-text.ts';
import { readNumber } from './number.ts';
import { ParseError } from './parse-error.ts';
import { describeToken } from './token.ts';
import type { Token } from './token.ts';
import type { Tokens } from './tokens.ts';

export interface PipelineOptions {
  readonly name: GoString;
  readonly isFunction: (name: string) => boolean;
  readonly limits: Pick<Limits, 'maxNesting'>;
}

const OPERAND_STARTS: ReadonlySet<string> = new Set([
  'bool',
  'character',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

const LITERALS: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string']);

export class PipelineParser {
  /** Where the action that is being read began; 0 outside. An error on another line names it. */
  actionLine = 0;
  private readonly options: PipelineOptions;
  private readonly tokens: Tokens;
  private readonly variables: GoString[] = ['$'];
  /** How often each is declared, since looking through all of them takes its time. */
  private readonly declared = new Map<GoString, number>([['$', 1]]);
  private depth = 0;

  constructor(options: PipelineOptions, tokens: Tokens) {
    this.options = options;
    this.tokens = tokens;
  }

  markVariables(): number {
    return this.variables.length;
  }

  forgetVariables(mark: number): void {
    for (const name of this.variables.splice(mark)) this.declared.set(name, (this.declared.get(name) ?? 1) - 1);
  }

  /** A pipeline up to and with its end. */
  parse(context: string, end: 'rightDelimiter' | 'rightParen'): PipeNode {
    const at = this.tokens.peekNonSpace().at;
    const { declares, isAssignment } = this.parseDeclarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.tokens.nextNonSpace();
      if (token.kind === end) break;
      if (!OPERAND_STARTS.has(token.kind)) throw this.unexpected(token, context);
      this.tokens.pushBack(token);
      commands.push(this.parseCommand());
    }
    this.checkCommands(commands, context);
    return { kind: 'pipe', at, declares, isAssignment, commands };
  }

  /** The error for a token that has no place here; an error of the lexer tells itself what is wrong. */
  unexpected(token: Token, context: string): ParseError {
    const { problem } = token;
    if (problem === undefined) {
      return this.error(say`unexpected ${source(describeToken(token))} in ${shown(context)}`);
    }
    if (this.actionLine === 0 || this.actionLine === token.line) return this.error(problem);
    const where = say`started at ${shown(this.options.name)}:${shown(this.actionLine)}`;
    return this.error(say`${problem}${shown(token.text.endsWith(' action') ? '' : ' in action')} ${where}`);
  }

  private error(what: Message): ParseError {
    return new ParseError(this.options.name, this.tokens.line, what);
  }

  /** `$x :=`, `$x =`, and in a range also `$i, $x :=`. */
  private parseDeclarations(context: string): Pick<PipeNode, 'declares' | 'isAssignment'> {
    const declares: VariableNode[] = [];
    while (this.tokens.peekNonSpace().kind === 'variable') {
      const variable = this.tokens.next();
      const after = this.tokens.peek();
      const next = this.tokens.peekNonSpace();
      if (next.kind === 'assign' || next.kind === 'declare') {
        this.tokens.nextNonSpace();
        declares.push(this.declareVariable(variable));
        return { declares, isAssignment: next.kind === 'assign' };
      }
      if (next.kind !== 'char' || next.text !== ',') {
        // The blank matters: `$x .a` is a variable and a field, `$x.a` is one operand.
        this.tokens.pushBack(...(after.kind === 'space' ? [variable, after] : [variable]));
        break;
      }
      this.tokens.nextNonSpace();
      declares.push(this.declareVariable(variable));
      this.checkSecondVariable(context, declares.length);
    }
    return { declares, isAssignment: false };
  }

  private checkSecondVariable(context: string, count: number): void {
    if (context !== 'range' || count >= 2) throw this.error(say`too many declarations in ${shown(context)}`);
    const { kind } = this.tokens.peekNonSpace();
    if (kind !== 'variable' && kind !== 'rightDelimiter' && kind !== 'rightParen') {
      throw this.error(say`range can only initialize variables`);
    }
  }

  private declareVariable(token: Token): VariableNode {
    this.variables.push(token.text);
    this.declared.set(token.text, (this.declared.get(token.text) ?? 0) + 1);
    return { kind: 'variable', at: token.at, name: token.text, path: [] };
  }

  private checkCommands(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) throw this.error(say`missing value for ${shown(context)}`);
    commands.forEach(({ args }, index) => {
      if (index > 0 && LITERALS.has(args[0]?.kind ?? '')) {
        throw this.error(say`non executable command in pipeline stage ${shown(index + 1)}`);
      }
    });
  }

  private parseCommand(): CommandNode {
    const at = this.tokens.peekNonSpace().at;
    const args: OperandNode[] = [];
    for (;;) {
      this.tokens.peekNonSpace();
      const operand = this.parseOperand();
      if (operand !== undefined) args.push(operand);
      const token = this.tokens.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'rightDelimiter' || token.kind === 'rightParen') this.tokens.pushBack(token);
      else if (token.kind !== 'pipe') throw this.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) throw this.error(say`empty command`);
    return { kind: 'command', at, args };
  }

  /** A term, and the fields that follow it. */
  private parseOperand(): OperandNode | undefined {
    const term = this.parseTerm();
    if (term === undefined || !this.tokens.is('field')) return term;
    const at = this.tokens.peek().at;
    const path: GoString[] = [];
    while (this.tokens.is('field')) path.push(this.tokens.next().text.slice(1));
    if (term.kind === 'field' || term.kind === 'variable') return { ...term, at, path: [...term.path, ...path] };
    if (LITERALS.has(term.kind)) throw this.error(say`unexpected . after term ${source(quote(nodeText(term)))}`);
    return { kind: 'chain', at, operand: term, path };
  }

  private parseTerm(): OperandNode | undefined {
    const token = this.tokens.nextNonSpace();
    const { at, text } = token;
    switch (token.kind) {
      case 'identifier':
        if (!this.options.isFunction(text)) throw this.error(say`function ${source(quote(text))} not defined`);
        return { kind: 'identifier', at, name: text };
      case 'dot':
      case 'nil':
        return { kind: token.kind, at };
      case 'variable':
        if ((this.declared.get(text) ?? 0) === 0) throw this.error(say`undefined variable ${source(quote(text))}`);
        return { kind: 'variable', at, name: text, path: [] };
      case 'field':
        return { kind: 'field', at, path: [text.slice(1)] };
      case 'bool':
        return { kind: 'bool', at, value: text === 'true' };
      case 'character':
      case 'complex':
      case 'number':
        return this.parseNumber(token, token.kind);
      case 'leftParen':
        return this.parseParenthesis();
      case 'string':
      case 'rawString':
        return this.parseString(token);
      default:
        this.tokens.pushBack(token);
        return undefined;
    }
  }

  private parseNumber({ at, text }: Token, kind: 'character' | 'complex' | 'number'): OperandNode {
    const forms = readNumber(text, kind);
    if (forms instanceof Message) throw this.error(forms);
    return { kind: 'number', at, text, ...forms };
  }

  private parseString({ at, text }: Token): OperandNode {
    const bytes = unquote(text);
    if (bytes === undefined) throw this.error(say`invalid syntax`);
    return { kind: 'string', at, quoted: text, text: bytes };
  }

  private parseParenthesis(): PipeNode {
    // Go's own words, at 10,000 instead.
    if (this.depth >= this.options.limits.maxNesting) throw this.error(say`max expression depth exceeded`);
    this.depth += 1;
    const pipe = this.parse('parenthesized pipeline', 'rightParen');
    this.depth -= 1;
    return pipe;
  }
}
