import { describe, expect, it } from '@jest/globals';
import { messageText, say } from '../../../src/core/model/message.ts';
import type { TargetTemplate, TemplateFrom } from '../../../src/core/model/intent.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { RenderResult, SourceContent } from '../../../src/core/secret-template/content.ts';
import { renderTarget } from '../../../src/core/secret-template/render-target.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const NOTHING: TargetTemplate = {
  mergePolicy: 'Replace',
  labels: {},
  annotations: {},
  finalizers: [],
  data: {},
  templateFrom: [],
};

const values = (texts: Readonly<Record<string, string>>) =>
  new Map(Object.entries(texts).map(([key, text]) => [key, SecretValue.ofText(text)]));

function from(parts: Partial<TemplateFrom>): TemplateFrom {
  return { target: 'data', valuesDecodingStrategy: 'None', sources: [], ...parts };
}

function configMap(name: string, ...keys: readonly string[]): TemplateFrom {
  const items = keys.map((key) => ({ key, templateAs: 'Values' as const }));
  return from({ sources: [{ kind: 'ConfigMap', name, items }] });
}

interface Given {
  readonly data?: Readonly<Record<string, string>>;
  readonly source?: SourceContent;
}

const DATA = { user: 'app', password: 'hunter2-long' };

function render(template: Partial<TargetTemplate>, { data = DATA, source = { kind: 'absent' } }: Given = {}) {
  return renderTarget({
    template: { ...NOTHING, ...template },
    values: values(data),
    source: () => source,
    environment: TEMPLATE_ENVIRONMENT,
    isStrict: true,
  });
}

function textsOf(result: RenderResult): Readonly<Record<string, string>> {
  if (result.kind !== 'rendered')
    throw new Error(result.findings.map(({ problem }) => messageText(problem.what)).join('\n'));
  return Object.fromEntries(
    [...result.content.data].map(([key, { value }]) => [key, Buffer.from(value.reveal()).toString()]),
  );
}

function problemsOf(result: RenderResult): readonly string[] {
  if (result.kind !== 'refused') throw new Error('it was rendered');
  return result.findings.map(({ path, problem }) =>
    messageText(say`${fieldText(path)} ${problem.what}. ${problem.fix}`),
  );
}

describe('renderTarget', () => {
  it('gives what was fetched when the template makes no data of its own', () => {
    expect(textsOf(render({ type: 'Opaque', labels: { a: 'b' } }))).toEqual(DATA);
  });

  it('leaves out what was fetched as soon as there is a key, and keeps it with mergePolicy Merge', () => {
    const data = { url: '{{ .user }}@db', user: 'is {{ .user }}' };
    expect(textsOf(render({ data }))).toEqual({ url: 'app@db', user: 'is app' });
    expect(textsOf(render({ data, mergePolicy: 'Merge' }))).toEqual({ ...DATA, url: 'app@db', user: 'is app' });
  });

  it('lets later sources win over earlier ones, and data over all', () => {
    const source: SourceContent = { kind: 'found', entries: values({ a: 'map', b: 'map', c: 'map' }) };
    const templateFrom = [configMap('m', 'a', 'b', 'c'), from({ literal: 'b: literal\nc: literal' })];
    expect(textsOf(render({ templateFrom, data: { c: 'data' } }, { source }))).toEqual({
      a: 'map',
      b: 'literal',
      c: 'data',
    });
  });

  it('puts labels and annotations where they belong, those of metadata over those of templateFrom', () => {
    const result = render({
      labels: { a: '{{ .user }}' },
      annotations: { n: 'x' },
      templateFrom: [
        from({ target: 'labels', literal: 'a: weak\nb: kept' }),
        from({ target: 'annotations', literal: 'm: yy' }),
      ],
    });
    if (result.kind !== 'rendered') throw new Error('it was refused');
    const { data, labels, annotations } = result.content;
    expect([data.size, texts(labels), texts(annotations)]).toEqual([0, { a: 'app', b: 'kept' }, { m: 'yy', n: 'x' }]);
  });

  it('says all that is wrong, each with its field', () => {
    const result = render({
      data: { a: '{{ .nope }}', b: '{{ b64Dec .user }}' },
      templateFrom: [configMap('absent', 'x'), from({ literal: 'just a text' })],
    });
    expect(problemsOf(result)).toEqual([
      'spec.target.template.templateFrom[0].configMap names ConfigMap "absent", which does not exist in this namespace. Create it, or correct the name.',
      expect.stringMatching(
        /^spec\.target\.template\.templateFrom\[1\]\.literal renders to a text that is no YAML of keys and texts: /,
      ),
      'spec.target.template.data.a cannot be rendered: template: a:1:3: executing "a" at <.nope>: map has no entry for key "nope". Only keys of data and dataFrom are known here.',
      'spec.target.template.data.b is no template: template: b:1: function "b64Dec" not defined. Did you mean b64dec?',
    ]);
  });

  it('names a key that a ConfigMap has not, and one whose value is not known', () => {
    const found: SourceContent = { kind: 'found', entries: values({ b: 'x' }) };
    expect(problemsOf(render({ templateFrom: [configMap('m', 'a')] }, { source: found }))).toEqual([
      'spec.target.template.templateFrom[0].configMap.items[0].key is "a", which ConfigMap "m" does not have. Correct the key.',
    ]);
    const redacted: SourceContent = {
      kind: 'found',
      entries: new Map([['a', SecretValue.fingerprint(() => false)]]),
    };
    expect(problemsOf(render({ templateFrom: [configMap('m', 'a')] }, { source: redacted }))).toEqual([
      'spec.target.template.templateFrom[0].configMap.items[0].key is "a" of ConfigMap "m", whose value was redacted in this folder. Run with --show-values, or put the template into a ConfigMap.',
    ]);
  });

  it('decodes rendered values where it is told to, and never says what could not be decoded', () => {
    const literal = 'a: {{ .user | b64enc }}';
    expect(textsOf(render({ templateFrom: [from({ literal, valuesDecodingStrategy: 'Base64' })] }))).toEqual({
      a: 'app',
    });
    const [problem] = problemsOf(
      render({ templateFrom: [from({ literal: 'a: {{ .password }}', valuesDecodingStrategy: 'Base64' })] }),
    );
    expect(problem).toContain('cannot decode the value rendered for "a" as Base64: ');
    expect(problem).not.toContain('hunter2');
  });

  it('shows nothing of a template that came out of a Secret', () => {
    const text = '{{ if true }}s3cr3t-in-template{{ end }}{{ fail "also-s3cr3t" }}';
    const templateFrom = [
      from({ sources: [{ kind: 'Secret', name: 's', items: [{ key: 'a', templateAs: 'Values' }] }] }),
    ];
    const [problem = ''] = problemsOf(
      render({ templateFrom }, { source: { kind: 'found', entries: values({ a: text }) } }),
    );
    expect(problem).toContain('cannot be rendered: template: a:1:');
    expect(problem).not.toContain('s3cr3t');
  });
});

function texts(parts: ReadonlyMap<string, { readonly value: string }>): Readonly<Record<string, string>> {
  return Object.fromEntries([...parts].map(([key, { value }]) => [key, value]));
}

describe('the mark of a template', () => {
  const RANDOM = { data: { a: '{{ uuidv4 }}', b: '{{ .user }}' } };

  function markOf(template: Partial<TargetTemplate>, data = DATA): string | undefined {
    const result = render(template, { data });
    return result.kind === 'rendered' ? result.content.mark : undefined;
  }

  it('is made only where something is random or of the time, and says which part', () => {
    expect(markOf({ data: { b: '{{ .user }}' } })).toBeUndefined();
    const result = render(RANDOM);
    if (result.kind !== 'rendered') throw new Error('it was refused');
    expect([...result.content.data].map(([key, { isVolatile }]) => [key, isVolatile])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('is the same for the same inputs, whatever comes out', () => {
    expect(markOf(RANDOM)).toBe(markOf(RANDOM));
    expect(markOf(RANDOM)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('changes with a value, with a text and with the template', () => {
    const marks = [
      markOf(RANDOM),
      markOf(RANDOM, { ...DATA, user: 'other' }),
      markOf({ data: { ...RANDOM.data, b: '{{ .user }}!' } }),
      markOf({ ...RANDOM, mergePolicy: 'Merge' }),
    ];
    expect(new Set(marks).size).toBe(4);
  });
});
