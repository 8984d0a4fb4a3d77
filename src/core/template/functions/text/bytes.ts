/** Cutting and shaping of Go strings by bytes, with Go's panics for bounds. */
import { say, type Message } from '../../message.ts';
import { GoError, type GoString, goError } from '../../values.ts';

/** Go: `text[start:end]`; a bound left out is `undefined`. */
export function sliceBytes(text: GoString, start: bigint | undefined, end: bigint | undefined): GoString {
  const length = BigInt(text.length);
  if (end !== undefined && (end < 0n || end > length)) {
    throw outOfRange(end < 0n ? say`[:${end}]` : say`[:${end}] with length ${length}`);
  }
  const from = start ?? 0n;
  const to = end ?? length;
  if (from < 0n) throw outOfRange(say`[${from}:]`);
  if (from > to) throw outOfRange(say`[${from}:${to}]`);
  return text.slice(Number(from), Number(to));
}

function outOfRange(what: Message): GoError {
  return goError`runtime error: slice bounds out of range ${what}`;
}

/** goutils.AbbreviateFull: at most `width` bytes, with dots where something is left out. */
export function abbreviate(text: GoString, left: number, width: number): GoString {
  if (text.length <= width) return text;
  const room = width - 3;
  const offset = Math.min(left, text.length - room);
  if (offset <= 4) return `${text.slice(0, room)}...`;
  if (width < 7) return '';
  if (offset + room >= text.length) return `...${text.slice(text.length - room)}`;
  const middle = text.slice(offset);
  return `...${room < 4 && middle.length > room ? '' : abbreviate(middle, 0, room)}`;
}

export interface Wrapping {
  readonly width: number;
  readonly newLine: GoString;
  /** Whether a word that is longer than a line is cut. */
  readonly cutsLongWords: boolean;
}

/** goutils.WrapCustom: lines of `width` bytes, broken at spaces. */
export function wrapBytes(text: GoString, { width, newLine, cutsLongWords }: Wrapping): GoString {
  const lines: GoString[] = [];
  let offset = 0;
  while (text.length - offset > width) {
    if (text[offset] === ' ') {
      offset++;
      continue;
    }
    const end = offset + width;
    const lastSpace = text.slice(offset, end + 1).lastIndexOf(' ');
    if (lastSpace < 0 && cutsLongWords) {
      lines.push(text.slice(offset, end));
      offset = end;
      continue;
    }
    const space = lastSpace < 0 ? text.indexOf(' ', end) : offset + lastSpace;
    if (space < 0) {
      break;
    } else {
      lines.push(text.slice(offset, space));
      offset = space + 1;
    }
  }
  return [...lines, text.slice(offset)].join(newLine);
}

/** strings.Split: between all code points when there is no separator. A bound below zero is none; Go SplitN. */
export function splitBytes(parts: readonly GoString[], separator: GoString, bound: bigint): readonly GoString[] {
  if (bound === 0n) return [];
  if (bound < 0n || bound >= BigInt(parts.length)) return parts;
  const kept = Number(bound) - 1;
  return [...parts.slice(0, kept), parts.slice(kept).join(separator)];
}
