/** Reading Go's literals of strings and characters. Source of the rules: Go strconv and the language. */
import type { GoString } from '../values.ts';
import { encodeRune, runeAt } from '../utf8.ts';

/** The bytes that a quoted or raw literal means; `undefined` when Go says `invalid syntax`. Go: strconv.Unquote. */
export function unquote(literal: GoString): GoString | undefined {
  const mark = literal[0] ?? '';
  if (literal.length < 2 || literal.at(-1) !== mark) return undefined;
  const body = literal.slice(1, -1);
  // Go drops carriage returns from raw strings, so that a checkout with CRLF reads the same.
  if (mark === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '');
  return mark === '"' && !body.includes('\n') ? unescape(body) : undefined;
}

/** The code point of a character literal; a text when Go refuses it. Go: strconv.UnquoteChar and text/template/parse. */
export function unquoteCharacter(literal: GoString): number | 'invalid syntax' | 'malformed' {
  const unit = readUnit(literal.slice(1), 0, "'");
  if (unit === undefined) return 'invalid syntax';
  return literal.slice(1 + unit.end) === "'" ? unit.code : 'malformed';
}

function unescape(body: GoString): GoString | undefined {
  if (!body.includes('\\')) return body.includes('"') ? undefined : body;
  const parts: GoString[] = [];
  for (let at = 0; at < body.length;) {
    const unit = readUnit(body, at, '"');
    if (unit === undefined) return undefined;
    parts.push(unit.isByte ? String.fromCharCode(unit.code) : encodeRune(unit.code));
    at = unit.end;
  }
  return parts.join('');
}

interface Unit {
  readonly code: number;
  /** One byte (`\xff`, `\377`), not a code point. */
  readonly isByte: boolean;
  readonly end: number;
}

const NAMED: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '\\': 0x5c,
};

const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** One character or escape at a place; `undefined` for what Go calls invalid syntax. */
function readUnit(text: GoString, at: number, mark: string): Unit | undefined {
  const character = text[at];
  if (character === undefined || character === mark) return undefined;
  if (character !== '\\') {
    const byte = text.charCodeAt(at);
    const { code, width } = runeAt(text, at);
    const isLoneByte = width === 1 && byte >= 0x80;
    return { code: isLoneByte && mark === '"' ? byte : code, isByte: isLoneByte, end: at + width };
  }
  const letter = text[at + 1] ?? '';
  const named = NAMED[letter];
  if (named !== undefined) return { code: named, isByte: false, end: at + 2 };
  if (letter === mark) return { code: mark.charCodeAt(0), isByte: false, end: at + 2 };
  return readHex(text, at, letter) ?? readOctal(text, at);
}

function readHex(text: GoString, at: number, letter: string): Unit | undefined {
  const length = HEX_LENGTHS[letter];
  if (length === undefined) return undefined;
  const end = at + 2 + length;
  const digits = text.slice(at + 2, end);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  if (letter === 'x') return { code, isByte: code >= 0x80, end };
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : { code, isByte: false, end };
}

function readOctal(text: GoString, at: number): Unit | undefined {
  const digits = text.slice(at + 1, at + 4);
  if (!/^[0-7]{3}$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 8);
  return code > 0xff ? undefined : { code, isByte: code >= 0x80, end: at + 4 };
}
