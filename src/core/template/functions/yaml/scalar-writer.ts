/** Writes scalars of YAML. Source of the rules: go-yaml, which breaks long lines at a blank behind column 80. */
import { isBreak, isPrintable, widthOf } from './characters.ts';
import type { YamlOutput } from './output.ts';
import type { Style } from './scalar-style.ts';
import { runeAt } from '../../utf8.ts';
import type { GoString } from '../../values.ts';

const BEST_WIDTH = 80;

/** `mayFold`: whether the text may go on in the next line. */
export function writeScalar(output: YamlOutput, text: GoString, style: Style, mayFold: boolean): void {
  if (style === 'literal') writeLiteral(output, text);
  else if (style === 'double') writeDouble(output, text, mayFold);
  else if (style === 'single') writeSingle(output, text, mayFold);
  else writePlain(output, text, mayFold);
}

function* charactersOf(text: GoString): Generator<readonly [at: number, character: GoString], void> {
  for (let at = 0; at < text.length;) {
    const width = widthOf(text.charCodeAt(at)) || 1;
    yield [at, text.slice(at, at + width)];
    at += width;
  }
}

function writePlain(output: YamlOutput, text: GoString, mayFold: boolean): void {
  output.separate();
  let wasSpace = false;
  for (const [at, character] of charactersOf(text)) {
    const isSpace = character === ' ';
    const folds = isSpace && mayFold && !wasSpace && output.column > BEST_WIDTH && text[at + 1] !== ' ';
    if (folds) output.writeIndent();
    else output.write(character);
    wasSpace = isSpace;
  }
  output.endScalar();
}

function writeSingle(output: YamlOutput, text: GoString, mayFold: boolean): void {
  output.writeIndicator("'", { separated: true });
  let previous: 'blank' | 'break' | 'other' = 'other';
  for (const [at, character] of charactersOf(text)) {
    if (character === ' ') {
      const isInner = at > 0 && at < text.length - 1 && text[at + 1] !== ' ';
      if (mayFold && previous !== 'blank' && output.column > BEST_WIDTH && isInner) output.writeIndent();
      else output.write(character);
      previous = 'blank';
    } else if (isBreak(text, at)) {
      output.writeBreak(character);
      previous = 'break';
    } else {
      if (previous === 'break') output.writeIndent();
      output.write(character === "'" ? "''" : character);
      previous = 'other';
    }
  }
  output.writeIndicator("'");
  output.endScalar();
}

const ESCAPES: Readonly<Record<number, string>> = {
  0x00: '0',
  0x07: 'a',
  0x08: 'b',
  0x09: 't',
  0x0a: 'n',
  0x0b: 'v',
  0x0c: 'f',
  0x0d: 'r',
  0x1b: 'e',
  0x22: '"',
  0x5c: '\\',
  0x85: 'N',
  0xa0: '_',
  0x2028: 'L',
  0x2029: 'P',
};

function writeDouble(output: YamlOutput, text: GoString, mayFold: boolean): void {
  output.writeIndicator('"', { separated: true });
  // go-yaml asks for a byte order mark at the beginning, whichever character it looks at.
  const escapesAll = text.startsWith('\xef\xbb\xbf');
  let wasSpace = false;
  for (const [at, character] of charactersOf(text)) {
    const isSpace = character === ' ' && !escapesAll;
    if (escapesAll || needsEscape(text, at, character)) output.write(escape(runeAt(text, at).code));
    else if (!isSpace) output.write(character);
    else writeSpaceInQuotes(output, text, at, mayFold && !wasSpace);
    wasSpace = isSpace;
  }
  output.writeIndicator('"');
  output.endScalar();
}

function writeSpaceInQuotes(output: YamlOutput, text: GoString, at: number, mayFold: boolean): void {
  if (!mayFold || output.column <= BEST_WIDTH || at === 0 || at === text.length - 1) {
    output.write(' ');
    return;
  }
  output.writeIndent();
  if (text[at + 1] === ' ') output.write('\\');
}

function needsEscape(text: GoString, at: number, character: GoString): boolean {
  return character === '"' || character === '\\' || isBreak(text, at) || !isPrintable(runeAt(text, at).code);
}

function escape(code: number): string {
  const short = ESCAPES[code];
  if (short !== undefined) return `\\${short}`;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function writeLiteral(output: YamlOutput, text: GoString): void {
  output.writeIndicator('|', { separated: true });
  if (text.startsWith(' ') || isBreak(text, 0)) output.writeIndicator('2');
  output.writeIndicator(chompingOf(text));
  output.startBlock();
  let wasBreak = true;
  for (const [at, character] of charactersOf(text)) {
    const breaks = isBreak(text, at);
    if (breaks) {
      output.writeBreak(character);
    } else {
      if (wasBreak) output.writeIndent();
      output.write(character);
    }
    wasBreak = breaks;
  }
}

/** How the breaks at the end are to be read: none with `-`, all with `+`, else one. */
function chompingOf(text: GoString): '-' | '+' | '' {
  const characters = [...charactersOf(text.slice(-6))].map(([, character]) => character);
  const endsInBreak = (character: GoString | undefined): boolean => character !== undefined && isBreak(character, 0);
  if (!endsInBreak(characters.at(-1))) return '-';
  return text.length === characters.at(-1)?.length || endsInBreak(characters.at(-2)) ? '+' : '';
}
