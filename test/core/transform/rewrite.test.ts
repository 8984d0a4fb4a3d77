import { describe, expect, it } from '@jest/globals';
import { messageText, say } from '../../../src/core/model/message.ts';
import type { RewriteMerge, RewriteOperation } from '../../../src/core/model/intent.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { rewrite } from '../../../src/core/transform/rewrite.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const MERGE: RewriteMerge = {
  kind: 'merge',
  strategy: 'Extract',
  into: '',
  priority: [],
  priorityPolicy: 'Strict',
  conflictPolicy: 'Error',
};

/** The values under their new names, or the step that failed and what is wrong. */
function rewritten(texts: Readonly<Record<string, string>>, ...operations: readonly RewriteOperation[]): unknown {
  const values = new Map(Object.entries(texts).map(([key, text]) => [key, SecretValue.ofText(text)]));
  const result = rewrite(values, operations, TEMPLATE_ENVIRONMENT);
  if (result.kind === 'refused') return messageText(say`${result.step}: ${result.problem.what}. ${result.problem.fix}`);
  return Object.fromEntries([...result.values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()]));
}

describe('rewrite', () => {
  it('gives each step what the one before it made', () => {
    const steps: readonly RewriteOperation[] = [
      { kind: 'regexp', source: '^app-(.*)$', target: '${1}' },
      { kind: 'transform', template: '{{ .value | upper }}' },
      { kind: 'regexp', source: '-', target: '_' },
    ];
    expect(rewritten({ 'app-db-url': '1', other: '2' }, ...steps)).toEqual({ DB_URL: '1', OTHER: '2' });
  });

  it('reads $1 as Go does: up to the end of the word', () => {
    const step = (target: string): RewriteOperation => ({ kind: 'regexp', source: '(a)', target });
    expect(['$1_x', '${1}_x', '$$1', '$0$0'].map((target) => rewritten({ a: '1' }, step(target)))).toEqual([
      { '': '1' },
      { a_x: '1' },
      { $1: '1' },
      { aa: '1' },
    ]);
  });

  it('refuses to let two names become one, and names the step', () => {
    const step: RewriteOperation = { kind: 'regexp', source: '[0-9]', target: '' };
    expect(rewritten({ a1: 'x', a2: 'y' }, { kind: 'regexp', source: 'z', target: '' }, step)).toBe(
      '1: turns "a1" and "a2" into the same name "a". Change the step so that every name stays different.',
    );
  });

  it('tells where a template of a step fails', () => {
    expect(rewritten({ a: 'x' }, { kind: 'transform', template: '{{ .value | uper }}' })).toBe(
      '0: is no template: template: transform:1: function "uper" not defined. Did you mean upper?',
    );
  });
});

describe('merge', () => {
  const OBJECTS = { b: '{"host":"of b","n":1e21}', a: '{"host":"of a","l":["<"],"z":null}' };

  it('makes keys of the members, the last object winning where that is allowed', () => {
    expect(rewritten(OBJECTS, { ...MERGE, conflictPolicy: 'Ignore' })).toEqual({
      host: 'of b',
      n: '1000000000000000000000',
      l: String.raw`["\u003c"]`,
      z: '',
    });
    expect(rewritten(OBJECTS, { ...MERGE, conflictPolicy: 'Ignore', priority: ['a'] })).toMatchObject({ host: 'of a' });
  });

  it('makes one JSON object beside the others', () => {
    expect(rewritten(OBJECTS, { ...MERGE, strategy: 'JSON', into: 'all', conflictPolicy: 'Ignore' })).toEqual({
      ...OBJECTS,
      all: '{"host":"of b","l":["<"],"n":1e+21,"z":null}',
    });
  });

  it.each<[string, Readonly<Record<string, string>>, Partial<RewriteMerge>, string]>([
    ['a name in two objects', OBJECTS, { priority: ['a'] }, '0: finds the same name in more than one object: host.'],
    ['a value that is no object', { a: '[1]' }, {}, '0: needs JSON objects, and the value of "a" is none.'],
    [
      'a priority that was not read',
      OBJECTS,
      { priority: ['c'] },
      '0: gives priority to "c", which is not among what was read.',
    ],
    [
      'no name for the result',
      { a: '{}' },
      { strategy: 'JSON' },
      '0: has the strategy JSON, but does not say under which name.',
    ],
  ])('refuses %s', (_what, texts, parts, problem) => {
    expect(rewritten(texts, { ...MERGE, ...parts })).toContain(problem);
  });
});
