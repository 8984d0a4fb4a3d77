/**
 * Texts of errors, made of parts that say what they are: nothing is searched for known values.
 *
 * | part | in Go's text | where a person or a log sees it | where the template itself is secret |
 * | --- | --- | --- | --- |
 * | the words between the parts | as it is | as it is | as it is |
 * | `shown(…)`: names of functions and types, positions, lengths | as it is | as it is | as it is |
 * | `source(…)`: what stands in the template: keys, literals | as it is | as it is | redacted |
 * | any other text or number | as it is | redacted | redacted |
 *
 * So a value is hidden unless somebody writes `shown` around it, which must never happen to data.
 */
import type { GoString } from './values.ts';

export const REDACTED = '[redacted]';

class Labelled {
  readonly kind: 'shown' | 'source';
  readonly text: GoString;

  constructor(kind: 'shown' | 'source', text: GoString) {
    this.kind = kind;
    this.text = text;
  }
}

type Piece = Labelled | { readonly kind: 'value'; readonly text: GoString };

/** What stands between the words of a message: text and numbers by themselves are values, and hidden. */
export type Part = GoString | number | bigint | Labelled | Message;

/** A text that is no data: the name of a function or type, a position, a length. */
export function shown(text: GoString | number): Part {
  return new Labelled('shown', String(text));
}

/** A text that the author of the template wrote. */
export function source(text: GoString): Part {
  return new Labelled('source', text);
}

export class Message {
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** The parts, to make a longer message of. */
  static piecesOf(part: Part): readonly Piece[] {
    if (part instanceof Message) return part.#pieces;
    return part instanceof Labelled ? [part] : [{ kind: 'value', text: String(part) }];
  }

  /** Go's text to the byte, values included. Never for a log, a file or a person. */
  revealExact(): GoString {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** What may be shown of it. */
  toString(): GoString {
    return this.#print((kind) => kind !== 'value');
  }

  /** The same message for those who may not see the template either. */
  withoutSource(): Message {
    return new Message(
      this.#pieces.map((piece) => (piece.kind === 'source' ? { kind: 'value', text: piece.text } : piece)),
    );
  }

  /** The same message; values that are what the template says word by word are the template's. */
  knowing(literals: ReadonlySet<GoString>): Message {
    if (literals.size === 0) return this;
    return new Message(
      this.#pieces.map((piece) =>
        piece.kind === 'value' && literals.has(piece.text) ? new Labelled('source', piece.text) : piece,
      ),
    );
  }

  #print(isShown: (kind: Piece['kind']) => boolean): GoString {
    const parts: GoString[] = [];
    for (const { kind, text } of this.#pieces) {
      if (isShown(kind)) parts.push(kind === 'source' ? cut(text) : text);
      else if (text !== '' && parts.at(-1) !== REDACTED) parts.push(REDACTED);
    }
    return parts.join('');
  }
}

/** Go shows the whole of what failed, which may be a page long. */
const LONGEST_SOURCE = 400;

function cut(text: GoString): GoString {
  return text.length > LONGEST_SOURCE ? `${text.slice(0, LONGEST_SOURCE)}...` : text;
}

/** Writes a message: ``say`len of type ${shown(type)}` ``. */
export function say(words: TemplateStringsArray, ...parts: readonly Part[]): Message {
  const pieces = words.flatMap((word, index): readonly Piece[] => {
    const part = parts[index];
    const text = new Labelled('shown', word);
    return part === undefined ? [text] : [text, ...Message.piecesOf(part)];
  });
  return new Message(pieces.filter(({ text }) => text !== ''));
}
