/**
 * Go's regexp package over byte strings: re2js matches, what is made of matches is done here by Go's rules.
 *
 * Linear in the text whatever the pattern. Compiled patterns are not kept: they may hold secrets.
 */
import { shown } from '../../message.ts';
import { RE2JS, RE2JSException, type Matcher } from 're2js';
import type { TemplateRuntime } from '../../runtime.ts';
import { runeAt, RUNE_ERROR } from '../../utf8.ts';
import { fromUtf8, GoError, toBytes, type GoString, goError } from '../../values.ts';
import { isDigit, isLetter } from '../text/letter-case.ts';
import { splitRunes, codeOf, textOf } from '../text/runes.ts';

/** Start and end of the whole match and then of each group; -1 for a group that took no part. */
type Match = readonly number[];

/** Told the work of every search, and the length of every replacement. */
type Spend = TemplateRuntime['spend'];

export class GoRegexp {
  private readonly compiled: RE2JS;
  /** The groups that have this name, in order. */
  private readonly names: ReadonlyMap<GoString, readonly number[]>;
  private readonly spend: Spend;
  /** What one byte that is searched counts for. */
  private readonly byteCost: number;

  constructor(compiled: RE2JS, names: ReadonlyMap<GoString, readonly number[]>, spend: Spend) {
    this.compiled = compiled;
    this.names = names;
    this.spend = spend;
    const size = compiled.programSize();
    spend(size * INSTRUCTION);
    this.byteCost = BYTE + THREAD * Math.max(0, size - SMALL);
  }

  matches(text: GoString): boolean {
    return this.search(text).next(0) !== undefined;
  }

  /** Regexp.FindString. */
  find(text: GoString): GoString {
    const match = this.search(text).next(0);
    return match === undefined ? '' : text.slice(match[0], match[1]);
  }

  /** Regexp.FindAllString: `undefined`, Go's nil, when there is none. */
  findAll(text: GoString, bound: bigint): readonly GoString[] | undefined {
    const found = this.allMatches(text, bound).map(([start, end]) => text.slice(start, end));
    return found.length === 0 ? undefined : found;
  }

  /** Regexp.Split: what is between the matches; `undefined` when nothing is asked for. */
  split(text: GoString, bound: bigint): readonly GoString[] | undefined {
    if (bound === 0n) return undefined;
    if (this.compiled.pattern() !== '' && text === '') return [''];
    const parts: GoString[] = [];
    let begin = 0;
    let end = 0;
    for (const [start = 0, next = 0] of this.allMatches(text, bound)) {
      if (bound > 0n && BigInt(parts.length) === bound - 1n) break;
      end = start;
      if (next !== 0) parts.push(text.slice(begin, end));
      begin = next;
    }
    if (end !== text.length) parts.push(text.slice(begin));
    return parts;
  }

  /** Regexp.ReplaceAllString: `$1` and `${name}` stand for groups. */
  replaceAll(text: GoString, replacement: GoString): GoString {
    const pieces = readReplacement(replacement);
    const replace = (match: Match): GoString => pieces.map((piece) => this.expand(piece, text, match)).join('');
    return this.replaceMatches(text, replace);
  }

  /** Regexp.ReplaceAllLiteralString. */
  replaceAllLiteral(text: GoString, replacement: GoString): GoString {
    return this.replaceMatches(text, () => replacement);
  }

  private search(text: GoString): Search {
    const { spend, byteCost } = this;
    const looksAhead = LOOKS_AHEAD.test(this.compiled.pattern());
    return new Search(this.compiled.matcher(toBytes(text)), { length: text.length, spend, byteCost, looksAhead });
  }

  /** An empty match right behind another one does not count. */
  private allMatches(text: GoString, bound: bigint): readonly Match[] {
    const search = this.search(text);
    const matches: Match[] = [];
    let previousEnd = -1;
    for (let at = 0; at <= text.length && (bound < 0n || BigInt(matches.length) < bound);) {
      const match = search.next(at);
      if (match === undefined) break;
      const [start = 0, end = 0] = match;
      if (end !== at || start !== previousEnd) matches.push(match);
      at = end === at ? at + widthAt(text, at) : end;
      previousEnd = end;
    }
    return matches;
  }

  private replaceMatches(text: GoString, replace: (match: Match) => GoString): GoString {
    const search = this.search(text);
    let result = '';
    let copied = 0;
    for (let at = 0; at <= text.length;) {
      const match = search.next(at);
      if (match === undefined) break;
      const [start = 0, end = 0] = match;
      result += text.slice(copied, start);
      if (end > copied || start === 0) {
        const made = replace(match);
        this.spend(made.length);
        result += made;
      }
      copied = end;
      at = Math.max(at + widthAt(text, at), end);
    }
    return result + text.slice(copied);
  }

  private expand(piece: Piece, text: GoString, match: Match): GoString {
    if (piece.kind === 'text') return piece.text;
    const groups = piece.kind === 'number' ? [piece.number] : (this.names.get(piece.name) ?? []);
    const group = groups.find((index) => (match[2 * index] ?? -1) >= 0);
    return group === undefined ? '' : text.slice(match[2 * group], match[2 * group + 1]);
  }
}

/** What one instruction of a pattern, one byte of a text and one search count for. */
const INSTRUCTION = 64;
const BYTE = 10;
const SEARCH = 100;
/** Beyond so many instructions each may be tried again at every byte. */
const SMALL = 10;
const THREAD = 2;

/** An unbounded repetition that something must follow: the search may go far beyond the match that it ends with. */
const LOOKS_AHEAD = /(?:[*+]|\{\d+,\})\??(?!\)*$)./s;
/** So many bytes may be looked ahead for nothing, since most patterns stop soon; then each counts as if it were. */
const FREE_AHEAD = 4 * 1024 * 1024;
const AHEAD = 8;

interface SearchCosts {
  readonly length: number;
  readonly spend: Spend;
  readonly byteCost: number;
  readonly looksAhead: boolean;
}

/** Searches in one text, one after the other, each paid for. */
class Search {
  private readonly matcher: Matcher;
  private readonly costs: SearchCosts;
  private ahead = 0;

  constructor(matcher: Matcher, costs: SearchCosts) {
    this.matcher = matcher;
    this.costs = costs;
  }

  next(at: number): Match | undefined {
    const { length, spend, byteCost, looksAhead } = this.costs;
    if (looksAhead) this.ahead += length - at;
    spend(SEARCH + (this.ahead > FREE_AHEAD ? AHEAD * (length - at) : 0));
    const match = matchAt(this.matcher, at);
    spend(((match?.[1] ?? length) - at) * byteCost);
    return match;
  }
}

function matchAt(matcher: Matcher, at: number): Match | undefined {
  if (!matcher.find(at)) return undefined;
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => group);
  return groups.flatMap((group) => [matcher.start(group), matcher.end(group)]);
}

/** Bytes of the code point here; one at the end, so that a search ends. */
function widthAt(text: GoString, at: number): number {
  return at < text.length ? runeAt(text, at).width : 1;
}

/** Compiles a pattern; throws Go's `error parsing regexp: …`. */
export function compile(pattern: GoString, spend: Spend): GoRegexp {
  spend(pattern.length * INSTRUCTION);
  const invalid = splitRunes(pattern).some((part) => part.length === 1 && codeOf(part) === RUNE_ERROR);
  if (invalid) throw goError`error parsing regexp: invalid UTF-8: \`${pattern}\``;
  try {
    return compileUnique(textOf(pattern), spend);
  } catch (error) {
    if (error instanceof RE2JSException) throw compileFault(error.message);
    throw error;
  }
}

/** re2js: words of its own, then the part of the pattern that is wrong. */
function compileFault(message: string): GoError {
  const [, words, part] = /^([^`]*)`([^]*)`$/.exec(message) ?? [];
  if (words === undefined || part === undefined) return goError`${shown(message.split('`')[0] ?? '')}`;
  return goError`${shown(words)}\`${fromUtf8(part)}\``;
}

const NAMED_GROUP = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\w+:\]|[^\]])*\]|\(\?P?<(\w+)>/g;

/** Go lets several groups have one name; re2js does not, so that each gets a number behind its name. */
function compileUnique(pattern: string, spend: Spend): GoRegexp {
  const originals = new Map<string, string>();
  const unique = pattern.replace(NAMED_GROUP, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    const numbered = `${name}_${originals.size}`;
    originals.set(numbered, name);
    return `(?P<${numbered}>`;
  });
  const hasTwins = new Set(originals.values()).size < originals.size;
  const compiled = RE2JS.compile(hasTwins ? unique : pattern);
  const names = new Map<GoString, readonly number[]>();
  for (const [written, group] of Object.entries(compiled.namedGroups()).sort(([, a], [, b]) => a - b)) {
    const name = fromUtf8(hasTwins ? (originals.get(written) ?? written) : written);
    names.set(name, [...(names.get(name) ?? []), group]);
  }
  return new GoRegexp(compiled, names, spend);
}

/** A part of a replacement text. */
type Piece =
  | { readonly kind: 'text'; readonly text: GoString }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'name'; readonly name: GoString };

/** Regexp.Expand: a name takes as many letters, digits and underscores as there are, so `$1W` is the group `1W`. */
function readReplacement(replacement: GoString): readonly Piece[] {
  const [first = '', ...others] = replacement.split('$');
  const pieces: Piece[] = [{ kind: 'text', text: first }];
  for (let index = 0; index < others.length; index++) {
    const rest = others[index] ?? '';
    if (rest === '' && index < others.length - 1) {
      // `$$` is a dollar; what stands behind it is text.
      pieces.push({ kind: 'text', text: `$${others[++index] ?? ''}` });
      continue;
    }
    const { name, length } = readName(rest);
    pieces.push(name === '' ? { kind: 'text', text: '$' } : groupOf(name));
    pieces.push({ kind: 'text', text: rest.slice(length) });
  }
  return pieces;
}

/** The name that a text begins with, and how much of the text it takes; no name when a brace is not closed. */
function readName(text: GoString): { readonly name: GoString; readonly length: number } {
  const isBraced = text.startsWith('{');
  const parts = splitRunes(isBraced ? text.slice(1) : text);
  const end = parts.findIndex((part) => !isNamePart(codeOf(part)));
  const name = parts.slice(0, end < 0 ? parts.length : end).join('');
  if (!isBraced) return { name, length: name.length };
  return text[name.length + 1] === '}' ? { name, length: name.length + 2 } : { name: '', length: 0 };
}

function isNamePart(code: number): boolean {
  return code === 0x5f || isLetter(code) || isDigit(code);
}

/** A number without leading zeros, and not beyond all reason, is a group's place. */
function groupOf(name: GoString): Piece {
  return /^(?:0|[1-9]\d{0,8})$/.test(name) ? { kind: 'number', number: Number(name) } : { kind: 'name', name };
}

/** regexp.QuoteMeta. */
export function quoteMeta(text: GoString): GoString {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
