/**
 * The tokens that a parser looks at, with up to three to push back. Source: Go text/template/parse.
 *
 * Go names the line of the token that was read last in its errors, whichever the error is about; `line` is that.
 */
import type { Lexer } from './lexer.ts';
import type { Token, TokenKind } from './token.ts';

export class Tokens {
  private readonly lexer: Lexer;
  /** Tokens to give again, the next one last. */
  private readonly pushedBack: Token[] = [];
  private last: Token | undefined;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  get line(): number {
    return this.last?.line ?? 0;
  }

  next(): Token {
    return this.pushedBack.pop() ?? this.read();
  }

  peek(): Token {
    const token = this.next();
    this.pushedBack.push(token);
    return token;
  }

  nextNonSpace(): Token {
    let token = this.next();
    while (token.kind === 'space') token = this.next();
    return token;
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.pushedBack.push(token);
    return token;
  }

  /** Gives tokens back, the first one first. */
  pushBack(...tokens: readonly Token[]): void {
    this.pushedBack.push(...[...tokens].reverse());
  }

  is(kind: TokenKind): boolean {
    return this.peek().kind === kind;
  }

  private read(): Token {
    this.last = this.lexer.next();
    return this.last;
  }
}
