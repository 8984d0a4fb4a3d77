/** What to do about a template's problem, where the message of Go does not say it. Names only, never values. */
import type { FunctionTable } from './function-table.ts';
import type { TemplateProblem } from './template-problem.ts';
import { toUtf8Text } from './values.ts';
import { VALUE_HINTS } from './value-hints.ts';
import { BUILTINS } from './exec/builtins.ts';

export interface HintContext {
  /** The names of the data, as texts. */
  readonly keys: readonly string[];
  readonly functions: FunctionTable;
}

interface Hint {
  readonly pattern: RegExp;
  readonly give: (found: readonly string[], context: HintContext) => string | undefined;
}

/** Functions that templates elsewhere have. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  include: 'Helm has include; here use {{ template "name" . }}.',
  tpl: 'Helm has tpl; a template cannot render another one here.',
  required: 'Helm has required; here a key that is missing fails by itself.',
  lookup: 'Helm has lookup; a template sees only the fetched keys.',
  env: 'The environment is not shown to templates.',
  expandenv: 'The environment is not shown to templates.',
  getHostByName: 'Templates do not reach the network.',
  pemCertificate: 'Engine v1 had it; use filterPEM "CERTIFICATE", or pkcs12cert.',
  pemPrivateKey: 'Engine v1 had it; use filterPEM "PRIVATE KEY", or pkcs12key.',
  base64encode: 'Did you mean b64enc?',
  base64decode: 'Did you mean b64dec?',
  toBytes: 'Engine v1 had it; a text is already bytes here.',
};

const HINTS: readonly Hint[] = [
  { pattern: /function "(.+)" not defined/, give: ([name = ''], context) => forFunction(name, context) },
  { pattern: /map has no entry for key "(.+)"/, give: ([key = ''], context) => forKey(key, context) },
  {
    pattern: /bad character U\+002D '-'/,
    give: () => 'A name with a dash is read as {{ index . "the-name" }}.',
  },
  { pattern: /bad character U\+/, give: () => 'A name with this character is read as {{ index . "the name" }}.' },
  { pattern: /unclosed action/, give: () => 'An action ends with }} on both braces.' },
  { pattern: /unexpected EOF/, give: () => 'Every if, with, range, define and block needs an {{ end }}.' },
  {
    pattern: /^invalid syntax$/,
    give: () => 'Write patterns between backquotes: `\\d+`; in double quotes a backslash needs another.',
  },
  {
    pattern: /unrecognized character in action: U\+20(?:1[89]|1[cdCD])/,
    give: () => 'Use straight quotes.',
  },
  { pattern: /expected string; found \S+$/, give: () => 'Put it in quotes, or use toString.' },
  {
    pattern: /expected map\[string\]interface \{\}; got map\[string\]string/,
    give: () => 'The data themselves are texts by name: read them with {{ index . "key" }}.',
  },
  { pattern: /expected string; got (?:float64|int|int64|bool)/, give: () => 'Add | toString.' },
  { pattern: /expected int; got (?:float64|int64|string)/, give: () => 'Add | int.' },
  { pattern: /HashAlgorithm/, give: () => 'The algorithm must stand there as "bcrypt" or "sha".' },
  {
    pattern: /incompatible types for comparison: .*float64/,
    give: () => 'Numbers from JSON are floats: convert with | int, or compare with 8080.0.',
  },
  { pattern: /incompatible types for comparison/, give: () => 'Convert one of them, with toString or int.' },
  {
    pattern: /can't evaluate field (\S+) in type string/,
    give: ([field = '']) => `A value is a text; for JSON write {{ (fromJson .key).${field} }}.`,
  },
  { pattern: /range can't iterate over/, give: () => 'A value is a text; for JSON write {{ range fromJson .key }}.' },
  { pattern: /can't give argument to non-function/, give: () => 'The function comes first: {{ printf "%s" .a }}.' },
];

const WITHOUT_HINT = 'Correct the template at that place.';

/** One sentence: what most likely helps. */
export function hintFor(problem: TemplateProblem, context: HintContext): string {
  const text = toUtf8Text(problem.what);
  if (problem.phase === 'limit') return 'Make it smaller, or split it; see the limits of templates in the manual.';
  for (const { pattern, give } of HINTS) {
    const found = pattern.exec(text);
    const hint = found === null ? undefined : give(found.slice(1), context);
    if (hint !== undefined) return hint;
  }
  return VALUE_HINTS.find(({ pattern }) => pattern.test(text))?.hint ?? WITHOUT_HINT;
}

function forFunction(name: string, { keys, functions }: HintContext): string {
  const elsewhere = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  if (elsewhere !== undefined) return elsewhere;
  if (keys.includes(name)) return `The key is read as {{ .${name} }}.`;
  const dotted = keys.find((key) => key.startsWith(`${name}.`));
  if (dotted !== undefined) return `The key is read as {{ index . "${dotted}" }}.`;
  const near = nearestOf(name, [...functions.keys(), ...BUILTINS.keys()]);
  return near === undefined ? 'See the list of functions in the manual.' : `Did you mean ${near}?`;
}

function forKey(key: string, { keys }: HintContext): string | undefined {
  if (key === 'data') return 'The keys stand at the top: {{ .key }}, without .data.';
  const dotted = keys.find((candidate) => candidate.startsWith(`${key}.`) || candidate.startsWith(`${key}-`));
  if (dotted !== undefined) return `The key is read as {{ index . "${dotted}" }}.`;
  const near = nearestOf(key, keys);
  return near === undefined ? 'Only keys of data and dataFrom are known here.' : `Did you mean .${near}?`;
}

/** The name that differs least, if it differs by two letters at most. */
function nearestOf(word: string, names: readonly string[]): string | undefined {
  const sameLetters = names.find((name) => name.toLowerCase() === word.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(word, name, 2);
    if (distance <= Math.min(2, word.length - 2) && distance < (best?.distance ?? 3)) best = { name, distance };
  }
  return best?.name;
}

/** Levenshtein; more than the limit is told as one more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + Number(a[row - 1] !== b[column - 1]);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
