/** Functions for regular expressions in Go's syntax (RE2). sprig, over Go's regexp. */
import { say } from '../message.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { canBackquote, quote } from '../strconv/quote.ts';
import { GoList, stringsOf, type GoString, goError } from '../values.ts';
import { compile, quoteMeta, type GoRegexp } from './regex/regexp.ts';
import { recovering } from './failing.ts';

/** regexp.MustCompile: the panic quotes the pattern. */
function mustCompile(pattern: GoString, spend: TemplateRuntime['spend']): GoRegexp {
  return recovering(
    () => compile(pattern, spend),
    (what) => {
      const wrapped = canBackquote(pattern) ? say`\`${pattern}\`` : say`${quote(pattern)}`;
      throw goError`regexp: Compile(${wrapped}): ${what}`;
    },
  );
}

function listOrNil(texts: readonly GoString[] | undefined): GoList {
  return texts === undefined ? new GoList('string', [], true) : stringsOf([...texts]);
}

function compiling(
  { spend }: TemplateRuntime,
  { pattern, isMust }: { readonly pattern: GoString; readonly isMust: boolean },
): GoRegexp {
  return (isMust ? compile : mustCompile)(pattern, spend);
}

const matching: readonly TemplateFunction[] = [
  declare({
    name: 'regexMatch',
    signature: 'func(string, string) bool',
    source: 'sprig',
    summary: 'Says whether a pattern is found in a text; a wrong pattern is not.',
    example: { template: '{{ regexMatch "^[0-9]+$" "123" }}', prints: 'true' },
    call: (runtime, pattern, text) =>
      recovering(
        () => compiling(runtime, { pattern, isMust: true }).matches(text),
        () => false,
      ),
  }),
  declare({
    name: 'mustRegexMatch',
    signature: 'func(string, string) (bool, error)',
    source: 'sprig',
    summary: 'Says whether a pattern is found in a text; fails for a wrong pattern.',
    example: { template: '{{ mustRegexMatch "^[0-9]+$" "12a" }}', prints: 'false' },
    call: (runtime, pattern, text) => compiling(runtime, { pattern, isMust: true }).matches(text),
  }),
  declare({
    name: 'regexQuoteMeta',
    signature: 'func(string) string',
    source: 'sprig',
    summary: 'A pattern that matches this text and nothing else.',
    example: { template: '{{ regexQuoteMeta "1.2" }}', prints: '1\\.2' },
    call: (_runtime, text) => quoteMeta(text),
  }),
];

const making: readonly TemplateFunction[] = [
  declare({
    name: 'regexFind',
    signature: 'func(string, string) string',
    source: 'sprig',
    summary: 'The first match of a pattern in a text, or an empty text.',
    example: { template: '{{ regexFind "[0-9]+" "a12b3" }}', prints: '12' },
    call: (runtime, pattern, text) => compiling(runtime, { pattern, isMust: false }).find(text),
  }),
  declare({
    name: 'mustRegexFind',
    signature: 'func(string, string) (string, error)',
    source: 'sprig',
    summary: 'As regexFind; fails with the plain error for a wrong pattern.',
    example: { template: '{{ mustRegexFind "[0-9]+" "a12b3" }}', prints: '12' },
    call: (runtime, pattern, text) => compiling(runtime, { pattern, isMust: true }).find(text),
  }),
  declare({
    name: 'regexFindAll',
    signature: 'func(string, string, int) []string',
    source: 'sprig',
    summary: 'All matches of a pattern in a text, at most n; a negative n is no bound.',
    example: { template: '{{ regexFindAll "[0-9]" "a1b2" -1 }}', prints: '[1 2]' },
    call: (runtime, pattern, text, bound) =>
      listOrNil(compiling(runtime, { pattern, isMust: false }).findAll(text, bound)),
  }),
  declare({
    name: 'mustRegexFindAll',
    signature: 'func(string, string, int) ([]string, error)',
    source: 'sprig',
    summary: 'As regexFindAll; fails with the plain error for a wrong pattern.',
    example: { template: '{{ mustRegexFindAll "[0-9]" "a1b2" -1 }}', prints: '[1 2]' },
    call: (runtime, pattern, text, bound) =>
      listOrNil(compiling(runtime, { pattern, isMust: true }).findAll(text, bound)),
  }),
  declare({
    name: 'regexSplit',
    signature: 'func(string, string, int) []string',
    source: 'sprig',
    summary: 'The parts of a text between matches of a pattern, at most n.',
    example: { template: '{{ regexSplit "[,;]" "a,b;c" -1 }}', prints: '[a b c]' },
    call: (runtime, pattern, text, bound) =>
      listOrNil(compiling(runtime, { pattern, isMust: false }).split(text, bound)),
  }),
  declare({
    name: 'mustRegexSplit',
    signature: 'func(string, string, int) ([]string, error)',
    source: 'sprig',
    summary: 'As regexSplit; fails with the plain error for a wrong pattern.',
    example: { template: '{{ mustRegexSplit "[,;]" "a,b;c" -1 }}', prints: '[a b c]' },
    call: (runtime, pattern, text, bound) =>
      listOrNil(compiling(runtime, { pattern, isMust: true }).split(text, bound)),
  }),
  declare({
    name: 'regexReplaceAll',
    signature: 'func(string, string, string) string',
    source: 'sprig',
    summary: 'Replaces all matches: pattern, text, replacement, in which ${1} stands for a group.',
    example: { template: '{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }}', prints: '-W-xxW-' },
    call: (runtime, pattern, text, replacement) =>
      compiling(runtime, { pattern, isMust: false }).replaceAll(text, replacement),
  }),
  declare({
    name: 'mustRegexReplaceAll',
    signature: 'func(string, string, string) (string, error)',
    source: 'sprig',
    summary: 'As regexReplaceAll; fails with the plain error for a wrong pattern.',
    example: { template: '{{ mustRegexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }}', prints: '-W-xxW-' },
    call: (runtime, pattern, text, replacement) =>
      compiling(runtime, { pattern, isMust: true }).replaceAll(text, replacement),
  }),
  declare({
    name: 'regexReplaceAllLiteral',
    signature: 'func(string, string, string) string',
    source: 'sprig',
    summary: 'Replaces all matches by a text that is taken as it is.',
    example: { template: '{{ regexReplaceAllLiteral "a(x*)b" "-ab-" "${1}" }}', prints: '-${1}-' },
    call: (runtime, pattern, text, replacement) =>
      compiling(runtime, { pattern, isMust: false }).replaceAllLiteral(text, replacement),
  }),
  declare({
    name: 'mustRegexReplaceAllLiteral',
    signature: 'func(string, string, string) (string, error)',
    source: 'sprig',
    summary: 'As regexReplaceAllLiteral; fails with the plain error for a wrong pattern.',
    example: { template: '{{ mustRegexReplaceAllLiteral "a(x*)b" "-ab-" "${1}" }}', prints: '-${1}-' },
    call: (runtime, pattern, text, replacement) =>
      compiling(runtime, { pattern, isMust: true }).replaceAllLiteral(text, replacement),
  }),
];

export const regexFunctions: readonly TemplateFunction[] = [...matching, ...making];
