/** Cases az-037 to az-046 and es-f01 to es-f14, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import type { FindSpec } from '../../../src/core/model/intent.ts';
import type { ListedObject } from '../../../src/core/model/vault.ts';
import { fittingNames, matchFind } from '../../../src/core/transform/find.ts';
import { atOnce } from '../../builders/at-once.ts';

function item(
  name: string,
  tags: Record<string, string | null> = {},
  enabled: boolean | undefined = true,
): ListedObject {
  return { name, enabled, tags: new Map(Object.entries(tags)), attributes: {} };
}

const fitting = (listed: readonly ListedObject[], pattern: string) => atOnce(fittingNames(listed, pattern));

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
    expect(matchFind(vault, spec(pattern, tags), fitting(vault, pattern), 0)).toEqual(names);
  });

  it.each(['(', '(?=a)'])('matches nothing with %j and says so', (pattern) => {
    expect(matchFind(vault, spec(pattern), fitting(vault, pattern), 0)).toEqual([]);
  });
});

/** Each `a?` may be taken or left at every character: the slowest that a pattern of its size can be. */
const SLOW = `\\b(?:${'a?'.repeat(400)})[bc]\\b`;
const long = (count: number, length = 120) =>
  Array.from({ length: count }, (_, index) => item(`${'a'.repeat(length)}${index}`));

describe('fittingNames', () => {
  it('has turns for others between some of the names where the pattern is slow', () => {
    const work = fittingNames(long(100), SLOW);
    const pieces = [...work].length;
    expect(pieces).toBeGreaterThan(3);
  });

  it('finds a list of fifty names among twenty thousand secrets', () => {
    const wanted = Array.from({ length: 50 }, (_, index) => `team-${index * 7}-service-${index}-password`);
    const vault = [...long(20_000, 12), ...wanted.map((name) => item(name))];
    expect(fitting(vault, `^(?:${wanted.join('|')})$`)).toEqual(new Set(wanted));
  });

  it('does not begin with a slow pattern over many names, or over one of a megabyte', () => {
    expect(fitting(long(20_000), SLOW)).toBe('too-costly');
    expect(fitting(long(1, 1024 * 1024), SLOW)).toBe('too-costly');
  });
});
