/** JSON as Go's encoding/json writes it: keys sorted by their bytes, `<`, `>` and `&` escaped unless asked otherwise. */
import { shown } from '../../message.ts';
import { LimitError, VALUE } from '../../runtime.ts';
import { runeAt } from '../../utf8.ts';
import {
  GoComplex,
  GoFloat,
  GoInt,
  GoList,
  GoMap,
  GoObject,
  type GoString,
  type GoValue,
  goError,
} from '../../values.ts';

export interface JsonStyle {
  readonly escapesHtml: boolean;
  /** Two blanks a level, or everything on one line. */
  readonly isPretty: boolean;
  /** Told the length of every piece before it is kept. */
  readonly spend: (bytes: number) => void;
}

/** Deeper values are given up, before they exhaust the stack. */
const MOST_LEVELS = 1_000;

/** The JSON of a value; throws Go's texts for what has none: NaN, infinity, complex numbers, cycles. */
export function writeJson(value: GoValue, style: JsonStyle): GoString {
  const writer = new JsonWriter(style);
  writer.write(value);
  return writer.pieces.join('');
}

class JsonWriter {
  readonly style: JsonStyle;
  readonly pieces: GoString[] = [];
  /** What is being written, from the outside in. */
  readonly open: (GoList | GoMap | GoObject)[] = [];

  constructor(style: JsonStyle) {
    this.style = style;
  }

  write(value: GoValue): void {
    // Whether a value contains itself is looked for in all that are open.
    this.style.spend(VALUE + this.open.length);
    if (value === null || typeof value === 'boolean') this.put(String(value));
    else if (typeof value === 'string') this.put(quoteJson(value, this.style.escapesHtml));
    else if (value instanceof GoInt) this.put(value.value.toString());
    else if (value instanceof GoFloat) this.put(printNumber(value.value));
    else if (value instanceof GoComplex) throw goError`json: unsupported type: complex128`;
    else if (value instanceof GoObject) this.writeObject(value);
    else if (value.isNil) this.put('null');
    else this.writeContainer(value);
  }

  put(piece: GoString): void {
    this.style.spend(piece.length);
    this.pieces.push(piece);
  }

  writeContainer(value: GoList | GoMap): void {
    if (value instanceof GoList) {
      this.writeParts(
        value,
        '[',
        ']',
        value.items.map((item) => [undefined, item]),
      );
    } else {
      this.writeParts(
        value,
        '{',
        '}',
        value.sortedKeys().map((key) => [key, value.entries.get(key) ?? null]),
      );
    }
  }

  /** A type that can write itself does; of other structs Go writes the fields whose names are exported. */
  writeObject(value: GoObject): void {
    const marshal = value.methods.get('MarshalJSON');
    if (marshal !== undefined) {
      const bytes = marshal.call(value, []);
      if (bytes instanceof GoList) this.put(bytes.items.map(toByte).join(''));
      return;
    }
    const fields = value.fields().filter(({ name }) => /^[A-Z]/.test(name));
    this.writeParts(
      value,
      '{',
      '}',
      fields.map((field) => [field.name, field.value]),
    );
  }

  writeParts(
    value: GoList | GoMap | GoObject,
    begin: string,
    end: string,
    parts: readonly (readonly [key: GoString | undefined, part: GoValue])[],
  ): void {
    this.enter(value);
    this.put(begin);
    for (const [index, [key, part]] of parts.entries()) {
      this.put((index > 0 ? ',' : '') + this.lineBreak(this.open.length));
      if (key !== undefined) this.put(quoteJson(key, this.style.escapesHtml) + (this.style.isPretty ? ': ' : ':'));
      this.write(part);
    }
    this.open.pop();
    this.put((parts.length > 0 ? this.lineBreak(this.open.length) : '') + end);
  }

  lineBreak(level: number): string {
    return this.style.isPretty ? `\n${'  '.repeat(level)}` : '';
  }

  enter(value: GoList | GoMap | GoObject): void {
    if (this.open.includes(value)) throw goError`json: unsupported value: encountered a cycle via ${shown(value.type)}`;
    if (this.open.length >= MOST_LEVELS) throw new LimitError(`a value has more than ${MOST_LEVELS} levels`);
    this.open.push(value);
  }
}

function toByte(value: GoValue): string {
  return value instanceof GoInt ? String.fromCharCode(Number(value.value)) : '';
}

/** Go writes numbers as JavaScript does, but keeps the sign of zero. */
function printNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  throw goError`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`;
}

const PLAIN = /^[ !#-%'-;=?-[\]-\x7f]*$/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string in JSON; what is no UTF-8 becomes U+FFFD, and U+2028 and U+2029 are always escaped. */
export function quoteJson(text: GoString, escapesHtml: boolean): GoString {
  if (PLAIN.test(text)) return `"${text}"`;
  let result = '';
  for (let at = 0; at < text.length;) {
    const { code, width } = runeAt(text, at);
    result += escapeRune(code, text.slice(at, at + width), escapesHtml);
    at += width;
  }
  return `"${result}"`;
}

function escapeRune(code: number, bytes: GoString, escapesHtml: boolean): GoString {
  const short = SHORT_ESCAPES[bytes];
  if (short !== undefined) return short;
  const isHtml = escapesHtml && (bytes === '<' || bytes === '>' || bytes === '&');
  const isInvalid = code === 0xfffd && bytes.length === 1;
  if (code < 0x20 || isHtml || isInvalid || code === 0x2028 || code === 0x2029) {
    return `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return bytes;
}
