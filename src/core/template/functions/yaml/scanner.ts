/**
 * Cuts a YAML text into tokens. Source of the rules: YAML 1.1 as go-yaml reads it.
 *
 * A key is only known by the `:` behind it: tokens are kept back while one that waits may turn out to begin a key.
 */
import { say, shown, type Message } from '../../message.ts';
import { scanBlockScalar } from './block-scalar.ts';
import { Cursor } from './cursor.ts';
import { scanPlain, scanQuoted } from './flow-scalar.ts';
import type { Mark } from './problem.ts';
import { scanDirective, scanReference, scanTag } from './properties.ts';
import { scalar, type KeyCandidate, type Token, type TokenType } from './token.ts';
import type { GoString } from '../../values.ts';

/** go-yaml: blocks, or brackets, inside of each other. */
const MOST_LEVELS = 10_000;
/** YAML: characters of a key that no `?` announces. */
const LONGEST_KEY = 1024;

const FLOW_SIGNS: Readonly<Record<string, TokenType>> = {
  '[': 'flow sequence',
  '{': 'flow mapping',
  ']': 'flow sequence end',
  '}': 'flow mapping end',
};
/** What begins no token where it reaches `fetchContent`: a tab, the sign of a directive, what YAML keeps for later. */
const STARTS_NOTHING = /[\t|>%@`]/;

export class Scanner {
  private readonly cursor: Cursor;
  /** Tokens that were cut but not taken. */
  private readonly tokens: Token[] = [];
  private taken = 0;
  /** The column of the block that is being read, and those around it. */
  private indent = -1;
  private readonly indents: number[] = [];
  /** One for the block, and one for each open bracket. */
  private readonly candidates: KeyCandidate[];
  /** The levels of tokens that are kept back until it shows whether they begin a key, by their numbers. */
  private readonly waiting = new Map<number, number>();
  private allowsKey = true;

  constructor(text: GoString) {
    this.cursor = new Cursor(text);
    this.candidates = [this.createCandidate({ isPossible: false })];
  }

  /** The next token, which stays. */
  peek(): Token {
    for (;;) {
      const [first] = this.tokens;
      if (first !== undefined && !this.waitsForColon()) return first;
      this.fetch();
    }
  }

  take(): Token {
    const token = this.peek();
    this.tokens.shift();
    this.taken++;
    return token;
  }

  private get flowLevel(): number {
    return this.candidates.length - 1;
  }

  private waitsForColon(): boolean {
    const level = this.waiting.get(this.taken);
    return level !== undefined && this.candidateAt(level) !== undefined;
  }

  /** Forgets a candidate that is too far back. */
  private candidateAt(level: number): KeyCandidate | undefined {
    const candidate = this.candidates[level];
    if (!candidate?.isPossible) return undefined;
    const { line, index } = this.cursor.mark;
    if (candidate.mark.line >= line && candidate.mark.index + LONGEST_KEY >= index) return candidate;
    this.refuseRequired(candidate);
    candidate.isPossible = false;
    return undefined;
  }

  private refuseRequired(candidate: KeyCandidate): void {
    if (candidate.isRequired) throw this.cursor.problem(say`could not find expected ':'`, candidate.mark);
  }

  private createCandidate({ isPossible }: { readonly isPossible: boolean }): KeyCandidate {
    const { mark } = this.cursor;
    const isRequired = isPossible && this.flowLevel === 0 && this.indent === mark.column;
    return { isPossible, isRequired, tokenNumber: this.taken + this.tokens.length, mark };
  }

  private saveCandidate(): void {
    if (!this.allowsKey) return;
    const candidate = this.createCandidate({ isPossible: true });
    this.dropCandidate();
    this.candidates[this.flowLevel] = candidate;
    this.waiting.set(candidate.tokenNumber, this.flowLevel);
  }

  private dropCandidate(): void {
    const candidate = this.candidates[this.flowLevel];
    if (!candidate?.isPossible) return;
    this.refuseRequired(candidate);
    this.settle(candidate);
  }

  private settle(candidate: KeyCandidate): void {
    candidate.isPossible = false;
    this.waiting.delete(candidate.tokenNumber);
  }

  /** Puts a token before one that waits; go-yaml: at the end, when that one was taken already. */
  private insert(token: Token, tokenNumber: number): void {
    const place = tokenNumber - this.taken;
    this.tokens.splice(place < 0 ? this.tokens.length : place, 0, token);
  }

  private pushSign(type: TokenType, width: number): void {
    this.tokens.push({ type, mark: this.cursor.mark });
    this.cursor.skip(width);
  }

  /** Opens a block where its first entry stands deeper than what is around. */
  private openBlock(type: TokenType, mark: Mark, tokenNumber = this.taken + this.tokens.length): void {
    if (this.flowLevel > 0 || this.indent >= mark.column) return;
    this.indents.push(this.indent);
    this.indent = mark.column;
    if (this.indents.length > MOST_LEVELS) throw this.cursor.problem(say`exceeded max depth of ${shown(MOST_LEVELS)}`);
    this.insert({ type, mark }, tokenNumber);
  }

  private closeBlocks(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.tokens.push({ type: 'block end', mark: this.cursor.mark });
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.closeBlocks(cursor.column);
    cursor.cache(4);
    if (cursor.isAtEnd()) this.fetchEnd();
    else if (cursor.column === 0 && cursor.isAt('%')) this.fetchDirective();
    else if (cursor.isAtDocumentMark('---')) this.fetchDocumentMark('document start');
    else if (cursor.isAtDocumentMark('...')) this.fetchDocumentMark('document end');
    else this.fetchNode(String.fromCharCode(cursor.peek()));
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      while (cursor.peek() === 0x20 || (cursor.peek() === 0x09 && (this.flowLevel > 0 || !this.allowsKey)))
        cursor.skip();
      cursor.skipComment();
      if (!cursor.isAtBreak()) return;
      cursor.readBreak();
      if (this.flowLevel === 0) this.allowsKey = true;
    }
  }

  private leaveContent(): void {
    this.closeBlocks(-1);
    this.dropCandidate();
    this.allowsKey = false;
  }

  private fetchEnd(): void {
    // go-yaml: the end is on a line of its own.
    if (this.cursor.column !== 0) this.cursor.startLine();
    this.leaveContent();
    this.tokens.push({ type: 'stream end', mark: this.cursor.mark });
  }

  private fetchDirective(): void {
    this.leaveContent();
    this.tokens.push(scanDirective(this.cursor));
  }

  private fetchDocumentMark(type: TokenType): void {
    this.leaveContent();
    this.pushSign(type, 3);
  }

  private fetchNode(sign: string): void {
    const flowSign = FLOW_SIGNS[sign];
    if (flowSign !== undefined) this.fetchBracket(flowSign);
    else if (sign === ',') this.fetchFlowEntry();
    else if (sign === '-' && this.cursor.isAtSpaceOrEnd(1)) this.fetchBlockEntry();
    else if (sign === '?' && this.endsSign()) this.fetchKey();
    else if (sign === ':' && this.endsSign()) this.fetchValue();
    else this.fetchContent(sign);
  }

  /** `?` and `:` mean something inside of brackets, and before a blank. */
  private endsSign(): boolean {
    return this.flowLevel > 0 || this.cursor.isAtSpaceOrEnd(1);
  }

  private fetchContent(sign: string): void {
    const { cursor } = this;
    if (sign === '*' || sign === '&') this.pushStart(() => scanReference(cursor, sign === '*' ? 'alias' : 'anchor'));
    else if (sign === '!') this.pushStart(() => scanTag(cursor));
    else if ((sign === '|' || sign === '>') && this.flowLevel === 0) this.fetchBlockScalar();
    else if (sign === "'" || sign === '"') this.pushStart((mark) => scalar(mark, scanQuoted(cursor), false));
    else if (STARTS_NOTHING.test(sign)) throw cursor.problem(say`found character that cannot start any token`);
    else this.fetchPlain();
  }

  /** Pushes a token that may begin a key; none can begin right behind it. */
  private pushStart(scan: (mark: Mark) => Token): void {
    this.saveCandidate();
    this.allowsKey = false;
    this.tokens.push(scan(this.cursor.mark));
  }

  private fetchPlain(): void {
    this.pushStart((mark) => {
      const { text, endsLine } = scanPlain(this.cursor, this.indent + 1, this.flowLevel > 0);
      this.allowsKey = endsLine;
      return scalar(mark, text, true);
    });
  }

  private fetchBlockScalar(): void {
    this.dropCandidate();
    this.allowsKey = true;
    const { mark } = this.cursor;
    this.tokens.push(scalar(mark, scanBlockScalar(this.cursor, this.indent), false));
  }

  private fetchBracket(type: TokenType): void {
    const opens = type === 'flow sequence' || type === 'flow mapping';
    if (opens) {
      this.saveCandidate();
      this.candidates.push(this.createCandidate({ isPossible: false }));
      if (this.flowLevel > MOST_LEVELS) throw this.cursor.problem(say`exceeded max depth of ${shown(MOST_LEVELS)}`);
    } else {
      this.dropCandidate();
      this.closeBracket();
    }
    this.allowsKey = opens;
    this.pushSign(type, 1);
  }

  private closeBracket(): void {
    const candidate = this.flowLevel > 0 ? this.candidates.pop() : undefined;
    // go-yaml: of empty brackets this is the number of the opening one, which therefore cannot begin a key.
    if (candidate !== undefined) this.waiting.delete(candidate.tokenNumber);
  }

  private fetchFlowEntry(): void {
    this.dropCandidate();
    this.allowsKey = true;
    this.pushSign('flow entry', 1);
  }

  private fetchBlockEntry(): void {
    this.openAnnounced('block sequence', say`block sequence entries are not allowed in this context`);
    this.dropCandidate();
    this.allowsKey = true;
    this.pushSign('block entry', 1);
  }

  private fetchKey(): void {
    this.openAnnounced('block mapping', say`mapping keys are not allowed in this context`);
    this.dropCandidate();
    this.allowsKey = this.flowLevel === 0;
    this.pushSign('key', 1);
  }

  /** Opens the block that a sign of its own announces. */
  private openAnnounced(type: TokenType, problem: Message): void {
    if (this.flowLevel > 0) return;
    if (!this.allowsKey) throw this.cursor.problem(problem);
    this.openBlock(type, this.cursor.mark);
  }

  private fetchValue(): void {
    const candidate = this.candidateAt(this.flowLevel);
    if (candidate === undefined) {
      this.openAnnounced('block mapping', say`mapping values are not allowed in this context`);
      this.allowsKey = this.flowLevel === 0;
    } else {
      this.insert({ type: 'key', mark: candidate.mark }, candidate.tokenNumber);
      this.openBlock('block mapping', candidate.mark, candidate.tokenNumber);
      this.settle(candidate);
      this.allowsKey = false;
    }
    this.pushSign('value', 1);
  }
}
