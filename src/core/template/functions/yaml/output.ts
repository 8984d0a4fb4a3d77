/** What was written of a YAML text, and how the line stands. Source of the rules: go-yaml. */
import type { GoString } from '../../values.ts';

const INDENT = 2;

interface Indicator {
  /** A blank comes before it, unless there is one. */
  readonly separated?: boolean;
  /** It may be followed by something without a blank. */
  readonly opens?: boolean;
  /** It counts as indentation: `- - 1`. */
  readonly indents?: boolean;
}

export class YamlOutput {
  private readonly pieces: GoString[] = [];
  private readonly spend: (units: number) => void;
  private readonly indents: number[] = [];
  private indent = -1;
  /** In characters. */
  column = 0;
  private endsInBlank = true;
  /** Only indentation stands in the line so far. */
  isIndentation = true;

  constructor(spend: (units: number) => void) {
    this.spend = spend;
  }

  get text(): GoString {
    return this.pieces.join('');
  }

  /** A character, or several of ASCII. */
  write(text: GoString): void {
    this.put(text);
    this.isIndentation = false;
  }

  private put(text: GoString): void {
    this.spend(text.length);
    this.pieces.push(text);
    this.column += text.charCodeAt(0) < 0x80 ? text.length : 1;
  }

  writeBreak(text: GoString): void {
    this.put(text);
    this.column = 0;
    this.isIndentation = true;
  }

  /** The indicator `|` is behind: its text begins in the next line. */
  startBlock(): void {
    this.writeBreak('\n');
    this.endsInBlank = true;
  }

  /** To the column of the block, in a new line unless the line is still empty. */
  writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    const isBehind = this.column > indent || (this.column === indent && !this.endsInBlank);
    if (!this.isIndentation || isBehind) this.writeBreak('\n');
    if (this.column < indent) this.put(' '.repeat(indent - this.column));
    this.endsInBlank = true;
    this.isIndentation = true;
  }

  writeIndicator(indicator: string, { separated = false, opens = false, indents = false }: Indicator = {}): void {
    if (separated) this.separate();
    if (indicator !== '') this.put(indicator);
    this.endsInBlank = opens;
    this.isIndentation &&= indents;
  }

  separate(): void {
    if (!this.endsInBlank) this.put(' ');
  }

  endScalar(): void {
    this.endsInBlank = false;
    this.isIndentation = false;
  }

  /** Runs what writes a block; a list as a value of a map stays in the column of the keys. */
  indented(style: 'block' | 'same column' | 'scalar', write: () => void): void {
    this.indents.push(this.indent);
    if (this.indent < 0) this.indent = style === 'scalar' ? INDENT : 0;
    else if (style !== 'same column') this.indent += INDENT;
    write();
    this.indent = this.indents.pop() ?? -1;
  }
}
