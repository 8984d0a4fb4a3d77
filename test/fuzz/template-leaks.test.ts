/**
 * Whatever a template does with its values, its error shows none of them: neither a text nor a number, in no form.
 *
 * Random calls of all functions, with canaries as arguments in every type. FUZZ_RUNS sets how many are tried; a failure
 * prints the template.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FUNCTIONS } from '../../src/core/template/functions/index.ts';
import { BUILTINS } from '../../src/core/template/exec/builtins.ts';
import { readSignature } from '../../src/core/template/exec/signature.ts';
import { hintFor } from '../../src/core/template/hints.ts';
import { DEFAULT_LIMITS } from '../../src/core/template/limits.ts';
import { parseTemplate } from '../../src/core/template/template.ts';
import { TemplateProblem } from '../../src/core/template/template-problem.ts';
import { stringMapOf, toUtf8Text } from '../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../builders/template-environment.ts';
import { runs } from './fuzz-runs.ts';

const LIMITS = { ...DEFAULT_LIMITS, maxSteps: 5_000, maxOutput: 200_000, maxWork: 1_000_000 };

const NUMBER = 918273645546;
const DATA = {
  word: 'Xanary-Wert_7431',
  short: 'zQ7',
  digits: String(NUMBER),
  exponent: '9.18273645546e+11',
  json: `{"Xanary":${NUMBER},"deep":["Xanary-Wert_7431",{"zQ7":9.18273645546e11}]}`,
  yaml: 'Xanary: [918273645546',
  url: 'https://Xanary:zQ7@918273645546/%zz',
  pem: '-----BEGIN Xanary-----\nWGFuYXJ5\n-----END Xanary-----\n',
  time: '918273645546-01-01',
};

/** Parts of canaries, and what Go's and our printers make of them; none occurs in a template, a name or a text of Go. */
const FORMS: readonly string[] = [
  ...['Xanary', 'XANARY', 'xanary', 'yranaX', 'Wert_7431', 'zQ7', 'ZQ7', 'Xanar', 'nary-W', '7431'],
  ...['918273645', '73645546', '9.18273645', '9.18e+11', NUMBER.toString(16), NUMBER.toString(16).toUpperCase()],
  ...[NUMBER.toString(8), NUMBER.toString(2), encoded('Xanary'), encoded('zQ7'), encoded('918273645')],
  ...[Buffer.from('Xanary').toString('hex'), 'xanary'.toUpperCase(), '%58%61', '0x1.ab'],
];

function encoded(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1);
}

/** Slow by design; what they say of their arguments is tried with few runs below. */
const SLOW = new Set(['bcrypt', 'derivePassword', 'genPrivateKey', 'genCA', 'genSelfSignedCert', 'genSignedCert']);
const NAMES = [...FUNCTIONS.keys(), ...BUILTINS.keys()].filter((name) => !SLOW.has(name));

const TEXTS = Object.keys(DATA).map((key) => `.${key}`);
const ATOMS: Readonly<Record<string, readonly string[]>> = {
  string: [...TEXTS, '"a"', '(printf "%d" (int64 .digits))', '(upper .word)'],
  int: ['(int .digits)', '(len .word)', '0', '1'],
  int64: ['(int64 .digits)', '2'],
  float64: ['(float64 .exponent)', '(float64 .digits)', '1.5'],
  bool: ['true', '(eq .word "a")'],
  list: ['(list .word .digits)', '(splitList "-" .word)', '(fromJson .json).deep'],
  map: ['(dict "a" .word "b" (int64 .digits))', '(fromJson .json)', '(dict .word .short)'],
};
const ANY = [...Object.values(ATOMS).flat(), '.', 'nil', 'now', '(semver "1.2.3")'];

/** Mostly what a parameter asks for, since most errors come after the types have been checked. */
function argumentFor(type: string): fc.Arbitrary<string> {
  const kind = type.startsWith('[]') ? 'list' : type.startsWith('map') ? 'map' : type;
  const fitting = ATOMS[kind] ?? ANY;
  const anything = fc.oneof(
    fc.constantFrom(...ANY),
    call(1).map((inner) => `(${inner})`),
  );
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: anything });
}

function callOf(name: string): fc.Arbitrary<string> {
  const { params, isVariadic } = readSignature((FUNCTIONS.get(name) ?? BUILTINS.get(name))?.signature ?? '');
  const last = params.at(-1) ?? 'string';
  const more = isVariadic ? fc.array(argumentFor(last), { maxLength: 2 }) : fc.constant([]);
  const all = fc.tuple(fc.tuple(...params.map(argumentFor)), more);
  return all.map(([args, others]) => [name, ...args, ...others].join(' '));
}

function call(depth: number): fc.Arbitrary<string> {
  if (depth > 0) return fc.constantFrom('upper .word', 'printf "%v" .', 'int64 .digits', 'list .word', 'quote .short');
  return fc.constantFrom(...NAMES).chain(callOf);
}
const calls = call(0);

const shapes = fc.constantFrom<(call: string) => string>(
  (call) => `{{ ${call} }}`,
  (call) => `{{ range $i, $e := ${call} }}{{ $e }}{{ end }}`,
  (call) => `{{ range $i, $e := (${call}) }}{{ index $e $i }}{{ end }}`,
  (call) => `{{ if eq (${call}) .word }}{{ end }}`,
  (call) => `{{ index . (${call}) }}`,
  (call) => `{{ fail (print (${call})) }}`,
  (call) => `{{ (${call}).Wrong }}`,
  (call) => `{{ ${call} | call }}`,
  (call) => `{{ range (${call}) }}{{ index .word . }}{{ end }}`,
);

function shownOf(text: string, isSecret: boolean): string {
  const parsed = parseTemplate('key', text, FUNCTIONS);
  const options = { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error', limits: LIMITS, isStrict: true } as const;
  const result =
    parsed instanceof TemplateProblem ? parsed : parsed.execute(stringMapOf(Object.entries(DATA)), options);
  if (!(result instanceof TemplateProblem)) return '';
  const problem = isSecret ? result.withoutSource() : result;
  const hint = hintFor(problem, { keys: Object.keys(DATA), functions: FUNCTIONS });
  return toUtf8Text(`${problem.message}\n${problem.what}\n${hint}`);
}

describe('an error of any template', () => {
  it('shows no value, no part of one, and no form of a number', () => {
    fc.assert(
      fc.property(calls, shapes, (call, shape) => {
        const shown = shownOf(shape(call), false);
        expect(FORMS.filter((form) => shown.includes(form))).toEqual([]);
      }),
      runs(1),
    );
  });

  it('shows nothing that stands in a template which is secret itself', () => {
    const pieces = [
      'Xanary',
      '"Xanary"',
      '.Xanary',
      '$Xanary',
      '`Xanary`',
      "'Xanary'",
      '7431x',
      'define "Xanary"',
      '}}',
    ];
    const words = [...pieces, ...NAMES, '|', '(', ')', 'if', 'end', 'range', 'template "Xanary"', '.word', '{{', ':='];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (parts) => {
        const shown = shownOf(`{{ ${parts.join(' ')} }}`, true);
        expect(['Xanary', '7431', 'XANARY'].filter((form) => shown.includes(form))).toEqual([]);
      }),
      runs(1 / 4),
    );
  });
});
