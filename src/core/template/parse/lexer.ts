/**
 * Cuts a template text into tokens, one at a time. Source of the rules: Go text/template/parse.
 *
 * A line is counted where a token begins. What is not a token by Go's rules becomes one of kind `error`, and after it
 * there is nothing but the end.
 */
import { say, source, type Message } from '../message.ts';
import { LimitError } from '../runtime.ts';
import { quote } from '../strconv/quote.ts';
import type { GoString } from '../values.ts';
import { isPrintable, runeAt } from '../utf8.ts';
import { isAlphaNumeric, isDigit, isSpace, nameOf, NUMBER } from './characters.ts';
import { KEYWORDS } from './token.ts';
import type { Delimiters, Token, TokenKind } from './token.ts';

const LEFT_COMMENT = '/*';
const RIGHT_COMMENT = '*/';
/** A minus and its white space, inside the delimiters. */
const TRIM_MARKER_LENGTH = 2;
const END_OF_TEXT = -1;

export class Lexer {
  private readonly text: GoString;
  private readonly delimiters: Delimiters;
  /** Where the token that is being read begins, and where reading has got to. */
  private start = 0;
  private at = 0;
  private line = 1;
  private isInAction = false;
  private isBroken = false;
  private parenDepth = 0;
  private tokensLeft: number;

  constructor(text: GoString, delimiters: Delimiters, maxTokens: number) {
    this.text = text;
    this.delimiters = delimiters;
    this.tokensLeft = maxTokens;
  }

  /** Throws `LimitError` for one token too many. */
  next(): Token {
    this.tokensLeft -= 1;
    if (this.tokensLeft < 0) throw new LimitError('its text has too many parts');
    if (this.isBroken) return { kind: 'eof', at: 0, text: 'EOF', line: this.line };
    return this.isInAction ? this.readInAction() : this.readText();
  }

  /** The token from `start` to here; its newlines are counted for the ones after it. */
  private emit(kind: TokenKind): Token {
    const text = this.text.slice(this.start, this.at);
    const token: Token = { kind, at: this.start, text, line: this.line };
    this.skip();
    return token;
  }

  private fail(problem: Message): Token {
    this.isBroken = true;
    return { kind: 'error', at: this.start, text: problem.toString(), problem, line: this.line };
  }

  /** Forgets what was read since the last token. */
  private skip(): void {
    for (let at = this.start; at < this.at; at += 1) if (this.text[at] === '\n') this.line += 1;
    this.start = this.at;
  }

  private readText(): Token {
    const found = this.text.indexOf(this.delimiters.left, this.at);
    if (found < 0) {
      this.at = this.text.length;
      return this.at > this.start ? this.emit('text') : { kind: 'eof', at: this.at, text: 'EOF', line: this.line };
    }
    if (found > this.at) {
      const trims = this.hasLeftTrim(found + this.delimiters.left.length);
      this.at = trims ? this.lastBeforeSpace(found) : found;
      const isEmpty = this.at === this.start;
      const token = isEmpty ? undefined : this.emit('text');
      this.at = found;
      this.skip();
      if (token !== undefined) return token;
    }
    return this.readLeftDelimiter();
  }

  private readLeftDelimiter(): Token {
    this.at += this.delimiters.left.length;
    const marker = this.hasLeftTrim(this.at) ? TRIM_MARKER_LENGTH : 0;
    if (this.text.startsWith(LEFT_COMMENT, this.at + marker)) {
      this.at += marker;
      this.skip();
      return this.readComment();
    }
    const token = this.emit('leftDelimiter');
    this.isInAction = true;
    this.parenDepth = 0;
    this.at += marker;
    this.skip();
    return token;
  }

  private readComment(): Token {
    const end = this.text.indexOf(RIGHT_COMMENT, this.at + LEFT_COMMENT.length);
    if (end < 0) return this.fail(say`unclosed comment`);
    this.at = end + RIGHT_COMMENT.length;
    const close = this.rightDelimiterHere();
    if (close === undefined) return this.fail(say`comment ends before closing delimiter`);
    this.skipRightDelimiter(close);
    return this.readText();
  }

  private readRightDelimiter(trims: boolean): Token {
    if (trims) this.at += TRIM_MARKER_LENGTH;
    this.skip();
    this.at += this.delimiters.right.length;
    const token = this.emit('rightDelimiter');
    if (trims) this.skipSpace();
    this.isInAction = false;
    return token;
  }

  private skipRightDelimiter({ trims }: { readonly trims: boolean }): void {
    this.at += (trims ? TRIM_MARKER_LENGTH : 0) + this.delimiters.right.length;
    this.skip();
    if (trims) this.skipSpace();
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
    this.skip();
  }

  private readInAction(): Token {
    const close = this.rightDelimiterHere();
    if (close !== undefined) {
      return this.parenDepth === 0 ? this.readRightDelimiter(close.trims) : this.fail(say`unclosed left paren`);
    }
    if (this.at >= this.text.length) return this.fail(say`unclosed action`);
    const { code, width } = runeAt(this.text, this.at);
    if (isSpace(code)) return this.readSpace();
    return this.readNamed(code) ?? this.readPunctuation(code, width);
  }

  /** Variables, fields, numbers, identifiers and quoted things, by their first character. */
  private readNamed(code: number): Token | undefined {
    switch (String.fromCodePoint(code)) {
      case '"':
        return this.readQuoted('"', 'string', say`unterminated quoted string`);
      case "'":
        return this.readQuoted("'", 'character', say`unterminated character constant`);
      case '`':
        return this.readRawString();
      case '$':
        return this.readFieldOrVariable('variable');
      case '.':
        if (!isDigit(this.text.charCodeAt(this.at + 1))) return this.readFieldOrVariable('field');
        return this.readNumber();
      case '+':
      case '-':
        return this.readNumber();
      default:
        if (isDigit(code)) return this.readNumber();
        return isAlphaNumeric(code) ? this.readIdentifier() : undefined;
    }
  }

  private readPunctuation(code: number, width: number): Token {
    this.at += width;
    switch (String.fromCodePoint(code)) {
      case '=':
        return this.emit('assign');
      case ':':
        if (this.text[this.at] !== '=') return this.fail(say`expected :=`);
        this.at += 1;
        return this.emit('declare');
      case '|':
        return this.emit('pipe');
      case '(':
        this.parenDepth += 1;
        return this.emit('leftParen');
      case ')':
        this.parenDepth -= 1;
        return this.parenDepth < 0 ? this.fail(say`unexpected right paren`) : this.emit('rightParen');
      default:
        if (code < 0x80 && isPrintable(code)) return this.emit('char');
        return this.fail(say`unrecognized character in action: ${source(nameOf(code))}`);
    }
  }

  private readSpace(): Token {
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
    // The last blank may belong to a closing delimiter with a trim marker.
    const beforeMarker = this.at - 1;
    if (this.hasRightTrim(beforeMarker)) {
      this.at = beforeMarker;
      if (this.at === this.start) return this.readRightDelimiter(true);
    }
    return this.emit('space');
  }

  private readIdentifier(): Token {
    this.skipAlphaNumeric();
    if (!this.isAtTerminator()) return this.failAtCharacter();
    const word = this.text.slice(this.start, this.at);
    if (KEYWORDS.has(word)) return this.emit(word as TokenKind);
    return this.emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  /** A dot or dollar, alone or before a name. */
  private readFieldOrVariable(kind: 'field' | 'variable'): Token {
    this.at += 1;
    if (this.isAtTerminator()) return this.emit(kind === 'field' ? 'dot' : 'variable');
    this.skipAlphaNumeric();
    return this.isAtTerminator() ? this.emit(kind) : this.failAtCharacter();
  }

  private failAtCharacter(): Token {
    return this.fail(say`bad character ${source(nameOf(runeAt(this.text, this.at).code))}`);
  }

  private readQuoted(mark: string, kind: 'string' | 'character', problem: Message): Token {
    for (this.at += 1; ; this.at += 1) {
      let character = this.text[this.at];
      if (character === '\\') {
        this.at += 1;
        character = this.text[this.at];
        if (character !== undefined && character !== '\n') continue;
      }
      if (character === undefined || character === '\n') return this.fail(problem);
      if (character === mark) break;
    }
    this.at += 1;
    return this.emit(kind);
  }

  private readRawString(): Token {
    const end = this.text.indexOf('`', this.at + 1);
    if (end < 0) return this.fail(say`unterminated raw quoted string`);
    this.at = end + 1;
    return this.emit('rawString');
  }

  private readNumber(): Token {
    if (!this.scanNumber()) return this.fail(this.badNumber());
    const sign = this.text[this.at];
    if (sign !== '+' && sign !== '-') return this.emit('number');
    // A complex number without blanks, such as 1+2i.
    if (!this.scanNumber() || this.text[this.at - 1] !== 'i') return this.fail(this.badNumber());
    return this.emit('complex');
  }

  private badNumber(): Message {
    return say`bad number syntax: ${source(quote(this.text.slice(this.start, this.at)))}`;
  }

  /** Moves over what looks like a number; false when a letter sticks to it. */
  private scanNumber(): boolean {
    NUMBER.lastIndex = this.at;
    this.at += NUMBER.exec(this.text)?.[0].length ?? 0;
    if (this.at >= this.text.length) return true;
    const { code, width } = runeAt(this.text, this.at);
    if (!isAlphaNumeric(code)) return true;
    this.at += width;
    return false;
  }

  private skipAlphaNumeric(): void {
    while (this.at < this.text.length) {
      const { code, width } = runeAt(this.text, this.at);
      if (!isAlphaNumeric(code)) return;
      this.at += width;
    }
  }

  /** Whether a name may end here. */
  private isAtTerminator(): boolean {
    const code = this.at < this.text.length ? this.text.charCodeAt(this.at) : END_OF_TEXT;
    if (code === END_OF_TEXT || isSpace(code) || '.,|:)('.includes(String.fromCharCode(code))) return true;
    return this.text.startsWith(this.delimiters.right, this.at);
  }

  private rightDelimiterHere(): { readonly trims: boolean } | undefined {
    if (this.hasRightTrim(this.at)) return { trims: true };
    return this.text.startsWith(this.delimiters.right, this.at) ? { trims: false } : undefined;
  }

  private hasLeftTrim(at: number): boolean {
    return this.text[at] === '-' && isSpace(this.text.charCodeAt(at + 1));
  }

  private hasRightTrim(at: number): boolean {
    if (!isSpace(this.text.charCodeAt(at)) || this.text[at + 1] !== '-') return false;
    return this.text.startsWith(this.delimiters.right, at + TRIM_MARKER_LENGTH);
  }

  private lastBeforeSpace(end: number): number {
    let at = end;
    while (at > this.start && isSpace(this.text.charCodeAt(at - 1))) at -= 1;
    return at;
  }
}
