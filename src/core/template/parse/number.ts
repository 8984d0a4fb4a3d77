/** What a numeric literal can stand for. Source of the rules: Go text/template/parse. */
import { say, source, type Message } from '../message.ts';
import { parseFloat64, parseInteger, parseUnsigned } from '../strconv/parse-number.ts';
import { quote } from '../strconv/quote.ts';
import { unquoteCharacter } from '../strconv/unquote.ts';
import type { GoString } from '../values.ts';
import type { NumberNode } from './node.ts';

type Forms = Omit<NumberNode, 'kind' | 'at' | 'text'>;

const NO_FORMS: Forms = { int: undefined, unsigned: undefined, float: undefined, complex: undefined };
const TWO_63 = 2 ** 63;

/** The forms of a literal; a message is Go's for one that is none. */
export function readNumber(text: GoString, kind: 'character' | 'complex' | 'number'): Forms | Message {
  if (kind === 'character') return readCharacter(text);
  if (kind === 'complex') return readComplex(text);
  return text.endsWith('i') ? readImaginary(text) : readReal(text);
}

function readCharacter(text: GoString): Forms | Message {
  const code = unquoteCharacter(text);
  if (code === 'malformed') return say`malformed character constant: ${source(text)}`;
  if (code === 'invalid syntax') return say`invalid syntax`;
  return { ...NO_FORMS, int: BigInt(code), unsigned: BigInt(code), float: code };
}

function readComplex(text: GoString): Forms | Message {
  const middle = Math.max(text.lastIndexOf('+', text.length - 2), text.lastIndexOf('-', text.length - 2));
  const isExponent = /[eEpP]/.test(text[middle - 1] ?? '');
  const split = isExponent ? Math.max(text.lastIndexOf('+', middle - 1), text.lastIndexOf('-', middle - 1)) : middle;
  const real = parseFloat64(text.slice(0, split));
  const imaginary = parseFloat64(text.slice(split, -1));
  if (real === undefined || imaginary === undefined) return say`illegal number syntax: ${source(quote(text))}`;
  return withReals(real, imaginary);
}

function readImaginary(text: GoString): Forms | Message {
  const size = parseFloat64(text.slice(0, -1));
  return size === undefined ? say`illegal number syntax: ${source(quote(text))}` : withReals(0, size);
}

/** A complex number without imaginary part fits also as a float, and as an integer where it is one. */
function withReals(real: number, imaginary: number): Forms {
  const complex = [real, imaginary] as const;
  return imaginary === 0 ? { ...formsOfFloat(real), complex } : { ...NO_FORMS, complex };
}

function readReal(text: GoString): Forms | Message {
  const int = parseInteger(text);
  // A sign is no part of an unsigned number for Go, but zero is one with any sign.
  const unsigned = parseUnsigned(text) ?? (int === 0n ? 0n : undefined);
  if (int !== undefined || unsigned !== undefined) {
    return { ...NO_FORMS, int, unsigned, float: Number(int ?? unsigned) };
  }
  const float = parseFloat64(text);
  if (float === undefined) return say`illegal number syntax: ${source(quote(text))}`;
  return /[.eEpP]/.test(text) ? formsOfFloat(float) : say`integer overflow: ${source(quote(text))}`;
}

function formsOfFloat(float: number): Forms {
  const isWhole = Number.isInteger(float);
  return {
    ...NO_FORMS,
    float,
    int: isWhole && float >= -TWO_63 && float < TWO_63 ? BigInt(float) : undefined,
    unsigned: isWhole && float >= 0 && float < 2 * TWO_63 ? BigInt(float) : undefined,
  };
}
