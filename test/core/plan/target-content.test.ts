import { describe, expect, it } from '@jest/globals';
import { EMPTY_STATE } from '../../../src/core/model/condition.ts';
import { DATA_HASH_ANNOTATION } from '../../../src/core/model/names.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import { dataHash } from '../../../src/core/plan/pull/desired-secret.ts';
import { settledContent } from '../../../src/core/plan/pull/target-content.ts';
import type { TemplateContent } from '../../../src/core/secret-template/content.ts';
import { liveSecret } from '../../builders/live-secret.ts';

const CONTENT: TemplateContent = {
  data: new Map([
    ['random', { value: SecretValue.ofText('new'), isVolatile: true }],
    ['steady', { value: SecretValue.ofText('now'), isVolatile: false }],
  ]),
  labels: new Map([['random', { value: 'new', isVolatile: true }]]),
  annotations: new Map([['at', { value: 'new', isVolatile: true }]]),
  mark: 'm1',
};

/** The Secret as a sync left it. */
function synced(): LiveSecret {
  const live = liveSecret('db', { random: 'old', steady: 'then' }, { labels: { random: 'old' } });
  return { ...live, annotations: new Map([[DATA_HASH_ANNOTATION, dataHash(live.ref, live.data)]]) };
}

function settled(live: LiveSecret | undefined, templateMark?: string) {
  const state = { ...EMPTY_STATE, ...(templateMark === undefined ? {} : { templateMark }) };
  const { data, labels, annotations } = settledContent(CONTENT, live, state);
  const texts = [...data].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()] as const);
  return {
    data: Object.fromEntries(texts),
    labels: Object.fromEntries(labels),
    annotations: Object.fromEntries(annotations),
  };
}

const FRESH = { data: { random: 'new', steady: 'now' }, labels: { random: 'new' }, annotations: { at: 'new' } };

describe('settledContent', () => {
  it('keeps random parts that the Secret has while the inputs are the same, and nothing else', () => {
    expect(settled(synced(), 'm1')).toEqual({
      data: { random: 'old', steady: 'now' },
      labels: { random: 'old' },
      annotations: { at: 'new' },
    });
  });

  it.each([
    ['there is no Secret yet', undefined, 'm1'],
    ['nothing is remembered', synced(), undefined],
    ['the inputs were others', synced(), 'm0'],
    ['somebody changed the Secret', { ...synced(), data: new Map([['random', SecretValue.ofText('mine')]]) }, 'm1'],
  ])('takes new ones when %s', (_when, live, mark) => {
    expect(settled(live, mark)).toEqual(FRESH);
  });
});
