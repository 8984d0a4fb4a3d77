/** Cases az-017 to az-022 and az-033 to az-035, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import { fetchMetadata, metadataMap, metadataOf } from '../../../src/core/transform/metadata.ts';

const times = { created: 1767225600, updated: 1767225600 };

function metadata(tags: Record<string, string | null>, attributes = {}) {
  return metadataOf({ tags: new Map(Object.entries(tags)), attributes });
}

describe('metadataOf', () => {
  it('adds the times as tags, in whole seconds of UTC', () => {
    const attributes = { expires: 1893456000, notBefore: 1767225600, created: 1767225601, updated: 253402300800 };
    expect(Object.fromEntries(metadata({ a: '1' }, attributes))).toEqual({
      a: '1',
      'attribute.expires': '2030-01-01T00:00:00Z',
      'attribute.notBefore': '2026-01-01T00:00:00Z',
      'attribute.created': '2026-01-01T00:00:01Z',
      'attribute.updated': '10000-01-01T00:00:00Z',
    });
  });

  it('replaces a tag that has the name of a time', () => {
    expect(metadata({ 'attribute.created': 'x' }, times).get('attribute.created')).toBe('2026-01-01T00:00:00Z');
  });
});

describe('fetchMetadata', () => {
  const json = '{"key":"value","nested":{"foo":"bar"},"foo.json":"dotted"}';

  it.each([
    ['all tags, sorted and escaped', { b: '2', a: '<1>', n: null }, '', '{"a":"\\u003c1\\u003e","b":"2"}'],
    ['no tags', {}, '', '{}'],
    ['a tag', { foo: json }, 'foo', json],
    ['a member of a tag', { foo: json }, 'foo.key', 'value'],
    ['an object in a tag', { foo: json }, 'foo.nested', '{"foo":"bar"}'],
    ['a nested member', { foo: json }, 'foo.nested.foo', 'bar'],
    ['a literal member', { foo: json }, 'foo.foo.json', 'dotted'],
    ['a tag without a value', { a: null }, 'a', ''],
    ['a tag with a dot in its name', { 'a.b': '1', a: '{"b":2}' }, 'a.b', '1'],
  ])('gives %s', (_, tags, property, text) => {
    expect(fetchMetadata(metadata(tags), property)).toEqual({ kind: 'found', text });
  });

  it.each(['b', '.a', 'b.c', 'attribute.expires'])('has no tag %j', (property) => {
    expect(fetchMetadata(metadata({ a: '1', '': '{"a":1}' }), property)).toEqual({
      kind: 'tag-missing',
      tag: property,
    });
  });

  it('names the member of a tag that is missing', () => {
    expect(fetchMetadata(metadata({ a: '{"x":1}' }), 'a.b')).toEqual({ kind: 'missing', property: 'b', key: 'a.b' });
  });
});

describe('metadataMap', () => {
  it('makes a key of each tag and opens tags that are JSON objects of texts', () => {
    const tags = { plain: '1', json: '{"a":"b","c":null}', empty: '{}', nul: 'null', num: '{"a":1}', gone: null };
    const map = metadataMap({ metadata: metadata(tags, times), refKey: 'secret/s', secretName: 's', property: '' });
    expect(Object.fromEntries(map)).toEqual({
      's_attribute.created': '2026-01-01T00:00:00Z',
      's_attribute.updated': '2026-01-01T00:00:00Z',
      s_json_a: 'b',
      s_json_c: '',
      s_num: '{"a":1}',
      s_plain: '1',
    });
  });

  it.each([
    ['foo', 'dev', { dev: '1' }, { foo_dev: '1' }],
    ['secret/foo', 'dev', { dev: '1' }, { 'secret/foo_dev': '' }],
    ['foo', 'dev', { dev: '{"a":"b"}' }, { foo_dev: '' }],
    ['foo', 'dev.x', { dev: '{"x":[1]}' }, { 'foo_dev.x': '[1]' }],
  ])('of key %s and property %s has one key', (refKey, property, tags, expected) => {
    const map = metadataMap({ metadata: metadata(tags), refKey, secretName: 'foo', property });
    expect(Object.fromEntries(map)).toEqual(expected);
  });
});
