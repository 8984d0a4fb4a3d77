import { describe, expect, it } from '@jest/globals';
import { declare, type FunctionTable } from '../../../src/core/template/function-table.ts';
import type { ExecuteOptions, Template } from '../../../src/core/template/template.ts';
import { parseTemplate } from '../../../src/core/template/template.ts';
import { TemplateProblem } from '../../../src/core/template/template-problem.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/core/template/limits.ts';
import { fromUtf8, goError, stringMapOf, toUtf8Text } from '../../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

/** Functions of this test alone: the language must do without any that it is not given. */
const FUNCTIONS: FunctionTable = new Map(
  [
    declare({
      name: 'shout',
      signature: 'func(string) string',
      source: 'sprig',
      summary: 'Makes letters large.',
      example: { template: '{{ shout "a" }}', prints: 'A' },
      call: (_runtime, text) => text.toUpperCase(),
    }),
    declare({
      name: 'refuse',
      signature: 'func(string) (string, error)',
      source: 'sprig',
      summary: 'Fails with its argument.',
      example: { template: '{{ refuse "a" }}', prints: '' },
      call: (_runtime, text) => {
        throw goError`no: ${text}`;
      },
    }),
    declare({
      name: 'dice',
      signature: 'func() int',
      source: 'sprig',
      volatile: true,
      summary: 'A number that nobody can foresee.',
      example: { template: '{{ dice }}', matches: /[0-9]/ },
      call: () => 4n,
    }),
  ].map((entry) => [entry.name, entry]),
);

function parsed(text: string): Template {
  const template = parseTemplate('key', fromUtf8(text), FUNCTIONS);
  if (template instanceof TemplateProblem) throw new Error(template.message);
  return template;
}

interface Given {
  readonly data?: Readonly<Record<string, string>>;
  readonly missingKey?: ExecuteOptions['missingKey'];
  readonly limits?: Partial<Limits>;
}

/** The text that a template gives, or its problem. */
function render(text: string, { data = {}, missingKey = 'error', limits = {} }: Given = {}): string | TemplateProblem {
  const template = parseTemplate('key', fromUtf8(text), FUNCTIONS);
  if (template instanceof TemplateProblem) return template;
  const values = stringMapOf(Object.entries(data).map(([key, value]) => [fromUtf8(key), fromUtf8(value)]));
  const options = { environment: TEMPLATE_ENVIRONMENT, missingKey, limits: { ...DEFAULT_LIMITS, ...limits } };
  const result = template.execute(values, options);
  return typeof result === 'string' ? toUtf8Text(result) : result;
}

function messageOf(result: string | TemplateProblem): string {
  return result instanceof TemplateProblem ? toUtf8Text(result.message) : `rendered ${result}`;
}

describe('parseTemplate', () => {
  it('gives a template that can be executed any number of times, each time with its own data', () => {
    const template = parsed('{{ $x := .a }}{{ $x }}');
    const options = { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' } as const;
    const results = ['1', '2', '1'].map((value) => template.execute(stringMapOf([['a', value]]), options));
    expect(results).toEqual(['1', '2', '1']);
  });

  it('names the line of a fault, and where the action began if that was earlier', () => {
    expect(messageOf(render('one\n{{ .a\n .b-c }}'))).toBe(
      "template: key:3: bad character U+002D '-' in action started at key:2",
    );
  });

  it('knows no function that it was not given', () => {
    expect(messageOf(render('{{ upper "a" }}'))).toBe('template: key:1: function "upper" not defined');
  });

  it.each([
    ['{{ dice }}', true],
    ['{{ if false }}{{ print (dice) }}{{ end }}', true],
    ['{{ define "t" }}{{ dice | print }}{{ end }}', true],
    ['{{ shout "a" }}', false],
  ])('tells of %s whether another run may give something else: %s', (text, isVolatile) => {
    expect(parsed(text).isVolatile).toBe(isVolatile);
  });

  it('can use other delimiters', () => {
    const template = parseTemplate('key', '<% .a %> {{ .a }}', FUNCTIONS, { left: '<%', right: '%>' });
    if (template instanceof TemplateProblem) throw new Error(template.message);
    const options = { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' } as const;
    expect(template.execute(stringMapOf([['a', 'x']]), options)).toBe('x {{ .a }}');
  });
});

describe('a template', () => {
  it('sees bytes, so that a text that is no UTF-8 comes out as it went in', () => {
    const template = parsed('{{ .a }}{{ len .a }}');
    const options = { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' } as const;
    expect(template.execute(stringMapOf([['a', '\xff\x00\xc3']]), options)).toBe('\xff\x00\xc33');
  });

  it('fails for a key that is missing, or prints <no value>, as asked', () => {
    expect(messageOf(render('{{ .a }}'))).toBe(
      'template: key:1:3: executing "key" at <.a>: map has no entry for key "a"',
    );
    expect(render('{{ .a }}', { missingKey: 'invalid' })).toBe('<no value>');
  });

  it('has no way to the prototypes of JavaScript', () => {
    expect(
      ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map((key) => messageOf(render(`{{ .${key} }}`))),
    ).toEqual(
      ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map(
        (key) => `template: key:1:3: executing "key" at <.${key}>: map has no entry for key "${key}"`,
      ),
    );
  });

  it('ends templates that call each other without end where Go does, and not at the end of the stack', () => {
    const endless = render('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}');
    expect(messageOf(endless)).toBe(
      'template: key:1:28: executing "r" at <{{template "r" .}}>: exceeded maximum template depth (100000)',
    );
  });
});

describe('an error of a template', () => {
  it('hides the values that a function was given, and shows what the author wrote', () => {
    const data = { secret: 'hunter2-and-more' };
    expect(messageOf(render('{{ refuse .secret }}', { data }))).toBe(
      'template: key:1:3: executing "key" at <refuse .secret>: error calling refuse: no: [redacted]',
    );
    expect(messageOf(render('{{ refuse "in plain words" }}', { data }))).toBe(
      'template: key:1:3: executing "key" at <refuse "in plain words">: error calling refuse: no: in plain words',
    );
  });

  it('hides a value that came through a pipe, or through another function', () => {
    const data = { secret: 'hunter2-and-more' };
    const texts = ['{{ .secret | refuse }}', '{{ refuse (shout .secret) }}', '{{ refuse (print "x" .secret) }}'];
    for (const text of texts) {
      expect(messageOf(render(text, { data })).toLowerCase()).not.toContain('hunter2');
    }
  });

  it('hides a value that cannot be walked over', () => {
    expect(messageOf(render('{{ range .secret }}{{ end }}', { data: { secret: 'hunter2' } }))).toBe(
      `template: key:1:9: executing "key" at <.secret>: range can't iterate over [redacted]`,
    );
  });

  it('keeps the exact text for who asks for it', () => {
    const result = render('{{ range .secret }}{{ end }}', { data: { secret: 'hunter2' } });
    expect(result instanceof TemplateProblem && result.revealMessage()).toBe(
      `template: key:1:9: executing "key" at <.secret>: range can't iterate over hunter2`,
    );
  });
});

describe('the limits of a render', () => {
  it('end one that reads a large text over and over', () => {
    const result = render('{{ range 100000 }}{{ $x := len $.a }}{{ end }}', { data: { a: 'x'.repeat(10_000) } });
    expect(messageOf(result)).toBe('template: key: its functions work on more than 67108864 bytes');
  });

  it.each<[string, string, Partial<Limits>, string]>([
    ['steps', '{{ range 1000000000 }}{{ end }}', {}, 'it takes more than 1000000 steps'],
    ['output', '{{ range 100 }}0123456789{{ end }}', { maxOutput: 500 }, 'its output exceeds 500 bytes'],
    [
      'work',
      '{{ $x := "ab" }}{{ range 40 }}{{ $x = print $x $x }}{{ end }}',
      {},
      'its functions work on more than 67108864 bytes',
    ],
    [
      'padding',
      '{{ range 1000 }}{{ $x := printf "%999999d" 1 }}{{ end }}',
      {},
      'its functions work on more than 67108864 bytes',
    ],
  ])('end one that has too much %s', (_name, text, limits, what) => {
    const result = render(text, { limits });
    expect(result instanceof TemplateProblem && [result.phase, result.message]).toEqual([
      'limit',
      `template: key: ${what}`,
    ]);
  });

  it('end a text that is nested without end', () => {
    expect(messageOf(render(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`))).toBe(
      'template: key:1: max expression depth exceeded',
    );
    expect(messageOf(render('{{ if true }}'.repeat(5000)))).toBe(
      'template: key: more than 1000 control structures inside each other',
    );
  });
});
