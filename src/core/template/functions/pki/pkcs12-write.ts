/**
 * Writes PKCS#12 archives as go-pkcs12 0.7 `Modern` does: PBES2 with AES-256-CBC, a MAC with SHA-256, 2048 iterations.
 *
 * Salts and initialisation vectors come from the caller, in the order in which Go draws them.
 */
import { createHmac, hash } from 'node:crypto';
import { printName } from './distinguished-name.ts';
import {
  BMP_STRING,
  der,
  derContext,
  derContextPrimitive,
  derInteger,
  derOid,
  OCTET_STRING,
  SEQUENCE,
  SET,
} from './der.ts';
import { encodePassword, encodeUcs2, encryptPbes2, deriveKey, type Password } from './pkcs12-crypto.ts';
import { OID_AES_256_CBC, OID_HMAC_SHA256, OID_PBES2, OID_PBKDF2 } from './pkcs12-crypto.ts';
import { CERTIFICATE_BAG, DATA, ENCRYPTED_DATA, SHROUDED_KEY_BAG, X509_CERTIFICATE } from './pkcs12-read.ts';
import { toPkcs8, type PrivateKey } from './private-key.ts';
import type { Certificate } from './certificate.ts';
import { textOf } from '../text/runes.ts';

const ITERATIONS = 2048;
const SALT_LENGTH = 16;
const SHA256 = '2.16.840.1.101.3.4.2.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
/** Java: what marks a certificate as trusted, and for which uses: any. */
const JAVA_TRUST_STORE = '2.16.840.1.113894.746875.1.1';
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

type RandomBytes = (count: number) => Uint8Array;

export interface Sealing {
  readonly password: string;
  readonly randomBytes: RandomBytes;
  /** Told what the derivations will take. */
  readonly spend: Password['spend'];
}

export interface KeyStore {
  readonly key: PrivateKey;
  readonly leaf: EncodedCertificate;
  readonly chain: readonly EncodedCertificate[];
}

/** Of a certificate an archive takes the whole DER and nothing else. */
type EncodedCertificate = Pick<Certificate, 'raw'>;

/** An archive of one key with its certificate and chain. That key and certificate belong together is not checked. */
export function writeKeyStore({ key, leaf, chain }: KeyStore, sealing: Sealing): Uint8Array {
  const password = encodePassword(sealing.password, sealing.spend);
  const localKeyId = attribute(LOCAL_KEY_ID, der(OCTET_STRING, hash('sha1', leaf.raw, 'buffer')));
  const shrouded = encrypt(toPkcs8(key), password, sealing.randomBytes);
  const keyBag = bag(SHROUDED_KEY_BAG, der(SEQUENCE, shrouded.algorithm, der(OCTET_STRING, shrouded.data)), [
    localKeyId,
  ]);
  const certificateBags = [certificateBag(leaf, [localKeyId]), ...chain.map((other) => certificateBag(other, []))];
  const parts = [encryptedPart(certificateBags, password, sealing.randomBytes), plainPart([keyBag])];
  return seal(parts, password, sealing.randomBytes);
}

/** An archive of certificates only, marked as trusted for Java; each is called by its subject. */
export function writeTrustStore(certificates: readonly Certificate[], sealing: Sealing): Uint8Array {
  const password = encodePassword(sealing.password, sealing.spend);
  const trusted = attribute(JAVA_TRUST_STORE, derOid(ANY_EXTENDED_KEY_USAGE));
  const bags = certificates.map((certificate) => {
    const name = der(BMP_STRING, encodeUcs2(textOf(printName(certificate.subject))));
    return certificateBag(certificate, [trusted, attribute(FRIENDLY_NAME, name)]);
  });
  return seal([encryptedPart(bags, password, sealing.randomBytes)], password, sealing.randomBytes);
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return der(SEQUENCE, derOid(oid), der(SET, value));
}

function certificateBag({ raw }: EncodedCertificate, attributes: readonly Uint8Array[]): Uint8Array {
  const content = derContext(0, der(OCTET_STRING, raw));
  return bag(CERTIFICATE_BAG, der(SEQUENCE, derOid(X509_CERTIFICATE), content), attributes);
}

/** go-pkcs12: a certificate without attributes still has the empty set of them. */
function bag(oid: string, value: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  return der(
    SEQUENCE,
    derOid(oid),
    derContext(0, value),
    der(SET, ...attributes.toSorted((a, b) => Buffer.compare(a, b))),
  );
}

function plainPart(bags: readonly Uint8Array[]): Uint8Array {
  return der(SEQUENCE, derOid(DATA), derContext(0, der(OCTET_STRING, der(SEQUENCE, ...bags))));
}

function encryptedPart(bags: readonly Uint8Array[], password: Password, randomBytes: RandomBytes): Uint8Array {
  const { algorithm, data } = encrypt(der(SEQUENCE, ...bags), password, randomBytes);
  const content = der(SEQUENCE, derOid(DATA), algorithm, derContextPrimitive(0, data));
  return der(SEQUENCE, derOid(ENCRYPTED_DATA), derContext(0, der(SEQUENCE, derInteger(0), content)));
}

interface Encrypted {
  /** The AlgorithmIdentifier with all parameters. */
  readonly algorithm: Uint8Array;
  readonly data: Uint8Array;
}

function encrypt(plain: Uint8Array, password: Password, randomBytes: RandomBytes): Encrypted {
  const salt = randomBytes(SALT_LENGTH);
  const iv = randomBytes(SALT_LENGTH);
  const prf = der(SEQUENCE, derOid(OID_HMAC_SHA256));
  const kdf = der(SEQUENCE, der(OCTET_STRING, salt), derInteger(ITERATIONS), prf);
  const parameters = der(
    SEQUENCE,
    der(SEQUENCE, derOid(OID_PBKDF2), kdf),
    der(SEQUENCE, derOid(OID_AES_256_CBC), der(OCTET_STRING, iv)),
  );
  const data = encryptPbes2(password, { salt, iv, iterations: ITERATIONS }, plain);
  return { algorithm: der(SEQUENCE, derOid(OID_PBES2), parameters), data };
}

/** The outermost structure, with the MAC over all parts. */
function seal(parts: readonly Uint8Array[], password: Password, randomBytes: RandomBytes): Uint8Array {
  const authenticatedSafe = der(SEQUENCE, ...parts);
  const salt = randomBytes(SALT_LENGTH);
  const key = deriveKey({
    hash: 'sha256',
    password,
    salt,
    iterations: ITERATIONS,
    purpose: 3,
    length: 32,
  });
  const digest = createHmac('sha256', key).update(authenticatedSafe).digest();
  const digestInfo = der(SEQUENCE, der(SEQUENCE, derOid(SHA256)), der(OCTET_STRING, digest));
  const macData = der(SEQUENCE, digestInfo, der(OCTET_STRING, salt), derInteger(ITERATIONS));
  const content = der(SEQUENCE, derOid(DATA), derContext(0, der(OCTET_STRING, authenticatedSafe)));
  return der(SEQUENCE, derInteger(3), content, macData);
}
