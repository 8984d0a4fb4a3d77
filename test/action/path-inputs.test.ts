import { describe, expect, it } from '@jest/globals';
import { pathProblems } from '../../src/action/path-inputs.ts';
import { problemText } from '../../src/core/model/problem.ts';

const textsOf = (manifests: string) => pathProblems((name) => (name === 'manifests' ? manifests : '')).map(problemText);

describe('pathProblems', () => {
  it.each([
    'a.yaml, b.yaml',
    'a.yaml,b.yaml',
    'package.json README.md',
    '["a.yaml", "b.yaml"]',
    'docs\na.yaml, b.yaml',
  ])('says to write one a line: %j', (manifests) => {
    expect(textsOf(manifests)).toEqual([
      'the input manifests has several paths on one line. Write one a line: manifests: | and below it each path on a line of its own.',
    ]);
  });

  it.each(['docs\nREADME.md', 'deploy/{a,b}/*.yaml', 'a folder/that is absent', ''])(
    'leaves alone: %j',
    (manifests) => {
      expect(textsOf(manifests)).toEqual([]);
    },
  );
});
