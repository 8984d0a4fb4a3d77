/**
 * Words and their cases: `camelcase`, `snakecase`, `kebabcase` after xstrings 1.5, the rest after goutils 1.1.
 *
 * Both libraries have rules of their own for what a word is; several look wrong (`camelcase "__a"`, `initials "日"`)
 * and are kept, since Secrets are made with them.
 */
import { encodeRune, RUNE_ERROR } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import {
  isDigit,
  isLetter,
  isLower,
  isNumber,
  isPunctuation,
  isTitle,
  isUpper,
  mapRunes,
  toLower,
  toTitle,
  toUpper,
} from './letter-case.ts';
import { codeOf, codesOf, fromCodes, isSpace, splitRunes } from './runes.ts';

/** Go strings.Title: a letter after anything that is no letter, digit or underscore. */
export function titleWords(text: GoString): GoString {
  let previous = 0x20;
  return mapRunes(text, (rune) => {
    const isFirst = isSeparator(previous);
    previous = rune;
    return isFirst ? toTitle(rune) : rune;
  });
}

function isSeparator(rune: number): boolean {
  if (rune < 0x80) return !/\w/.test(String.fromCharCode(rune));
  return !isLetter(rune) && !isDigit(rune) && isSpace(rune);
}

/** goutils.Uncapitalize: the first letter of every word to lower case. */
export function untitleWords(text: GoString): GoString {
  let isFirst = true;
  const runes = codesOf(text).map((rune) => {
    if (isSpace(rune)) {
      isFirst = true;
      return rune;
    }
    const result = isFirst ? toLower(rune) : rune;
    isFirst = false;
    return result;
  });
  return fromCodes(runes);
}

/** goutils.SwapCase: a small letter that begins a word becomes title case. */
export function swapCase(text: GoString): GoString {
  let isFirst = true;
  const runes = codesOf(text).map((rune) => {
    if (isUpper(rune) || isTitle(rune)) {
      isFirst = false;
      return toLower(rune);
    }
    if (!isLower(rune)) {
      isFirst = isSpace(rune);
      return rune;
    }
    const result = isFirst ? toTitle(rune) : toUpper(rune);
    isFirst = false;
    return result;
  });
  return fromCodes(runes);
}

/** goutils.Initials: the first byte of every word, written as if it were a code point. */
export function initialsOf(text: GoString): GoString {
  let isFirst = true;
  let initials = '';
  for (const byte of text) {
    const isGap = isSpace(byte.charCodeAt(0));
    if (isFirst && !isGap) initials += encodeRune(byte.charCodeAt(0));
    isFirst = isGap;
  }
  return initials;
}

/** goutils.DeleteWhiteSpace: garbles what is not ASCII, but only when there is something to delete. */
export function deleteWhiteSpace(text: GoString): GoString {
  const kept = Array.from(text)
    .map((byte) => byte.charCodeAt(0))
    .filter((byte) => !isSpace(byte));
  return kept.length === text.length ? text : fromCodes(kept);
}

/** xstrings.ToPascalCase. */
export function pascalCase(text: GoString): GoString {
  const runes = codesOf(text);
  const start = runes.findIndex((rune) => !isConnector(rune));
  const first = runes[start];
  // Nothing but connectors: the last of them comes out twice.
  if (first === undefined) return fromCodes([...runes, ...runes.slice(-1)]);
  const rest = pascalRest(toUpper(first), isUpper(first), runes.slice(start + 1));
  return fromCodes([...runes.slice(0, start), ...rest]);
}

/** Drops single connectors, keeps all but one of several, and lowers what follows in a word that began in capitals. */
function pascalRest(first: number, beganUpper: boolean, runes: readonly number[]): readonly number[] {
  const result: number[] = [];
  let current = first;
  let isUpperWord = beganUpper;
  for (const rune of runes) {
    const previous = current;
    current = rune;
    if (!isConnector(previous)) {
      if (isUpperWord && isUpper(rune)) current = toLower(rune);
      else isUpperWord = false;
      result.push(previous);
    } else if (isConnector(rune)) {
      result.push(previous);
    } else {
      isUpperWord = isUpper(rune);
      current = toUpper(rune);
    }
  }
  return [...result, current];
}

function isConnector(rune: number): boolean {
  return rune === 0x2d || rune === 0x5f || isSpace(rune);
}

type WordKind = 'end' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly parts: readonly GoString[];
}

/** xstrings.ToSnakeCase and ToKebabCase: words in lower case between connectors. */
export function connectWords(text: GoString, connector: GoString): GoString {
  const words = cutWords(splitRunes(text));
  let at = 0;
  let result = '';
  const write = (word: Word): void => void (result += lowerWord(word, connector));
  const peek = (): Word => words[at] ?? END;
  const writeAlphanumerics = (): void => {
    while (peek().kind === 'alphabet' || peek().kind === 'number') write(words[at++] ?? END);
  };
  const writeConnector = (): void => {
    if (peek().kind !== 'connector' && peek().kind !== 'punctuation') result += connector;
  };
  while (at < words.length - 1) {
    const word = words[at++] ?? END;
    write(word);
    if (word.kind === 'number') {
      writeAlphanumerics();
      if (peek().kind !== 'end') writeConnector();
    } else if (word.kind !== 'connector' && word.kind !== 'punctuation') {
      if (peek().kind !== 'number') {
        writeConnector();
      } else if (at < words.length - 1) {
        const number = words[at++] ?? END;
        // A number belongs to the word before it, unless small letters follow: `bld4_floor`, but `http_2xx`.
        if (peek().kind !== 'alphabet') {
          write(number);
          writeConnector();
        } else {
          result += connector;
          write(number);
          writeAlphanumerics();
          if (peek().kind !== 'end') writeConnector();
        }
      }
    }
  }
  return at < words.length ? result + lowerWord(peek(), connector) : result;
}

const END: Word = { kind: 'end', parts: [] };

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
  const first = runes.findIndex((rune, at) => at >= start && rune !== RUNE_ERROR);
  if (first < 0) return { kind: 'end', end: runes.length };
  const kind = kindOfWord(runes[first] ?? 0);
  return { kind, end: kind === 'upper' ? endOfUpper(runes, first + 1) : endOf(runes, first + 1, CONTINUES[kind]) };
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
  const next = runes.find((rune, at) => at >= end && rune !== RUNE_ERROR);
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
