/**
 * The private keys of certificates, with the PEM form that sprig gives each: PKCS#1, SEC 1, the old form of DSA, and
 * PKCS#8 for the rest.
 */
import { say } from '../../message.ts';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type GoString, goError } from '../../values.ts';
import { childrenOf, der, derInteger, expectTag, INTEGER, readDer, readOctets, SEQUENCE, type DerNode } from './der.ts';
import { power, toNumber } from './modular.ts';
import { decodePem, encodePem } from './pem.ts';
import { parsePkcs8, readPrivateKey, toPkcs8, type PrivateKey } from './private-key.ts';
import { prefixing } from '../failing.ts';

/** A key, or one of DSA, which can be made and read but signs nothing. */
export type SigningKey =
  { readonly kind: 'signing'; readonly key: PrivateKey } | { readonly kind: 'dsa'; readonly der: Uint8Array };

/** sprig `parsePrivateKeyPEM`: the type of the block says how to read it. */
export function parseKeyPem(pem: GoString): SigningKey {
  const { block } = decodePem(pem);
  if (block === undefined) throw goError`no PEM data in input`;
  const { type, bytes } = block;
  if (type === 'PRIVATE KEY') return signing(prefixing(say`decoding PEM as PKCS#8: `, () => parsePkcs8(bytes)));
  if (!type.endsWith(' PRIVATE KEY')) throw goError`no private key data in PEM block of type ${type}`;
  switch (type.slice(0, -' PRIVATE KEY'.length)) {
    case 'RSA':
      return signing(required(readPrivateKey(bytes, 'pkcs1'), 'parsing RSA private key from PEM: '));
    case 'EC':
      return signing(required(readPrivateKey(bytes, 'sec1'), 'parsing EC private key from PEM: x509: '));
    case 'DSA':
      return { kind: 'dsa', der: prefixing(say`parsing DSA private key from PEM: `, () => checkDsa(bytes)) };
    default:
      throw goError`invalid private key type ${type}`;
  }
}

function signing(key: PrivateKey): SigningKey {
  return { kind: 'signing', key };
}

function required(key: PrivateKey | undefined, prefix: string): PrivateKey {
  if (key === undefined) throw goError`${prefix}failed to parse private key`;
  return key;
}

/** Version, P, Q, G, Y, X. */
function checkDsa(bytes: Uint8Array): Uint8Array {
  const numbers = childrenOf(readDer(bytes));
  if (numbers.length < 6) throw goError`asn1: syntax error: sequence truncated`;
  for (const number of numbers.slice(0, 6)) expectTag(number, INTEGER);
  return bytes;
}

/** A key out of PKCS#8, as key pairs are made. */
export function signingKeyOf(pkcs8: Uint8Array): SigningKey {
  const { asymmetricKeyType } = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return asymmetricKeyType === 'dsa' ? { kind: 'dsa', der: oldDsaForm(readDer(pkcs8)) } : signing(parsePkcs8(pkcs8));
}

/** PKCS#8 leaves the public number out, which the old form has. */
function oldDsaForm(pkcs8: DerNode): Uint8Array {
  const [, algorithm, privateKey] = childrenOf(pkcs8);
  const [, parameters] = algorithm === undefined ? [] : childrenOf(algorithm);
  const [p = 0n, q = 0n, g = 0n] =
    parameters === undefined ? [] : childrenOf(parameters).map(({ body }) => toNumber(body));
  const x = toNumber(readDer(readOctets(privateKey)).body);
  return der(SEQUENCE, ...[0n, p, q, g, power(g, x, p), x].map(derInteger));
}

/** sprig `pemBlockForKey`. */
export function encodeKeyPem(signingKey: SigningKey): GoString {
  if (signingKey.kind === 'dsa') return encodePem('DSA PRIVATE KEY', signingKey.der);
  const { key } = signingKey;
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return encodePem('RSA PRIVATE KEY', key.export({ type: 'pkcs1', format: 'der' }));
    case 'ec':
      return encodePem('EC PRIVATE KEY', key.export({ type: 'sec1', format: 'der' }));
    default:
      return encodePem('PRIVATE KEY', toPkcs8(key));
  }
}

/** The SubjectPublicKeyInfo. */
export function publicKeyOf(key: PrivateKey): Uint8Array {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}
