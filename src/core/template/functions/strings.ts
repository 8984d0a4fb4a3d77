/** Functions for texts: trimming, searching, replacing, cutting, indenting. sprig, over Go's strings package. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { type GoString, goError } from '../values.ts';
import { abbreviate, sliceBytes, wrapBytes } from './text/bytes.ts';
import { isSpace, codeOf, codesOf, splitRunes } from './text/runes.ts';
import { deleteWhiteSpace } from './text/words.ts';

const trimming: readonly TemplateFunction[] = [
  declare({
    name: 'trim',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Removes white space on both sides.',
    example: { template: '[{{ trim "  hello " }}]', prints: '[hello]' },
    call: (_runtime, text) => trimRunes(text, (part) => isSpace(codeOf(part))),
  }),
  ...(['trimAll', 'trimall'] as const).map((name) =>
    declare({
      name,
      signature: 'func(string, string) string',
      source: 'sprig',
      summary: 'Removes these characters on both sides of a text.',
      example: { template: `{{ ${name} "$" "$5.00$" }}`, prints: '5.00' },
      call: (_runtime, characters, text) => {
        const cut = new Set(codesOf(characters));
        return trimRunes(text, (part) => cut.has(codeOf(part)));
      },
    }),
  ),
  declare({
    name: 'trimPrefix',
    signature: 'func(string, string) string',
    source: 'sprig',
    summary: 'Removes a text from the beginning, once.',
    example: { template: '{{ trimPrefix "v" "v1.2.3" }}', prints: '1.2.3' },
    call: (_runtime, prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  }),
  declare({
    name: 'trimSuffix',
    signature: 'func(string, string) string',
    source: 'sprig',
    summary: 'Removes a text from the end, once.',
    example: { template: '{{ trimSuffix ".git" "repo.git" }}', prints: 'repo' },
    call: (_runtime, suffix, text) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text),
  }),
  declare({
    name: 'nospace',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Removes all white space; if there is any, characters beyond ASCII are garbled.',
    example: { template: '{{ nospace "a b c" }}', prints: 'abc' },
    call: (_runtime, text) => deleteWhiteSpace(text),
  }),
];

function trimRunes(text: GoString, isCut: (part: GoString) => boolean): GoString {
  const parts = splitRunes(text);
  const start = parts.findIndex((part) => !isCut(part));
  if (start < 0) return '';
  return parts.slice(start, parts.findLastIndex((part) => !isCut(part)) + 1).join('');
}

const searching: readonly TemplateFunction[] = [
  declare({
    name: 'contains',
    signature: 'func(string, string) bool',
    source: 'sprig',
    summary: 'Says whether the second text has the first in it.',
    example: { template: '{{ contains "cat" "concatenate" }}', prints: 'true' },
    call: (_runtime, part, text) => text.includes(part),
  }),
  declare({
    name: 'hasPrefix',
    signature: 'func(string, string) bool',
    source: 'sprig',
    summary: 'Says whether the second text begins with the first.',
    example: { template: '{{ hasPrefix "https://" "https://example.com" }}', prints: 'true' },
    call: (_runtime, prefix, text) => text.startsWith(prefix),
  }),
  declare({
    name: 'hasSuffix',
    signature: 'func(string, string) bool',
    source: 'sprig',
    summary: 'Says whether the second text ends with the first.',
    example: { template: '{{ hasSuffix ".com" "https://example.com" }}', prints: 'true' },
    call: (_runtime, suffix, text) => text.endsWith(suffix),
  }),
  declare({
    name: 'replace',
    signature: 'func(string, string, string) string',
    source: 'sprig',
    summary: 'Replaces every occurrence: old, new, text.',
    example: { template: '{{ "my-key" | replace "-" "_" }}', prints: 'my_key' },
    call: (runtime, old, replacement, text) => replaceAll(runtime, text, { old, replacement }),
  }),
];

/** strings.Replace: no old text means before every code point and at the end. */
function replaceAll(
  runtime: TemplateRuntime,
  text: GoString,
  { old, replacement }: { readonly old: GoString; readonly replacement: GoString },
): GoString {
  const parts = old === '' ? ['', ...splitRunes(text), ''] : text.split(old);
  runtime.spend(text.length + parts.length * replacement.length);
  return parts.join(replacement);
}

const cutting: readonly TemplateFunction[] = [
  declare({
    name: 'trunc',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'The first n bytes of a text, or with a negative n the last ones.',
    example: { template: '{{ trunc 5 "hello world" }}', prints: 'hello' },
    call: (_runtime, count, text) => {
      if (count < 0n && BigInt(text.length) + count > 0n) return text.slice(Number(count));
      return count >= 0n && BigInt(text.length) > count ? text.slice(0, Number(count)) : text;
    },
  }),
  declare({
    name: 'substr',
    signature: 'func(int, int, string) string',
    source: 'sprig',
    summary: 'The bytes from a start up to an end; a negative end means to the end of the text.',
    example: { template: '{{ substr 0 5 "hello world" }}', prints: 'hello' },
    call: (_runtime, start, end, text) => {
      if (start < 0n) return sliceBytes(text, undefined, end);
      return sliceBytes(text, start, end < 0n || end > BigInt(text.length) ? undefined : end);
    },
  }),
  declare({
    name: 'abbrev',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'Cuts a text to n bytes, three of them dots.',
    example: { template: '{{ abbrev 8 "hello world" }}', prints: 'hello...' },
    call: (_runtime, width, text) => (width < 4n ? text : abbreviate(text, 0, Number(width))),
  }),
  declare({
    name: 'abbrevboth',
    signature: 'func(int, int, string) string',
    source: 'sprig',
    summary: 'Cuts a text on both sides, from an offset on, to n bytes with dots.',
    example: { template: '{{ abbrevboth 5 10 "1234 5678 9123" }}', prints: '...5678...' },
    call: (_runtime, left, width, text) =>
      width < 4n || (left > 0n && width < 7n) ? text : abbreviate(text, Number(left), Number(width)),
  }),
  declare({
    name: 'wrap',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'Breaks a text into lines of n bytes, at spaces.',
    example: { template: '{{ wrap 5 "hello big world" }}', prints: 'hello\nbig\nworld' },
    call: (_runtime, width, text) => wrapBytes(text, { width: lineWidth(width), newLine: '\n', cutsLongWords: false }),
  }),
  declare({
    name: 'wrapWith',
    signature: 'func(int, string, string) string',
    source: 'sprig',
    summary: 'As wrap, with another line break; cuts words that are too long.',
    example: { template: '{{ wrapWith 5 "|" "hello bigger" }}', prints: 'hello|bigge|r' },
    call: (runtime, width, newLine, text) => {
      runtime.spend((text.length / lineWidth(width)) * newLine.length);
      return wrapBytes(text, { width: lineWidth(width), newLine: newLine || '\n', cutsLongWords: true });
    },
  }),
];

const lineWidth = (width: bigint): number => Math.max(1, Number(width));

const growing: readonly TemplateFunction[] = [
  declare({
    name: 'repeat',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'A text n times.',
    example: { template: '{{ repeat 3 "ab" }}', prints: 'ababab' },
    call: (runtime, count, text) => repeatText(runtime, text, count),
  }),
  declare({
    name: 'indent',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'Puts n spaces before every line.',
    example: { template: '{{ indent 2 "a\\nb" }}', prints: '  a\n  b' },
    call: (runtime, spaces, text) => indentLines(runtime, spaces, text),
  }),
  declare({
    name: 'nindent',
    signature: 'func(int, string) string',
    source: 'sprig',
    summary: 'As indent, on a new line.',
    example: { template: 'a:{{ nindent 2 "b" }}', prints: 'a:\n  b' },
    call: (runtime, spaces, text) => `\n${indentLines(runtime, spaces, text)}`,
  }),
  declare({
    name: 'plural',
    signature: 'func(string, string, int) string',
    source: 'sprig',
    summary: 'The first text for a count of 1, else the second.',
    example: { template: '{{ plural "key" "keys" 2 }}', prints: 'keys' },
    call: (_runtime, one, many, count) => (count === 1n ? one : many),
  }),
  declare({
    name: 'hello',
    signature: 'func() string',
    source: 'sprig',
    summary: 'Says hello.',
    example: { template: '{{ hello }}', prints: 'Hello!' },
    call: () => 'Hello!',
  }),
];

function repeatText(runtime: TemplateRuntime, text: GoString, count: bigint): GoString {
  if (count < 0n) throw goError`strings: negative Repeat count`;
  runtime.spend(count * BigInt(text.length));
  return text.repeat(text === '' ? 0 : Number(count));
}

function indentLines(runtime: TemplateRuntime, spaces: bigint, text: GoString): GoString {
  const pad = repeatText(runtime, ' ', spaces);
  const lines = text.split('\n');
  runtime.spend(lines.length * pad.length + text.length);
  return lines.map((line) => pad + line).join('\n');
}

export const stringFunctions: readonly TemplateFunction[] = [...trimming, ...searching, ...cutting, ...growing];
