/**
 * PEM as Go 1.26 reads and writes it (encoding/pem).
 *
 * A block begins at the start of a line. Text around blocks is passed over, broken blocks too.
 */
import { decodeBase64 } from '../text/base64.ts';
import { toBytes, type GoString } from '../../values.ts';

export interface PemBlock {
  readonly type: GoString;
  readonly headers: ReadonlyMap<GoString, GoString>;
  readonly bytes: Uint8Array;
}

/** What `decodePem` found: the first block, if any, and what stands behind it. */
export interface PemDecoded {
  readonly block: PemBlock | undefined;
  /** Without a block: everything. */
  readonly rest: GoString;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/** The first whole block of a text. */
export function decodePem(text: GoString): PemDecoded {
  for (let from = 0; ;) {
    const end = text.indexOf(END, from);
    if (end < 0) return { block: undefined, rest: text };
    const begin = text.slice(from, end).lastIndexOf(BEGIN);
    const found = begin < 0 ? undefined : decodeBlock(text, from + begin, end);
    if (found !== undefined) return found;
    from = end + END.length;
  }
}

/** All blocks of a text, in order. */
export function decodeAllPem(text: GoString): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let { block, rest } = decodePem(text); block !== undefined; { block, rest } = decodePem(rest))
    blocks.push(block);
  return blocks;
}

function decodeBlock(text: GoString, begin: number, end: number): PemDecoded | undefined {
  if (begin > 0 && text[begin - 1] !== '\n') return undefined;
  const typeLine = readLine(text, begin + BEGIN.length);
  if (!typeLine.line.endsWith(DASHES)) return undefined;
  const type = typeLine.line.slice(0, -DASHES.length);
  const { headers, bodyStart } = readHeaders(text, typeLine.next);
  if (bodyStart >= text.length || (headers.size > 0 && end < bodyStart)) return undefined;
  const trailer = `${type}${DASHES}`;
  const trailerStart = end + END.length;
  if (!text.startsWith(trailer, trailerStart)) return undefined;
  const last = readLine(text, trailerStart + trailer.length);
  const bytes = decodeBody(text.slice(bodyStart, Math.max(bodyStart, end)));
  if (last.line !== '' || bytes === undefined) return undefined;
  return { block: { type, headers, bytes }, rest: text.slice(last.next) };
}

function decodeBody(body: GoString): Uint8Array | undefined {
  const { text, errorAt } = decodeBase64(body.replace(/[ \t]/g, ''));
  return errorAt === undefined ? toBytes(text) : undefined;
}

interface Line {
  readonly line: GoString;
  readonly next: number;
}

/** A line without the white space at its end. */
function readLine(text: GoString, start: number): Line {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return {
    line: text
      .slice(start, end)
      .replace(/\r?$/, '')
      .replace(/[ \t]+$/, ''),
    next: Math.min(text.length, end + 1),
  };
}

/** Lines with a colon; they need no empty line after them. */
function readHeaders(
  text: GoString,
  start: number,
): { readonly headers: ReadonlyMap<GoString, GoString>; readonly bodyStart: number } {
  const headers = new Map<GoString, GoString>();
  let bodyStart = start;
  while (bodyStart < text.length) {
    const { line, next } = readLine(text, bodyStart);
    const colon = line.indexOf(':');
    if (colon < 0) break;
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    bodyStart = next;
  }
  return { headers, bodyStart };
}

const LINE_LENGTH = 64;

/** A block as text: headers sorted with Proc-Type first, then lines of 64 characters. */
export function encodePem(type: GoString, bytes: Uint8Array, headers: PemBlock['headers'] = new Map()): GoString {
  const names = [...headers.keys()].sort(
    (a, b) => Number(b === 'Proc-Type') - Number(a === 'Proc-Type') || (a < b ? -1 : 1),
  );
  const lines = names.map((name) => `${name}: ${headers.get(name) ?? ''}\n`);
  if (lines.length > 0) lines.push('\n');
  const base64 = Buffer.from(bytes).toString('base64');
  const body = base64.replace(new RegExp(`.{1,${LINE_LENGTH}}`, 'g'), '$&\n');
  return `${BEGIN}${type}${DASHES}\n${lines.join('')}${body}-----END ${type}${DASHES}\n`;
}
