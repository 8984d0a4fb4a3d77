import { describe, expect, it } from '@jest/globals';
import { publicKeyJson } from '../../../src/adapters/azure/public-key.ts';

describe('publicKeyJson', () => {
  it('keeps the members of a public key in a fixed order and drops unknown and empty ones', () => {
    const key = {
      e: 'AQAB',
      n: 'xy_-',
      y: '',
      key_ops: ['sign', 'verify'],
      kty: 'RSA',
      kid: 'https://v/keys/k/1',
      x: null,
      extra: 1,
    };
    expect(publicKeyJson(key)).toBe(
      '{"kid":"https://v/keys/k/1","kty":"RSA","key_ops":["sign","verify"],"n":"xy_-","e":"AQAB"}',
    );
  });

  it('drops an empty list of operations', () => {
    expect(publicKeyJson({ kty: 'EC', key_ops: [], crv: 'P-256' })).toBe('{"kty":"EC","crv":"P-256"}');
  });

  it('writes <, > and & as Go does', () => {
    expect(publicKeyJson({ kid: '<a&b>' })).toBe('{"kid":"\\u003ca\\u0026b\\u003e"}');
  });
});
