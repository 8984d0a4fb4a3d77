import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../../src/core/model/message.ts';
import { toPushMetadata } from '../../../../src/core/api/push-secret/metadata.ts';
import { fieldText } from '../../../../src/core/model/origin.ts';
import { isFault } from '../../../../src/core/model/push-intent.ts';

const PATH = ['spec', 'data', 0, 'metadata'];
const HEAD = { apiVersion: 'kubernetes.external-secrets.io/v1alpha1', kind: 'PushSecretMetadata' };

function faultOf(given: unknown): string | undefined {
  const read = toPushMetadata(given, PATH);
  return isFault(read)
    ? `${fieldText(read.path).slice('spec.data[0].'.length)} ${messageText(read.what)}. ${messageText(read.fix)}`
    : undefined;
}

function tags(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
}

describe('metadata of an entry', () => {
  it.each([
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['a head alone', HEAD, {}],
    ['a spec of null', { ...HEAD, spec: null }, {}],
    ['empty parts', { ...HEAD, spec: { tags: {}, contentType: '', expirationDate: '' } }, {}],
    ['parts of null', { ...HEAD, spec: { tags: null, contentType: null, expirationDate: null } }, {}],
    [
      'everything',
      { ...HEAD, spec: { tags: { team: 'a' }, contentType: 'text/plain', expirationDate: '2099-12-31T8:00:00,5Z' } },
      { tags: { team: 'a' }, contentType: 'text/plain', expires: 4_102_387_200 },
    ],
    [
      'numbers, booleans and null',
      { ...HEAD, spec: { tags: { n: 5, f: 1.5, b: true, e: null }, contentType: 5 } },
      { tags: { n: '5', f: '1.5', b: 'true', e: '' }, contentType: '5' },
    ],
    [
      'names in another case',
      { APIVERSION: HEAD.apiVersion, Kind: HEAD.kind, SPEC: { ContentType: 'a', TAGS: { A: 'b' } } },
      { contentType: 'a', tags: { A: 'b' } },
    ],
    ['names in two cases', { ...HEAD, spec: { ContentType: 'a', contentType: 'b' } }, { contentType: 'b' }],
    [
      'the last second of 9999',
      { ...HEAD, spec: { expirationDate: '9999-12-31T23:59:59Z' } },
      { expires: 253_402_300_799 },
    ],
    [
      'lengths that Key Vault just takes',
      { ...HEAD, spec: { contentType: 'x'.repeat(255), tags: { ['n'.repeat(256)]: 'x'.repeat(256) } } },
      { contentType: 'x'.repeat(255), tags: { ['n'.repeat(256)]: 'x'.repeat(256) } },
    ],
    ['14 tags', { ...HEAD, spec: { tags: tags(14) } }, { tags: tags(14) }],
    ['placeholders that are not filled yet', { ...HEAD, spec: { expirationDate: '${EXPIRES}' } }, {}],
  ])('of %s is read as the operator reads it', (_, given, read) => {
    expect(toPushMetadata(given, PATH)).toEqual(read);
  });

  const SHAPE =
    'Write apiVersion: kubernetes.external-secrets.io/v1alpha1, kind: PushSecretMetadata and spec, with contentType, expirationDate, tags in it.';

  it.each([
    ['a text', 'text/plain', `metadata is a single value, not an object. ${SHAPE}`],
    ['a list', [], `metadata is a list, not an object. ${SHAPE}`],
    ['nothing in it', {}, 'metadata.apiVersion is missing. Write apiVersion: kubernetes.external-secrets.io/v1alpha1.'],
    ['tags alone', { team: 'a' }, `metadata.team is no field of PushSecretMetadata. ${SHAPE}`],
    ['a field beside spec', { ...HEAD, metadata: {} }, `metadata.metadata is no field of PushSecretMetadata. ${SHAPE}`],
    [
      'a field that is nearly one',
      { ...HEAD, spec: { tag: {} } },
      'metadata.spec.tag is no field of PushSecretMetadata. Did you mean tags?',
    ],
    [
      'another apiVersion',
      { ...HEAD, apiVersion: 'external-secrets.io/v1', kind: 'x' },
      'metadata.apiVersion is not kubernetes.external-secrets.io/v1alpha1. Write apiVersion: kubernetes.external-secrets.io/v1alpha1.',
    ],
    [
      'another kind',
      { ...HEAD, kind: 'Metadata' },
      'metadata.kind is not PushSecretMetadata. Write kind: PushSecretMetadata.',
    ],
    ['a head of objects', { ...HEAD, kind: {} }, 'metadata.kind is not a text. Write one text.'],
    ['a spec that is none', { ...HEAD, spec: 'a' }, `metadata.spec is a single value, not an object. ${SHAPE}`],
    ['tags as a list', { ...HEAD, spec: { tags: ['a'] } }, `metadata.spec.tags is a list, not an object. ${SHAPE}`],
    [
      'a tag that is an object',
      { ...HEAD, spec: { tags: { a: { b: 'c' } } } },
      'metadata.spec.tags.a is not a text. Write one text.',
    ],
    [
      'a content type that is a list',
      { ...HEAD, spec: { contentType: [] } },
      'metadata.spec.contentType is not a text. Write one text.',
    ],
    [
      'a day without a time',
      { ...HEAD, spec: { expirationDate: '2024-12-31' } },
      'metadata.spec.expirationDate is not a time as RFC 3339 has it. Write day, time and zone, as 2030-12-31T20:00:00Z.',
    ],
    [
      'a time before 1970',
      { ...HEAD, spec: { expirationDate: '1969-12-31T23:59:59Z' } },
      'metadata.spec.expirationDate is not between the years 1970 and 9999. Key Vault takes no other.',
    ],
    [
      'a time after 9999',
      { ...HEAD, spec: { expirationDate: '9999-12-31T23:59:59-01:00' } },
      'metadata.spec.expirationDate is not between the years 1970 and 9999. Key Vault takes no other.',
    ],
    [
      'a long content type',
      { ...HEAD, spec: { contentType: 'x'.repeat(256) } },
      'metadata.spec.contentType has 256 characters, and Key Vault takes 255. Shorten it.',
    ],
    [
      'a tag with a long name',
      { ...HEAD, spec: { tags: { ['n'.repeat(257)]: 'x' } } },
      `metadata.spec.tags.${'n'.repeat(257)} has 257 characters, and Key Vault takes 256. Shorten it.`,
    ],
    [
      'a tag with a long value',
      { ...HEAD, spec: { tags: { a: 'x'.repeat(257) } } },
      'metadata.spec.tags.a has 257 characters, and Key Vault takes 256. Shorten it.',
    ],
    [
      'a tag without a name',
      { ...HEAD, spec: { tags: { '': 'x' } } },
      'metadata.spec.tags has a tag without a name. Name it, or remove it.',
    ],
    [
      'the tag managed-by',
      { ...HEAD, spec: { tags: { 'managed-by': 'me' } } },
      'metadata.spec.tags.managed-by is a tag that says whose the object is. Remove it: it is written anyway.',
    ],
    [
      'the tag of the owner',
      { ...HEAD, spec: { tags: { 'keyferry-owner': 'me' } } },
      'metadata.spec.tags.keyferry-owner is a tag that says whose the object is. Remove it: it is written anyway.',
    ],
    [
      '15 tags',
      { ...HEAD, spec: { tags: tags(15) } },
      'metadata.spec.tags has 15 tags, and beside managed-by Key Vault has room for 14. Remove some.',
    ],
  ])('with %s keeps what is wrong with it', (_, given, told) => expect(faultOf(given)).toBe(told));

  it('shows no value of a tag or a date', () => {
    const told = [{ tags: { a: 'hunter2'.repeat(50) } }, { expirationDate: 'hunter2' }].map((spec) =>
      faultOf({ ...HEAD, spec }),
    );
    expect(told.join()).not.toContain('hunter2');
  });
});
