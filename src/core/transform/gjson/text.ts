/** Strings inside of JSON: taking escapes out and putting them in, as gjson does it. */

const PLAIN_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  '/': '/',
  '"': '"',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * What a string says, given the text between its quotes.
 *
 * Stops at a control character and at an unknown or cut-off escape and keeps what came before, as gjson does.
 * A lone surrogate becomes U+FFFD.
 */
export function unescape(body: string): string {
  let text = '';
  let plainFrom = 0;
  for (let index = 0; index < body.length; index++) {
    const code = body.charCodeAt(index);
    if (code >= 0x20 && code !== 0x5c) continue;
    text += body.slice(plainFrom, index);
    if (code < 0x20) return text;
    const escape = readEscape(body, index);
    if (escape === undefined) return text;
    text += escape.text;
    index = escape.end - 1;
    plainFrom = escape.end;
  }
  return text + body.slice(plainFrom);
}

interface Escape {
  readonly text: string;
  /** Index after the escape. */
  readonly end: number;
}

function readEscape(body: string, start: number): Escape | undefined {
  const sign = body.charAt(start + 1);
  if (sign === 'u') return readCodeUnit(body, start);
  const text = PLAIN_ESCAPES[sign];
  return text === undefined ? undefined : { text, end: start + 2 };
}

/** `\uD83D\uDE00` makes one character; whatever escape follows a surrogate is used up with it. */
function readCodeUnit(body: string, start: number): Escape | undefined {
  if (start + 6 > body.length) return undefined;
  const first = hexAt(body, start + 2);
  if (first < 0xd800 || first > 0xdfff) return { text: String.fromCharCode(first), end: start + 6 };
  if (!body.startsWith('\\u', start + 6) || body.length < start + 12) return { text: '\ufffd', end: start + 6 };
  const second = hexAt(body, start + 8);
  const isPair = first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff;
  return { text: isPair ? String.fromCharCode(first, second) : '\ufffd', end: start + 12 };
}

/** Four hexadecimal digits; 0 where they are none. */
function hexAt(body: string, start: number): number {
  const digits = body.slice(start, start + 4);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}

const WRITTEN_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text as a JSON string, in quotes. Escapes `<`, `>`, `&`, U+2028 and U+2029, as Go's encoder does. */
export function quote(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what has to be escaped
  const body = text.toWellFormed().replace(/[\u0000-\u001f"\\<>&\u2028\u2029]/g, (sign) => {
    return WRITTEN_ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${body}"`;
}
