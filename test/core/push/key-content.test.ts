import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { messageText } from '../../../src/core/model/message.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { keyContent, samePublicKey, type PublicJwk } from '../../../src/core/push/key-content.ts';
import { recordedValue, recordedVault } from './recorded.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The private JWK, or what is wrong. */
function jwkOf(bytes: Uint8Array): unknown {
  const content = keyContent(bytes);
  return 'code' in content ? content : JSON.parse(Buffer.from(content.jwk.reveal()).toString());
}

function publicOf(bytes: Uint8Array): PublicJwk {
  const content = keyContent(bytes);
  if ('code' in content) throw new Error(messageText(content.what));
  return content.publicKey;
}

describe('keyContent', () => {
  it.each([
    'ps-060a-rsa-pkcs8',
    'ps-060b-rsa-pkcs1',
    'ps-060c-ec-sec1',
    'ps-060d2-ec-p384',
    'ps-060d3-ec-p521',
    'ps-060m-text-before-pem',
    'ps-060t-crlf',
    'ps-060v-metadata',
  ])('makes the JWK that the operator makes: %s', (name) => {
    const recorded = recordedVault(`key/${name}`).keys?.['signer']?.[0]?.jwk;
    expect(recorded).toBeDefined();
    expect(jwkOf(recordedValue(`key/${name}`))).toEqual(recorded);
  });

  it.each([2048, 3072, 4096])('takes RSA keys of %d bits', (modulusLength) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(Object.keys(jwkOf(bytesOf(pem)) as object)).toEqual(['d', 'dp', 'dq', 'e', 'kty', 'n', 'p', 'q', 'qi']);
  });

  it('calls the curve of Bitcoin as Key Vault does', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const pem = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
    expect(publicOf(bytesOf(pem))).toMatchObject({ kty: 'EC', crv: 'P-256K' });
  });

  it.each([
    [
      'the parameters of a curve before its key',
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n',
    ],
    ['a byte order mark', '\ufeff'],
  ])('passes over %s', (_name, before) => {
    const pem = Buffer.from(recordedValue('key/ps-060c-ec-sec1')).toString();
    expect(jwkOf(bytesOf(`${before}${pem}`))).toEqual(recordedVault('key/ps-060c-ec-sec1').keys?.['signer']?.[0]?.jwk);
  });

  const NOT_PEM = 'and a key of a vault is made of a private key in PEM';

  it.each([
    ['ps-060e-ed25519', 'holds a key of the kind ed25519, which Key Vault refuses'],
    ['ps-060g-jwk-json', `holds JSON, ${NOT_PEM}`],
    ['ps-060h-certificate-pem', 'begins with a PEM block "CERTIFICATE", which is no private key that can be read'],
    ['ps-060i-encrypted-pkcs8', 'holds a private key that is encrypted'],
    ['ps-060k-empty', `is empty, ${NOT_PEM}`],
    ['ps-060l-public-key', 'begins with a PEM block "PUBLIC KEY", which is no private key that can be read'],
    [
      'ps-060n2-certificate-then-key',
      'begins with a PEM block "CERTIFICATE", which is no private key that can be read',
    ],
    ['ps-060o-der', `holds DER, ${NOT_PEM}`],
    ['ps-060p-broken-base64', `holds a PEM that is cut off or damaged, ${NOT_PEM}`],
    ['ps-060q2-broken-der-rsa', 'holds a PEM block "RSA PRIVATE KEY" whose content is no private key of that form'],
    ['ps-060q3-broken-der-ec', 'holds a PEM block "EC PRIVATE KEY" whose content is no private key of that form'],
    ['ps-060r-truncated', `holds a PEM that is cut off or damaged, ${NOT_PEM}`],
    ['ps-060u-whole-secret-as-key', `holds no PEM, ${NOT_PEM}`],
  ])('refuses %s and never shows it', (name, what) => {
    expect(jwkOf(recordedValue(`key/${name}`))).toMatchObject({ what });
  });

  it.each([
    [
      'RSA of 1024 bits',
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
      'holds an RSA key of 1024 bits, which Key Vault refuses',
    ],
    [
      'other curves',
      generateKeyPairSync('ec', { namedCurve: 'secp224r1' }),
      'holds an EC key on the curve secp224r1, which Key Vault refuses',
    ],
    [
      'RSA-PSS',
      generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
      'holds a key of the kind rsa-pss, which Key Vault refuses',
    ],
  ])('refuses %s', (_name, { privateKey }, what) => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(jwkOf(bytesOf(pem))).toEqual({
      code: 'key-kind-unsupported',
      what,
      fix: 'Key Vault takes RSA of 2048, 3072 or 4096 bits, and EC on P-256, P-384, P-521 or P-256K.',
    });
  });

  it('refuses a key that OpenSSL encrypted in the old way', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString();
    expect(jwkOf(bytesOf(pem))).toMatchObject({ code: 'key-encrypted' });
  });
});

describe('samePublicKey', () => {
  const rsa = publicOf(recordedValue('key/ps-060a-rsa-pkcs8'));
  const ec = publicOf(recordedValue('key/ps-060c-ec-sec1'));
  const inVault = (jwk: unknown): SecretValue => SecretValue.ofText(JSON.stringify(jwk));

  it.each([
    ['the same RSA key', { kid: 'https://v/keys/a/1', ...rsa, key_ops: ['sign'] }, rsa, true],
    ['the same in hardware', { ...rsa, kty: 'RSA-HSM' }, rsa, true],
    ['the same EC key', ec, ec, true],
    ['the same in hardware, on a curve', { ...ec, kty: 'EC-HSM' }, ec, true],
    ['another modulus', { ...rsa, n: 'AQAB' }, rsa, false],
    ['another kind', ec, rsa, false],
    ['another point', { ...ec, y: 'AQAB' }, ec, false],
    ['nothing of a key', {}, rsa, false],
    ['no object', null, rsa, false],
  ])('%s', (_name, there, here, expected) => {
    expect(samePublicKey(inVault(there), here)).toBe(expected);
  });

  it('takes what is no JSON for another key', () => {
    expect(samePublicKey(SecretValue.ofText('x'), rsa)).toBe(false);
  });

  it('knows P-256K by its older name', () => {
    const key = { kty: 'EC', crv: 'P-256K', x: 'AQ', y: 'Ag' } as const;
    expect(samePublicKey(inVault({ ...key, crv: 'SECP256K1' }), key)).toBe(true);
  });
});
