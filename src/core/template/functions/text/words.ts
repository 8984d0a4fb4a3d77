/**
 * Words and their cases: `camelcase` after xstrings 1.5, the rest after goutils 1.1.
 *
 * Both libraries have rules of their own for what a word is; several look wrong (`camelcase "__a"`, `initials "日"`)
 * and are kept, since Secrets are made with them.
 */
import { encodeRune } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import { isDigit, isLetter, isLower, isTitle, isUpper, mapRunes, toLower, toTitle, toUpper } from './letter-case.ts';
import { codesOf, fromCodes, isSpace } from './runes.ts';

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

/** What parts words: `-`, `_` and white space. */
export function isConnector(rune: number): boolean {
  return rune === 0x2d || rune === 0x5f || isSpace(rune);
}
