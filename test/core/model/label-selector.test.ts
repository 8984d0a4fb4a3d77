/** What a label selector selects, beside what every cluster must do with it (test/contract). */
import { describe, expect, it } from '@jest/globals';
import { selectorText, selects } from '../../../src/core/model/label-selector.ts';

describe('a label selector', () => {
  it('takes no property of JavaScript objects for a label', () => {
    const exists = { matchLabels: {}, matchExpressions: [{ key: 'constructor', operator: 'Exists', values: [] }] };
    expect(selects(exists, {})).toBe(false);
  });

  it('is an empty text where it selects everything', () => {
    expect(selectorText({ matchLabels: {}, matchExpressions: [] })).toBe('');
  });

  it('leaves the values as they were given', () => {
    const values = ['b', 'a'] as const;
    selectorText({ matchLabels: {}, matchExpressions: [{ key: 'team', operator: 'In', values }] });
    expect(values).toEqual(['b', 'a']);
  });
});
