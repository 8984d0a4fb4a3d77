/**
 * Tokens to syntax trees: one for the text, one for each `define` and `block` in it.
 *
 * Source of grammar and messages: Go text/template/parse. Nesting is limited, since every level needs a part of the stack.
 */
import { say, shown, source, type Message } from '../message.ts';
import { quote } from '../strconv/quote.ts';
import { unquote } from '../strconv/unquote.ts';
import type { GoString } from '../values.ts';
import type { Limits } from '../limits.ts';
import { LimitError } from '../runtime.ts';
import { Lexer } from './lexer.ts';
import type { BranchNode, JumpNode, ListNode, MarkNode, PipeNode, StatementNode, TemplateNode } from './node.ts';
import { ParseError } from './parse-error.ts';
import { PipelineParser } from './pipeline-parser.ts';
import type { Delimiters, Token, TokenKind } from './token.ts';
import { Tokens } from './tokens.ts';

/** One named template. */
export interface Tree {
  readonly name: GoString;
  readonly root: ListNode;
}

export interface ParseOptions {
  readonly name: GoString;
  readonly text: GoString;
  readonly delimiters: Delimiters;
  readonly isFunction: (name: string) => boolean;
  readonly limits: Pick<Limits, 'maxText' | 'maxTokens' | 'maxNesting'>;
}

/** The trees of a text by name; the one of the text itself has the template's name. Throws `ParseError`, `LimitError`. */
export function parseTrees(options: ParseOptions): ReadonlyMap<GoString, Tree> {
  const { text, delimiters, limits } = options;
  if (text.length > limits.maxText) throw new LimitError(`its text exceeds ${limits.maxText} bytes`);
  const trees = new Map<GoString, Tree>();
  new Parser(options, new Lexer(text, delimiters, limits.maxTokens), trees).parseText();
  return trees;
}

type Item = StatementNode | MarkNode;

class Parser {
  private readonly options: ParseOptions;
  private readonly lexer: Lexer;
  private readonly tokens: Tokens;
  private readonly pipelines: PipelineParser;
  private readonly trees: Map<GoString, Tree>;
  private rangeDepth = 0;
  private nesting = 0;

  constructor(options: ParseOptions, lexer: Lexer, trees: Map<GoString, Tree>) {
    this.options = options;
    this.lexer = lexer;
    this.trees = trees;
    this.tokens = new Tokens(lexer);
    this.pipelines = new PipelineParser(options, this.tokens);
  }

  parseText(): void {
    const nodes: StatementNode[] = [];
    const at = this.tokens.peek().at;
    while (!this.tokens.is('eof')) {
      if (this.parseDefinition()) continue;
      const item = this.parseItem();
      if (isMark(item)) throw this.error(say`unexpected {{${shown(item.kind)}}}`);
      nodes.push(item);
    }
    this.add({ name: this.options.name, root: { kind: 'list', at, nodes } });
  }

  /** Reads a whole `define`, if one comes. It has tokens and variables of its own. */
  private parseDefinition(): boolean {
    if (!this.tokens.is('leftDelimiter')) return false;
    const delimiter = this.tokens.next();
    const token = this.tokens.nextNonSpace();
    if (token.kind !== 'define') {
      this.tokens.pushBack(delimiter, token);
      return false;
    }
    const inner = new Parser(this.options, this.lexer, this.trees);
    const name = inner.parseName(inner.tokens.nextNonSpace(), 'define clause');
    inner.expect('rightDelimiter', 'define clause');
    inner.parseBody(name, 'define clause');
    return true;
  }

  private parseBody(name: GoString, context: string): void {
    const [root, mark] = this.parseList();
    if (mark.kind !== 'end') throw this.error(say`unexpected {{${shown(mark.kind)}}} in ${shown(context)}`);
    this.add({ name, root });
  }

  /** Go: a template may be defined twice only when one of the two has nothing but white space. */
  private add(tree: Tree): void {
    const earlier = this.trees.get(tree.name);
    if (earlier === undefined || isEmpty(earlier.root)) this.trees.set(tree.name, tree);
    else if (!isEmpty(tree.root))
      throw this.error(say`template: multiple definition of template ${source(quote(tree.name))}`);
  }

  /** Items up to an `end` or `else`. */
  private parseList(): readonly [ListNode, MarkNode] {
    this.enter();
    const nodes: StatementNode[] = [];
    const at = this.tokens.peekNonSpace().at;
    while (this.tokens.peekNonSpace().kind !== 'eof') {
      const item = this.parseItem();
      if (isMark(item)) {
        this.nesting -= 1;
        return [{ kind: 'list', at, nodes }, item];
      }
      nodes.push(item);
    }
    throw this.error(say`unexpected EOF`);
  }

  private enter(): void {
    this.nesting += 1;
    if (this.nesting > this.options.limits.maxNesting) {
      throw new LimitError(`more than ${this.options.limits.maxNesting} control structures inside each other`);
    }
  }

  private parseItem(): Item {
    const token = this.tokens.nextNonSpace();
    if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text };
    if (token.kind !== 'leftDelimiter') throw this.pipelines.unexpected(token, 'input');
    this.pipelines.actionLine = token.line;
    const item = this.parseAction();
    this.pipelines.actionLine = 0;
    return item;
  }

  private parseAction(): Item {
    const token = this.tokens.nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.parseBlock();
      case 'break':
      case 'continue':
        return this.parseJump(token, token.kind);
      case 'else':
        return this.parseElse();
      case 'end':
        return { kind: 'end', at: this.expect('rightDelimiter', 'end').at };
      case 'if':
      case 'range':
      case 'with':
        return this.parseBranch(token.kind);
      case 'template':
        return this.parseTemplate();
      default: {
        this.tokens.pushBack(token);
        // Variables declared here live on until the next end.
        return { kind: 'action', at: token.at, pipe: this.pipelines.parse('command', 'rightDelimiter') };
      }
    }
  }

  private parseJump(token: Token, kind: JumpNode['kind']): JumpNode {
    const next = this.tokens.nextNonSpace();
    if (next.kind !== 'rightDelimiter') throw this.pipelines.unexpected(next, `{{${kind}}}`);
    if (this.rangeDepth === 0) throw this.error(say`{{${shown(kind)}}} outside {{range}}`);
    return { kind, at: token.at };
  }

  /** An `else` that an `if` or `with` follows leaves that word to be read. */
  private parseElse(): MarkNode {
    const next = this.tokens.peekNonSpace();
    if (next.kind === 'if' || next.kind === 'with') return { kind: 'else', at: next.at };
    return { kind: 'else', at: this.expect('rightDelimiter', 'else').at };
  }

  private parseBranch(kind: BranchNode['kind']): BranchNode {
    const mark = this.pipelines.markVariables();
    const pipe = this.pipelines.parse(kind, 'rightDelimiter');
    if (kind === 'range') this.rangeDepth += 1;
    const [list, next] = this.parseList();
    if (kind === 'range') this.rangeDepth -= 1;
    const elseList = next.kind === 'else' ? this.parseElseList(kind, next) : undefined;
    this.pipelines.forgetVariables(mark);
    return { kind, at: pipe.at, pipe, list, elseList };
  }

  /** `{{else if x}}` is an `if` alone in the else part, with one `end` for both. */
  private parseElseList(kind: BranchNode['kind'], mark: MarkNode): ListNode {
    if (kind !== 'range' && this.tokens.is(kind)) {
      this.tokens.next();
      this.enter();
      const nodes = [this.parseBranch(kind)];
      this.nesting -= 1;
      return { kind: 'list', at: mark.at, nodes };
    }
    const [list, next] = this.parseList();
    if (next.kind !== 'end') throw this.error(say`expected end; found {{${shown(next.kind)}}}`);
    return list;
  }

  private parseTemplate(): TemplateNode {
    const token = this.tokens.nextNonSpace();
    const name = this.parseName(token, 'template clause');
    let pipe: PipeNode | undefined;
    const next = this.tokens.nextNonSpace();
    if (next.kind !== 'rightDelimiter') {
      this.tokens.pushBack(next);
      pipe = this.pipelines.parse('template clause', 'rightDelimiter');
    }
    return { kind: 'template', at: token.at, name, pipe };
  }

  /** A block is a definition and its use in one place. */
  private parseBlock(): TemplateNode {
    const token = this.tokens.nextNonSpace();
    const name = this.parseName(token, 'block clause');
    const pipe = this.pipelines.parse('block clause', 'rightDelimiter');
    const inner = new Parser(this.options, this.lexer, this.trees);
    inner.nesting = this.nesting;
    inner.parseBody(name, 'block clause');
    return { kind: 'template', at: token.at, name, pipe };
  }

  private parseName(token: Token, context: string): GoString {
    if (token.kind !== 'string' && token.kind !== 'rawString') throw this.pipelines.unexpected(token, context);
    const name = unquote(token.text);
    if (name === undefined) throw this.error(say`invalid syntax`);
    return name;
  }

  private expect(kind: TokenKind, context: string): Token {
    const token = this.tokens.nextNonSpace();
    if (token.kind !== kind) throw this.pipelines.unexpected(token, context);
    return token;
  }

  private error(what: Message): ParseError {
    return new ParseError(this.options.name, this.tokens.line, what);
  }
}

function isMark(item: Item): item is MarkNode {
  return item.kind === 'end' || item.kind === 'else';
}

/** Only texts of white space; Go's kinds of white space for UTF-8. */
function isEmpty(list: ListNode): boolean {
  return list.nodes.every((node) => node.kind === 'text' && WHITE_SPACE.test(node.text));
}

const WHITE_SPACE =
  /^(?:[\t\n\v\f\r ]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)*$/;
