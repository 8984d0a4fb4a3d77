/**
 * The characters of a YAML text, checked piece by piece as go-yaml does: a fault that lies behind what was read is never
 * found.
 */
import { say } from '../../message.ts';
import type { GoString } from '../../values.ts';
import { isAllowed, widthOf } from './characters.ts';
import { yamlProblem } from './problem.ts';
import { decodeUtf16 } from './utf16.ts';

/** go-yaml: bytes that are checked at once. */
const PIECE = 512;

const SHORTEST_CODE = [0, 0, 0x80, 0x800, 0x10000];

export class YamlInput {
  readonly text: GoString;
  /** The byte up to which the text is known to be sound. */
  private checked: number;
  private pieceEnd = PIECE;

  constructor(bytes: GoString) {
    this.text = decodeUtf16(bytes);
    this.checked = this.text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  }

  /** Where the text begins, behind its byte order mark. */
  get start(): number {
    return this.checked;
  }

  /** Makes sure that so many characters can be read from a byte on, or the text ends before. */
  check(at: number, characters: number): void {
    // A character has up to four bytes: mostly there is nothing to count.
    if (at + 4 * characters <= this.checked) return;
    while (this.checked < this.text.length && this.countFrom(at) < characters) this.checkPiece();
  }

  private countFrom(at: number): number {
    let count = 0;
    for (let next = at; next < this.checked; count++) next += widthOf(this.text.charCodeAt(next)) || 1;
    return count;
  }

  private checkPiece(): void {
    const end = Math.min(this.pieceEnd, this.text.length);
    while (this.checked < end) {
      const width = this.widthAt(this.checked);
      if (this.checked + width > end) {
        if (end === this.text.length) throw yamlProblem(say`incomplete UTF-8 octet sequence`);
        break;
      }
      this.checkCharacter(this.checked, width);
      this.checked += width;
    }
    this.pieceEnd = this.checked + PIECE;
  }

  private widthAt(at: number): number {
    const width = widthOf(this.text.charCodeAt(at));
    if (width === 0) throw yamlProblem(say`invalid leading UTF-8 octet`);
    return width;
  }

  private checkCharacter(at: number, width: number): void {
    const first = this.text.charCodeAt(at);
    let code = width === 1 ? first : first & (0xff >> (width + 1));
    for (let offset = 1; offset < width; offset++) {
      const byte = this.text.charCodeAt(at + offset);
      if ((byte & 0xc0) !== 0x80) throw yamlProblem(say`invalid trailing UTF-8 octet`);
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < (SHORTEST_CODE[width] ?? 0)) throw yamlProblem(say`invalid length of a UTF-8 sequence`);
    if ((code >= 0xd800 && code < 0xe000) || code > 0x10ffff) throw yamlProblem(say`invalid Unicode character`);
    if (!isAllowed(code)) throw yamlProblem(say`control characters are not allowed`);
  }
}
