/** docs/reference/template-functions.md, from the table of functions and what Go's templates have by themselves. */
import type { FunctionExample } from '../src/core/template/function-table.ts';
import { BUILTINS } from '../src/core/template/exec/builtins.ts';
import { FUNCTIONS } from '../src/core/template/functions/index.ts';

/** What a page says of one function. */
export interface DescribedFunction {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly example: FunctionExample;
  readonly volatile?: boolean;
}

type Description = Pick<DescribedFunction, 'summary' | 'example'>;

const BUILTIN_DESCRIPTIONS: Readonly<Record<string, Description>> = {
  and: {
    summary: 'The first argument that is false, else the last one. Those after it are not evaluated.',
    example: { template: '{{ and "a" "" "c" | printf "%q" }}', prints: '""' },
  },
  or: {
    summary: 'The first argument that is true, else the last one. Those after it are not evaluated.',
    example: { template: '{{ or "" "b" "c" }}', prints: 'b' },
  },
  not: { summary: 'Whether the argument is false.', example: { template: '{{ not "" }}', prints: 'true' } },
  len: {
    summary: 'Bytes of a text, elements of a list, entries of a map.',
    example: { template: '{{ len "é" }}', prints: '2' },
  },
  index: {
    summary: 'What a map or list has under a key or position; several go down. A missing key gives an empty value.',
    example: { template: '{{ index . "tls.crt" }}', data: { 'tls.crt': 'PEM' }, prints: 'PEM' },
  },
  call: {
    summary: 'Calls a function value. No function here gives one, so this only ever fails.',
    example: { template: '{{ if false }}{{ call . }}{{ end }}never', prints: 'never' },
  },
  print: {
    summary: 'Its operands as text, a blank between two that are no texts.',
    example: { template: '{{ print 1 2 "a" }}', prints: '1 2a' },
  },
  println: {
    summary: 'Its operands as text, a blank between all, and a newline.',
    example: { template: '{{ println 1 "a" | quote }}', prints: String.raw`"1 a\n"` },
  },
  printf: {
    summary: 'Its operands by a format, with all verbs, flags and widths of Go.',
    example: { template: '{{ printf "%s:%05d|%q" "a" 42 "b" }}', prints: 'a:00042|"b"' },
  },
  html: {
    summary: 'Its operands with the characters escaped that matter in HTML.',
    example: { template: '{{ html "<a>" }}', prints: '&lt;a&gt;' },
  },
  js: {
    summary: 'Its operands with the characters escaped that matter in JavaScript.',
    example: { template: '{{ js "it\'s" }}', prints: String.raw`it\'s` },
  },
  urlquery: {
    summary: 'Its operands escaped for the query of a URL.',
    example: { template: '{{ urlquery "p@ss word" }}', prints: 'p%40ss+word' },
  },
  eq: {
    summary: 'Whether the first argument equals any of the others. An integer and a float do not compare.',
    example: { template: '{{ eq "b" "a" "b" }}', prints: 'true' },
  },
  ne: { summary: 'Whether two arguments differ.', example: { template: '{{ ne 1 2 }}', prints: 'true' } },
  lt: {
    summary: 'Whether the first is less; texts by their bytes.',
    example: { template: '{{ lt "B" "a" }}', prints: 'true' },
  },
  le: { summary: 'Whether the first is less or equal.', example: { template: '{{ le 2 2 }}', prints: 'true' } },
  gt: { summary: 'Whether the first is greater.', example: { template: '{{ gt 2 10 }}', prints: 'false' } },
  ge: { summary: 'Whether the first is greater or equal.', example: { template: '{{ ge 2 2 }}', prints: 'true' } },
};

/** The functions of Go's templates, in the order of their names. */
export const BUILTIN_FUNCTIONS: readonly DescribedFunction[] = [...BUILTINS]
  .map(([name, { signature }]) => ({ name, signature, ...descriptionOf(name) }))
  .sort(byName);

function descriptionOf(name: string): Description {
  const description = BUILTIN_DESCRIPTIONS[name];
  if (description === undefined) throw new Error(`template function ${name} is not described`);
  return description;
}

function byName(a: DescribedFunction, b: DescribedFunction): number {
  return a.name < b.name ? -1 : 1;
}

/** The whole page. */
export function templateFunctionsReference(): string {
  const all = [...FUNCTIONS.values()];
  const sprig = all.filter(({ source }) => source === 'sprig').sort(byName);
  const own = all.filter(({ source }) => source === 'ESO').sort(byName);
  return `${[
    INTRODUCTION,
    '## Functions of External Secrets',
    ...own.map(section),
    '## Functions of sprig',
    ...sprig.map(section),
    '## Functions of Go',
    ...BUILTIN_FUNCTIONS.map(section),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `# Template functions

<!-- Written by npm run docs from the table of functions. Change the table, not this page. -->

Everything that a template of \`target.template\` or \`rewrite[].transform\` can call: what External Secrets Operator 2.9 has, no more and no less. How templates work is in [templates](../guides/templates.md).

A signature is Go's: the types of the arguments in their order, and of the result. A value that comes through a pipe is the last argument. \`interface {}\` takes anything, \`...\` any number of arguments, and \`error\` beside the result means that the function can fail. A literal takes the type that is asked for where it fits (\`trunc 3 .a\`); a value must have it already: a number from JSON is a \`float64\` and needs \`| int\` where an \`int\` is asked for.

_Volatile_: every call gives something else. A Secret keeps the value of such a template for as long as its inputs stay the same.`;

function section({ name, signature, summary, example, volatile }: DescribedFunction): string {
  return [
    `### ${name}`,
    `\`${signature}\``,
    `${escaped(summary)}${volatile === true ? ' _Volatile._' : ''}`,
    `\`\`\`text\n${shownExample(example)}\n\`\`\``,
  ].join('\n\n');
}

function escaped(summary: string): string {
  return summary.replace(/[*_<]/g, String.raw`\$&`);
}

function shownExample(example: FunctionExample): string {
  const data = Object.entries(example.data ?? {}).map(([key, value]) => `${key}: ${shortened(JSON.stringify(value))}`);
  const result = 'prints' in example ? shortened(example.prints) : `something like ${String(example.matches)}`;
  return [...data, shortened(example.template), `→ ${result.replace(/\n(?=.)/g, '\n  ')}`].join('\n');
}

/** Keys and certificates make long lines; what they look like is known. */
function shortened(text: string): string {
  const lines = text.split('\n').map((line) => (line.length > 160 ? `${line.slice(0, 157)}...` : line));
  return (lines.length > 12 ? [...lines.slice(0, 4), '...', ...lines.slice(-2)] : lines).join('\n');
}
