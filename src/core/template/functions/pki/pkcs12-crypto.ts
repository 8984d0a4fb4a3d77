/**
 * What PKCS#12 derives and encrypts with: RFC 7292 appendix B (SHA-1, 3DES, RC2) and PBES2 of RFC 8018.
 *
 * go-pkcs12 0.7: which algorithms are read, and the texts of the refusals. Derivations are capped, since the counts of
 * iterations come from the archive.
 */
import { say, shown, type Message } from '../../message.ts';
import { createCipheriv, createDecipheriv, hash, pbkdf2Sync } from 'node:crypto';
import { GoError, goError } from '../../values.ts';
import { childrenOf, readInteger, readOctets, readOid, type DerNode } from './der.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** Some seconds of work; archives in use have 2,000 to 600,000. */
const MOST_ITERATIONS = 1_000_000;

/** What a round of a derivation counts for, in bytes made: it takes about as long. */
const ROUND = 4;

/** A password in both forms that archives use: UCS-2 with a final zero (RFC 7292), and UTF-8 (PBES2). */
export interface Password {
  readonly ucs2: Uint8Array;
  readonly utf8: Uint8Array;
  /** Told what a derivation from it will take. */
  readonly spend: (units: number) => void;
}

/** go-pkcs12: characters beyond U+FFFF are refused. */
export function encodePassword(text: string, spend: Password['spend']): Password {
  return { ucs2: Buffer.concat([encodeUcs2(text), Uint8Array.of(0, 0)]), utf8: Buffer.from(text, 'utf8'), spend };
}

/** A text as a BMPString: two bytes each, high byte first. */
export function encodeUcs2(text: string): Uint8Array {
  if (/[\ud800-\udfff]/.test(text)) {
    throw goError`pkcs12: string contains characters that cannot be encoded in UCS-2`;
  }
  return Buffer.from(text, 'utf16le').swap16();
}

/** An empty password also as no bytes at all, which some programs write. */
export function noPassword({ spend }: Password): Password {
  return { ucs2: new Uint8Array(), utf8: new Uint8Array(), spend };
}

export interface DerivedKey {
  readonly hash: 'sha1' | 'sha256' | 'sha512';
  readonly password: Password;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** RFC 7292: 1 for keys, 2 for IVs, 3 for MAC keys. */
  readonly purpose: 1 | 2 | 3;
  readonly length: number;
}

/** RFC 7292 appendix B.2. */
export function deriveKey({ hash: algorithm, password, salt, iterations, purpose, length }: DerivedKey): Uint8Array {
  announceRounds(iterations, password);
  const blockLength = algorithm === 'sha512' ? 128 : 64;
  const diversifier = Buffer.alloc(blockLength, purpose);
  const input = Buffer.concat([repeatTo(salt, blockLength), repeatTo(password.ucs2, blockLength)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length;) {
    let digest: Buffer = hash(algorithm, Buffer.concat([diversifier, input]), 'buffer');
    for (let round = 1; round < iterations; round++) digest = hash(algorithm, digest, 'buffer');
    parts.push(digest);
    made += digest.length;
    addToBlocks(input, Buffer.alloc(blockLength, digest));
  }
  return Buffer.concat(parts).subarray(0, length);
}

function repeatTo(pattern: Uint8Array, blockLength: number): Uint8Array {
  if (pattern.length === 0) return pattern;
  return Buffer.alloc(blockLength * Math.ceil(pattern.length / blockLength), pattern);
}

/** Adds `addend` + 1 to each block, as big numbers that overflow silently. */
function addToBlocks(blocks: Buffer, addend: Uint8Array): void {
  for (let start = 0; start < blocks.length; start += addend.length) {
    let carry = 1;
    for (let at = addend.length - 1; at >= 0; at--) {
      carry += (blocks[start + at] ?? 0) + (addend[at] ?? 0);
      blocks[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}

function announceRounds(iterations: number, { spend }: Password): void {
  if (iterations > MOST_ITERATIONS) {
    throw goError`pkcs12: ${iterations} iterations are asked for, at most ${shown(MOST_ITERATIONS)} are done`;
  }
  spend(iterations * ROUND);
}

/** Decrypts with the algorithm that this AlgorithmIdentifier names, and takes the padding off. */
export function decryptWith(algorithm: DerNode, data: Uint8Array, password: Password): Uint8Array {
  const { blockLength, decrypt } = findDecrypter(algorithm, password);
  if (data.length === 0) throw goError`pkcs12: empty encrypted data`;
  if (data.length % blockLength !== 0) throw goError`pkcs12: input is not a multiple of the block size`;
  return removePadding(decrypt(data), blockLength);
}

/** The text that go-pkcs12 has for a wrong padding, which mostly means a wrong password. */
function removePadding(padded: Uint8Array, blockLength: number): Uint8Array {
  const length = padded.at(-1) ?? 0;
  const isPadding = length > 0 && length <= blockLength && padded.subarray(-length).every((byte) => byte === length);
  if (!isPadding) throw goError`pkcs12: decryption error, incorrect padding`;
  return padded.subarray(0, padded.length - length);
}

interface Decrypter {
  readonly blockLength: number;
  readonly decrypt: (data: Uint8Array) => Uint8Array;
}

/** Key lengths of the RFC 7292 algorithms that are read. */
const PBES1: Readonly<Record<string, { readonly cipher: '3des' | 'rc2'; readonly keyLength: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: '3des', keyLength: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyLength: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyLength: 5 },
};
export const OID_PBES2 = '1.2.840.113549.1.5.13';
export const OID_PBKDF2 = '1.2.840.113549.1.5.12';
export const OID_HMAC_SHA256 = '1.2.840.113549.2.9';
export const OID_AES_256_CBC = '2.16.840.1.101.3.4.1.42';

function findDecrypter(algorithm: DerNode, password: Password): Decrypter {
  const [id, parameters] = childrenOf(algorithm);
  const oid = readOid(id);
  if (oid === OID_PBES2) return pbes2(parameters, password);
  const pbes1 = PBES1[oid];
  if (pbes1 === undefined) throw notImplemented(say`pbe algorithm ${oid} is not supported`);
  const [salt, iterations] = parameters === undefined ? [] : childrenOf(parameters);
  const source = {
    hash: 'sha1' as const,
    password,
    salt: readOctets(salt),
    iterations: readInteger(iterations),
  };
  const key = deriveKey({ ...source, purpose: 1, length: pbes1.keyLength });
  const iv = deriveKey({ ...source, purpose: 2, length: 8 });
  const decrypt = (data: Uint8Array): Uint8Array =>
    pbes1.cipher === 'rc2' ? decryptRc2Cbc(key, iv, data) : decryptBlocks('des-ede3-cbc', key, iv, data);
  return { blockLength: 8, decrypt };
}

const PRF_HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha512'>> = {
  '1.2.840.113549.2.7': 'sha1',
  [OID_HMAC_SHA256]: 'sha256',
  '1.2.840.113549.2.11': 'sha512',
};
const AES_KEY_LENGTHS: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  [OID_AES_256_CBC]: 32,
};

function pbes2(parameters: DerNode | undefined, password: Password): Decrypter {
  const [kdf, scheme] = parameters === undefined ? [] : childrenOf(parameters);
  if (kdf === undefined || scheme === undefined) throw goError`asn1: syntax error: sequence truncated`;
  const [schemeId, iv] = childrenOf(scheme);
  const pbkdf2 = readPbkdf2(kdf, 'pbes2');
  const keyLength = AES_KEY_LENGTHS[readOid(schemeId)];
  if (keyLength === undefined) throw notImplemented(say`pbes2 algorithm ${readOid(schemeId)} is not supported`);
  if (iv?.body.length !== 16) throw goError`cipher.NewCBCDecrypter: IV length must equal block size`;
  const key = derivePbkdf2(password, pbkdf2, keyLength);
  const decrypt = (data: Uint8Array): Uint8Array => decryptBlocks(`aes-${8 * keyLength}-cbc`, key, iv.body, data);
  return { blockLength: 16, decrypt };
}

interface Pbkdf2 {
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** 0 when it is not said. */
  readonly keyLength: number;
  readonly hash: 'sha1' | 'sha256' | 'sha512';
}

/** The PBKDF2-params of an AlgorithmIdentifier. RFC 8018: without a PRF it is HMAC-SHA-1. */
function readPbkdf2(kdf: DerNode, user: string): Pbkdf2 {
  const [id, parameters] = childrenOf(kdf);
  if (readOid(id) !== OID_PBKDF2)
    throw notImplemented(say`${shown(user)} kdf algorithm ${readOid(id)} is not supported`);
  const [salt, iterations, ...optional] = parameters === undefined ? [] : childrenOf(parameters);
  if (salt?.tag !== 4) throw notImplemented(say`only octet string salts are supported for ${shown(user)}/pbkdf2`);
  const keyLength = optional.find((node) => node.tag === 2);
  const prf = optional.find((node) => node.tag === 16);
  const prfId = prf === undefined ? '1.2.840.113549.2.7' : readOid(childrenOf(prf)[0]);
  const prfHash = PRF_HASHES[prfId];
  if (prfHash === undefined) throw notImplemented(say`${shown(user)} prf ${prfId} is not supported`);
  const count = Math.max(1, readInteger(iterations));
  return {
    salt: salt.body,
    iterations: count,
    keyLength: keyLength === undefined ? 0 : readInteger(keyLength),
    hash: prfHash,
  };
}

function derivePbkdf2(
  password: Password,
  { salt, iterations, hash: prf }: Omit<Pbkdf2, 'keyLength'>,
  length: number,
): Uint8Array {
  announceRounds(iterations, password);
  return pbkdf2Sync(password.utf8, salt, iterations, length, prf);
}

/** RFC 9579: the key and hash of a PBMAC1 MAC, which says all of itself in its parameters. */
export function readPbmac1(
  parameters: DerNode | undefined,
  password: Password,
): { readonly hash: string; readonly key: Uint8Array } {
  const [kdf, mac] = parameters === undefined ? [] : childrenOf(parameters);
  if (kdf === undefined || mac === undefined) throw goError`error decoding PBMAC1 parameters`;
  const pbkdf2 = readPbkdf2(kdf, 'PBMAC1');
  const macId = readOid(childrenOf(mac)[0]);
  const macHash = PRF_HASHES[macId];
  if (macHash === undefined) throw notImplemented(say`PBMAC1 MAC algorithm ${macId} is not supported`);
  if (pbkdf2.keyLength <= 0 || pbkdf2.keyLength > 1024) {
    throw goError`pkcs12: PBMAC1 requires explicit KeyLength parameter in PBKDF2 parameters`;
  }
  return { hash: macHash, key: derivePbkdf2(password, pbkdf2, pbkdf2.keyLength) };
}

/** go-pkcs12's NotImplementedError. */
export function notImplemented(what: Message): GoError {
  return goError`pkcs12: ${what}`;
}

function decryptBlocks(cipher: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(cipher, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** AES-256-CBC with PKCS#7 padding under a key from PBKDF2 with HMAC-SHA-256. */
export function encryptPbes2(
  password: Password,
  { salt, iv, iterations }: { readonly salt: Uint8Array; readonly iv: Uint8Array; readonly iterations: number },
  data: Uint8Array,
): Uint8Array {
  const key = derivePbkdf2(password, { salt, iterations, hash: 'sha256' }, 32);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}
