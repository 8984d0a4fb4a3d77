import { describe, expect, it } from '@jest/globals';
import type { FindSpec } from '../../../src/core/model/intent.ts';
import type { ListedObject } from '../../../src/core/model/vault.ts';
import { fittingNames } from '../../../src/core/transform/find.ts';
import { nothingFound } from '../../../src/core/transform/find-nothing.ts';
import { atOnce } from '../../builders/at-once.ts';

const item = (name: string, tags: Record<string, string> = {}, enabled = true): ListedObject => ({
  name,
  enabled,
  tags: new Map(Object.entries(tags)),
  attributes: {},
});

const find = (nameRegexp: string, tags: Record<string, string> = {}): FindSpec => ({
  nameRegexp,
  tags,
  conversionStrategy: 'Default',
  decodingStrategy: 'None',
  nullBytePolicy: 'Ignore',
});

const VAULT = [
  item('orders-user', { env: 'prod' }),
  item('orders-password', { env: 'prod', team: 'a' }),
  item('billing-user'),
  item('orders-url'),
  item('orders-db'),
  item('off', {}, false),
];

function told(listed: readonly ListedObject[], spec: FindSpec): ReturnType<typeof nothingFound> {
  const fits = atOnce(fittingNames(listed, spec.nameRegexp));
  if (fits === 'too-costly') throw new Error('the pattern is small');
  return nothingFound({ listed, fitting: fits, nowSeconds: 0 }, spec, 'vault kv-shop');
}

describe('a find without a match', () => {
  it.each([
    [
      '^ordes-',
      {},
      'matches none of 6 secrets in vault kv-shop; nearest names: orders-db, orders-password, orders-url',
    ],
    ['^Billing_', {}, 'matches none of 6 secrets in vault kv-shop; nearest names: billing-user'],
    [
      '^(?:orders|billing)$',
      {},
      'matches none of 6 secrets in vault kv-shop; nearest names: billing-user, orders-db, orders-password',
    ],
    ['^zzz', {}, 'matches none of 6 secrets in vault kv-shop'],
    ['^[0-9]+$', {}, 'matches none of 6 secrets in vault kv-shop'],
    ['', { env: 'Prod' }, 'matches none of 6 secrets in vault kv-shop; nearest names: orders-password, orders-user'],
    [
      '^orders',
      { team: 'b' },
      'matches none of 6 secrets in vault kv-shop; nearest names: orders-password, orders-db, orders-url',
    ],
    ['', { owner: 'x' }, 'matches none of 6 secrets in vault kv-shop'],
    ['^off$', {}, 'matches only disabled secrets in vault kv-shop: off'],
  ])('for pattern %j and tags %j: %s', (pattern, tags, what) => {
    expect(told(VAULT, find(pattern, tags))).toMatchObject({
      severity: 'warning',
      code: 'find-empty',
      what,
    });
  });

  it('says that the vault is empty', () => {
    expect(told([], find('a')).what).toBe('finds nothing: vault kv-shop holds no secrets');
  });

  it('names three secrets at most, whatever their number, and soon', () => {
    const many = Array.from({ length: 25_000 }, (_, index) => item(`orders-${index}`));
    expect(told(many, find('^order_')).what).toBe(
      'matches none of 25000 secrets in vault kv-shop; nearest names: orders-0, orders-1, orders-10',
    );
  });
});
