/** Functions for letters and words: upper and lower case, title case, the cases of programs. */
import { declare, type TemplateFunction } from '../function-table.ts';
import { mapRunes, toLower, toUpper } from './text/letter-case.ts';
import { isAscii } from './text/runes.ts';
import { connectWords } from './text/connected-words.ts';
import { initialsOf, pascalCase, swapCase, titleWords, untitleWords } from './text/words.ts';

export const stringCaseFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'upper',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'All letters in upper case.',
    example: { template: '{{ upper "hello" }}', prints: 'HELLO' },
    call: (_runtime, text) => (isAscii(text) ? text.toUpperCase() : mapRunes(text, toUpper)),
  }),
  declare({
    name: 'lower',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'All letters in lower case.',
    example: { template: '{{ lower "HELLO" }}', prints: 'hello' },
    call: (_runtime, text) => (isAscii(text) ? text.toLowerCase() : mapRunes(text, toLower)),
  }),
  declare({
    name: 'title',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'The first letter of every word in upper case.',
    example: { template: '{{ title "hello world" }}', prints: 'Hello World' },
    call: (_runtime, text) => titleWords(text),
  }),
  declare({
    name: 'untitle',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'The first letter of every word in lower case.',
    example: { template: '{{ untitle "Hello World" }}', prints: 'hello world' },
    call: (_runtime, text) => untitleWords(text),
  }),
  declare({
    name: 'swapcase',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Upper case to lower case and back.',
    example: { template: '{{ swapcase "Hello" }}', prints: 'hELLO' },
    call: (_runtime, text) => swapCase(text),
  }),
  declare({
    name: 'initials',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'The first letter of every word.',
    example: { template: '{{ initials "First Try" }}', prints: 'FT' },
    call: (_runtime, text) => initialsOf(text),
  }),
  declare({
    name: 'camelcase',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Words together, each beginning in upper case.',
    example: { template: '{{ camelcase "http_server" }}', prints: 'HttpServer' },
    call: (_runtime, text) => pascalCase(text),
  }),
  declare({
    name: 'snakecase',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Words in lower case with underscores between them.',
    example: { template: '{{ snakecase "FirstName" }}', prints: 'first_name' },
    call: (_runtime, text) => connectWords(text, '_'),
  }),
  declare({
    name: 'kebabcase',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'Words in lower case with hyphens between them.',
    example: { template: '{{ kebabcase "FirstName" }}', prints: 'first-name' },
    call: (_runtime, text) => connectWords(text, '-'),
  }),
];
