/** Cases az-037 to az-046 and es-f01 to es-f14, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import type { FindSpec } from '../../../src/core/model/intent.ts';
import type { ListedObject } from '../../../src/core/model/vault.ts';
import { matchFind } from '../../../src/core/transform/find.ts';

function item(
  name: string,
  tags: Record<string, string | null> = {},
  enabled: boolean | undefined = true,
): ListedObject {
  return { name, enabled, tags: new Map(Object.entries(tags)), attributes: {} };
}

function spec(nameRegexp: string, tags: Record<string, string> = {}): FindSpec {
  return { nameRegexp, tags, conversionStrategy: 'Default', decodingStrategy: 'None', nullBytePolicy: 'Ignore' };
}

describe('matchFind', () => {
  const vault = [
    item('web-key', { env: 'prod' }),
    item('api-key', { env: 'prod', team: 'a' }),
    item('api-keys', { env: 'production' }),
    item('Api-Key', { env: 'Prod' }),
    item('off-key', { env: 'prod' }, false),
    { ...item('unsure-key', { env: 'prod' }), enabled: undefined },
    item('null-tag', { env: null }),
  ];

  it.each([
    ['', {}, ['web-key', 'api-key', 'api-keys', 'Api-Key', 'null-tag']],
    ['key', {}, ['web-key', 'api-key', 'api-keys']],
    ['(?i)^api-key$', {}, ['api-key', 'Api-Key']],
    ['', { env: 'prod' }, ['web-key', 'api-key']],
    ['^api', { env: 'prod', team: 'a' }, ['api-key']],
    ['', { env: '' }, []],
    ['', { owner: 'x' }, []],
    ['^nothing', {}, []],
  ])('takes for pattern %j and tags %j: %j', (pattern, tags, names) => {
    expect(matchFind(vault, spec(pattern, tags))).toEqual(names);
  });

  it.each(['(', '(?=a)'])('matches nothing with %j and says so', (pattern) => {
    expect(matchFind(vault, spec(pattern))).toEqual([]);
  });
});
