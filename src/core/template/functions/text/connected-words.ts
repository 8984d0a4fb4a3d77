/** Texts in `snake_case` and `kebab-case`. Source of the rules: xstrings 1.5. */
import { encodeRune, RUNE_ERROR } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import { isLetter, isNumber, isPunctuation, isUpper, mapRunes, toLower } from './letter-case.ts';
import { codeOf, splitRunes } from './runes.ts';
import { isConnector } from './words.ts';

type WordKind = 'end' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly parts: readonly GoString[];
}

const END: Word = { kind: 'end', parts: [] };

/** xstrings.ToSnakeCase and ToKebabCase: words in lower case between connectors. */
export function connectWords(text: GoString, connector: GoString): GoString {
  return new WordConnector(text, connector).connect();
}

class WordConnector {
  private readonly words: readonly Word[];
  private readonly connector: GoString;
  private at = 0;
  private readonly pieces: GoString[] = [];

  constructor(text: GoString, connector: GoString) {
    this.words = cutWords(splitRunes(text));
    this.connector = connector;
  }

  connect(): GoString {
    while (this.hasTwo()) {
      const word = this.take();
      this.write(word);
      if (word.kind === 'number') this.finishNumber();
      else if (word.kind !== 'connector' && word.kind !== 'punctuation') this.finishWord();
    }
    this.write(this.peek());
    return this.pieces.join('');
  }

  private peek(): Word {
    return this.words[this.at] ?? END;
  }

  private hasTwo(): boolean {
    return this.at < this.words.length - 1;
  }

  private take(): Word {
    const word = this.peek();
    this.at++;
    return word;
  }

  private write(word: Word): void {
    this.pieces.push(lowerWord(word, this.connector));
  }

  /** Letters and digits behind a number belong to it. */
  private finishNumber(): void {
    while (this.peek().kind === 'alphabet' || this.peek().kind === 'number') this.write(this.take());
    if (this.peek().kind !== 'end') this.writeConnector();
  }

  /** A number belongs to the word before it, unless small letters follow: `bld4_floor`, but `http_2xx`. */
  private finishWord(): void {
    if (this.peek().kind !== 'number') {
      this.writeConnector();
    } else if (this.hasTwo()) {
      const number = this.take();
      const isApart = this.peek().kind === 'alphabet';
      if (isApart) this.pieces.push(this.connector);
      this.write(number);
      if (isApart) this.finishNumber();
      else this.writeConnector();
    }
  }

  private writeConnector(): void {
    if (this.peek().kind !== 'connector' && this.peek().kind !== 'punctuation') this.pieces.push(this.connector);
  }
}

/** Only words in capitals change; a small letter elsewhere may be part of a word that has no case. */
function lowerWord({ kind, parts }: Word, connector: GoString): GoString {
  if (kind === 'connector') {
    return parts.map((part) => (isConnector(codeOf(part)) ? connector : encodeRune(codeOf(part)))).join('');
  }
  return kind === 'upper' ? mapRunes(parts.join(''), (rune) => (isUpper(rune) ? toLower(rune) : rune)) : parts.join('');
}

function cutWords(parts: readonly GoString[]): readonly Word[] {
  const runes = parts.map(codeOf);
  const words: Word[] = [];
  for (let start = 0; start < parts.length;) {
    const { kind, end } = wordFrom(runes, start);
    words.push({ kind, parts: parts.slice(start, end) });
    start = end;
  }
  return words;
}

/** Bytes that are no UTF-8 belong to the word that goes on behind them. */
function wordFrom(runes: readonly number[], start: number): { readonly kind: WordKind; readonly end: number } {
  const first = skipInvalid(runes, start);
  if (first >= runes.length) return { kind: 'end', end: runes.length };
  const kind = kindOfWord(runes[first] ?? 0);
  return { kind, end: kind === 'upper' ? endOfUpper(runes, first + 1) : endOf(runes, first + 1, CONTINUES[kind]) };
}

function skipInvalid(runes: readonly number[], start: number): number {
  let at = start;
  while (runes[at] === RUNE_ERROR) at++;
  return at;
}

function kindOfWord(rune: number): Exclude<WordKind, 'end'> {
  if (isConnector(rune)) return 'connector';
  if (isPunctuation(rune)) return 'punctuation';
  if (isUpper(rune)) return 'upper';
  if (isAlphabet(rune)) return 'alphabet';
  return isNumber(rune) ? 'number' : 'other';
}

/** xstrings: a letter that is not Chinese, Japanese or Korean. */
function isAlphabet(rune: number): boolean {
  return isLetter(rune) && !CJK.test(String.fromCodePoint(rune));
}

const CJK = /^[\u3400-\u4d85\u4e00-\u9fcc\u{20000}-\u{2b81d}]$/u;

const isSmall = (rune: number): boolean => isAlphabet(rune) && !isUpper(rune);

const CONTINUES: Readonly<Record<Exclude<WordKind, 'end' | 'upper'>, (rune: number) => boolean>> = {
  connector: isConnector,
  punctuation: isPunctuation,
  alphabet: isSmall,
  number: isNumber,
  other: (rune) => !isConnector(rune) && !isAlphabet(rune) && !isNumber(rune) && !isPunctuation(rune),
};

/** `HTTPStatus` is `HTTP` and `Status`, `Http` is one word. */
function endOfUpper(runes: readonly number[], second: number): number {
  const end = endOf(runes, second, isUpper);
  if (end === second) return endOf(runes, second, isSmall);
  const next = runes[skipInvalid(runes, end)];
  return next !== undefined && isAlphabet(next) ? end - 1 : end;
}

function endOf(runes: readonly number[], start: number, continues: (rune: number) => boolean): number {
  let end = start;
  for (let at = start; at < runes.length; at++) {
    const rune = runes[at] ?? 0;
    if (rune === RUNE_ERROR) continue;
    if (!continues(rune)) return end;
    end = at + 1;
  }
  return runes.length;
}
