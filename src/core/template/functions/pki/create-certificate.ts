/**
 * Makes certificates as Go's x509.CreateCertificate does with the template that sprig gives it: for TLS servers and
 * clients, valid from now on, with a random serial number.
 */
import { shown } from '../../message.ts';
import { hash, sign } from 'node:crypto';
import { type GoString, goError } from '../../values.ts';
import { textOf } from '../text/runes.ts';
import type { Certificate } from './certificate.ts';
import {
  BIT_STRING,
  BOOLEAN,
  childrenOf,
  der,
  derBits,
  derContext,
  derContextPrimitive,
  derInteger,
  DER_NULL,
  derOid,
  derUnsigned,
  GENERALIZED_TIME,
  OCTET_STRING,
  PRINTABLE_STRING,
  readDer,
  SEQUENCE,
  SET,
  UTC_TIME,
  UTF8_STRING,
} from './der.ts';
import type { PrivateKey } from './private-key.ts';
import { publicKeyOf, type SigningKey } from './signing-key.ts';

export interface CertificateRequest {
  readonly commonName: GoString;
  /** 4 or 16 bytes each. */
  readonly ipAddresses: readonly Uint8Array[];
  readonly dnsNames: readonly GoString[];
  readonly isAuthority: boolean;
  /** Nanoseconds since 1970. */
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  /** 16 bytes. */
  readonly serialNumber: Uint8Array;
  readonly key: SigningKey;
}

/** Who signs; left out when the certificate signs itself. */
export interface Issuer {
  readonly certificate: Certificate;
  readonly key: SigningKey;
}

/** The DER of a signed certificate. */
export function createCertificate(request: CertificateRequest, issuer?: Issuer): Uint8Array {
  const signer = requireSigner(issuer?.key ?? request.key);
  const algorithm = algorithmOf(signer);
  const publicKey = publicKeyOf(requireSigner(request.key));
  const subject = encodeName(request.commonName);
  const issuerName = issuer?.certificate.subject.full ?? subject;
  if (issuer !== undefined && Buffer.compare(publicKeyOf(signer), issuer.certificate.publicKey.full) !== 0) {
    throw goError`x509: provided PrivateKey doesn't match parent's PublicKey`;
  }
  const isOwnIssuer = Buffer.compare(subject, issuerName) === 0;
  const authorityKeyId = isOwnIssuer ? new Uint8Array() : (issuer?.certificate.subjectKeyId ?? new Uint8Array());
  const tbs = der(
    SEQUENCE,
    derContext(0, derInteger(2)),
    derUnsigned(request.serialNumber),
    algorithm.identifier,
    issuerName,
    der(SEQUENCE, encodeTime(request.notBefore), encodeTime(request.notAfter)),
    subject,
    publicKey,
    derContext(3, der(SEQUENCE, ...extensionsOf(request, { publicKey, authorityKeyId }))),
  );
  const signature = sign(algorithm.hash, tbs, signer);
  return der(SEQUENCE, tbs, algorithm.identifier, derBits(signature));
}

/** Go 1.24: crypto/rsa refuses smaller keys. */
const LEAST_RSA_BITS = 1024;

function requireSigner(signingKey: SigningKey): PrivateKey {
  const key = signingKey.kind === 'signing' ? signingKey.key : undefined;
  if (key === undefined || key.asymmetricKeyType === 'x25519') {
    throw goError`x509: certificate private key does not implement crypto.Signer`;
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS;
  if (bits < LEAST_RSA_BITS) throw goError`crypto/rsa: ${shown(bits)}-bit keys are insecure`;
  return key;
}

interface Algorithm {
  readonly identifier: Uint8Array;
  /** Ed25519 hashes by itself. */
  readonly hash: string | null;
}

const ECDSA: Readonly<Record<string, { readonly oid: string; readonly hash: string }>> = {
  secp384r1: { oid: '1.2.840.10045.4.3.3', hash: 'sha384' },
  secp521r1: { oid: '1.2.840.10045.4.3.4', hash: 'sha512' },
};
const ECDSA_SHA256 = { oid: '1.2.840.10045.4.3.2', hash: 'sha256' };

function algorithmOf(key: PrivateKey): Algorithm {
  if (key.asymmetricKeyType === 'rsa') {
    return { identifier: der(SEQUENCE, derOid('1.2.840.113549.1.1.11'), DER_NULL), hash: 'sha256' };
  }
  if (key.asymmetricKeyType === 'ed25519') return { identifier: der(SEQUENCE, derOid('1.3.101.112')), hash: null };
  const { oid, hash: digest } = ECDSA[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? ECDSA_SHA256;
  return { identifier: der(SEQUENCE, derOid(oid)), hash: digest };
}

/** A name of a common name only, or of nothing. */
function encodeName(commonName: GoString): Uint8Array {
  if (commonName === '') return der(SEQUENCE);
  const isPrintable = /^[A-Za-z0-9 '()+,./:=?-]*$/.test(commonName);
  const text = Buffer.from(commonName, 'latin1');
  if (!isPrintable && !Buffer.from(textOf(commonName), 'utf8').equals(text)) {
    throw goError`asn1: string not valid UTF-8`;
  }
  const value = der(isPrintable ? PRINTABLE_STRING : UTF8_STRING, text);
  return der(SEQUENCE, der(SET, der(SEQUENCE, derOid('2.5.4.3'), value)));
}

/** RFC 5280: two digits of the year from 1950 to 2049, four otherwise. */
function encodeTime(nanoseconds: bigint): Uint8Array {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) {
    throw goError`asn1: structure error: cannot represent time as GeneralizedTime`;
  }
  const digits = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  const isShort = year >= 1950 && year < 2050;
  return der(isShort ? UTC_TIME : GENERALIZED_TIME, Buffer.from(isShort ? digits.slice(2) : digits, 'latin1'));
}

interface KeyIds {
  /** The SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly authorityKeyId: Uint8Array;
}

function extensionsOf(request: CertificateRequest, { publicKey, authorityKeyId }: KeyIds): readonly Uint8Array[] {
  const { isAuthority, ipAddresses, dnsNames } = request;
  const hasNames = ipAddresses.length + dnsNames.length > 0;
  return [
    // Digital signature and key encipherment, and for an authority the signing of certificates.
    extension('2.5.29.15', der(BIT_STRING, isAuthority ? Uint8Array.of(2, 0xa4) : Uint8Array.of(5, 0xa0)), true),
    extension('2.5.29.37', der(SEQUENCE, derOid('1.3.6.1.5.5.7.3.1'), derOid('1.3.6.1.5.5.7.3.2')), false),
    extension('2.5.29.19', der(SEQUENCE, ...(isAuthority ? [TRUE] : [])), true),
    ...(isAuthority ? [extension('2.5.29.14', der(OCTET_STRING, keyIdOf(publicKey)), false)] : []),
    ...(authorityKeyId.length > 0
      ? [extension('2.5.29.35', der(SEQUENCE, derContextPrimitive(0, authorityKeyId)), false)]
      : []),
    ...(hasNames ? [extension('2.5.29.17', encodeNames(dnsNames, ipAddresses), request.commonName === '')] : []),
  ];
}

const TRUE = der(BOOLEAN, Uint8Array.of(0xff));

function extension(oid: string, value: Uint8Array, isCritical: boolean): Uint8Array {
  return der(SEQUENCE, derOid(oid), ...(isCritical ? [TRUE] : []), der(OCTET_STRING, value));
}

/** RFC 7093, method 1: the first 160 bits of the SHA-256 of the public key. */
function keyIdOf(publicKey: Uint8Array): Uint8Array {
  const [, bits] = childrenOf(readDer(publicKey));
  return hash('sha256', (bits?.body ?? new Uint8Array()).subarray(1), 'buffer').subarray(0, 20);
}

function encodeNames(dnsNames: readonly GoString[], ipAddresses: readonly Uint8Array[]): Uint8Array {
  const wrong = dnsNames.find((name) => /[\x80-\xff]/.test(name));
  if (wrong !== undefined) throw goError`x509: "${wrong}" cannot be encoded as an IA5String`;
  return der(
    SEQUENCE,
    ...dnsNames.map((name) => derContextPrimitive(2, Buffer.from(name, 'latin1'))),
    ...ipAddresses.map((address) => derContextPrimitive(7, address)),
  );
}
