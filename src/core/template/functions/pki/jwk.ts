/**
 * JSON Web Keys (RFC 7517) as DER, as the jwx library of ESO 2.9 reads them and crypto/x509 writes them.
 *
 * Public keys are taken as they are: a modulus may be short, an Ed25519 key of the wrong length. Points of curves are
 * checked. No public part is taken out of a private key.
 */
import type { TemplateRuntime } from '../../runtime.ts';
import { say, shown } from '../../message.ts';
import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { GoMap, typeOf, type GoString, goError } from '../../values.ts';
import { parseJson } from '../json/parse.ts';
import { textOf } from '../text/runes.ts';
import { DER_NULL, der, derBits, derInteger, derOid, derUnsigned, OCTET_STRING, SEQUENCE } from './der.ts';
import { inverse, toNumber } from './modular.ts';
import { prefixing } from '../failing.ts';

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const ED25519 = '1.3.101.112';

/** A key of a kind that x509 knows. */
type Jwk =
  | { readonly kind: 'rsa' | 'ec' | 'ed25519'; readonly isPrivate: boolean; readonly fields: GoMap }
  /** What Go calls the type of any other key. */
  | { readonly kind: 'unknown'; readonly goType: string };

type Spend = TemplateRuntime['spend'];

/** The SubjectPublicKeyInfo of a public key. */
export function jwkToSpki(text: GoString, spend: Spend): Uint8Array {
  const jwk = readJwk(text, spend);
  if (jwk.kind === 'unknown' || jwk.isPrivate) {
    throw goError`x509: unsupported public key type: ${shown(goTypeOf(jwk))}`;
  }
  if (jwk.kind === 'ec') return exportPoint(jwk.fields);
  if (jwk.kind === 'ed25519') {
    return der(SEQUENCE, der(SEQUENCE, derOid(ED25519)), derBits(bytesOf(jwk.fields, 'x', 'okp')));
  }
  const modulus = bytesOf(jwk.fields, 'n', 'rsa');
  const key = der(SEQUENCE, derUnsigned(modulus), derUnsigned(bytesOf(jwk.fields, 'e', 'rsa')));
  return der(SEQUENCE, der(SEQUENCE, derOid(RSA_ENCRYPTION), DER_NULL), derBits(key));
}

/** The PKCS#8 of a private key. */
export function jwkToPkcs8(text: GoString, spend: Spend): Uint8Array {
  const jwk = readJwk(text, spend);
  if (jwk.kind === 'unknown' || !jwk.isPrivate) {
    throw goError`x509: unknown key type while marshaling PKCS#8: ${shown(goTypeOf(jwk))}`;
  }
  if (jwk.kind === 'rsa') return rsaPkcs8(jwk.fields);
  return exporting(() => createPrivateKey({ key: toJsonWebKey(jwk.fields), format: 'jwk' }).export(PKCS8));
}

const PKCS8 = { type: 'pkcs8', format: 'der' } as const;
const SPKI = { type: 'spki', format: 'der' } as const;

function readJwk(text: GoString, spend: Spend): Jwk {
  const fields = readHint(text, spend);
  const type = textField(fields, 'kty');
  const isPrivate = fields.entries.has('d');
  switch (type) {
    case 'RSA':
      return { kind: 'rsa', isPrivate, fields: requiring(fields, isPrivate ? ['d', 'e', 'n', 'p', 'q'] : ['e', 'n']) };
    case 'EC':
      return { kind: 'ec', isPrivate, fields: onKnownCurve(fields, isPrivate) };
    case 'OKP':
      return readOkp(fields, isPrivate);
    case 'oct':
      return { kind: 'unknown', goType: '[]uint8' };
    default:
      throw goError`invalid key type from JSON (${type})`;
  }
}

/** jwx looks for the type first; a text that is no object ends here. */
function readHint(text: GoString, spend: Spend): GoMap {
  const prefix = say`failed to unmarshal JSON into key hint: `;
  // jwx reads with a stream decoder, for which nothing at all is the end of the stream.
  if (text.trim() === '') throw goError`${prefix}EOF`;
  const value = prefixing(prefix, () => parseJson(text, spend));
  if (value === null) return new GoMap('interface {}', new Map());
  if (value instanceof GoMap) return value;
  throw goError`${prefix}json: cannot unmarshal ${shown(typeOf(value))} into Go value of type struct`;
}

function textField(fields: GoMap, name: string): string {
  const value = fields.entries.get(name) ?? '';
  if (typeof value === 'string') return textOf(value);
  throw goError`failed to unmarshal JSON into key hint: json: cannot unmarshal into Go struct field .${shown(name)}`;
}

function requiring(fields: GoMap, names: readonly string[]): GoMap {
  const missing = names.find((name) => !fields.entries.has(name));
  if (missing !== undefined)
    throw goError`failed to unmarshal JSON into key: required field ${shown(missing)} is missing`;
  return fields;
}

const CURVES = ['P-256', 'P-384', 'P-521'];

function onKnownCurve(fields: GoMap, isPrivate: boolean): GoMap {
  requiring(fields, isPrivate ? ['crv', 'd', 'x', 'y'] : ['crv', 'x', 'y']);
  const curve = textField(fields, 'crv');
  if (!CURVES.includes(curve)) throw goError`failed to build public key: invalid curve algorithm ${curve}`;
  return fields;
}

function readOkp(fields: GoMap, isPrivate: boolean): Jwk {
  const curve = textField(requiring(fields, ['crv', 'x']), 'crv');
  if (curve === 'Ed25519') return { kind: 'ed25519', isPrivate, fields };
  if (curve === 'X25519') return { kind: 'unknown', goType: `x25519.${isPrivate ? 'PrivateKey' : 'PublicKey'}` };
  throw goError`failed to build public key: invalid curve algorithm ${curve}`;
}

const GO_TYPES = { rsa: '*rsa.', ec: '*ecdsa.', ed25519: 'ed25519.' } as const;

function goTypeOf(jwk: Jwk): string {
  return jwk.kind === 'unknown' ? jwk.goType : `${GO_TYPES[jwk.kind]}${jwk.isPrivate ? 'PrivateKey' : 'PublicKey'}`;
}

/** Base64url without padding, and with padding too. */
function bytesOf(fields: GoMap, name: string, type: string): Uint8Array {
  const value = fields.entries.get(name);
  if (typeof value !== 'string' || !/^[\w+/-]*=*$/.test(value)) {
    throw goError`failed to unmarshal JSON into key (${shown(type)}): failed to decode value for key ${shown(name)}`;
  }
  return Buffer.from(value, 'base64url');
}

function exportPoint(fields: GoMap): Uint8Array {
  return exporting(() => createPublicKey({ key: toJsonWebKey(fields), format: 'jwk' }).export(SPKI));
}

function exporting(make: () => Uint8Array): Uint8Array {
  try {
    return make();
  } catch {
    throw goError`x509: invalid elliptic curve public key`;
  }
}

function toJsonWebKey(fields: GoMap): JsonWebKey {
  const names = ['kty', 'crv', 'x', 'y', 'd'];
  return Object.fromEntries(
    names.flatMap((name) => (fields.entries.has(name) ? [[name, textField(fields, name)]] : [])),
  );
}

/** RFC 8017 A.1.2 within PKCS#8. What can be computed is computed, as Go does. */
function rsaPkcs8(fields: GoMap): Uint8Array {
  const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n] = ['n', 'e', 'd', 'p', 'q'].map((name) => numberOf(fields, name));
  if (p <= 1n || q <= 1n || p * q !== n) throw goError`crypto/rsa: product of primes != modulus`;
  const numbers = [0n, n, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const key = der(SEQUENCE, ...numbers.map(derInteger));
  return der(SEQUENCE, derInteger(0), der(SEQUENCE, derOid(RSA_ENCRYPTION), DER_NULL), der(OCTET_STRING, key));
}

function numberOf(fields: GoMap, name: string): bigint {
  return toNumber(bytesOf(fields, name, 'rsa'));
}
