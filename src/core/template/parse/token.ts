/** What the lexer hands to the parser. Source of kinds and wording: Go text/template/parse. */
import type { Message } from '../message.ts';
import { quote } from '../strconv/quote.ts';
import { runeAt } from '../utf8.ts';
import type { GoString } from '../values.ts';

export type Keyword =
  'block' | 'break' | 'continue' | 'define' | 'else' | 'end' | 'if' | 'nil' | 'range' | 'template' | 'with';

export type TokenKind =
  | Keyword
  | 'error'
  | 'eof'
  | 'text'
  | 'leftDelimiter'
  | 'rightDelimiter'
  | 'leftParen'
  | 'rightParen'
  | 'space'
  | 'pipe'
  | 'assign'
  | 'declare'
  | 'char'
  | 'bool'
  | 'character'
  | 'complex'
  | 'number'
  | 'string'
  | 'rawString'
  | 'dot'
  | 'field'
  | 'identifier'
  | 'variable';

export interface Token {
  readonly kind: TokenKind;
  /** Byte offset in the template text. */
  readonly at: number;
  /** The bytes of the token; Go's words for an error. */
  readonly text: GoString;
  /** The words of an error. */
  readonly problem?: Message;
  /** Counted from 1; where the token begins. */
  readonly line: number;
}

export const KEYWORDS: ReadonlySet<string> = new Set<Keyword>([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);

/** How Go names a token in `unexpected … in …`. */
export function describeToken(token: Token): GoString {
  if (token.kind === 'eof') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (token.kind === 'dot' || KEYWORDS.has(token.kind)) return `<${token.text}>`;
  return token.text.length > 10 ? `${quote(cutToRunes(token.text, 10))}...` : quote(token.text);
}

/** The first runes of a text, as `%.10q` cuts. */
function cutToRunes(text: GoString, count: number): GoString {
  let at = 0;
  for (let runes = 0; runes < count && at < text.length; runes += 1) at += runeAt(text, at).width;
  return text.slice(0, at);
}

export interface Delimiters {
  readonly left: GoString;
  readonly right: GoString;
}

export const GO_DELIMITERS: Delimiters = { left: '{{', right: '}}' };
