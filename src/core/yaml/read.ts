/**
 * YAML text → its documents, one after the other: plain values, and where each field stands.
 *
 * A generator, so that whoever reads may let others work between two pieces; no piece takes longer than one document
 * within the limits. Nothing of the text is repeated in a fault: it may be a value.
 */
import { Composer, isScalar, Lexer, LineCounter, Parser, type Document, type ParsedNode } from 'yaml';
import type { OldWord } from '../model/document.ts';
import type { FieldPath } from '../model/origin.ts';
import { faultOf, type YamlFault } from './faults.ts';
import { MOST_FIELDS, MOST_SIGNS } from './limits.ts';
import { oldWordsOf } from './old-words.ts';
import { Places } from './places.ts';
import { plainValue, PlainValueFault } from './plain-value.ts';

export interface YamlDocument {
  /** `undefined` where there is a fault. */
  readonly value: unknown;
  readonly fault?: YamlFault;
  /** Where its contents begin. */
  readonly line: number;
  /** The line of a field's key (or list item); of the nearest enclosing one where the field is absent. */
  readonly lineOf: (path: FieldPath) => number;
  /** As it is written; after a fault, to the next `---`: YAML's own idea of its end cannot be trusted then. */
  readonly source: () => string;
  /** What YAML 1.1, which Kubernetes' own tools read, takes for something else. */
  readonly oldWords: () => readonly OldWord[];
}

/** Signs that are looked at without a pause. */
const SIGNS_PER_PIECE = 20_000;
const DOCUMENT_BEGINS = new Set(['\x02', '---', '...']);
/** What begins a field, an item, an anchor, an alias or a tag. */
const FIELD = /^(?:[:\-,?[{]$|[&*!])/u;

/** `undefined` is a pause. Empty documents are left out; after one of too many fields nothing is read. */
export function* readYaml(text: string): Generator<YamlDocument | undefined, void> {
  const lines = new LineCounter();
  const composer = new Composer({ merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  let excess: TooMuch | undefined;
  for (const token of tokensOf(text, lines)) {
    if (token === undefined) yield undefined;
    else if (token instanceof TooMuch) excess = token;
    else for (const document of composer.next(token)) yield* documentOf(text, document, lines);
  }
  for (const document of composer.end()) yield* documentOf(text, document, lines);
  if (excess !== undefined) yield tooMuch(text, excess.line);
}

/** `parse` of small texts, and tests: all documents at once. */
export function readAllYaml(text: string): readonly YamlDocument[] {
  return [...readYaml(text)].filter((document) => document !== undefined);
}

class TooMuch {
  /** Where the document begins. */
  readonly line: number;

  constructor(line: number) {
    this.line = line;
  }
}

type Token = Parameters<Composer['next']>[0];

function* tokensOf(text: string, lines: LineCounter): Generator<Token | TooMuch | undefined, void> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let signs = 0;
  let [fields, inDocument, begin] = [0, 0, 1];
  for (const lexeme of new Lexer().lex(text)) {
    signs += 1;
    if (signs % SIGNS_PER_PIECE === 0) yield undefined;
    if (DOCUMENT_BEGINS.has(lexeme)) [fields, inDocument, begin] = [0, 0, lines.lineStarts.length];
    inDocument += 1;
    if (FIELD.test(lexeme)) fields += 1;
    if (fields > MOST_FIELDS || inDocument > MOST_SIGNS) {
      yield new TooMuch(begin);
      return;
    }
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function tooMuch(text: string, line: number): YamlDocument {
  const fault = faultOf('TOO_MANY_FIELDS', { line, column: 1 });
  return { value: undefined, fault, line, lineOf: () => line, source: () => text, oldWords: () => [] };
}

function* documentOf(
  text: string,
  document: Document.Parsed,
  lines: LineCounter,
): Generator<YamlDocument | undefined, void> {
  const { contents, errors } = document;
  const [error] = errors;
  if (error !== undefined) yield faulty(text, document, { code: error.code, offset: error.pos[0], lines });
  else if (contents !== null && !(isScalar(contents) && contents.value === null)) {
    yield readContents(text, document, contents, lines);
  }
  // Whoever reads decides whether it is time for a pause.
  yield undefined;
}

function readContents(text: string, document: Document.Parsed, contents: ParsedNode, lines: LineCounter): YamlDocument {
  try {
    const { value, targets } = plainValue(document);
    const places = new Places(contents, targets);
    const lineAt = (offset: number) => placeAt(lines, offset).line;
    return {
      value,
      line: lineAt(contents.range[0]),
      lineOf: (path) => lineAt(places.offsetOf(path)),
      source: () => text.slice(document.range[0], document.range[2]),
      oldWords: () => oldWordsOf(contents),
    };
  } catch (error) {
    if (error instanceof PlainValueFault)
      return faulty(text, document, { code: error.code, offset: error.offset, lines });
    throw error;
  }
}

interface Fault {
  readonly code: string;
  readonly offset: number;
  readonly lines: LineCounter;
}

function faulty(text: string, document: Document.Parsed, { code, offset, lines }: Fault): YamlDocument {
  const fault = faultOf(code, placeAt(lines, offset));
  const source = () => {
    const end = text.slice(offset).search(/\n---(\s|$)/u);
    return text.slice(document.range[0], end === -1 ? text.length : offset + end);
  };
  return { value: undefined, fault, line: fault.line, lineOf: () => fault.line, source, oldWords: () => [] };
}

function placeAt(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
