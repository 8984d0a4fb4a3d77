/**
 * Certificates in the order of who issued whom, beginning with the one of a private key.
 *
 * By names and signatures: what a server or a vault would refuse later is found here. Subjects and other content of a
 * certificate are not shown, only which one of several it is.
 */
import { X509Certificate } from 'node:crypto';
import { groupBy } from '../model/group-by.ts';
import type { PrivateKey } from '../template/functions/pki/private-key.ts';
import { valueFault, type ValueFault } from './value-fault.ts';

export interface Chain {
  readonly leaf: X509Certificate;
  /** From the leaf to the root, each once. */
  readonly ordered: readonly X509Certificate[];
  /** What no way leads to from the leaf, counted from 1 in the given order. */
  readonly strangers: readonly number[];
}

/** A certificate as DER; `undefined` for anything else. */
export function readCertificate(bytes: Uint8Array): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(bytes);
    return certificate.raw.equals(bytes) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` where none of the certificates is that of the key. */
export function chainOf(key: PrivateKey, certificates: readonly X509Certificate[]): Chain | undefined {
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) return undefined;
  const ordered = issuersFrom(leaf, certificates);
  const known = new Set(ordered.map(({ fingerprint256 }) => fingerprint256));
  const strangers = certificates.flatMap(({ fingerprint256 }, index) => (known.has(fingerprint256) ? [] : [index + 1]));
  return { leaf, ordered, strangers };
}

/** The leaf, its issuers, theirs; of several for one certificate all, since roots change and sign one another. */
function issuersFrom(leaf: X509Certificate, all: readonly X509Certificate[]): readonly X509Certificate[] {
  const bySubject = groupBy(all, ({ subject }) => subject);
  const found = new Map([[leaf.fingerprint256, leaf]]);
  // Grows while it is walked.
  for (const certificate of found.values()) {
    for (const other of bySubject.get(certificate.issuer) ?? []) {
      if (!found.has(other.fingerprint256) && isIssuer(certificate, other)) found.set(other.fingerprint256, other);
    }
  }
  return [...found.values()];
}

function isIssuer(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // An algorithm that OpenSSL does not know.
    return false;
  }
}

/** The first day on which a vault, or a server, would refuse it. */
export function expiredFault({ leaf }: Chain, nowMs: number): ValueFault | undefined {
  const ends = Date.parse(leaf.validTo);
  if (!(ends <= nowMs)) return undefined;
  const what = `holds a certificate that expired on ${dayOf(ends)}`;
  return valueFault('certificate-expired', what, 'Renew it; the one in the vault is left as it is.');
}

/** What is told, and written all the same. */
export function chainWarnings({ leaf, ordered }: Chain, nowMs: number): readonly ValueFault[] {
  const warnings: ValueFault[] = [];
  const begins = Date.parse(leaf.validFrom);
  if (begins > nowMs) {
    const what = `holds a certificate that is not valid before ${dayOf(begins)}`;
    warnings.push(valueFault('certificate-not-yet-valid', what, 'Check the clock of its issuer if this is not meant.'));
  }
  if (ordered.some((certificate) => certificate !== leaf && Date.parse(certificate.validTo) <= nowMs)) {
    const what = 'holds a certificate whose issuer has expired';
    warnings.push(valueFault('certificate-issuer-expired', what, 'Renew the chain; clients may refuse it.'));
  }
  return warnings;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
