/** Strings and bytes by verb, flags, width and precision. `undefined` means: not a verb for text. Source: Go fmt. */
import { canBackquote, quote, quoteToAscii } from '../strconv/quote.ts';
import type { GoString } from '../values.ts';
import { runeAt } from '../utf8.ts';
import { pad } from './flags.ts';
import type { Flags } from './flags.ts';

/** A string. */
export function formatText(text: GoString, verb: string, flags: Flags): GoString | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? formatQuoted(text, flags) : pad(truncate(text, flags), flags);
    case 's':
      return pad(truncate(text, flags), flags);
    case 'x':
    case 'X':
      return formatHex(text, verb, flags);
    case 'q':
      return formatQuoted(text, flags);
    default:
      return undefined;
  }
}

function formatQuoted(text: GoString, flags: Flags): GoString {
  const cut = truncate(text, flags);
  if (flags.sharp && canBackquote(cut)) return pad(`\`${cut}\``, flags);
  return pad((flags.plus ? quoteToAscii : quote)(cut), flags);
}

/** A precision cuts after so many runes. */
function truncate(text: GoString, flags: Flags): GoString {
  if (flags.precision === undefined || flags.precision >= text.length) return text;
  let at = 0;
  for (let runes = 0; runes < flags.precision && at < text.length; runes += 1) at += runeAt(text, at).width;
  return text.slice(0, at);
}

/** Each byte as two digits; a precision cuts bytes. */
function formatHex(text: GoString, verb: 'x' | 'X', flags: Flags): GoString {
  const cut = text.slice(0, flags.precision ?? text.length);
  const bytes = Array.from(cut, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  if (bytes.length === 0) return pad('', flags);
  const prefix = flags.sharp ? '0x' : '';
  const hex = flags.space ? bytes.map((byte) => prefix + byte).join(' ') : prefix + bytes.join('');
  return pad(verb === 'X' ? hex.toUpperCase() : hex, flags);
}
