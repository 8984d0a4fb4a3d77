import { describe, expect, it } from '@jest/globals';
import { parseKey } from '../../../src/core/transform/parse-key.ts';

describe('parseKey', () => {
  it.each([
    ['a', { type: 'secret', name: 'a' }],
    ['', { type: 'secret', name: '' }],
    [' a', { type: 'secret', name: ' a' }],
    ['secret/a', { type: 'secret', name: 'a' }],
    ['secret/a/b', { type: 'secret', name: 'a' }],
    ['secret/a/b/c', { type: 'secret', name: 'a' }],
    ['cert/a', { type: 'cert', name: 'a' }],
    ['key/a', { type: 'key', name: 'a' }],
    ['cert/', { type: 'cert', name: '' }],
    ['/a', { unknownType: '' }],
    ['a/', { unknownType: 'a' }],
    ['Secret/a', { unknownType: 'Secret' }],
    ['secrets/a', { unknownType: 'secrets' }],
    ['certs/a', { unknownType: 'certs' }],
    ['toString/a', { unknownType: 'toString' }],
    ['https://kv-main.vault.azure.net/secrets/a', { unknownType: 'https:' }],
  ])('reads %j as %j', (key, parsed) => {
    expect(parseKey(key)).toEqual(parsed);
  });
});
