/**
 * JSON as Go's encoding/json reads it into `interface {}`: numbers are float64, the last of equal keys wins, bytes that
 * are no UTF-8 become U+FFFD.
 *
 * Keeps its place on a stack of its own, so that deep nesting cannot exhaust that of the program. JSON.parse is not
 * used: it gives keys such as `__proto__` a meaning, and its errors quote the text, which is a secret here.
 */
import { say, shown, type Message } from '../../message.ts';
import { VALUE, type TemplateRuntime } from '../../runtime.ts';
import { quote } from '../../strconv/quote.ts';
import { encodeRune } from '../../utf8.ts';
import { dictOf, float64, GoError, GoList, GoMap, listOf, type GoString, type GoValue, goError } from '../../values.ts';
import { fromCodes, codesOf } from '../text/runes.ts';

/** encoding/json: deeper is refused. */
const MOST_LEVELS = 10_000;

export interface JsonResult {
  readonly value: GoValue;
  /** A number that is too large: Go goes on reading with nil in its place. */
  readonly fault: GoError | undefined;
}

/** Reads a whole text; throws for any fault. */
export function parseJson(text: GoString, spend: TemplateRuntime['spend']): GoValue {
  const { value, fault } = readJson(text, spend);
  if (fault !== undefined) throw fault;
  return value;
}

/** Reads a whole text; throws for what is no JSON at all. */
export function readJson(text: GoString, spend: TemplateRuntime['spend']): JsonResult {
  const reader = new JsonReader(text, spend);
  const value = reader.read();
  return { value, fault: reader.fault };
}

type Container = GoList | GoMap;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const LITERALS: Readonly<Record<string, { readonly word: string; readonly value: GoValue }>> = {
  t: { word: 'true', value: true },
  f: { word: 'false', value: false },
  n: { word: 'null', value: null },
};

class JsonReader {
  readonly text: GoString;
  at = 0;
  fault: GoError | undefined;
  readonly open: Container[] = [];
  /** The key that waits for its value, one for each open object. */
  readonly keys: GoString[] = [];

  private readonly spend: TemplateRuntime['spend'];

  constructor(text: GoString, spend: TemplateRuntime['spend']) {
    this.text = text;
    this.spend = spend;
  }

  read(): GoValue {
    for (;;) {
      const started = this.startValue();
      if (started === undefined) continue;
      const whole = this.attach(started.value);
      if (whole !== undefined) return whole.value;
    }
  }

  /** A whole value, or nothing when a list or an object was opened that is not empty. */
  startValue(): { readonly value: GoValue } | undefined {
    this.spend(VALUE);
    const byte = this.peek();
    if (byte === '[') return this.openContainer(listOf([]), ']');
    if (byte === '{') return this.openContainer(dictOf([]), '}');
    return { value: this.readScalar(byte) };
  }

  openContainer(container: Container, end: string): { readonly value: GoValue } | undefined {
    this.at++;
    if (this.open.length >= MOST_LEVELS) throw goError`exceeded max depth`;
    if (this.peek() === end) {
      this.at++;
      return { value: container };
    }
    this.open.push(container);
    if (container instanceof GoMap) this.readKey();
    return undefined;
  }

  /** Puts a value where it belongs, and closes what ends behind it. */
  attach(first: GoValue): { readonly value: GoValue } | undefined {
    let value = first;
    for (;;) {
      const container = this.open.at(-1);
      if (container === undefined) return this.finish(value);
      const isList = container instanceof GoList;
      if (isList) container.items.push(value);
      else container.entries.set(this.keys.pop() ?? '', value);
      const byte = this.peek();
      if (byte === ',') {
        this.at++;
        if (!isList) this.readKey();
        return undefined;
      }
      if (byte !== (isList ? ']' : '}'))
        throw this.unexpected(isList ? say`after array element` : say`after object key:value pair`);
      this.at++;
      this.open.pop();
      value = container;
    }
  }

  finish(value: GoValue): { readonly value: GoValue } {
    if (this.peekOrEnd() !== undefined) throw this.unexpected(say`after top-level value`);
    return { value };
  }

  readKey(): void {
    if (this.peek() !== '"') throw this.unexpected(say`looking for beginning of object key string`);
    this.keys.push(this.readString());
    if (this.peek() !== ':') throw this.unexpected(say`after object key`);
    this.at++;
  }

  readScalar(byte: string): GoValue {
    if (byte === '"') return this.readString();
    if (byte === '-' || (byte >= '0' && byte <= '9')) return this.readNumber();
    const literal = LITERALS[byte];
    if (literal === undefined) throw this.unexpected(say`looking for beginning of value`);
    for (const letter of literal.word) {
      if (this.text[this.at] !== letter)
        throw this.unexpected(say`in literal ${shown(literal.word)} (expecting '${shown(letter)}')`, ' ');
      this.at++;
    }
    return literal.value;
  }

  readNumber(): GoValue {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    if (this.text[this.at] === '0') this.at++;
    else this.readDigits(say`in numeric literal`);
    if (this.text[this.at] === '.') {
      this.at++;
      this.readDigits(say`after decimal point in numeric literal`);
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++;
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at++;
      this.readDigits(say`in exponent of numeric literal`);
    }
    return this.toNumber(this.text.slice(start, this.at));
  }

  readDigits(where: Message): void {
    const start = this.at;
    while (/\d/.test(this.text[this.at] ?? '')) this.at++;
    if (this.at === start) throw this.unexpected(where, ' ');
  }

  toNumber(digits: string): GoValue {
    const value = Number(digits);
    if (Number.isFinite(value)) return float64(value);
    this.fault ??= goError`json: cannot unmarshal number ${digits} into Go value of type float64`;
    return null;
  }

  readString(): GoString {
    this.at++;
    let result = '';
    for (;;) {
      const byte = this.text[this.at];
      if (byte === undefined) throw endOfInput();
      if (byte < ' ') throw this.unexpected(say`in string literal`);
      if (byte === '"') break;
      result += byte === '\\' ? this.readEscape() : this.readPlain();
    }
    this.at++;
    return result;
  }

  /** Everything up to the next quote, escape or control character. */
  readPlain(): GoString {
    const start = this.at;
    while (isPlain(this.text[this.at])) this.at++;
    return fromCodes(codesOf(this.text.slice(start, this.at)));
  }

  readEscape(): GoString {
    this.at++;
    const letter = this.text[this.at];
    if (letter === undefined) throw endOfInput();
    if (letter !== 'u') {
      const escaped = ESCAPES[letter];
      if (escaped === undefined) throw this.unexpected(say`in string escape code`);
      this.at++;
      return escaped;
    }
    const unit = this.readHex();
    const isHigh = unit >= 0xd800 && unit < 0xdc00;
    const next = isHigh ? /^\\u(d[c-f][0-9a-f]{2})/i.exec(this.text.slice(this.at, this.at + 6)) : null;
    if (next?.[1] === undefined) return encodeRune(unit);
    this.at += 6;
    return encodeRune(0x10000 + ((unit & 0x3ff) << 10) + (parseInt(next[1], 16) & 0x3ff));
  }

  readHex(): number {
    this.at++;
    const start = this.at;
    for (; this.at < start + 4; this.at++) {
      const digit = this.text[this.at];
      if (digit === undefined) throw endOfInput();
      if (!/[0-9a-fA-F]/.test(digit)) throw this.unexpected(say`in \\u hexadecimal character escape`);
    }
    return parseInt(this.text.slice(start, this.at), 16);
  }

  /** The next byte that is no white space. */
  peek(): string {
    const byte = this.peekOrEnd();
    if (byte === undefined) throw endOfInput();
    return byte;
  }

  peekOrEnd(): string | undefined {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
    return this.text[this.at];
  }

  /** Within numbers and literals Go takes the end of the text for a blank. */
  unexpected(where: Message, atEnd?: string): GoError {
    const byte = this.text[this.at] ?? atEnd;
    return byte === undefined ? endOfInput() : goError`invalid character ${quoteByte(byte)} ${where}`;
  }
}

function isPlain(byte: string | undefined): boolean {
  return byte !== undefined && byte >= ' ' && byte !== '"' && byte !== '\\';
}

function endOfInput(): GoError {
  return goError`unexpected end of JSON input`;
}

function quoteByte(byte: string): GoString {
  if (byte === "'") return `'\\''`;
  if (byte === '"') return `'"'`;
  return `'${quote(encodeRune(byte.charCodeAt(0))).slice(1, -1)}'`;
}
