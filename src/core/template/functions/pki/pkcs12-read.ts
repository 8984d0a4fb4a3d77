/**
 * Reads PKCS#12 archives (RFC 7292) as go-pkcs12 0.7 `DecodeChain` does, with its texts for what it refuses.
 *
 * Exactly one key and at least one certificate; a MAC unless the password is empty. Key Vault hands certificates out
 * in this form.
 */
import { say, shown, type Message } from '../../message.ts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { GoError, goError } from '../../values.ts';
import {
  childrenOf,
  isContext,
  readAll,
  readDer,
  readInteger,
  readOctets,
  readOid,
  type DerNode,
  isDerFault,
} from './der.ts';
import { decryptWith, deriveKey, encodePassword, noPassword, notImplemented, readPbmac1 } from './pkcs12-crypto.ts';
import type { Password } from './pkcs12-crypto.ts';
import { parsePkcs8, type PrivateKey } from './private-key.ts';
import { parseCertificate, type Certificate } from './certificate.ts';
import { prefixing, recovering } from '../failing.ts';

export const DATA = '1.2.840.113549.1.7.1';
export const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
export const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
export const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
export const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const PBMAC1 = '1.2.840.113549.1.5.14';
const MAC_HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha512'>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const HASH_LENGTHS = { sha1: 20, sha256: 32, sha512: 64 } as const;

export interface Archive {
  readonly key: PrivateKey;
  /** In the order of the archive; the first is taken for the leaf. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
}

/** Opens an archive. Fails with go-pkcs12's text for a wrong password and for everything it does not read. */
export function readPkcs12(bytes: Uint8Array, passwordText: string, spend: Password['spend']): Archive {
  const { authenticatedSafe, macData } = readPfx(bytes);
  const password = checkMac(macData, authenticatedSafe, encodePassword(passwordText, spend));
  const parts = childrenOf(readDer(authenticatedSafe));
  if (parts.length < 1 || parts.length > 2) {
    throw notImplemented(
      say`expected between 1 and 2 items in the authenticated safe, but this file has ${shown(parts.length)}`,
    );
  }
  return openBags(
    parts.flatMap((part) => readBags(part, password)),
    password,
  );
}

interface Pfx {
  readonly authenticatedSafe: Uint8Array;
  readonly macData: DerNode | undefined;
}

function readPfx(bytes: Uint8Array): Pfx {
  const [version, content, macData] = describing(say`pkcs12: error reading P12 data: `, () =>
    childrenOf(readDer(bytes)),
  );
  return describing(say`pkcs12: error reading P12 data: `, () => {
    if (readInteger(version) !== 3) throw notImplemented(say`can only decode v3 PFX PDU's`);
    const { type, body } = readContentInfo(content);
    if (type !== DATA) throw notImplemented(say`only password-protected PFX is implemented`);
    return { authenticatedSafe: readOctets(readDer(body)), macData };
  });
}

/** Puts a text before what goes wrong in DER; refusals of our own (`pkcs12: …`) keep their text. */
function describing<T>(prefix: Message, read: () => T): T {
  return recovering(read, (what) => {
    throw new GoError(isDerFault(what) ? say`${prefix}${what}` : what);
  });
}

/** ContentInfo: a type, and `[0] EXPLICIT` content. */
function readContentInfo(node: DerNode | undefined): { readonly type: string; readonly body: Uint8Array } {
  const [type, content] = node === undefined ? [] : childrenOf(node);
  return { type: readOid(type), body: isContext(content, 0) ? content.body : new Uint8Array() };
}

/** Says with which form of the password the rest is encrypted. */
function checkMac(macData: DerNode | undefined, message: Uint8Array, password: Password): Password {
  const isEmpty = password.utf8.length === 0;
  if (macData === undefined) {
    if (!isEmpty) throw goError`pkcs12: no MAC in data`;
    return password;
  }
  if (isMac(macData, message, password)) return password;
  if (isEmpty && isMac(macData, message, noPassword(password))) return noPassword(password);
  throw goError`pkcs12: decryption password incorrect`;
}

function isMac(macData: DerNode, message: Uint8Array, password: Password): boolean {
  const [digestInfo, salt, iterations] = childrenOf(macData);
  const [algorithm, digest] = digestInfo === undefined ? [] : childrenOf(digestInfo);
  const [id, parameters] = algorithm === undefined ? [] : childrenOf(algorithm);
  const oid = readOid(id);
  const { hash, key } =
    oid === PBMAC1 ? readPbmac1(parameters, password) : deriveMacKey(oid, readOctets(salt), iterations, password);
  const expected = createHmac(hash, key).update(message).digest();
  const given = readOctets(digest);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function deriveMacKey(
  oid: string,
  salt: Uint8Array,
  iterations: DerNode | undefined,
  password: Password,
): { readonly hash: string; readonly key: Uint8Array } {
  const hash = MAC_HASHES[oid];
  if (hash === undefined) throw notImplemented(say`MAC digest algorithm not supported: ${oid}`);
  const key = deriveKey({
    hash,
    password,
    salt,
    iterations: iterations === undefined ? 1 : readInteger(iterations),
    purpose: 3,
    length: HASH_LENGTHS[hash],
  });
  return { hash, key };
}

interface Bag {
  readonly type: string;
  readonly body: Uint8Array;
}

/** The bags of one part, which is plain or encrypted as a whole. */
function readBags(part: DerNode, password: Password): readonly Bag[] {
  const { type, body } = readContentInfo(part);
  if (type !== DATA && type !== ENCRYPTED_DATA) {
    throw notImplemented(say`only data and encryptedData content types are supported in authenticated safe`);
  }
  const data = type === DATA ? readOctets(readDer(body)) : decryptPart(readDer(body), password);
  return childrenOf(readDer(data)).map((bag) => readContentInfo(bag));
}

function decryptPart(encryptedData: DerNode, password: Password): Uint8Array {
  const [version, contentInfo] = childrenOf(encryptedData);
  if (readInteger(version) !== 0) throw notImplemented(say`only version 0 of EncryptedData is supported`);
  const [, algorithm, content] = contentInfo === undefined ? [] : childrenOf(contentInfo);
  if (algorithm === undefined) throw goError`asn1: syntax error: sequence truncated`;
  return decryptWith(algorithm, isContext(content, 0) ? content.body : new Uint8Array(), password);
}

/** Bags of other types (a revocation list, a secret) are passed over. */
function openBags(bags: readonly Bag[], password: Password): Archive {
  const certificates: Certificate[] = [];
  let key: PrivateKey | undefined;
  for (const { type, body } of bags) {
    if (type === CERTIFICATE_BAG) certificates.push(openCertificateBag(body));
    if (type !== KEY_BAG && type !== SHROUDED_KEY_BAG) continue;
    if (key !== undefined) throw goError`pkcs12: expected exactly one key bag`;
    key = type === KEY_BAG ? parsePkcs8(body) : openShroudedKeyBag(body, password);
  }
  const [leaf, ...others] = certificates;
  if (leaf === undefined) throw goError`pkcs12: certificate missing`;
  if (key === undefined) throw goError`pkcs12: private key missing`;
  return { key, certificates: [leaf, ...others] };
}

function openCertificateBag(body: Uint8Array): Certificate {
  const { type, body: content } = describing(say`pkcs12: error decoding cert bag: `, () =>
    readContentInfo(readDer(body)),
  );
  if (type !== X509_CERTIFICATE) throw notImplemented(say`only X509 certificates are supported in cert bags`);
  const [certificate, ...more] = readAll(readOctets(readDer(content)));
  if (certificate === undefined || more.length > 0) {
    throw goError`pkcs12: expected exactly one certificate in the certBag`;
  }
  return parseCertificate(certificate.full);
}

function openShroudedKeyBag(body: Uint8Array, password: Password): PrivateKey {
  const [algorithm, data] = describing(say`pkcs12: error decoding PKCS#8 shrouded key bag: `, () =>
    childrenOf(readDer(body)),
  );
  if (algorithm === undefined) throw goError`pkcs12: error decoding PKCS#8 shrouded key bag`;
  const pkcs8 = prefixing(say`pkcs12: error decrypting PKCS#8 shrouded key bag: `, () =>
    decryptWith(algorithm, readOctets(data), password),
  );
  return prefixing(say`pkcs12: error parsing PKCS#8 private key: `, () => parsePkcs8(pkcs8));
}
