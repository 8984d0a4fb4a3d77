import { describe, expect, it } from '@jest/globals';
import { checkTemplates } from '../../../src/core/secret-template/check-templates.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import { atOnce } from '../../builders/at-once.ts';
import { intent } from '../../builders/index.ts';

const checked = (one: PullIntent) => atOnce(checkTemplates([one]));
const warningsOf = (text: string) =>
  checked(
    intent('a', {
      target: {
        template: {
          mergePolicy: 'Replace',
          labels: {},
          annotations: {},
          finalizers: [],
          data: { url: text },
          templateFrom: [],
        },
      },
    }),
  ).map(({ code }) => code);

describe('checkTemplates', () => {
  it.each(['{{ `{{ .p }}` }}', 'a {{ "{{" }} .p {{ "}}" }}', '{{ `postgres://{{ .user }}:{{ .password }}@db` }}'])(
    'warns of a wrapping for Helm in a plain manifest: %s',
    (text) => {
      expect(warningsOf(text)).toEqual(['template-helm-escape']);
    },
  );

  it.each(['{{ .p }}', '{{ "plain" }}', 'no template', '{{ .p }} {{ "{{ .Labels.x }}" }}', '{{ printf "{{%s}}" .p }}'])(
    'says nothing of one that reads a key, or writes no braces: %s',
    (text) => {
      expect(warningsOf(text)).toEqual([]);
    },
  );

  it('warns of an annotation that is neither true nor false', () => {
    const annotations = { 'keyferry.dev/lenient-templates': 'yes' };
    expect(checked(intent('a', { annotations })).map(problemText)).toEqual([
      expect.stringContaining(
        'metadata.annotations.keyferry.dev/lenient-templates is "yes" and has no effect. Write "true" or "false", in quotes.',
      ),
    ]);
    expect(checked(intent('a', { annotations: { 'keyferry.dev/lenient-templates': 'true' } }))).toEqual([]);
  });
});
