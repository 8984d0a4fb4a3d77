/** Directives, anchors, aliases and tags. Source of the rules: YAML 1.1 as go-yaml reads it. */
import { say } from '../../message.ts';
import type { GoString } from '../../values.ts';
import { isDigit, isWordByte, widthOf } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './problem.ts';
import type { Reference, Tag, TagDirective, VersionDirective } from './token.ts';

export function scanDirective(cursor: Cursor): VersionDirective | TagDirective {
  const mark = cursor.mark;
  cursor.skip();
  const name = scanWord(cursor);
  if (name === '') throw cursor.problem(say`could not find expected directive name`, mark);
  if (!cursor.isAtSpaceOrEnd()) throw cursor.problem(say`found unexpected non-alphabetical character`, mark);
  const directive = scanDirectiveValue(cursor, name, mark);
  cursor.finishLine(mark);
  return directive;
}

function scanDirectiveValue(cursor: Cursor, name: GoString, mark: Mark): VersionDirective | TagDirective {
  if (name === 'YAML') return { type: 'version directive', mark, version: scanVersion(cursor, mark) };
  if (name !== 'TAG') throw cursor.problem(say`found unknown directive name`, mark);
  cursor.skipBlanks();
  const handle = scanHandle(cursor, mark, true);
  if (!cursor.isAtBlank()) throw cursor.problem(say`did not find expected whitespace`, mark);
  cursor.skipBlanks();
  const prefix = scanUri(cursor, mark);
  if (!cursor.isAtSpaceOrEnd()) throw cursor.problem(say`did not find expected whitespace or line break`, mark);
  return { type: 'tag directive', mark, handle, prefix };
}

function signAt(cursor: Cursor): string {
  return String.fromCharCode(cursor.peek());
}

function scanWord(cursor: Cursor): GoString {
  let word = '';
  while (isWordByte(cursor.peek())) word += cursor.read();
  return word;
}

function scanVersion(cursor: Cursor, mark: Mark): string {
  cursor.skipBlanks();
  const major = scanVersionNumber(cursor, mark);
  if (cursor.peek() !== 0x2e) throw cursor.problem(say`did not find expected digit or '.' character`, mark);
  cursor.skip();
  return `${major}.${scanVersionNumber(cursor, mark)}`;
}

function scanVersionNumber(cursor: Cursor, mark: Mark): number {
  let digits = '';
  while (isDigit(cursor.peek())) {
    if (digits.length === 2) throw cursor.problem(say`found extremely long version number`, mark);
    digits += cursor.read();
  }
  if (digits === '') throw cursor.problem(say`did not find expected version number`, mark);
  return Number(digits);
}

/** What may follow a name at once: a blank, the end, or one of these. */
const AFTER_NAME = /[?:,\]}%@`]/;

export function scanReference(cursor: Cursor, type: 'anchor' | 'alias'): Reference {
  const mark = cursor.mark;
  cursor.skip();
  const name = scanWord(cursor);
  if (name === '' || !(cursor.isAtSpaceOrEnd() || AFTER_NAME.test(signAt(cursor)))) {
    throw cursor.problem(say`did not find expected alphabetic or numeric character`, mark);
  }
  return { type, mark, name };
}

export function scanTag(cursor: Cursor): Tag {
  const mark = cursor.mark;
  cursor.cache(2);
  const { handle, suffix } = cursor.isAt('!<') ? scanVerbatim(cursor, mark) : scanShorthand(cursor, mark);
  if (!cursor.isAtSpaceOrEnd()) throw cursor.problem(say`did not find expected whitespace or line break`, mark);
  return { type: 'tag', mark, handle, suffix };
}

interface TagParts {
  readonly handle: GoString;
  readonly suffix: GoString;
}

function scanVerbatim(cursor: Cursor, mark: Mark): TagParts {
  cursor.skip(2);
  const suffix = scanUri(cursor, mark);
  if (cursor.peek() !== 0x3e) throw cursor.problem(say`did not find the expected '>'`, mark);
  cursor.skip();
  return { handle: '', suffix };
}

function scanShorthand(cursor: Cursor, mark: Mark): TagParts {
  const handle = scanHandle(cursor, mark, false);
  if (handle.length > 1 && handle.endsWith('!')) return { handle, suffix: scanUri(cursor, mark) };
  const suffix = scanUri(cursor, mark, handle);
  // `!` alone is a tag of its own.
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
}

function scanHandle(cursor: Cursor, mark: Mark, isDirective: boolean): GoString {
  if (cursor.peek() !== 0x21) throw cursor.problem(say`did not find expected '!'`, mark);
  const word = cursor.read() + scanWord(cursor);
  if (cursor.peek() === 0x21) return word + cursor.read();
  if (isDirective && word !== '!') throw cursor.problem(say`did not find expected '!'`, mark);
  return word;
}

const URI_SIGN = /[-;/?:@&=+$,.!~*'()[\]%]/;

/** `head` was taken for a handle, and belongs to the name. */
function scanUri(cursor: Cursor, mark: Mark, head = ''): GoString {
  let uri = head.slice(1);
  let isFound = head !== '';
  while (isWordByte(cursor.peek()) || URI_SIGN.test(signAt(cursor))) {
    uri += cursor.peek() === 0x25 ? scanUriEscapes(cursor, mark) : cursor.read();
    isFound = true;
  }
  if (!isFound) throw cursor.problem(say`did not find expected tag URI`, mark);
  return uri;
}

/** The escaped bytes of one character. */
function scanUriEscapes(cursor: Cursor, mark: Mark): GoString {
  const first = scanUriEscape(cursor, mark);
  const width = widthOf(first);
  if (width === 0) throw cursor.problem(say`found an incorrect leading UTF-8 octet`, mark);
  cursor.skip(3);
  let bytes = String.fromCharCode(first);
  for (let count = 1; count < width; count++) {
    const byte = scanUriEscape(cursor, mark);
    if ((byte & 0xc0) !== 0x80) throw cursor.problem(say`found an incorrect trailing UTF-8 octet`, mark);
    cursor.skip(3);
    bytes += String.fromCharCode(byte);
  }
  return bytes;
}

function scanUriEscape(cursor: Cursor, mark: Mark): number {
  cursor.cache(3);
  const digits = String.fromCharCode(cursor.peek(1), cursor.peek(2));
  if (cursor.peek() !== 0x25 || !/^[0-9a-fA-F]{2}$/.test(digits)) {
    throw cursor.problem(say`did not find URI escaped octet`, mark);
  }
  return Number.parseInt(digits, 16);
}
