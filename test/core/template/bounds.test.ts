/**
 * Templates that would run without end, or for long, meet a limit; each in one uninterrupted piece of work. What is
 * asserted is the limit and not the time, which belongs to the machine; a bound on processor time is a wide one.
 */
import { describe, expect, it } from '@jest/globals';
import { FUNCTIONS } from '../../../src/core/template/functions/index.ts';
import type { KeyPairRequest } from '../../../src/core/template/runtime.ts';
import { DEFAULT_LIMITS } from '../../../src/core/template/limits.ts';
import { parseTemplate } from '../../../src/core/template/template.ts';
import { TemplateProblem } from '../../../src/core/template/template-problem.ts';
import { stringMapOf } from '../../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

/** A thirty-second part of what a render may use, so that many can be tried: what ends there ends at the whole. */
const LIMITS = { ...DEFAULT_LIMITS, maxWork: DEFAULT_LIMITS.maxWork / 32 };
/** Far over what was measured on a quiet machine, some fifty milliseconds for each: what has no limit takes minutes. */
const MOST_CPU_MS = 10_000;

const MB = 1024 * 1024;
const DATA = {
  text: 'ab cd-Ef_gh\n'.repeat(MB / 12),
  digits: '7'.repeat(MB),
  letters: 'a'.repeat(MB),
  json: `[${'1,'.repeat(MB / 2)}1]`,
  yaml: 'a: b\n'.repeat(MB / 5),
  pattern: '1.2.'.repeat(5_000),
};

/** What takes long to make is not made here: what is counted is that it was asked for. */
function smallest(request: KeyPairRequest): KeyPairRequest {
  if (request.type === 'dsa') return { type: 'dsa', bits: 1024, divisorBits: 160 };
  return request.type === 'rsa' ? { type: 'rsa', bits: 2048 } : request;
}

function outcome(text: string, limits = LIMITS, environment = TEMPLATE_ENVIRONMENT): string {
  const before = process.cpuUsage();
  const template = parseTemplate('key', text, FUNCTIONS);
  const options = { environment, missingKey: 'error', isStrict: true, limits } as const;
  const result =
    template instanceof TemplateProblem ? template : template.execute(stringMapOf(Object.entries(DATA)), options);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST_CPU_MS);
  return result instanceof TemplateProblem ? `${result.phase}: ${result.what}` : 'rendered';
}

const WORK = `limit: its functions work on more than ${LIMITS.maxWork} bytes`;

describe('values that are shared many times over', () => {
  const list = (rounds: number, name = '$l') =>
    `{{ range until ${rounds} }}{{ ${name} = list ${name} ${name} }}{{ end }}`;
  const dict = '{{ $d := dict }}{{ range until 40 }}{{ $d = dict "a" $d "b" $d }}{{ end }}';

  it.each([
    `{{ $l := list 1 }}${list(40)}{{ deepCopy $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ $l }}`,
    `{{ $l := list 1 }}${list(40)}{{ printf "%v" $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ printf "%#v" $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ toString $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ join "," $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ quote $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ cat $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ sortAlpha $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ html $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ toJson $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ toPrettyJson $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ toYaml $l | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ eq $l (dict) }}`,
    `{{ $l := list 1 }}${list(40)}{{ dict $l 1 | len }}`,
    `{{ $l := list 1 }}${list(40)}{{ genSelfSignedCert "a" $l nil 1 }}`,
    `{{ $l := list 1 }}{{ $m := list 1 }}${list(40)}${list(40, '$m')}{{ deepEqual $l $m }}`,
    `{{ $l := list 1 }}{{ $m := list 1 }}${list(40)}${list(40, '$m')}{{ has $l (list $m) }}`,
    `{{ $l := list 1 }}{{ $m := list 1 }}${list(40)}${list(40, '$m')}{{ uniq (list $l $m) | len }}`,
    `{{ $l := list 1 }}{{ $m := list 1 }}${list(40)}${list(40, '$m')}{{ without (list $l) $m | len }}`,
    `${dict}{{ deepCopy $d | len }}`,
    `${dict}{{ $d | toString | len }}`,
    `${dict}{{ $e := deepCopy (dict) }}{{ merge $d (deepCopy $d) | len }}`,
    '{{ $d := dict "k" "v" }}{{ $e := dict "k" "v" }}{{ range until 40 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ merge $d $e | len }}',
    '{{ $d := dict "k" "v" }}{{ $e := dict "k" "v" }}{{ range until 40 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ mergeOverwrite $d $e | len }}',
  ])('end the render that walks them: %s', (text) => {
    expect(outcome(text)).toBe(WORK);
  });

  it('cost nothing where they are only handed on', () => {
    expect(outcome(`{{ $l := list 1 }}${list(60)}{{ deepEqual $l $l }}{{ len $l }}{{ first $l | len }}`)).toBe(
      'rendered',
    );
  });
});

describe('functions that are slow', () => {
  it.each([
    '{{ range 2000 }}{{ $x := bcrypt "p" }}{{ end }}',
    '{{ range 2000 }}{{ $x := htpasswd "u" "p" "bcrypt" }}{{ end }}',
    '{{ range 2000 }}{{ $x := derivePassword 1 "long" "p" "u" "s" }}{{ end }}',
    '{{ shuffle (repeat 10 .text) | len }}',
    '{{ randAlphaNum 5000000 | len }}',
    '{{ range 1000 }}{{ $x := atoi $.digits }}{{ end }}',
    '{{ range 1000 }}{{ $x := int $.digits }}{{ end }}',
    '{{ range 1000 }}{{ $x := printf "%s" $.text }}{{ end }}',
    '{{ range 1000 }}{{ $x := printf "%q" $.text }}{{ end }}',
    '{{ range 1000 }}{{ $x := printf "%x" $.text }}{{ end }}',
    '{{ range 1000 }}{{ $x := upper $.text }}{{ end }}',
    '{{ snakecase .letters | len }}{{ kebabcase .text | len }}',
    '{{ range 1000 }}{{ $x := fromJson $.json }}{{ end }}',
    '{{ $x := fromYaml .yaml }}',
    '{{ range 1000 }}{{ $x := sha256sum $.text }}{{ end }}',
    '{{ range 100000 }}{{ $x := contains "zz" $.text }}{{ end }}',
    '{{ regexMatch .pattern .text }}',
    '{{ regexReplaceAll "a.*z|a" .letters "b" | len }}',
    '{{ regexFindAll "(a?){200}" .letters -1 | len }}',
    '{{ range 1000 }}{{ $x := regexMatch "[a-z]+[0-9]" $.text }}{{ end }}',
    '{{ semverCompare .digits "1.2.3" }}',
    '{{ until 1000000 | len }}',
    '{{ splitList "" .text | sortAlpha | uniq | len }}',
    '{{ $l := list }}{{ range until 100000 }}{{ $l = append $l . }}{{ end }}{{ len $l }}',
    '{{ $x := "ab" }}{{ range 40 }}{{ $x = print $x $x }}{{ end }}',
    '{{ $x := .text }}{{ range 1000 }}{{ $x = indent 100 $x }}{{ end }}',
  ])('end the render that calls them too often, or on too much: %s', (text) => {
    expect(outcome(text)).toBe(WORK);
  });

  it('end one that makes key after key', () => {
    expect(outcome('{{ range 200 }}{{ $x := genPrivateKey "ecdsa" }}{{ end }}')).toBe(WORK);
  });

  it.each([
    ['two RSA keys of 4,096 bits', '{{ $a := genPrivateKey "rsa" }}{{ $b := genPrivateKey "rsa" }}', 1],
    ['two DSA keys', '{{ $a := genPrivateKey "dsa" }}{{ $b := genPrivateKey "dsa" }}', 1],
    ['a dozen authorities', '{{ range 12 }}{{ $x := genCA "a" 1 }}{{ end }}', 11],
    ['a dozen certificates', '{{ range 12 }}{{ $x := genSelfSignedCert "a" nil nil 1 }}{{ end }}', 11],
    [
      'one of 4,096 bits and six certificates',
      '{{ $a := genPrivateKey "rsa" }}{{ range 6 }}{{ $x := genSelfSignedCert "a" nil nil 1 }}{{ end }}',
      6,
    ],
  ])('end one that asks for %s, before the key is made that is too much', (_what, text, made) => {
    let keys = 0;
    const known = new Map<string, Uint8Array>();
    const generatePrivateKey = (request: KeyPairRequest): Uint8Array => {
      keys += 1;
      const key = known.get(request.type) ?? TEMPLATE_ENVIRONMENT.generatePrivateKey(smallest(request));
      known.set(request.type, key);
      return key;
    };
    const environment = { ...TEMPLATE_ENVIRONMENT, generatePrivateKey };
    expect(outcome(text, DEFAULT_LIMITS, environment)).toBe(
      `limit: its functions work on more than ${DEFAULT_LIMITS.maxWork} bytes`,
    );
    expect(keys).toBe(made);
  });

  it('are there for what a Secret needs of them', () => {
    expect(
      outcome('{{ htpasswd "a" "p" "bcrypt" }}{{ htpasswd "b" "p" "bcrypt" }}{{ bcrypt "x" }}', DEFAULT_LIMITS),
    ).toBe('rendered');
    expect(
      outcome('{{ derivePassword 1 "long" "p" "u" "s" }}{{ randAlphaNum 10000 }}{{ shuffle "abc" }}', DEFAULT_LIMITS),
    ).toBe('rendered');
    expect(outcome('{{ $x := .json | fromJson }}{{ len $x }}{{ .text | b64enc | b64dec | len }}', DEFAULT_LIMITS)).toBe(
      'rendered',
    );
    expect(
      outcome(
        String.raw`{{ regexReplaceAll "\\s+" .text " " | len }}{{ .text | replace "\n" "" | len }}`,
        DEFAULT_LIMITS,
      ),
    ).toBe('rendered');
  });
});

describe('the text of a template', () => {
  it.each([
    ['has many parts', '{{ 1 }}'.repeat(100_000), 'limit: its text has too many parts'],
    ['is long', 'x'.repeat(2 * MB + 1), `limit: its text exceeds ${2 * MB} bytes`],
    [
      'declares many variables',
      Array.from({ length: 12_000 }, (_, index) => `{{ $a${index} := 1 }}`).join('') + '{{ $a0 }}'.repeat(12_000),
      WORK,
    ],
    ['has a list of many arguments', `{{ list ${'1 '.repeat(90_000)} | len }}`, 'rendered'],
  ])('that %s is parsed in bounded time', (_what, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it('loops and calls up to a number of steps', () => {
    expect(outcome('{{ range 100000000 }}{{ end }}')).toBe('limit: it takes more than 1000000 steps');
    expect(outcome('{{ define "a" }}x{{ end }}{{ range 100000000 }}{{ template "a" . }}{{ end }}')).toBe(
      'limit: it takes more than 1000000 steps',
    );
    const failing = '{{ range 300000 }}{{ if fromJson "x" }}{{ end }}{{ end }}' + ' '.repeat(MB);
    expect(outcome(failing)).toMatch(/^limit: /);
  });

  it('looks for its variables among many', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `{{ $a${index} := 1 }}`).join('');
    expect(outcome(`${many}{{ range 30000 }}{{ $x := $a0 }}{{ end }}`)).toBe(WORK);
  });
});
