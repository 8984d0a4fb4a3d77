/** Certificates with their private key out of a Secret: one value with all of it, or the keys of `kubernetes.io/tls`. */
import type { X509Certificate } from 'node:crypto';
import type { SecretValue } from '../model/secret-value.ts';
import { readDer, childrenOf, readInteger } from '../template/functions/pki/der.ts';
import type { PemBlock } from '../template/functions/pki/pem.ts';
import { readPkcs12, type Archive } from '../template/functions/pki/pkcs12-read.ts';
import { toPkcs8, type PrivateKey } from '../template/functions/pki/private-key.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import { LimitError } from '../template/runtime.ts';
import { fromBytes, GoError } from '../template/values.ts';
import { decodeUtf8 } from '../transform/utf8.ts';
import { readCertificate } from './certificate-chain.ts';
import { pemBlocks } from './key-content.ts';
import { isPrivateKeyBlock, privateKeyFault, readKeyBlock } from './private-key-pem.ts';
import { isValueFault, valueFault, type ValueFault } from './value-fault.ts';

export interface CertificateParts {
  /** A PKCS#12 is one already, and stays as it is. */
  readonly form: 'pkcs12' | 'pem';
  readonly key: PrivateKey;
  /** Its own and others, in the given order. */
  readonly certificates: readonly X509Certificate[];
  /** Those that complete a chain where they fit, and do no harm where they do not. */
  readonly authorities: readonly X509Certificate[];
}

/** Of a bundle of roots as `ca.crt`: more than systems come with. */
const MOST_AUTHORITIES = 200;

const FORMS = 'Store a PKCS#12, or PEM with the certificate, its chain and its private key.';

/** Of a whole Secret: `tls.crt`, `tls.key` and, where it is there, `ca.crt`. */
export function readTlsSecret(data: ReadonlyMap<string, SecretValue>): CertificateParts | ValueFault {
  const [certificate, key] = [data.get('tls.crt'), data.get('tls.key')];
  if (certificate === undefined || key === undefined) {
    const missing = certificate === undefined ? 'tls.crt' : 'tls.key';
    const what = `takes the whole Secret, which has no key ${missing}`;
    return valueFault(
      'certificate-keys-absent',
      what,
      'Push a Secret of type kubernetes.io/tls, or name one key with match.secretKey.',
    );
  }
  const authorities = certificatesIn(pemBlocks(data.get('ca.crt')?.reveal() ?? new Uint8Array()));
  const parts = partsOf([...pemBlocks(certificate.reveal()), ...pemBlocks(key.reveal())]);
  return isValueFault(parts)
    ? parts
    : { ...parts, authorities: isValueFault(authorities) ? [] : authorities.slice(0, MOST_AUTHORITIES) };
}

export function readOneValue(bytes: Uint8Array, password: SecretValue | undefined): CertificateParts | ValueFault {
  if (isPkcs12(bytes)) return readArchive(bytes, password);
  const blocks = pemBlocks(bytes);
  return blocks.length > 0 ? partsOf(blocks) : notReadable(bytes);
}

/** A sequence that begins with version 3. */
function isPkcs12(bytes: Uint8Array): boolean {
  try {
    return readInteger(childrenOf(readDer(bytes))[0]) === 3;
  } catch {
    return false;
  }
}

function readArchive(bytes: Uint8Array, password: SecretValue | undefined): CertificateParts | ValueFault {
  const archive = openArchive(bytes, password);
  if (isValueFault(archive)) return archive;
  const fault = privateKeyFault(archive.key);
  if (fault !== undefined) return fault;
  const certificates = archive.certificates.flatMap(({ raw }) => readCertificate(raw) ?? []);
  return { form: 'pkcs12', key: archive.key, certificates, authorities: [] };
}

function openArchive(bytes: Uint8Array, password: SecretValue | undefined): Archive | ValueFault {
  try {
    return readPkcs12(bytes, decodeUtf8(password?.reveal() ?? new Uint8Array()), new Account(DEFAULT_LIMITS).spend);
  } catch (error) {
    if (!(error instanceof GoError) && !(error instanceof LimitError)) throw error;
    // go-pkcs12 says so also where the password is right and the archive is damaged.
    return /password incorrect|decryption error|no MAC/u.test(error.message)
      ? wrongPassword(password)
      : brokenArchive(error.message);
  }
}

function wrongPassword(password: SecretValue | undefined): ValueFault {
  if (password === undefined) {
    const fix = 'Name the key of the Secret that holds it in the annotation keyferry.dev/pfx-password-key.';
    return valueFault('pfx-password', 'holds a PKCS#12 that has a password', fix);
  }
  const hint = /[\r\n]$/u.test(decodeUtf8(password.reveal())) ? ' It ends with a line break: take that away.' : '';
  const fix = `Correct the key that keyferry.dev/pfx-password-key names.${hint}`;
  return valueFault('pfx-password', 'holds a PKCS#12 that the given password does not open', fix);
}

/** The words are those of the reader; no message of it has a piece of the archive. */
function brokenArchive(reason: string): ValueFault {
  if (reason.endsWith('private key missing')) return keyAbsent();
  const what = `holds a PKCS#12 that cannot be read (${reason.replace(/^pkcs12: /u, '')})`;
  return valueFault('pfx-unreadable', what, 'Export it anew with its private key (openssl pkcs12 -export).');
}

type PemParts = Omit<CertificateParts, 'authorities'> & { readonly authorities: readonly [] };

function partsOf(blocks: readonly PemBlock[]): PemParts | ValueFault {
  const certificates = certificatesIn(blocks);
  if (isValueFault(certificates)) return certificates;
  const key = keyIn(blocks);
  if (key !== undefined && isValueFault(key)) return key;
  if (certificates.length === 0) {
    const what =
      key === undefined ? 'holds neither a certificate nor a private key' : 'holds a private key and no certificate';
    return valueFault('certificate-absent', what, FORMS);
  }
  return key === undefined ? keyAbsent() : { form: 'pem', key, certificates, authorities: [] };
}

function keyAbsent(): ValueFault {
  return valueFault('certificate-key-absent', 'holds a certificate without its private key', FORMS);
}

function certificatesIn(blocks: readonly PemBlock[]): readonly X509Certificate[] | ValueFault {
  const certificates: X509Certificate[] = [];
  for (const { bytes } of blocks.filter(({ type }) => type === 'CERTIFICATE' || type === 'X509 CERTIFICATE')) {
    const certificate = readCertificate(bytes);
    if (certificate === undefined) {
      const what = `holds a PEM block "CERTIFICATE" that is none, the ${certificates.length + 1}. of them`;
      return valueFault(
        'certificate-unreadable',
        what,
        'Store the certificate again; openssl x509 -in cert.pem says what is wrong.',
      );
    }
    certificates.push(certificate);
  }
  return certificates;
}

/** One key, which may be there more than once. */
function keyIn(blocks: readonly PemBlock[]): PrivateKey | ValueFault | undefined {
  const keys = new Map<string, PrivateKey>();
  for (const block of blocks.filter(isPrivateKeyBlock)) {
    const key = readKeyBlock(block);
    if (isValueFault(key)) return key;
    keys.set(fromBytes(toPkcs8(key)), key);
  }
  if (keys.size > 1) {
    const what = `holds ${keys.size} private keys, and a certificate has one`;
    return valueFault('certificate-many-keys', what, 'Store only the key of the certificate beside it.');
  }
  return keys.values().next().value;
}

/** ESO 2.9: `could not parse certificate value as PKCS#12, DER or PEM`. */
function notReadable(bytes: Uint8Array): ValueFault {
  if (bytes.length === 0) return valueFault('certificate-unreadable', 'is empty', FORMS);
  if (readCertificate(bytes) !== undefined) return keyAbsent();
  const text = fromBytes(bytes);
  if (text.includes('-----BEGIN')) {
    return valueFault('certificate-unreadable', 'holds a PEM that is cut off or damaged', FORMS);
  }
  if (/^MI[A-Za-z0-9+/=\s]+$/u.test(text)) {
    const fix = 'Put the bytes themselves into the Secret, or decode them in spec.template: {{ .key | b64dec }}.';
    return valueFault('certificate-unreadable', 'holds Base64 text where a certificate is needed', fix);
  }
  return valueFault('certificate-unreadable', 'holds no certificate in PKCS#12 or PEM', FORMS);
}
