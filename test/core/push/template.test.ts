import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import type { TargetTemplate } from '../../../src/core/model/intent.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { PUSH_TEMPLATE, templatedData, templateToRender } from '../../../src/core/push/template.ts';
import { renderTarget } from '../../../src/core/secret-template/render-target.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const APP = { user: 'app', password: 'hunter2' };

/** The data after the template, or what is wrong with it. */
function templated(parts: Partial<TargetTemplate>, texts: Readonly<Record<string, string>> = APP): unknown {
  const template = {
    mergePolicy: 'Replace',
    labels: {},
    annotations: {},
    finalizers: [],
    data: {},
    templateFrom: [],
    ...parts,
  } as const;
  const values = new Map(Object.entries(texts).map(([key, text]) => [key, SecretValue.ofText(text)]));
  const result = renderTarget({
    template: templateToRender(template),
    values,
    source: ({ name }) => {
      const entries = new Map([['cfg', SecretValue.ofText('user={{ .user }}\n')]]);
      return name === 'tpl' ? { kind: 'found', entries } : { kind: 'absent' };
    },
    environment: TEMPLATE_ENVIRONMENT,
    isStrict: true,
    path: PUSH_TEMPLATE,
  });
  const made = templatedData(values, result);
  if ('faults' in made) return made.faults.map(({ path, what }) => `${fieldText(path)} ${messageText(what)}`);
  return Object.fromEntries([...made.data].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()]));
}

const from = (name: string): Pick<TargetTemplate, 'templateFrom'> => ({
  templateFrom: [
    {
      target: 'data',
      valuesDecodingStrategy: 'None',
      sources: [{ kind: 'ConfigMap', name, items: [{ key: 'cfg', templateAs: 'Values' }] }],
    },
  ],
});

describe('a template of a PushSecret', () => {
  it.each<readonly [string, Partial<TargetTemplate>, unknown]>([
    ['adds a key and keeps the others', { data: { dsn: 'x-{{ .user }}' } }, { ...APP, dsn: 'x-app' }],
    [
      'does so whatever mergePolicy says',
      { mergePolicy: 'Merge', data: { dsn: 'x-{{ .user }}' } },
      { ...APP, dsn: 'x-app' },
    ],
    [
      'replaces a key of its name, and sees the old value',
      { data: { password: '{{ .password | upper }}' } },
      { ...APP, password: 'HUNTER2' },
    ],
    ['reads ConfigMaps', from('tpl'), { ...APP, cfg: 'user=app\n' }],
    ['makes nothing of labels and annotations', { labels: { a: '{{ .user }}' }, annotations: { b: 'x' } }, APP],
    ['makes nothing of nothing', {}, APP],
    ['prefers data to templateFrom', { ...from('tpl'), data: { cfg: '1' } }, { ...APP, cfg: '1' }],
  ])('%s', (_name, parts, expected) => {
    expect(templated(parts)).toEqual(expected);
  });

  it.each<readonly [string, Partial<TargetTemplate>, string]>([
    ['a key that is missing', { data: { x: '{{ .nope }}' } }, 'spec.template.data.x cannot be rendered'],
    ['what is no template', { data: { x: '{{ .user ' } }, 'spec.template.data.x is no template'],
    ['a label that fails', { labels: { l: '{{ .nope }}' } }, 'spec.template.metadata.labels.l cannot be rendered'],
    [
      'a ConfigMap that is missing',
      from('nope'),
      'spec.template.templateFrom[0].configMap names ConfigMap "nope", which does not exist',
    ],
  ])('names the field of %s', (_name, parts, expected) => {
    expect(templated(parts)).toEqual([expect.stringContaining(expected)]);
  });
});
