/**
 * The ways on which values have reached the statuses and events of operators: an error says what failed and where, and
 * no value, in none of its forms.
 */
import { describe, expect, it } from '@jest/globals';
import { messageText, say } from '../../../src/core/model/message.ts';
import type { TargetTemplate, TemplateFrom } from '../../../src/core/model/intent.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { SourceContent } from '../../../src/core/secret-template/content.ts';
import { renderTarget } from '../../../src/core/secret-template/render-target.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const DATA = {
  word: 'hunter2-and-more',
  short: 'zQ7',
  num: '918273645546',
  exp: '9.18273645546e+11',
  pin: '{"pin":918273645,"deep":{"word":"hunter2-and-more"}}',
  yaml: 'a: [hunter2-and-more',
};
const CANARIES = ['hunter2', 'and-more', 'zQ7', '918273645', '9.18273645', '73645546', 'aHVudGVyMi'];

type Given = Partial<Pick<TargetTemplate, 'data' | 'templateFrom' | 'labels'>>;

function problemsOf(template: Given, source: SourceContent = { kind: 'absent' }): readonly string[] {
  const whole = { mergePolicy: 'Replace', labels: {}, annotations: {}, finalizers: [], data: {}, templateFrom: [] };
  const result = renderTarget({
    template: { ...(whole as TargetTemplate), ...template },
    values: new Map(Object.entries(DATA).map(([key, text]) => [key, SecretValue.ofText(text)])),
    source: () => source,
    environment: TEMPLATE_ENVIRONMENT,
    isStrict: true,
  });
  if (result.kind !== 'refused') throw new Error('it was rendered');
  return result.findings.map(({ problem }) => messageText(say`${problem.what}. ${problem.fix}`));
}

function problemOf(text: string): string {
  return problemsOf({ data: { key: text } }).join('\n');
}

function sourceOf(kind: TemplateFrom['sources'][number]['kind'], templateAs: 'Values' | 'KeysAndValues'): TemplateFrom {
  const sources = [{ kind, name: 's', items: [{ key: 'item', templateAs }] }];
  return { target: 'data', valuesDecodingStrategy: 'None', sources };
}

function found(text: string): SourceContent {
  return { kind: 'found', entries: new Map([['item', SecretValue.ofText(text)]]) };
}

const SHOWN = (what: string): unknown => expect.stringContaining(what);

describe('an error of a template', () => {
  it.each([
    ['{{ range $i, $e := (int64 .num) }}{{ end }}', `can't use [redacted] to iterate over more than one variable`],
    [
      '{{ if eq (fromJson .pin) (list 1) }}{{ end }}',
      'non-comparable types [redacted]: map[string]interface {}, []interface {}: [redacted]',
    ],
    ['{{ index .pin (int64 .num) }}', 'index out of range: [redacted]'],
    ['{{ substr 0 (int .num) .word | substr (int .num) 5 }}', 'slice bounds out of range [[redacted]:5]'],
    ['{{ range (float64 .exp) }}{{ end }}', `range can't iterate over [redacted]`],
    ['{{ mustToDate "2006" .short }}', 'parsing time [redacted] as'],
    ['{{ mustRegexMatch .word (print "(" .word) }}{{ mustRegexFind (print "(" .word) .word }}', 'missing closing )'],
    ['{{ fromJson .pin | mustToJson | mustFromJson | list | index 1 }}', 'index'],
    ['{{ mustFromJson .word }}', 'invalid character [redacted] looking for beginning of value'],
    ['{{ urlParse (print .word "%zz://") }}', 'unable to parse url'],
    ['{{ semver .word }}', 'invalid semantic version'],
    ['{{ genPrivateKey "ed25519" | printf "%s%s" .word | decryptAES .word }}', 'illegal base64 data'],
  ])('shows no part of a value: %s', (text, words) => {
    const problem = problemOf(text);
    expect(problem).toContain(words);
    expect(CANARIES.filter((canary) => problem.includes(canary))).toEqual([]);
  });
});

describe('the ways on which values have reached events', () => {
  it('fail, with a value in its text: nothing of it is shown, and a text of the template is', () => {
    expect(problemOf('{{ fail (printf "password %s is too short" .word) }}')).toBe(
      'cannot be rendered: template: key:1:3: executing "key" at <fail (printf "password %s is too short" .word)>: error calling fail: [redacted]. Correct the value; the template refuses this one by itself.',
    );
    expect(problemOf('{{ if .word }}{{ fail "word is not allowed" }}{{ end }}')).toContain(
      'error calling fail: word is not allowed. ',
    );
  });

  it('printf, whatever its verb makes of a number or a text', () => {
    for (const verb of ['%v', '%d', '%x', '%e', '%q', '%#v', '%08.3f', '%c', '%!']) {
      const problem = problemOf(`{{ fail (printf "${verb} ${verb}" (int64 .num) .word) }}`);
      expect(problem).toContain('error calling fail: [redacted]. ');
    }
  });

  it('the text of a template taken for its name: a literal is called literal', () => {
    const literal = `key: "{{ fail .word }}" # ${DATA.word}`;
    const from = { target: 'data', valuesDecodingStrategy: 'None', sources: [], literal } as const;
    expect(problemsOf({ templateFrom: [from] })).toEqual([
      'cannot be rendered: template: literal:1:9: executing "literal" at <fail .word>: error calling fail: [redacted]. Correct the value; the template refuses this one by itself.',
    ]);
  });

  it('a template of a ConfigMap rendered twice: what was rendered is no template any more', () => {
    const source = found('{{ printf "{{ .nope %s" .word }}: {{ "{{" }} {{ .word }}');
    const problems = problemsOf(
      { templateFrom: [sourceOf('ConfigMap', 'KeysAndValues')], data: { x: '{{ .no }}' } },
      source,
    );
    expect(problems.join('\n')).toContain('map has no entry for key "no"');
    expect(problems.join('\n')).not.toContain('hunter2');
  });

  it('rendered YAML that is none, quoted by who reads it', () => {
    expect(problemsOf({ templateFrom: [sourceOf('ConfigMap', 'KeysAndValues')] }, found('{{ .yaml }}'))).toEqual([
      SHOWN('renders to a text that is no YAML of keys and texts: error converting YAML to JSON: yaml: '),
    ]);
    const [problem = ''] = problemsOf(
      { templateFrom: [sourceOf('ConfigMap', 'KeysAndValues')] },
      found('- {{ .num }}'),
    );
    expect(CANARIES.filter((canary) => problem.includes(canary))).toEqual([]);
  });

  it.each([
    '{{ "s3cr3t" | nope3 }}',
    '{{ .s3cr3t }}',
    '{{ fail "s3cr3t" }}',
    '{{ if }}s3cr3t',
    '{{ s3cr3t.x }}',
    '{{ 12s3cr3t }}',
  ])('the text of a template that came out of a Secret: %s', (text) => {
    const [problem = ''] = problemsOf({ templateFrom: [sourceOf('Secret', 'Values')] }, found(text));
    expect(problem).toContain('template: item:1');
    expect(problem).not.toMatch(/s3cr3t|nope3/);
  });

  it('a value in the place of a key, a type, a unit or a layout', () => {
    for (const text of ['{{ dig (int64 .num) "x" (dict) }}', '{{ mustToDate .word .num }}', '{{ get .word "a" }}']) {
      const problem = problemOf(text);
      expect(CANARIES.filter((canary) => problem.includes(canary))).toEqual([]);
    }
  });
});
