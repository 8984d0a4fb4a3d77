import { describe, expect, it } from '@jest/globals';
import { newVersionBody, patchBody } from '../../../src/adapters/azure/vault-write-body.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { VaultContent, VaultProperties } from '../../../src/core/model/vault-object.ts';

const JWK = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' };
const text = (value: string) => SecretValue.ofText(value);
const TAGS = { 'managed-by': 'external-secrets' };

/** As External Secrets Operator sends them; `enabled` is what Key Vault takes for granted. */
describe('newVersionBody', () => {
  it.each<[string, VaultContent, VaultProperties, object]>([
    [
      'a secret alone',
      { type: 'secret', value: text('hunter2') },
      { tags: TAGS },
      { value: 'hunter2', attributes: { enabled: true }, tags: TAGS },
    ],
    [
      'a secret with everything, after 2038 too',
      { type: 'secret', value: text('{"a":1}') },
      { tags: {}, contentType: 'application/json', expires: 4_102_444_800, notBefore: 1_700_000_000 },
      {
        value: '{"a":1}',
        contentType: 'application/json',
        attributes: { enabled: true, exp: 4_102_444_800, nbf: 1_700_000_000 },
        tags: {},
      },
    ],
    [
      'a secret without content type and expiry',
      { type: 'secret', value: text('') },
      { tags: {}, contentType: '', expires: null },
      { value: '', attributes: { enabled: true }, tags: {} },
    ],
    [
      'a key',
      { type: 'key', jwk: text(JSON.stringify(JWK)) },
      { tags: TAGS, contentType: 'text/plain' },
      { key: JWK, attributes: { enabled: true }, tags: TAGS },
    ],
    [
      'a PKCS#12 without password',
      { type: 'cert', format: 'pkcs12', value: SecretValue.of(Uint8Array.of(0x30, 0x82, 0xff)) },
      { tags: TAGS },
      { value: 'MIL/', attributes: { enabled: true }, tags: TAGS },
    ],
    [
      'a PKCS#12 with password',
      { type: 'cert', format: 'pkcs12', value: SecretValue.of(Uint8Array.of(0x30, 0x82, 0xff)), password: text('p') },
      { tags: {} },
      { value: 'MIL/', pwd: 'p', attributes: { enabled: true }, tags: {} },
    ],
    [
      'a PEM, which is text and needs its policy',
      { type: 'cert', format: 'pem', value: text('-----BEGIN') },
      { tags: {} },
      {
        value: '-----BEGIN',
        policy: { secret_props: { contentType: 'application/x-pem-file' } },
        attributes: { enabled: true },
        tags: {},
      },
    ],
  ])('writes %s', (_name, content, properties, body) => {
    expect(JSON.parse(newVersionBody({ name: 'db', content, properties }))).toEqual(body);
  });
});

describe('patchBody', () => {
  it.each<[string, 'secret' | 'key' | 'cert', VaultProperties, object]>([
    ['nothing but tags', 'secret', { tags: TAGS }, { tags: TAGS }],
    [
      'what is to be cleared',
      'secret',
      { tags: {}, contentType: '', expires: null },
      { contentType: '', attributes: { exp: null }, tags: {} },
    ],
    [
      'a new expiry and content type',
      'secret',
      { tags: {}, contentType: 'text/plain', expires: 4_102_444_800, notBefore: 1 },
      { contentType: 'text/plain', attributes: { exp: 4_102_444_800, nbf: 1 }, tags: {} },
    ],
    ['no content type of a key', 'key', { tags: {}, contentType: 'text/plain' }, { tags: {} }],
  ])('changes %s', (_name, type, properties, body) => {
    expect(JSON.parse(patchBody({ type }, properties))).toEqual(body);
  });
});
