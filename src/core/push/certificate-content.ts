/**
 * A certificate of a Secret as Key Vault imports it, checked before a request is made.
 *
 * | source | `contentType` | imported |
 * |---|---|---|
 * | PKCS#12 | any | as it is, to the byte, with its password beside it |
 * | PEM, or `tls.crt` and `tls.key` | `application/x-pem-file` | as PEM: certificates from the leaf to the root, key as PKCS#8 |
 * | the same | any other | as PKCS#12 without a password |
 *
 * ESO 2.9 sends PEM and DER as if they were PKCS#12, which a vault refuses, and takes the first certificate for the leaf.
 */
import { createHash } from 'node:crypto';
import { SecretValue } from '../model/secret-value.ts';
import type { VaultContent } from '../model/vault-object.ts';
import { encodePem } from '../template/functions/pki/pem.ts';
import { writeKeyStore } from '../template/functions/pki/pkcs12-write.ts';
import { toPkcs8 } from '../template/functions/pki/private-key.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { chainOf, chainWarnings, expiredFault, type Chain } from './certificate-chain.ts';
import { readOneValue, readTlsSecret, type CertificateParts } from './certificate-source.ts';
import { isValueFault, valueFault, type ValueFault } from './value-fault.ts';

export const PEM_CONTENT_TYPE = 'application/x-pem-file';

/** More than any chain has. Of certificates that have one name each may have issued each. */
const MOST_CERTIFICATES = 100;

/** The bytes of one key, or the keys of a whole Secret. */
export type CertificateSource = Uint8Array | ReadonlyMap<string, SecretValue>;

export interface CertificateOptions {
  readonly contentType?: string;
  /** Of a PKCS#12 that has one. */
  readonly password?: SecretValue;
  /** Salts for a PKCS#12 that is made, and the time. */
  readonly environment: Pick<TemplateEnvironment, 'nowNanoseconds' | 'randomBytes'>;
}

export interface CertificateContent {
  readonly content: Extract<VaultContent, { readonly type: 'cert' }>;
  /** As DER: equal to `cer` of the vault where it is the same certificate. */
  readonly leaf: Uint8Array;
  /** SHA-256 of the leaf, in hex. */
  readonly thumbprint: string;
  /** SHA-256 of all certificates in order, in hex: a vault shows the leaf only. */
  readonly chainDigest: string;
  /** SHA-256 of the SubjectPublicKeyInfo, in hex. */
  readonly publicKeyDigest: string;
  readonly warnings: readonly ValueFault[];
}

export function certificateContent(
  source: CertificateSource,
  options: CertificateOptions,
): CertificateContent | ValueFault {
  const parts = source instanceof Uint8Array ? readOneValue(source, options.password) : readTlsSecret(source);
  if (isValueFault(parts)) return parts;
  if (parts.certificates.length > MOST_CERTIFICATES) return tooMany(parts.certificates.length);
  const chain = chainOf(parts.key, [...parts.certificates, ...parts.authorities]);
  if (chain === undefined) return keyOfAnother();
  const nowMs = Number(options.environment.nowNanoseconds() / 1_000_000n);
  const strangers = strangersFault(parts, chain);
  const fault = expiredFault(chain, nowMs) ?? (parts.form === 'pem' ? strangers : undefined);
  if (fault !== undefined) return fault;
  const content =
    source instanceof Uint8Array && parts.form === 'pkcs12' ? asItIs(source, options) : made(parts, chain, options);
  const warnings = [...chainWarnings(chain, nowMs), ...(strangers === undefined ? [] : [strangers])];
  return { content, ...identityOf(chain), warnings };
}

function tooMany(count: number): ValueFault {
  const what = `holds ${count} certificates, and at most ${MOST_CERTIFICATES} are looked at`;
  return valueFault('certificate-chain', what, 'Leave only the certificate and those that issued it.');
}

function keyOfAnother(): ValueFault {
  const what = 'holds a private key that is not that of the certificate';
  return valueFault('certificate-key-mismatch', what, 'Store the certificate and the key that were made together.');
}

/** In a PKCS#12, which is not made anew, such certificates do no harm. */
function strangersFault({ certificates }: CertificateParts, { strangers }: Chain): ValueFault | undefined {
  const own = strangers.find((position) => position <= certificates.length);
  if (own === undefined) return undefined;
  const what = `holds a certificate that does not belong to the chain, the ${own}. of ${certificates.length}`;
  return valueFault('certificate-chain', what, 'Leave only the certificate and those that issued it.');
}

function identityOf({
  leaf,
  ordered,
}: Chain): Pick<CertificateContent, 'leaf' | 'thumbprint' | 'chainDigest' | 'publicKeyDigest'> {
  return {
    leaf: new Uint8Array(leaf.raw),
    thumbprint: digestOf([leaf.raw]),
    chainDigest: digestOf(ordered.map(({ raw }) => raw)),
    publicKeyDigest: digestOf([leaf.publicKey.export({ type: 'spki', format: 'der' })]),
  };
}

/** DER tells its own length, so that no two lists of certificates are the same bytes. */
function digestOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function asItIs(bytes: Uint8Array, { password }: CertificateOptions): CertificateContent['content'] {
  const value = SecretValue.of(bytes);
  return { type: 'cert', value, format: 'pkcs12', ...(password === undefined ? {} : { password }) };
}

function made(
  { key }: CertificateParts,
  { leaf, ordered }: Chain,
  { contentType, environment }: CertificateOptions,
): CertificateContent['content'] {
  if (contentType === PEM_CONTENT_TYPE) {
    const certificates = ordered.map(({ raw }) => encodePem('CERTIFICATE', raw)).join('');
    const value = SecretValue.ofText(`${certificates}${encodePem('PRIVATE KEY', toPkcs8(key))}`);
    return { type: 'cert', value, format: 'pem' };
  }
  const sealing = {
    password: '',
    randomBytes: environment.randomBytes,
    spend: new Account(DEFAULT_LIMITS).spend,
  };
  return {
    type: 'cert',
    value: SecretValue.of(writeKeyStore({ key, leaf, chain: ordered.slice(1) }, sealing)),
    format: 'pkcs12',
  };
}
